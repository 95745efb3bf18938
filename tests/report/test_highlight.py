"""Marked lines hold every character of the text, and every mark where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from licensecheck.report.html import Mark, mark_lines

TEXT = "One right here.\nTwo and three.\nThe rest.\n"


def mark(number: int, start: int, end: int) -> Mark:
    return Mark(number=number, label=f"m{number}", group="limit", start=start, end=end)


def test_overlapping_marks_cut_the_line_into_segments_with_all_marks_that_cover_them() -> None:
    line = mark_lines(TEXT, [mark(1, 0, 9), mark(2, 4, 14)])[0]

    assert [(s.text, [m.number for m in s.marks]) for s in line.segments] == [
        ("One ", [1]),
        ("right", [1, 2]),
        (" here", [2]),
        (".", []),
    ]


def test_a_mark_over_two_lines_opens_once_and_covers_both() -> None:
    first, second, _ = mark_lines(TEXT, [mark(1, 10, 20)])

    assert [m.number for m in first.opens] == [1]
    assert second.opens == ()
    assert second.segments[0].marks


def test_a_clause_without_a_term_is_told_in_the_line_where_it_begins() -> None:
    lines = mark_lines(TEXT, [], sentences=[(16, 40, "unread")])

    assert [line.unread_first for line in lines] == [False, True, False]
    assert lines[2].segments[0].disposition == "unread"


def test_each_sentence_is_marked_by_what_it_was_read_as() -> None:
    lines = mark_lines(TEXT, [], sentences=[(0, 4, "term"), (5, 9, "boilerplate")])
    assert [segment.disposition for segment in lines[0].segments][:3] == ["term", None, "boilerplate"]


@given(
    st.text(alphabet="ab \n\r<", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8),
)
def test_no_character_is_lost_or_doubled(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [mark(n, min(span), max(span)) for n, span in enumerate(spans) if min(span) < max(span) <= len(text)]

    lines = mark_lines(text, marks, sentences=[(min(span), max(span), "fact") for span in spans])

    assert "\n".join("".join(s.text for s in line.segments) for line in lines) == text.removesuffix("\n")
