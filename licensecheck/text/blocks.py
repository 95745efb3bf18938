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
    r"\b(?:the|this|an?|of|to|under|by|for|in|with|any|such|your|its|that|not|on|from)\s*$", re.IGNORECASE
)
"""What no sentence and no heading ends with."""
_UNWRAPPED_WIDTH = 160
"""Where lines are longer than this, the file breaks lines at paragraphs only, or in some of its parts."""
_RAGGED_LINES = 8
"""How many lines must be broken early for a file to count as wrapped twice."""
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
    quoted_head: bool = False


@dataclass(slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    text: str


def split_blocks(masked: str) -> list[Block]:
    """The blocks of a masked text in order."""
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
        if label and not _follows(label, blocks) and not _plausible(label, line.text, gap=gap, last=last):
            label = None
        if (
            gap
            or not blocks
            or label
            or not _continues(line.text, last, wrap, ragged=ragged and _runs_on(blocks[-1], last))
        ):
            blocks.append(_open(line, label, gap=gap))
        else:
            blocks[-1].end = line.start + len(line.text)
        gap, last, page = False, line.text, False
    return [b for b in blocks if b.end > b.start or b.label]


def _open(line: _Line, label: Label | None, *, gap: bool) -> Block:
    indent = len(line.text) - len(line.text.lstrip())
    start = line.start + (label.end if label else indent)
    return Block(
        start=min(start, line.start + len(line.text)),
        end=line.start + len(line.text),
        indent=indent,
        label=label,
        label_start=line.start + indent,
        gap=gap,
    )


def _wrap_width(lines: list[_Line]) -> int | None:
    """The column at which the file breaks its lines, or None where it breaks at paragraphs only."""
    lengths = sorted(len(line.text) for line in lines if line.text.strip())
    if not lengths:
        return None
    width = lengths[int(0.95 * (len(lengths) - 1))]
    return width if width <= _UNWRAPPED_WIDTH else None


def _is_ragged(lines: list[_Line], wrap: int) -> bool:
    """True where lines that go on are often broken long before the margin, as when wrapped lines were wrapped again."""
    early = late = 0
    for line, following in pairwise(lines):
        text = following.text.lstrip()
        if not line.text.strip() or not text[:1].islower() or _ENDS.search(line.text):
            continue
        short = len(line.text) + 1 + len(text.split(maxsplit=1)[0]) <= wrap - 4
        early, late = early + short, late + (not short)
    return early >= _RAGGED_LINES and early > 0.15 * (early + late)


def _continues(text: str, last: str, wrap: int | None, *, ragged: bool) -> bool:
    """True where a line goes on with the sentence of the line before it."""
    if _OPEN_END.search(last):
        return True
    if wrap is None:
        broken = _HEADING_WIDTH < len(last) <= _UNWRAPPED_WIDTH
        return (text.lstrip()[:1].islower() or broken) and not _ENDS.search(last)
    first = text.split(maxsplit=1)[0]
    room = len(last) + 1 + len(first) <= wrap - 4
    if not _ENDS.search(last):
        return not room or ragged or text.lstrip()[:1].islower() or len(last) > 0.75 * wrap
    return not room or len(last) > 0.9 * wrap


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


def _plausible(label: Label, text: str, *, gap: bool, last: str) -> bool:
    """False for a number that only stands at a line's beginning because the line broke there."""
    if gap or label.style in ("heading",) or label.style.startswith("bullet"):
        return True
    rest = text[label.end :].lstrip()
    if _ENDS.search(last) or last.strip().lower() in ("", "and", "or", "and/or"):
        return True
    if re.search(
        r"(?:section|sections|article|clause|paragraph|exhibit|annex|schedule|and|or|,)\s*$", last, re.IGNORECASE
    ):
        return bool(re.search(r"[;,:]\s*(?:and|or)?\s*$", last, re.IGNORECASE)) and label.style.startswith("(")
    if label.style.startswith("(") or label.level:
        return True
    return bool(
        rest[:1].isupper()
        or rest[:1] in "\"“'‘"
        or not rest
        or "\u3400" <= rest[:1] <= "\u9fff"
        or len(label.text) <= 2
    )
