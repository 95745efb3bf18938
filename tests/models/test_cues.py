"""The marks by which sentences are sorted: every sentence that an expression finds has its mark."""

from __future__ import annotations

from licensecheck.models import cues
from licensecheck.models.cues import bit_of, is_relevant, marks_of
from licensecheck.text.literals import needs_of


def test_a_sentence_is_marked_for_those_who_look_into_it() -> None:
    assert marks_of("this is an open-source model") & bit_of("claims")
    assert not marks_of("the weather is fine") & bit_of("claims")


def test_a_sentence_for_which_no_reader_has_words_is_left_out() -> None:
    assert not is_relevant(marks_of("| 12.3 | 45.6 | 78.9 |"))
    assert is_relevant(marks_of("companies may not use it"))


def test_the_built_literals_are_those_of_the_expressions() -> None:
    built = cues._built(cues._patterns())
    assert built is not None, "run `licensecheck rules build`"
    assert {name: None if found is None else set(found) for name, found in built.items()} == needs_of(cues._patterns())


def test_literals_built_from_other_expressions_are_not_taken() -> None:
    assert cues._built({**cues._patterns(), "more": "words"}) is None
