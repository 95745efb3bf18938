"""Edited data is a fault, never another answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from licensecheck.catalog import built_data, digests, records
from licensecheck.catalog.built_data import RECORDS
from licensecheck.catalog.catalog import Catalog
from licensecheck.catalog.libraries import find_library
from licensecheck.catalog.records import find_record
from licensecheck.catalog.seals import sealed, unsealed
from licensecheck.cli.catalog import command
from licensecheck.errors import DataError


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
