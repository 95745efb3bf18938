"""`catalog new` makes a family that can be looked up at once; `catalog age` counts days without a clock."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from licensecheck.catalog.build import build_records, load_checked, load_record_data
from licensecheck.catalog.built_data import licenses_root
from licensecheck.catalog.records import all_records, find_record
from licensecheck.cli.catalog import command
from licensecheck.errors import UsageError
from licensecheck.identify.identify import identify_source
from licensecheck.identify.index import load_index
from licensecheck.text.io import SourceText

TEXT = """Heron Community License

1. Grant. We grant you a worldwide, royalty-free license to use, copy, modify and distribute the model.
2. Copies. You must give every recipient a copy of this license.
3. Limits. You may not use the model for any commercial purpose.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalog without records."""
    home = tmp_path / "licenses"
    (home / "models").mkdir(parents=True)
    shutil.copy(licenses_root() / "hands-on.yaml", home)
    resolving = "mirrors: [copyist]\nproviders: {}\nchannels: {}\nfamilies: []\n"
    (home / "models" / "resolving.yaml").write_text(resolving, encoding="utf-8")
    (tmp_path / "LICENSE").write_text(TEXT, encoding="utf-8")
    return home


def new(root: Path, *words: str, family: str = "heron") -> str:
    text = str(root.parent / "LICENSE")
    call = ["new", family, text, "--by", "J. Doe", "--on", "2026-12-01", "--root", str(root), *words]
    result = CliRunner().invoke(command, call, standalone_mode=False, catch_exceptions=False)
    assert result.return_value == 0
    return result.output


def test_a_new_family_has_a_record_that_says_who_read_it(root: Path) -> None:
    output = new(root, "--id", "heron-2.0", "--name", "Heron Community License", "--hf", "heron-2")
    record = load_record_data(root / "heron" / "heron-2.0.yaml")
    assert record["reviewed"] == {"by": "J. Doe", "on": "2026-12-01"}
    assert record["class"] == "noncommercial"
    assert record["ids"] == {"hf": ["heron-2"]}
    assert "index.tsv" in output


def test_its_ledger_names_the_version(root: Path) -> None:
    new(root, "--id", "heron-2.0", "--name", "Heron Community License")
    ledger = load_checked(root / "heron" / "family.yaml", schema="family")
    assert [version["id"] for version in ledger["versions"]] == ["heron-2.0"]
    assert {record["id"] for record in build_records(root)} == {"heron", "heron-2.0"}


def test_a_family_of_one_text_has_no_ledger(root: Path) -> None:
    new(root)
    assert [path.name for path in (root / "heron").iterdir()] == ["heron.yaml"]


@pytest.mark.parametrize(("family", "told"), [("Heron Labs", "is not a family name"), ("models", "is there already")])
def test_a_name_that_cannot_be_is_refused(family: str, told: str, root: Path) -> None:
    with pytest.raises(UsageError, match=told):
        new(root, family=family)


def test_age_counts_up_to_the_newest_day_of_the_data_or_the_one_that_is_given() -> None:
    plain = CliRunner().invoke(command, ["age"], standalone_mode=False)
    later = CliRunner().invoke(command, ["age", "--today", "2036-01-01"], standalone_mode=False)
    assert "the newest day of the data, 20" in plain.output
    assert ", old" in later.output
    assert " 0 days old" not in later.output
    assert plain.output == CliRunner().invoke(command, ["age"], standalone_mode=False).output


def test_age_takes_a_day_alone() -> None:
    with pytest.raises(UsageError, match="is not a day such as"):
        CliRunner().invoke(command, ["age", "--today", "soon"], standalone_mode=False, catch_exceptions=False)


def test_the_very_file_of_a_record_is_identified_without_a_fingerprint() -> None:
    text = "A license that nobody has seen, and that no fingerprint knows."
    record = next(record for record in all_records() if record.terms is not None and not record.is_family)
    source = SourceText(path="LICENSE", text=text, sha256=record.sha256[0])
    found = identify_source(source)
    assert (found.exact, [match.id for match in found.matches]) == (True, [record.id])
    assert not identify_source(SourceText(path="LICENSE", text=text, sha256="0" * 64)).matches


@pytest.mark.parametrize("name", ["389-exception", "0BSD", "adsl"])
def test_what_identify_can_name_show_can_show(name: str) -> None:
    result = CliRunner().invoke(command, ["show", name], standalone_mode=False, catch_exceptions=False)
    assert result.return_value == 0
    assert name.lower() in result.output.lower()


def test_every_label_of_the_fingerprints_is_shown() -> None:
    index = load_index()
    names = {label.id for text in range(len(index)) for label in index.labels(text)}
    assert len(names) > 2000
    assert [name for name in sorted(names)[::40] if find_record(name) is None and index.find_label(name) is None] == []
