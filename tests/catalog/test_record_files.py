"""Record files are checked at the door and written in one form."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from licensecheck.catalog.build import build_catalog, load_record_data, record_paths, render_record, write_catalog
from licensecheck.catalog.built_data import licenses_root
from licensecheck.catalog.records import record_from, term_data
from licensecheck.catalog.yaml_files import parse_yaml
from licensecheck.errors import DataError, Faults

HEAD = "id: heron-1.0\nname: Heron License\nfamily: heron\nclass: open\nosi_approved: false\nids: {}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalog of one record, with the model lists of the project left out."""
    (tmp_path / "heron").mkdir()
    (tmp_path / "models").mkdir()
    shutil.copy(licenses_root() / "hands-on.yaml", tmp_path)
    resolving = "mirrors: [copyist]\nproviders: {}\nchannels: {}\nfamilies: []\n"
    (tmp_path / "models" / "resolving.yaml").write_text(resolving, encoding="utf-8")
    (tmp_path / "heron" / "heron-1.0.yaml").write_text(HEAD + "terms: [{kind: retain-notices}]\n", encoding="utf-8")
    return tmp_path


def test_every_record_is_written_as_it_would_be_rendered() -> None:
    paths = record_paths(licenses_root())
    assert paths
    assert [p.name for p in paths if render_record(load_record_data(p)) != p.read_text(encoding="utf-8")] == []


def test_a_rendered_record_reads_back_the_same() -> None:
    data = {"id": "a", "name": "A: B", "sha256": ["0" * 64], "terms": [{"kind": "x", "clause": "1"}]}
    assert parse_yaml(render_record(data), path="a.yaml") == data


def test_terms_survive_the_way_to_the_index_and_back() -> None:
    entry = {
        "kind": "scale-threshold",
        "attributes": {"value": 7, "metric": "users"},
        "clause": "2",
        "triggers": ["use"],
    }
    record = record_from({"id": "a", "name": "A", "family": "a", "terms": [entry]})
    assert record.terms is not None
    assert term_data(record.terms[0]) == entry


def test_faults_of_a_record_are_told_together_with_their_lines(root: Path) -> None:
    path = root / "heron" / "heron-1.0.yaml"
    path.write_text(HEAD.replace("open", "opne") + "policy: maybe\nterms: null\n", encoding="utf-8")
    with pytest.raises(Faults) as caught:
        load_record_data(path)
    assert [fault.place.line for fault in caught.value.faults if fault.place] == [4, 7]  # class, policy


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("{kind: include-licence}", "is no kind of rules/terms.yaml; did you mean 'include-license'?"),
        ("{kind: same-license, attributes: {scpoe: file}}", "'scpoe' is not an attribute of same-license"),
        ("{kind: same-license, attributes: {scope: flie}}", "'flie' is not a value of scope; did you mean 'file'?"),
        ("{kind: flow-down, triggers: [use, distribute-modle]}", "'distribute-modle' is no trigger of"),
        ("{kind: flow-down, provisos: [unlawfull]}", "'unlawfull' is no proviso of"),
        ("{kind: scale-threshold, details: {oprator: gt}}", "'oprator' is no detail of"),
        ("{kind: flow-down, kind: indemnify}", "duplicate key 'kind'; keep one of the two"),
    ],
)
def test_a_name_that_nothing_defines_is_a_fault_of_a_record(root: Path, term: str, told: str) -> None:
    path = root / "heron" / "heron-1.0.yaml"
    path.write_text(f"{HEAD}terms:\n  - {term}\n", encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(told)) as caught:
        load_record_data(path)
    assert caught.value.place is not None
    assert caught.value.place.line == 8


def test_a_record_in_the_wrong_folder_is_refused(root: Path) -> None:
    (root / "egret").mkdir()
    shutil.move(root / "heron" / "heron-1.0.yaml", root / "egret" / "heron-1.0.yaml")
    with pytest.raises(DataError, match=r"must be heron/heron-1\.0\.yaml"):
        build_catalog(root)


def test_a_name_that_two_records_claim_is_refused(root: Path) -> None:
    other = HEAD.replace("heron-1.0", "heron-2.0").replace("ids: {}", "ids: {other: [Heron_1.0]}")
    (root / "heron" / "heron-2.0.yaml").write_text(other + "terms: null\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"already belongs to heron-1\.0"):
        build_catalog(root)


def test_a_model_under_an_unknown_license_is_refused(root: Path) -> None:
    models = "title: Birds\nmodels:\n  - {match: birds/heron, license: stork-1.0}\n"
    (root / "models" / "birds.yaml").write_text(models, encoding="utf-8")
    with pytest.raises(DataError, match=r"no record has the id stork-1\.0"):
        build_catalog(root)


def test_a_second_build_changes_nothing(root: Path) -> None:
    assert write_catalog(root)
    assert write_catalog(root) == []
