"""The prose of a card as blocks: headings, list items, table rows and paragraphs, without code and bibliographies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from licensecheck.sources.plain import plain_words

_FENCE = re.compile(r"^[ \t>]*(```+|~~~+)")
_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]*(?P<text>[^ \t](?:.*[^ \t#])?)[ \t#]*$")
_HTML_HEADING = re.compile(r"^[ \t]*<h([1-6])\b[^>]*>(?P<text>.*?)(?:</h\1>|$)", re.I)
_BOLD_HEADING = re.compile(r"^[ \t]{0,3}(?:\*\*|__)(?P<text>[^*_]{2,60}?)(?:\*\*|__)[ \t]*:?[ \t]*$")
_UNDERLINE = re.compile(r"^[ \t]{0,3}(=+|-{3,})[ \t]*$")
_ITEM = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,2}[.)])[ \t]+")
_ROW = re.compile(r"^[ \t]*(?:\||<t[dhr]\b)", re.I)
_BIBTEX = re.compile(r"^\s*@\w+\s*\{")


class Kind(str, Enum):
    """What a sentence stands in."""

    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    TEXT = "text"
    GATE = "gate"


@dataclass(slots=True)
class Block:
    """A block with the index of its first row."""

    kind: Kind
    line: int
    rows: list[str]


def split_blocks(rows: list[str]) -> Iterator[Block]:
    """Headings, list items, table rows and paragraphs, without code and bibliographies."""
    open_block: Block | None = None
    fence: str | None = None
    depth = 0
    for index, row in enumerate(rows):
        fenced = _FENCE.match(row)
        if fence is not None or fenced is not None:
            if open_block is not None:
                yield open_block
                open_block = None
            fence = _next_fence(fence, fenced)
            continue
        if depth or _BIBTEX.match(row):
            depth = max(0, depth + row.count("{") - row.count("}"))
            continue
        row = row.lstrip("> \t") if row.lstrip().startswith(">") else row
        kind = _kind(row, previous=open_block)
        if kind is None and open_block is not None and row.strip():
            open_block.rows.append(row)
            continue
        if open_block is not None:
            yield open_block
        open_block = Block(kind or Kind.TEXT, index, [row]) if row.strip() else None
        if open_block is not None and open_block.kind in (Kind.HEADING, Kind.ROW):
            yield open_block
            open_block = None
    if open_block is not None:
        yield open_block


def _next_fence(fence: str | None, fenced: re.Match[str] | None) -> str | None:
    if fenced is None:
        return fence
    if fence is None:
        return fenced[1]
    return None if fenced[1].startswith(fence) else fence


def _kind(row: str, *, previous: Block | None) -> Kind | None:
    """What a row begins; None where it goes on with the block before it or is blank."""
    if not row.strip() or _UNDERLINE.match(row):
        return None
    if _HEADING.match(row) or _HTML_HEADING.match(row) or (previous is None and _BOLD_HEADING.match(row)):
        return Kind.HEADING
    if _ITEM.match(row):
        return Kind.ITEM
    if _ROW.match(row):
        return Kind.ROW
    return None if previous is not None else Kind.TEXT


def read_heading(row: str) -> tuple[int, str]:
    """The level (1 is the highest) and the words of a heading."""
    found = _HEADING.match(row)
    if found:
        return len(found[1]), plain_words(found["text"])
    found = _HTML_HEADING.match(row)
    if found:
        return int(found[1]), plain_words(found["text"])
    return 6, plain_words(row).rstrip(":")


def without_mark(part: str, kind: Kind) -> str:
    """A part without the marks of its list item or heading."""
    if kind is Kind.ITEM:
        return _ITEM.sub("", part)
    return part.lstrip("# \t") if kind is Kind.HEADING else part
