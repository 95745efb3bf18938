"""The terms of a record are what extraction finds in its text."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from licensecheck.catalog.build import load_record_data, record_paths
from licensecheck.catalog.built_data import licenses_root
from licensecheck.reading.recording import (
    MOST_WORDS,
    is_readable,
    new_record,
    read_source,
    recorded_terms,
    refresh_records,
    reread,
)
from licensecheck.text.io import SourceText

SAMPLE = 9
"""Of the records whose text is at hand every ninth is read in each run, all of them in a slow one."""
HERON = """Heron License

1. Grant. You may use, copy, modify and distribute the Heron Model, worldwide and royalty-free.
2. Notices. You must retain all copyright notices.
"""


@pytest.fixture
def heron() -> SourceText:
    """A small license of our own."""
    digest = hashlib.sha256(HERON.encode()).hexdigest()
    return SourceText(path="heron/LICENSE.txt", text=HERON, sha256=digest)


def test_terms_of_a_sample_of_records_are_what_their_texts_say(shared: Path) -> None:
    texts = _texts(shared)
    assert texts
    assert _differing(record_paths(licenses_root())[::SAMPLE], texts) == []


@pytest.mark.slow
def test_terms_of_all_records_are_what_their_texts_say(shared: Path) -> None:
    assert _differing(record_paths(licenses_root()), _texts(shared)) == []


def test_a_new_record_holds_the_hash_and_no_sentence_of_the_text(heron: SourceText) -> None:
    record = new_record(heron, {"read_on": "2026-01-02", "hf": ("heron",)})
    assert (record["id"], record["name"], record["sha256"]) == ("license", "Heron License", [heron.sha256])
    assert record["read"] == {"source": "LICENSE.txt", "sha256": heron.sha256, "date": "2026-01-02"}
    assert record["ids"] == {"hf": ["heron"]}


def test_recorded_terms_bear_the_clause_they_stand_in(heron: SourceText) -> None:
    terms = {term["kind"]: term.get("clause") for term in recorded_terms(read_source(heron))}
    assert terms["copyright-grant"] == "1"
    assert terms["retain-notices"] == "2"


def test_a_long_prescribed_text_is_cut() -> None:
    for path in record_paths(licenses_root()):
        for term in load_record_data(path)["terms"] or ():
            text = term.get("attributes", {}).get("text") or ""
            assert len(re.findall(r"[A-Za-z0-9]+", text)) <= MOST_WORDS, path.name


def test_a_text_in_another_language_gives_unknown_terms(tmp_path: Path) -> None:
    path = tmp_path / "LICENSE"
    path.write_text("Lizenz\n\n1. Das Modell darf nur mit Genehmigung benutzt werden.\n", encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    fresh = reread({"id": "a", "sha256": [digest], "terms": []}, {digest: path})
    assert not is_readable(path.read_text(encoding="utf-8"))
    assert fresh is not None
    assert fresh["terms"] is None


def test_a_restricted_license_in_which_no_limit_is_found_has_unknown_terms(tmp_path: Path, heron: SourceText) -> None:
    path = tmp_path / "LICENSE"
    path.write_text(HERON, encoding="utf-8")
    data = {"id": "a", "class": "use-restricted", "sha256": [heron.sha256], "terms": []}
    fresh = reread(data, {heron.sha256: path})
    assert fresh is not None
    assert fresh["terms"] is None


def test_a_record_without_its_text_at_hand_is_left_alone() -> None:
    assert reread({"id": "a", "sha256": ["0" * 64], "terms": []}, {}) is None


def test_a_refresh_renews_the_terms_of_texts_at_hand(tmp_path: Path, heron: SourceText) -> None:
    records, texts = tmp_path / "licenses", tmp_path / "texts"
    (records / "heron").mkdir(parents=True)
    texts.mkdir()
    (texts / "LICENSE").write_text(HERON, encoding="utf-8")
    path = records / "heron" / "heron-1.0.yaml"
    head = "id: heron-1.0\nname: Heron License\nfamily: heron\nclass: open\nosi_approved: false\nids: {}\n"
    path.write_text(head + f"sha256: [{heron.sha256}]\nterms: null\n", encoding="utf-8")
    assert refresh_records(records, [texts]) == (1, 1)
    assert refresh_records(records, [texts]) == (1, 0)
    assert load_record_data(path)["terms"]


def _texts(shared: Path) -> dict[str, Path]:
    paths = [*(shared / "corpus" / "licenses").glob("*.txt"), *(shared / "gold" / "texts").glob("*.txt")]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}


def _differing(paths: list[Path], texts: dict[str, Path]) -> list[str]:
    """The records whose text is at hand and says something else than the record."""
    different = []
    for path in paths:
        data = load_record_data(path)
        if (data.get("read") or {}).get("sha256") in texts and (reread(data, texts) or {}).get("terms") != data[
            "terms"
        ]:
            different.append(data["id"])
    return different


def test_a_record_that_somebody_left_unread_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "LICENSE"
    path.write_text(
        "You may use, copy, modify and distribute the model for any purpose and to anyone.\n", encoding="utf-8"
    )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    data = {"id": "heron", "class": "open", "sha256": [digest], "terms": None}
    held = reread(data | {"unread": "a person must decide"}, {digest: path})
    free = reread(data, {digest: path})
    assert held is not None
    assert free is not None
    assert (held["terms"], held["unread"]) == (None, "a person must decide")
    assert free["terms"]
    assert "unread" not in free
