"""Clauses side by side: paired by their words, whatever their place and layout."""

from __future__ import annotations

from licensecheck.report.diff_changes import Change, Mark, compare_clauses, compare_words

ONE = "1. The crew keeps the beacons lit at night and tells the master about leaks.\n\n"
TWO = "2. The crew pays a toll of five coins for every ton of cargo that it lands.\n\n"
THREE = "3. Quarrels are heard in the lighthouse before the oldest person present.\n\n"


def _changes(old: str, new: str) -> list[Change]:
    return [clause.change for clause in compare_clauses(old, new)]


def test_layout_case_and_punctuation_are_no_change() -> None:
    assert set(_changes(ONE + TWO, ONE.replace(" at night", "\nat night").upper() + TWO)) == {Change.SAME}


def test_clause_with_another_number_in_it_is_changed() -> None:
    assert _changes(ONE + TWO, ONE + TWO.replace("five", "nine")) == [Change.SAME, Change.CHANGED]


def test_clause_that_went_and_one_that_came_are_told_apart() -> None:
    assert sorted(_changes(ONE + TWO, ONE + THREE)) == [Change.ADDED, Change.REMOVED, Change.SAME]


def test_clause_that_changed_its_place_has_moved() -> None:
    assert Change.MOVED in _changes(ONE + TWO + THREE, THREE + ONE + TWO)


def test_words_taken_out_and_put_in_are_marked() -> None:
    pieces = compare_words("pays a toll of five coins", "pays a toll of nine coins")
    assert [(piece.mark, piece.text) for piece in pieces] == [
        (Mark.KEPT, "pays a toll of "),
        (Mark.REMOVED, "five "),
        (Mark.ADDED, "nine "),
        (Mark.KEPT, "coins"),
    ]
