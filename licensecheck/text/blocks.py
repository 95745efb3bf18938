"""Lines gathered into blocks: a paragraph, a heading or a list item each, however the file breaks its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from licensecheck.text.labels import Label, read_label
from licensecheck.text.mask import PAGE_MARK

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_ENDS = re.compile(r"[.:;!?。；：！？]['\"”’)\]]*$")
_OPEN_END = re.compile(
    r"(?:\b(?:the|this|an?|of|to|under|by|for|in|with|any|such|your|its|that|not|on|from)|[^\s;,:.] (?:and|or))\s*$",
    re.IGNORECASE,
)
"""What no sentence and no heading ends with."""
_UNWRAPPED_WIDTH = 160
"""Where lines are longer than this, the file breaks lines at paragraphs only, or in some of its parts."""
_RAGGED_LINES = 8
"""How many lines must be broken early for a file to count as wrapped twice."""
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]")
"""A Chinese, Japanese or Korean character: two columns wide, and a line may end after each."""
_CAPITALS = 0.6
"""A line in capitals that fills more of the margin than this share is text and no heading."""
_EMPHASIS = re.compile(r"[ \t]*(\*{1,3}|_{1,3})(?=[^\s*_])")
_HEADING_WIDTH = 70
"""A line longer than this is no heading."""


@dataclass(slots=True, kw_only=True)
class Block:
    """One paragraph, heading or item: its offsets without the label, and how deep its first line is indented."""

    start: int
    end: int
    indent: int
    label: Label | None
    label_start: int
    gap: bool
    """True where a blank line stands before the block."""


@dataclass(slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    text: str


def split_blocks(masked: str, text: str) -> list[Block]:
    """The blocks of a masked text in order; what it was masked from tells indentation from emphasis."""
    lines = [_Line(start=m.start(), end=m.end(), text=m.group().rstrip()) for m in _LINE.finditer(masked)]
    wrap = _wrap_width(lines)
    ragged = wrap is not None and _is_ragged(lines, wrap)
    blocks: list[Block] = []
    gap, last, page = True, "", False
    for line in lines:
        if not line.text.strip(" \t" + PAGE_MARK):
            gap, page = True, page or PAGE_MARK in line.text
            continue
        if page and gap and last and not _ENDS.search(last):
            gap = False
        label = read_label(line.text)
        if label and not _follows(label, blocks):
            full = wrap is not None and not _has_room(line.text, last, wrap)
            if not _plausible(label, line.text, gap=gap, last=last, full=full):
                label = None
        if (
            gap
            or not blocks
            or label
            or not _continues(
                line.text,
                last,
                wrap,
                ragged=ragged and _runs_on(blocks[-1], last),
                capitals=blocks[-1].end - blocks[-1].start > len(last),
            )
            or _is_whole_heading(masked, blocks[-1], line.text)
        ):
            blocks.append(_open(line, label, _indent(line, text), gap=gap))
        else:
            blocks[-1].end = line.start + len(line.text)
        gap, last, page = False, line.text, False
    return [b for b in blocks if b.end > b.start or b.label]


def _indent(line: _Line, text: str) -> int:
    """How deep a line is indented, marks of emphasis not counted."""
    marks = _EMPHASIS.match(text, line.start)
    return len(line.text) - len(line.text.lstrip()) - (len(marks[1]) if marks else 0)


def _open(line: _Line, label: Label | None, indent: int, *, gap: bool) -> Block:
    begins = len(line.text) - len(line.text.lstrip())
    start = line.start + (label.end if label else begins)
    return Block(
        start=min(start, line.start + len(line.text)),
        end=line.start + len(line.text),
        indent=indent,
        label=label,
        label_start=line.start + begins,
        gap=gap,
    )


def _wrap_width(lines: list[_Line]) -> int | None:
    """The column at which the file breaks its lines, or None where it breaks at paragraphs only."""
    lengths = sorted(_columns(line.text) for line in lines if line.text.strip())
    if not lengths:
        return None
    width = lengths[int(0.95 * (len(lengths) - 1))]
    return width if width <= _UNWRAPPED_WIDTH else None


def _columns(text: str) -> int:
    """How wide a line stands on the page."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _first_columns(text: str) -> int:
    """How wide the first part of a line is that could have stood at the end of the line before it."""
    first = text.split(maxsplit=1)[0]
    wide = _WIDE.search(first)
    return _columns(first[: max(1, wide.start())] if wide else first)


