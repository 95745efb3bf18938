from __future__ import annotations

import pytest

from licensecheck.catalog.records import all_records, find_record


def test_every_license_of_spdx_is_found_by_its_title() -> None:
    missed = [record.id for record in all_records() if "spdx" in record.ids and find_record(record.name) != record]
    assert missed == []


@pytest.mark.parametrize("name", ["GNU General Public License v3.0 only", "GNU General Public License v3.0 or later"])
def test_what_gnu_adds_to_a_title_does_not_count(name: str) -> None:
    record = find_record(name)
    assert record is not None
    assert record.id == "gpl-3.0"
