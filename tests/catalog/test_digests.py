"""Edited data is a fault, never another answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from licensecheck.catalog import built_data, digests, records, reviewed
from licensecheck.catalog.built_data import RECORDS
from licensecheck.catalog.catalog import Catalog
from licensecheck.catalog.fingerprint_file import FINGERPRINTS, fingerprint_blocks
from licensecheck.catalog.freshness import write_stamp
from licensecheck.catalog.libraries import find_library
from licensecheck.catalog.records import find_record
from licensecheck.catalog.seals import sealed, unsealed
from licensecheck.cli.catalog import command
from licensecheck.errors import DataError
from licensecheck.identify.index import load_index
from licensecheck.reading import compiled


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data that the package answers from."""
    root = built_data.data_root()
    for folder in digests.FOLDERS:
        shutil.copytree(root / folder, tmp_path / folder)
    monkeypatch.setattr(digests, "data_root", lambda: tmp_path)
    monkeypatch.setattr(records, "licenses_root", lambda: tmp_path / "licenses")
    monkeypatch.setattr("licensecheck.catalog.libraries.licenses_root", lambda: tmp_path / "licenses")
    digests.write_digests()
    return tmp_path


def test_a_line_is_what_was_sealed() -> None:
    assert unsealed(sealed('{"a":1}').encode(), name="x") == b'{"a":1}'


@pytest.mark.parametrize("line", [b'{"a":2}\t' + b"0" * 32, b'{"a":1}', b""])
def test_a_changed_line_is_a_fault(line: bytes) -> None:
    with pytest.raises(DataError, match="was changed after it was built"):
        unsealed(line, name="x")


def test_an_edited_record_gives_no_answer(copied: Path) -> None:
    path = copied / "licenses" / RECORDS
    text = path.read_bytes()
    assert b"noncommercial" in text
    path.write_bytes(text.replace(b'"class":"noncommercial"', b'"class":"osi-approved_"'))
    with Catalog().active(), pytest.raises(DataError, match="was changed after it was built"):
        find_record("cc-by-nc-4.0")


def test_an_edited_library_gives_no_answer(copied: Path) -> None:
    path = copied / "licenses" / "libraries.jsonl"
    path.write_bytes(path.read_bytes().replace(b"agpl-3.0", b"mit-mit0"))
    from licensecheck.catalog import libraries

    for cached in (libraries._lines, libraries._index, libraries._library):
        cached.cache_clear()
    try:
        with pytest.raises(DataError, match="was changed after it was built"):
            find_library("ultralytics")
    finally:
        for cached in (libraries._lines, libraries._index, libraries._library):
            cached.cache_clear()


def test_verify_names_what_was_changed_added_and_left_out(copied: Path) -> None:
    runner = CliRunner()
    whole = runner.invoke(command, ["verify"], standalone_mode=False)
    assert (whole.return_value, " 0 faults" in whole.output) == (0, True)
    with (copied / "rules" / "terms.yaml").open("a") as file:
        file.write("# edited\n")
    (copied / "rules" / "extra.yaml").write_text("a: 1\n")
    (copied / "licenses" / "hands-on.yaml").unlink()
    result = runner.invoke(command, ["verify"], standalone_mode=False)
    assert result.return_value == 1
    told = ["rules/terms.yaml: was changed", "rules/extra.yaml: was added", "licenses/hands-on.yaml: is missing"]
    assert all(line in result.output for line in told)


def test_verify_compares_with_the_digest_of_a_release(copied: Path) -> None:
    result = CliRunner().invoke(command, ["verify", "--expect", "0" * 64], standalone_mode=False)
    assert result.return_value == 1


@pytest.fixture
def stamped(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copied records, with the stamp of the last build as it is."""
    write_stamp(copied / "licenses")
    return copied / "licenses"


def test_an_index_older_than_its_sources_is_refused(stamped: Path) -> None:
    with Catalog().active():
        assert find_record("mit") is not None
    path = stamped / "exaone" / "exaone-1.0-nc.yaml"
    path.write_text(path.read_text().replace("class: noncommercial", "class: open"))
    with Catalog().active(), pytest.raises(DataError, match=r"is older than .*run `licensecheck catalog build`"):
        find_record("mit")


def test_sources_that_were_only_touched_are_not_refused(stamped: Path) -> None:
    (stamped / "exaone" / "exaone-1.0-nc.yaml").touch()
    with Catalog().active():
        assert find_record("mit") is not None


def test_a_source_that_was_added_makes_the_index_old(stamped: Path) -> None:
    (stamped / "exaone" / "more.yaml").write_text("id: more\n")
    with Catalog().active(), pytest.raises(DataError, match="is older than"):
        find_record("mit")


@pytest.mark.parametrize("part", ["exact", "labels"])
def test_a_changed_block_of_fingerprints_is_refused(part: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    data = bytearray((built_data.licenses_root() / FINGERPRINTS).read_bytes())
    block = fingerprint_blocks(memoryview(data))[part]
    block[0] ^= 1
    (tmp_path / FINGERPRINTS).write_bytes(data)
    monkeypatch.setattr("licensecheck.identify.index.licenses_root", lambda: tmp_path)
    load_index.cache_clear()
    try:
        with pytest.raises(DataError, match="was changed after the index was built"):
            load_index()
    finally:
        load_index.cache_clear()


def test_reviewed_sentences_that_were_edited_settle_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(built_data.licenses_root() / "reviewed", tmp_path / "reviewed")
    path = sorted((tmp_path / "reviewed").glob("*.txt"))[0]
    path.write_text(path.read_text() + "settled " + "0" * 20 + "\n")
    monkeypatch.setattr(reviewed, "licenses_root", lambda: tmp_path)
    reviewed.load_reviewed.cache_clear()
    try:
        with pytest.raises(DataError, match="was changed after the index was built"):
            reviewed.load_reviewed()
    finally:
        reviewed.load_reviewed.cache_clear()


def test_edited_compiled_rules_read_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = (built_data.rules_root() / compiled.COMPILED).read_bytes()
    assert b"noncommercial" in text
    (tmp_path / "compiled.json").write_bytes(text.replace(b"noncommercial", b"comply-laws__", 1))
    monkeypatch.setattr(compiled, "COMPILED", str(tmp_path / "compiled.json"))
    compiled._read_packed.cache_clear()
    try:
        with pytest.raises(DataError, match="run `licensecheck rules build`"):
            compiled._read_packed()
    finally:
        compiled._read_packed.cache_clear()