def _is_ragged(lines: list[_Line], wrap: int) -> bool:
    """True where lines that go on are often broken long before the margin, as when wrapped lines were wrapped again."""
    early = late = 0
    for line, following in pairwise(lines):
        text = following.text.lstrip()
        if not line.text.strip() or not text[:1].islower() or _ENDS.search(line.text):
            continue
        short = _has_room(text, line.text, wrap)
        early, late = early + short, late + (not short)
    return early >= _RAGGED_LINES and early > 0.15 * (early + late)


def _continues(text: str, last: str, wrap: int | None, *, ragged: bool, capitals: bool) -> bool:
    """True where a line goes on with the sentence of the line before it."""
    if _OPEN_END.search(last):
        return True
    if wrap is None:
        broken = _HEADING_WIDTH < len(last) <= _UNWRAPPED_WIDTH
        return (text.lstrip()[:1].islower() or broken) and not _ENDS.search(last)
    width, room = _columns(last), _has_room(text, last, wrap)
    if last.isupper() and text.isupper() and not _ENDS.search(last):
        return capitals or not room or width > _CAPITALS * wrap
    if not _ENDS.search(last):
        return not room or ragged or text.lstrip()[:1].islower() or width > 0.75 * wrap
    return not room or width > 0.9 * wrap


def _is_whole_heading(masked: str, block: Block, text: str) -> bool:
    """True for a Markdown heading, which is one line, unless the next line plainly goes on with it."""
    marked = bool(block.label) and masked.startswith("#", block.label_start)
    return marked and not text.lstrip()[:1].islower() and not _OPEN_END.search(masked[block.start : block.end])


def _has_room(text: str, last: str, wrap: int) -> bool:
    """True where the first word of a line would have fitted on the line before it."""
    return _columns(last) + 1 + _first_columns(text) <= wrap - 4


def _runs_on(block: Block, last: str) -> bool:
    """True where the block has several lines, or its only line is no heading: not short, or not in title case."""
    if block.end - block.start > len(last):
        return True
    words = [word for word in last.split() if len(word) > 3]
    return last.isupper() or len(last.split()) > 8 or not all(word[:1].isupper() for word in words)


def _follows(label: Label, blocks: list[Block]) -> bool:
    """True for the number that comes after the one of the block before it, in the same style."""
    before = blocks[-1].label if blocks else None
    return bool(before and before.value and before.style == label.style and label.value == before.value + 1)


def _plausible(label: Label, text: str, *, gap: bool, last: str, full: bool) -> bool:
    """False for a number that only stands at a line's beginning because the line before it was full."""
    if gap or label.style in ("heading",) or label.style.startswith("bullet"):
        return True
    rest = text[label.end :].lstrip()
    if _ENDS.search(last) or last.strip().lower() in ("", "and", "or", "and/or"):
        return True
    if re.search(
        r"(?:\b(?:sections?|article|clause|paragraph|exhibit|annex|schedule|and|or|under|of|in|with|by|from)|,)\s*$",
        last,
        re.IGNORECASE,
    ):
        return bool(re.search(r"[;,:]\s*(?:and|or)?\s*$", last, re.IGNORECASE)) and label.style.startswith("(")
    if label.style.startswith("(") or label.level:
        return label.style != "dotted" or not full
    return bool(
        rest[:1].isupper()
        or rest[:1] in "\"“'‘"
        or not rest
        or "\u3400" <= rest[:1] <= "\u9fff"
        or len(label.text) <= 2
    )
