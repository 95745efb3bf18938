"""What public lists declare is hearsay: it answers by id, and it asks unless the publisher itself says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.api import Checker
from licensecheck.catalog.built_data import licenses_root
from licensecheck.catalog.listed import build_listed, listed_paths
from licensecheck.catalog.model_entries import find_model, nearest_listed, unknown_model
from licensecheck.catalog.records import built_index
from licensecheck.domain.findings import Verdict
from licensecheck.domain.licenses import Resolution
from licensecheck.errors import DataError

HEAD = "# heronlist 1.0, 2026-01; written by hand\nid\tlicense\tbase\n"
RECORDS = {"mit": "mit", "heron-license": "heron-1.0", "llama": "llama"}
FAMILIES = {"mit": False, "heron-1.0": False, "llama": True}


def entries(root: Path, **tables: str) -> dict[str, dict[str, object]]:
    """What the tables come to, by id."""
    (root / "listed").mkdir(exist_ok=True)
    for name, text in tables.items():
        (root / "listed" / f"{name}.tsv").write_text(HEAD + text, encoding="utf-8")

    def made_from(name: str) -> str | None:
        return "llama" if "llama" in name else None

    built = build_listed(root, find=RECORDS.get, families=FAMILIES, made_from=made_from)
    return {key: value[1] for key, value in built}


def test_what_a_list_declares_is_not_certain(tmp_path: Path) -> None:
    entry = entries(tmp_path, one="heron/a\tmit\t\n", two="heron/a\tmit\t\n")["heron/a"]
    assert (entry["licenses"], entry["certain"]) == (["mit"], False)


@pytest.mark.parametrize("line", ["timm/a\tmit\t", "timm/A\tmit\t"])
def test_a_list_kept_by_the_publisher_is_certain(line: str, tmp_path: Path) -> None:
    assert entries(tmp_path, timm=f"{line}\n")["timm/a"]["certain"] is True


@pytest.mark.parametrize(
    "line", ["timm/a\t\t", "timm/a\tunheard-of\t", "timm/a\tllama\t", "timm/a\tmit\theron/b", "timm/a-llama\tmit\t"]
)
def test_not_where_license_version_or_base_is_open(line: str, tmp_path: Path) -> None:
    entry = next(iter(entries(tmp_path, timm=f"{line}\n").values()))
    assert entry["certain"] is False


def test_lists_that_disagree_are_told_and_both_licenses_count(tmp_path: Path) -> None:
    entry = entries(tmp_path, one="heron/a\tmit\t\n", two="heron/a\theron-license\t\n")["heron/a"]
    assert entry["licenses"] == ["heron-1.0", "mit"]
    assert "gives mit" in str(entry["note"])
    assert "gives heron-license" in str(entry["note"])


def test_a_name_that_no_record_bears_is_no_license(tmp_path: Path) -> None:
    entry = entries(tmp_path, one="heron/a\tunheard-of\t\n")["heron/a"]
    assert entry["licenses"] == []
    assert "Not known here: unheard-of" in str(entry["note"])


@pytest.mark.parametrize("text", ["heron/a\tmit\n", "\tmit\t\n"])
def test_a_line_of_another_form_is_a_fault(text: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="expected id, license, base"):
        entries(tmp_path, one=text)


def test_the_project_answers_for_two_thousand_listed_ids() -> None:
    assert len(list(built_index().keys("listed"))) > 2000


def test_every_table_names_source_version_and_day() -> None:
    for path in listed_paths(licenses_root()):
        head = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert head.startswith("# "), path.name
        assert ", 20" in head, path.name


def test_an_entry_of_the_catalog_comes_before_a_list() -> None:
    known = find_model("facebook/mms-1b-all")
    assert known is not None
    assert (known.resolved, known.licenses) == (Resolution.EXACT, ("cc-by-nc-4.0",))


def test_a_publisher_that_is_a_provider_too_keeps_its_own_models() -> None:
    known = find_model("databricks/dbrx-instruct")
    assert known is not None
    assert (known.resolved, known.licenses) == (Resolution.EXACT, ("dbrx-open-model",))


def test_an_entry_that_is_not_certain_asks() -> None:
    listed = next(key for key in built_index().keys("listed") if key.startswith("jinaai/"))
    for model in ("openai/clip-vit-base-patch32", listed):
        entry = find_model(model)
        assert entry is not None
        assert not entry.certain
        report = Checker().check([model]).targets[0]
        assert report.verdict in (Verdict.NEEDS_REVIEW, Verdict.DENIED), model
        assert any(finding.kind == "unknown-license" for finding in report.findings), model


def test_an_unknown_id_says_as_of_when_and_names_the_nearest_as_no_license() -> None:
    assert nearest_listed("Qwen/Qwen99-Max") is not None
    told = unknown_model("Qwen/Qwen99-Max")
    assert "not known here (data of 20" in told
    assert "which says nothing of this one" in told
    assert find_model("Qwen/Qwen99-Max") is None


@pytest.mark.parametrize("name", ["nobody-at-all/model", "model", "Qwen/zz"])
def test_nothing_is_named_where_nothing_is_near(name: str) -> None:
    assert nearest_listed(name) is None
