"""A license text cut into lines and segments, so that every term can be marked where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage to highlight: its number in the text, what the margin says, and where it starts and ends.

    `group` chooses the colour and the kind of underline; `finding` is the key of the finding it belongs to.
    """

    number: int
    label: str
    group: str
    start: int
    end: int
    finding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a line under the same marks all through; `opens` are the marks that start with it.

    `unread` is true where it belongs to a clause in which no term was found.
    """

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the text; `unread_first` where a clause without any term begins in it."""

    number: int
    segments: tuple[Segment, ...]
    opens: tuple[Mark, ...]
    unread_first: bool


def mark_lines(text: str, marks: Sequence[Mark], unread: Iterable[tuple[int, int]] = ()) -> tuple[Line, ...]:
    """The text line by line; marks may overlap, and may run over several lines."""
    spans = sorted(unread)
    return tuple(_line(number, start, line, marks, spans) for number, start, line in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Number, offset and content of each line; only a line feed ends a line, as line numbers are counted."""
    start = 0
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        yield number, start, line
        start += len(line) + 1


def _line(number: int, start: int, line: str, marks: Sequence[Mark], unread: list[tuple[int, int]]) -> Line:
    end = start + len(line)
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    segments = tuple(_segments(start, line, here, unread)) or (Segment(text=line, marks=(), opens=()),)
    return Line(
        number=number,
        segments=segments,
        opens=tuple(mark for segment in segments for mark in segment.opens),
        unread_first=any(start <= first < max(end, start + 1) for first, _ in unread),
    )


def _segments(start: int, line: str, marks: Sequence[Mark], unread: list[tuple[int, int]]) -> Iterator[Segment]:
    """The line cut wherever a mark or an unread clause starts or ends."""
    end = start + len(line)
    spans = [(mark.start, mark.end) for mark in marks] + unread
    cuts = {start, end} | {at for span in spans for at in span if start < at < end}
    for left, right in pairwise(sorted(cuts)):
        yield Segment(
            text=line[left - start : right - start],
            marks=tuple(mark for mark in marks if mark.start < right and mark.end > left),
            opens=tuple(mark for mark in marks if mark.start == left),
            unread=any(first < right and last > left for first, last in unread),
        )
