"""Sentences of legal prose, which numbering and abbreviations do not end; items of a run-on list are sentences too."""

from __future__ import annotations

import re

_END = re.compile(
    r"[.!?]+['\"”’)\]*]*(?=\s+[\"“‘'(\[]?[A-Z\d]|\s*$)|[。！？；]['\"”’」』]*"
    r"|;(?=\s+(?:To|For|By|Any|Using|In (?:any|a|order|connection))\s+[a-z])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|e\.g|i\.e|etc|inc|ltd|corp|co|llc|no|nos|art|sec|sect|para|cf|vs|v|viz|al|mr|mrs|ms|dr|u\.s|u\.k|u\.s\.c|approx|incl|resp|jr|st|dept|univ|ver)\.$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:^|[\s(“\"'‘])(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,4}|[a-zA-Z])\.$")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the sentences between `start` and `end`, white space at their ends left out."""
    spans: list[tuple[int, int]] = []
    begin = start
    for found in _END.finditer(text, start, end):
        before = text[max(begin, found.start() - 12) : found.start() + 1]
        if (
            text[found.start()] == "."
            and (_ABBREVIATION.search(before) or _NUMBER.search(before))
            and found.end() < end
        ):
            continue
        _add(spans, text, begin, found.end())
        begin = found.end()
    _add(spans, text, begin, end)
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))
