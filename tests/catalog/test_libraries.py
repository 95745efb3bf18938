"""The table of libraries: every row has a license or says why not, and a source and version."""

from __future__ import annotations

import pytest

from licensecheck.catalog.build import load_checked
from licensecheck.catalog.built_data import licenses_root
from licensecheck.catalog.libraries import FOLDER, all_libraries, build_libraries, find_library, find_weights
from licensecheck.catalog.records import all_records
from licensecheck.errors import DataError


def test_the_built_file_is_that_of_the_sources() -> None:
    known = {record.id: record.is_family for record in all_records()}
    built = build_libraries(licenses_root(), known=known, load=load_checked)
    assert built == (licenses_root() / "libraries.jsonl").read_text(encoding="utf-8")


def test_every_library_loads_what_it_lists_and_says_where_it_was_read() -> None:
    for library in all_libraries():
        assert library.version, library.id
        assert bool(library.weights) == bool(library.loads), library.id
        assert all(weights.source and weights.stated for weights in library.weights), library.id


def test_hearsay_is_never_certain() -> None:
    rows = [weights for library in all_libraries() for weights in library.weights]
    assert not [each.names for each in rows if "memory" in each.source and each.certain]


@pytest.mark.parametrize(
    ("library", "name", "license_id"),
    [
        ("ultralytics", "yolo11n-seg.pt", "agpl-3.0"),
        ("timm", "convnextv2_tiny", "cc-by-nc-4.0"),
        ("rembg", "BRIA-RMBG", "bria-rmbg"),
        ("whisperx", "de", "cc-by-nc-4.0"),
    ],
    ids=["glob", "short", "case", "language"],
)
def test_weights_are_found_by_the_names_of_the_library(library: str, name: str, license_id: str) -> None:
    found = find_library(library)
    assert found is not None
    weights = find_weights(found, name)
    assert weights is not None
    assert weights.license == license_id


def test_a_default_without_a_row_is_a_fault(tmp_path) -> None:  # type: ignore[no-untyped-def]  # a fixture of pytest
    folder = tmp_path / FOLDER
    folder.mkdir()
    folder.joinpath("x.yaml").write_text(
        "library: x\necosystem: pypi\npackages: [x]\nversion: '1'\nread: '2026-11-30'\n"
        "code: {license: MIT, source: metadata}\nweights:\n  - {names: [a], says: nothing, source: s}\n"
        "loads:\n  - {calls: [f], default: b}\n"
    )
    with pytest.raises(DataError, match="no row of weights has the name b"):
        build_libraries(tmp_path, known={}, load=load_checked)
