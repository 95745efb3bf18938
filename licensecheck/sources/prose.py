"""The prose of a card as sentences: markup taken off, code left out, each with its line and section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from licensecheck.sources.blocks import Kind, read_heading, split_blocks, without_mark
from licensecheck.sources.plain import plain_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence in plain words; `raw` keeps its links, `section` holds the headings above it, nearest last.

    `lead` is how the list item, row or paragraph begins in which the sentence stands.
    """

    text: str
    raw: str
    line: int
    kind: Kind
    section: tuple[str, ...] = ()
    lead: str = ""
    low: str = ""
    """The text in lower case: cue words are looked for in it, without regard to case."""

    @property
    def heading(self) -> str:
        """The nearest heading above, in lower case; empty at the head of the card."""
        return self.section[-1] if self.section else ""


class Elsewhere:
    """Tells whether a sentence stands in a section that speaks of other works; remembers each section."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._known: dict[tuple[str, ...], bool] = {}

    def holds(self, sentence: Sentence) -> bool:
        """True where a heading above the sentence fits."""
        found = self._known.get(sentence.section)
        if found is None:
            found = any(self._pattern.search(part) for part in sentence.section)
            self._known[sentence.section] = found
        return found


_BREAK = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"')*_]*\s+(?=[^\sa-z])|(?<=[。！？；])|<br\s*/?>|</(?:p|li|td|div|h\d)>\s*"
    r"|(?<=[.!?])(?=\[?[A-Z][a-z]+ )"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|Inc|Ltd|Corp|Co|No|v|ver|approx|Dr|Mr|Prof|St|Fig|Sec)|\b[A-Z])\.$"
)


def read_sentences(body: str, *, first_line: int) -> list[Sentence]:
    """The sentences of a card's body, whose first line has this number."""
    if "<!--" in body:
        body = _COMMENT.sub(_blank_lines, body)
    sections: list[tuple[int, str]] = []
    sentences: list[Sentence] = []
    for block in split_blocks(_BREAK.split(body)):
        raw = "\n".join(block.rows)
        if block.kind is Kind.HEADING:
            level, text = read_heading(block.rows[0])
            while sections and sections[-1][0] >= level:
                sections.pop()
            sections.append((level, text.lower()))
        path = tuple(text for _, text in sections)
        sentences.extend(_sentences(raw, kind=block.kind, line=first_line + block.line, section=path))
    return sentences


def gate_sentences(text: str, *, line: int) -> list[Sentence]:
    """The sentences of the text behind which a model is gated."""
    found: list[Sentence] = []
    for part in _BREAK.split(text):
        found.extend(_sentences(part, kind=Kind.GATE, line=line, section=("gate",)))
    return found


def _sentences(raw: str, *, kind: Kind, line: int, section: tuple[str, ...]) -> Iterator[Sentence]:
    start = 0
    opening = ""
    for end, after in _cuts(raw, kind):
        part = raw[start:end]
        text = plain_words(without_mark(part, kind))
        if text:
            opening = opening or text[:120]
            number = line + raw.count("\n", 0, start + len(part) - len(part.lstrip()))
            yield Sentence(text=text, raw=part, line=number, kind=kind, section=section, lead=opening, low=text.lower())
        start = after


def _cuts(raw: str, kind: Kind) -> Iterator[tuple[int, int]]:
    if kind in (Kind.TEXT, Kind.ITEM, Kind.GATE):
        for found in _SENTENCE_END.finditer(raw):
            if not _ABBREVIATION.search(raw, max(0, found.start() - 8), found.start()):
                yield found.start(), found.end()
    yield len(raw), len(raw)


def _blank_lines(found: re.Match[str]) -> str:
    return "\n" * len(_BREAK.findall(found.group()))
