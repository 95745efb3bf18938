"""Where the tables that scripts of `tools/` take from packages and the project's own data part."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.catalog.libraries import find_library, find_weights
from licensecheck.catalog.records import all_records, find_record

TABLES = Path(__file__).resolve().parent.parent / "tools" / "tables"


def rows(name: str) -> list[dict[str, str]]:
    _, head, *lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.tsv")), ids=lambda path: path.stem)
def test_a_table_says_package_and_version(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("# ")
    assert any(word[0].isdigit() for word in first.split())


def test_every_license_identifier_of_the_hub_is_known() -> None:
    assert [row["id"] for row in rows("hub-licenses") if find_record(row["id"]) is None] == []


def test_licenses_of_models_are_known_by_their_scancode_keys() -> None:
    current = [row["key"] for row in rows("scancode-ai") if row["deprecated"] == "no"]
    assert [key for key in current if find_record(key) is None] == []


def test_known_spdx_ids_are_known_by_their_official_names() -> None:
    known = [row for row in rows("spdx-ids") if row["name"] and find_record(row["id"]) is not None]
    assert len(known) > 250
    assert [row["name"] for row in known if find_record(row["name"]) is None] == []


def test_the_flag_of_the_open_source_initiative_is_that_of_spdx() -> None:
    parted = []
    for row in rows("spdx-ids"):
        record = find_record(row["id"])
        if record is not None and record.osi_approved is not None and row["deprecated"] == "no":
            parted += [row["id"]] if record.osi_approved is not (row["osi"] == "yes") else []
    assert parted == []


def test_the_default_models_of_tasks_are_those_of_the_package() -> None:
    library = find_library("transformers")
    assert library is not None
    for row in rows("transformers-tasks"):
        weights = find_weights(library, row["task"])
        assert weights is not None, row["task"]
        assert weights.model == row["model"], row["task"]


def test_the_ids_of_records_stand_in_the_lists() -> None:
    listed = {
        "spdx": {row["id"] for row in rows("spdx-ids")},
        "scancode": {row["key"] for row in rows("scancode-keys")},
    }
    strange = [
        (record.id, scheme, name)
        for record in all_records()
        for scheme, names in listed.items()
        for name in record.ids.get(scheme, ())
        if name not in names
    ]
    assert strange == []


def test_every_record_without_terms_says_why() -> None:
    unread = [record for record in all_records() if record.terms is None and not record.is_family]
    assert [record.id for record in unread if not record.unread] == []
