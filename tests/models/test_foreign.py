"""Sentences of a card in other languages: what restricts in any of them is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.models.foreign import find_foreign
from licensecheck.models.prose import read_sentences

SENTENCES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "foreign.yaml").read_text(encoding="utf-8"))
FRAMES = [(language, sentence) for language, some in SENTENCES["frames"].items() for sentence in some]


def found(sentence: str) -> bool:
    return any(find_foreign(read_sentences(f"# Heron 9\n\n## License\n\n{sentence}\n", first_line=1)))


@pytest.mark.parametrize("sentence", SENTENCES["restrict"])
def test_a_restriction_in_another_language_is_found(sentence: str) -> None:
    assert found(sentence)


@pytest.mark.parametrize(("language", "sentence"), FRAMES)
def test_each_frame_of_a_restriction_is_found_in_each_language(language: str, sentence: str) -> None:
    assert any(find_foreign(read_sentences(f"# Heron 9\n\n{sentence}\n", first_line=1))), language


@pytest.mark.parametrize("sentence", SENTENCES["quiet"])
def test_what_restricts_nothing_in_another_language_stays_quiet(sentence: str) -> None:
    assert not found(sentence)
