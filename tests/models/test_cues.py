"""The marks by which sentences are sorted: every sentence that an expression finds has its mark."""

from __future__ import annotations

from licensecheck.models.cues import bit_of, is_relevant, marks_of


def test_a_sentence_is_marked_for_those_who_look_into_it() -> None:
    assert marks_of("this is an open-source model") & bit_of("claims")
    assert not marks_of("the weather is fine") & bit_of("claims")


def test_a_sentence_for_which_no_reader_has_words_is_left_out() -> None:
    assert not is_relevant(marks_of("| 12.3 | 45.6 | 78.9 |"))
    assert is_relevant(marks_of("companies may not use it"))
