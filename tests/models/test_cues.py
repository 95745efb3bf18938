"""The letters by which sentences are sorted: every sentence that an expression finds has them."""

from __future__ import annotations

import pytest

from licensecheck.models.cues import bit_of, letters_of, marks_of


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("commercial|licen[cs]e", ("commercial", "licen")),
        (r"\b(?:scores?|evaluat\w+)\b|评测", ("score", "evaluat", "评测")),
        (r"\w+ing", ()),
    ],
)
def test_letters_of_an_expression(pattern: str, letters: tuple[str, ...]) -> None:
    assert letters_of(pattern) == letters


def test_a_sentence_is_marked_for_those_who_look_into_it() -> None:
    assert marks_of("this is an open-source model") & bit_of("claims")
    assert not marks_of("the weather is fine") & bit_of("claims")
