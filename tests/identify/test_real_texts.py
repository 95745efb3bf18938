"""The index of the project on the real texts beside the checkout."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from licensecheck.domain.licenses import MatchKind
from licensecheck.identify.identify import identify_text, identity_of

TOLD_APART = [
    ("mit", "mit"),
    ("apache-2.0", "apache-2.0"),
    ("gpl-2.0", "gpl-2.0"),
    ("gpl-3.0", "gpl-3.0"),
    ("bsd-new", "bsd-3-clause"),
    ("llama-3", "llama-3"),
    ("llama-3.1", "llama-3.1"),
    ("llama-4", "llama-4"),
    ("hunyuanvideo-2024-12-03", "hunyuanvideo-2024-12-03"),
    ("hunyuanvideo-2024-12-04", "hunyuanvideo-2024-12-04"),
    ("creativeml-openrail-m", "creativeml-openrail-m"),
    ("creativeml-openrail-pp-m-sdxl1.0", "creativeml-openrail-pp-m-sdxl1.0"),
    ("kolors-2024-09-03", "kolors-2024-09-03"),
    ("minimax-m2-modified-mit", "minimax-m2-modified-mit"),
]


def _text(shared: Path, slug: str) -> str:
    return (shared / "corpus" / "licenses" / f"{slug}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("slug", "own"), TOLD_APART, ids=[slug for slug, _ in TOLD_APART])
def test_license_is_told_from_its_siblings(shared: Path, slug: str, own: str) -> None:
    found = identify_text(_text(shared, slug))
    assert found.matches[0].id == own
    assert found.exact


@pytest.mark.parametrize("slug", ["llama-3.1", "gpl-3.0", "hunyuanvideo-2024-12-04", "cc-by-4.0", "kolors-2024-09-03"])
def test_one_word_more_is_never_exact(shared: Path, slug: str) -> None:
    text = _text(shared, slug)
    rng = random.Random(slug)
    for _ in range(20):
        place = text.index(" ", rng.randrange(len(text) // 5, len(text) - 300))
        assert not identify_text(f"{text[:place]} not{text[place:]}").exact


def test_license_and_its_policy_in_one_file_are_both_named(shared: Path) -> None:
    found = identify_text(_text(shared, "llama-4") + "\n\n" + _text(shared, "llama-4-aup"))
    assert [match.id for match in found.matches] == ["llama-4", "llama-4-aup"]


def test_beginning_of_a_license_is_no_edited_sibling(shared: Path) -> None:
    words = _text(shared, "llama-3").split(" ")
    assert identify_text(" ".join(words[: int(len(words) * 0.6)])).matches[0].id == "llama-3"


def test_text_that_borrows_a_name_is_not_taken_for_the_license(shared: Path) -> None:
    assert identity_of(_text(shared, "nvidia-open-model-FAKE-v1.0")).match is MatchKind.UNKNOWN


def test_edited_license_keeps_its_id_and_is_modified(shared: Path) -> None:
    known = identity_of(_text(shared, "llama-4").replace("700 million", "7 million"))
    assert (known.id, known.match, known.version) == ("llama-4", MatchKind.MODIFIED, "4")
    assert 0.98 < known.coverage < 1
