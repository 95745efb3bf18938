"""License records are found by any name, from the built index alone, and the index is what the YAML says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from licensecheck.catalog.build import build_catalog
from licensecheck.catalog.built_data import licenses_root
from licensecheck.catalog.records import all_records, find_by_sha256, find_family, find_record
from licensecheck.domain.licenses import LicenseClass


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("llama-4", "llama-4"),
        ("llama4", "llama-4"),
        ("LLAMA4", "llama-4"),
        ("license:llama4", "llama-4"),
        ("LicenseRef-scancode-llama-4-cla-2025", "llama-4"),
        ("MIT", "mit"),
        ("Apache License 2.0", "apache-2.0"),
        ("GPL-3.0-or-later", "gpl-3.0"),
        ("bsl-1.0", "bsl-1.0"),
        ("bsl-1.1", "busl-1.1"),
        ("boost-1.0", "bsl-1.0"),
        ("openrail++", "openrail-pp"),
        ("llama-4-license-2025", "llama-4-aup"),
        ("flux-1-dev-non-commercial-license", "flux-dev"),
        ("stabilityai_ai_community", "stability-community-2024-07-05"),
        ("no such license", None),
        ("", None),
    ],
)
def test_a_license_is_known_by_its_names(name: str, expected: str | None) -> None:
    record = find_record(name)
    assert (record.id if record else None) == expected


@pytest.mark.parametrize("name", ["gemma", "tongyi-qianwen", "openrail", "cc", "bsd", "gpl", "lgpl", "gfdl"])
def test_a_name_for_several_texts_gives_the_family(name: str) -> None:
    record = find_record(name)
    assert record is not None
    assert record.is_family
    assert len(record.versions) > 1


def test_versions_of_a_family_are_records_of_their_own() -> None:
    ids = [version.id for record in all_records() for version in record.versions]
    found = [find_record(id_) for id_ in ids]
    assert ids
    assert [id_ for id_, record in zip(ids, found, strict=True) if record is None or record.is_family] == []


def test_a_family_may_ask_what_any_of_its_versions_asks() -> None:
    family, newest = find_record("llama"), find_record("llama-4")
    assert family is not None
    assert newest is not None
    assert {term.kind for term in newest.terms or ()} <= {term.kind for term in family.terms or ()}


def test_a_family_with_an_unread_version_has_unknown_terms() -> None:
    unread = [r for r in all_records() if r.is_family and any(_terms_of(v.id) is None for v in r.versions)]
    assert unread
    assert all(record.terms is None for record in unread)


@pytest.mark.parametrize("name", ["unknown", "other"])
def test_hub_identifiers_without_a_license_have_no_class(name: str) -> None:
    record = find_record(name)
    assert record is not None
    assert (record.license_class, record.terms) == (None, None)


def test_every_hub_identifier_has_a_record(shared: Path) -> None:
    lines = (shared / "corpus" / "hf_license_ids.txt").read_text(encoding="utf-8").splitlines()
    ids = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]
    assert [name for name in ids if find_record(name) is None] == []


def test_osi_approved_licenses_have_that_class() -> None:
    wrong = [r.id for r in all_records() if (r.license_class is LicenseClass.OSI_APPROVED) != bool(r.osi_approved)]
    assert wrong == []


def test_licenses_incorporate_records_of_policies() -> None:
    ids = [policy for record in all_records() for policy in record.incorporates]
    found = [find_record(id_) for id_ in ids]
    assert ids
    assert [id_ for id_, record in zip(ids, found, strict=True) if record is None or not record.policy] == []


def test_a_text_is_found_by_the_hash_of_its_file() -> None:
    record = find_record("llama-4")
    assert record is not None
    found = find_by_sha256("sha256:" + record.sha256[0].upper())
    assert found is not None
    assert found.id == "llama-4"


def test_a_family_is_found_by_its_folder() -> None:
    ledger = find_family("llama")
    assert ledger is not None
    assert [version.id for version in ledger.versions][-1] == "llama-4"


def test_the_built_index_is_not_stale() -> None:
    for name, text in build_catalog(licenses_root()).items():
        assert (licenses_root() / name).read_text(encoding="utf-8") == text, f"{name}: run `licensecheck catalog build`"


def test_a_lookup_imports_no_heavy_library() -> None:
    code = (
        "import sys; from licensecheck.catalog.records import find_record;"
        "from licensecheck.catalog.model_entries import find_model;"
        "find_record('mit'); find_model('gpt2');"
        "sys.exit(' '.join({'yaml', 'jsonschema', 'spacy', 'requests', 'jinja2'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def _terms_of(record_id: str) -> object:
    record = find_record(record_id)
    assert record is not None
    return record.terms
