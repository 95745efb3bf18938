"""The prose of a card as sentences: markup taken off, code left out, each with its line and section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple
from urllib.parse import unquote

from licensecheck.catalog.catalog import per_catalog, per_catalog_up_to
from licensecheck.lazy import re
from licensecheck.models.cues import ALL, bits_of, is_relevant, marks_of

# Markdown and HTML taken off a passage of a card.


_BADGE = re.compile(
    r"(?:!\[[^\]\n]*\]\(|<img\b[^>]*?src=[\"'])https?://img\.shields\.io/(?:badge/|static/v1\?)(?P<words>[^)\"'?\s>]*)(?:[\"'?\s][^)>]*)?[)>]"
)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,2000}>")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|`+|\\(?=[\[\]_*#`])|[⚖️🔒]")


_SEAL = re.compile(
    r"\[\s*(?:!\[[^\]\n]*\]\([^)\n]*\)\s*)?\]\(https?://(?:www\.)?creativecommons\.org/licenses/(?P<kind>[\w-]+)/(?P<version>\d\.\d)[^)\n]*\)"
    r"|<a\b[^>]*creativecommons\.org/licenses/(?P<kind2>[\w-]+)/(?P<version2>\d\.\d)[^>]*>\s*<img\b[^>]*>\s*</a>",
    re.I,
)
"""The picture of a license that leads to its text."""
_TERM = re.compile(r"^(?P<word>\W{0,6}licen[cs]e)\*\*[ \t]+(?=[\w[])", re.I)
"""A bold term without a colon."""


def plain_words(raw: str) -> str:
    """A passage without Markdown and HTML, white space folded."""
    if "creativecommons.org/l" in raw:
        raw = _SEAL.sub(_seal_words, raw)
    if "img.shields.io" in raw:
        raw = _BADGE.sub(_badge_words, raw)
    if "**" in raw:
        raw = _TERM.sub(r"\g<word>: ", raw)
    text = _IMAGE.sub(" ", raw)
    if "](" in text or "][" in text:
        text = _LINK.sub(r"\g<text>", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(_EMPHASIS.sub("", text).split())


_QUERY = re.compile(r"[?&]label=(?P<label>[^&)\"'\s]+)&message=(?P<message>[^&)\"'\s]+)", re.I)


def _seal_words(found: re.Match[str]) -> str:
    return f" License: cc-{found['kind'] or found['kind2']}-{found['version'] or found['version2']} . "


def _badge_words(found: re.Match[str]) -> str:
    asked = _QUERY.search(found.group())
    if asked:
        return f" {unquote(asked['label'])}: {unquote(asked['message'])} . "
    words = unquote(found["words"]).replace("--", "\0").replace("__", "\1").replace("_", " ")
    parts = [part.replace("\0", "-").replace("\1", "_").strip() for part in words.removesuffix(".svg").split("-")]
    return f" {parts[0]}: {' '.join(parts[1:-1])} ." if len(parts) > 2 else " ".join(parts)


# The prose of a card as blocks: headings, list items, table rows and paragraphs, without code and bibliographies.


_FENCE = re.compile(r"^[ \t>]*(```+|~~~+)")
_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]*(?P<text>[^ \t](?:.*[^ \t#])?)[ \t#]*$")
_HTML_HEADING = re.compile(r"^[ \t]*<h([1-6])\b[^>]*>(?P<text>.*?)(?:</h\1>|$)", re.I)
_SUMMARY = re.compile(r"^[ \t]*(?:<details\b[^>]*>[ \t]*)?<summary\b[^>]*>(?P<text>.*?)(?:</summary>[ \t]*)?$", re.I)
"""What stands over a passage that unfolds."""
_UNFOLDED = "</details>"
_FOLDED = 7
"""The level of such a heading: below all others, and closed with the passage."""
_BOLD_HEADING = re.compile(r"^[ \t]{0,3}(?:\*\*|__)(?P<text>[^*_]{2,60}?)(?:\*\*|__)[ \t]*:?[ \t]*$")
_UNDERLINE = re.compile(r"^[ \t]{0,3}(=+|-{3,})[ \t]*$")
_ITEM = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,2}[.)])[ \t]+")
_ROW = re.compile(r"^[ \t]*(?:\||<t(?:able|body|head|[dhr])\b)", re.I)
_ADMONITION = re.compile(r"\[!\w+\]\s*")
"""What sort of note a quoted block is."""
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
        if fence is None and not depth and (not row or row[0].isalpha()):
            # What most rows are: words of a paragraph, or nothing.
            if not row:
                if open_block is not None:
                    yield open_block
                    open_block = None
            elif open_block is None:
                open_block = Block(Kind.TEXT, index, [row])
            else:
                open_block.rows.append(row)
            continue
        fenced = _FENCE.match(row) if "```" in row or "~~~" in row else None
        if fence is not None or fenced is not None:
            if open_block is not None:
                yield open_block
                open_block = None
            fence = _next_fence(fence, fenced)
            continue
        if depth or ("@" in row and _BIBTEX.match(row)):
            depth = max(0, depth + row.count("{") - row.count("}"))
            continue
        if row[:1] in "> \t" and row.lstrip()[:1] == ">":
            row = row.lstrip("> \t")
            if row[:2] == "[!" and _ADMONITION.fullmatch(row):
                row = ""
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
    first = row.lstrip()[:1]
    if not first:
        return None
    if first.isalpha():
        return None if previous is not None else Kind.TEXT
    if first in "=-" and _UNDERLINE.match(row):
        return None
    if first in "|0123456789":
        if first == "|":
            return Kind.ROW
        return Kind.ITEM if _ITEM.match(row) else None if previous is not None else Kind.TEXT
    if first == "#" or first == "<":
        if (_HEADING if first == "#" else _HTML_HEADING).match(row) or (first == "<" and _SUMMARY.match(row)):
            return Kind.HEADING
        if _ROW.match(row):
            return Kind.ROW
    elif first in "*_-+•":
        if previous is None and _BOLD_HEADING.match(row):
            return Kind.HEADING
        if _ITEM.match(row):
            return Kind.ITEM
    return None if previous is not None else Kind.TEXT


def read_heading(row: str) -> tuple[int, str]:
    """The level (1 is the highest) and the words of a heading."""
    found = _HEADING.match(row)
    if found:
        return len(found[1]), plain_words(found["text"])
    found = _HTML_HEADING.match(row)
    if found:
        return int(found[1]), plain_words(found["text"])
    found = _SUMMARY.match(row)
    if found:
        return _FOLDED, plain_words(found["text"])
    return 6, plain_words(row).rstrip(":")


def without_mark(part: str, kind: Kind) -> str:
    """A part without the marks of its list item or heading."""
    if kind is Kind.ITEM:
        return _ITEM.sub("", part)
    return part.lstrip("# \t") if kind is Kind.HEADING else part


# The prose of a card as sentences: markup taken off, code left out, each with its line and section.


class Sentence(NamedTuple):
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
    marks: int = ALL
    """A bit for each expression that can match it (`licensecheck.models.cues`)."""
    asked: str = ""
    """The sentence that leads into this one: a list's, or a question's."""

    @property
    def heading(self) -> str:
        """The nearest heading above, in lower case; empty at the head of the card."""
        return self.section[-1] if self.section else ""


_SECTIONS = 10_000
"""How many sections are remembered."""


class Elsewhere:
    """Tells whether a sentence stands in a section that speaks of other works; remembers the sections."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._known: dict[tuple[str, ...], bool] = {}

    def _keep(self, section: tuple[str, ...], holds: bool) -> bool:
        if len(self._known) > _SECTIONS:
            self._known.clear()
        self._known[section] = holds
        return holds

    def holds(self, sentence: Sentence) -> bool:
        """True where a heading above the sentence fits."""
        found = self._known.get(sentence.section)
        if found is None:
            found = self._keep(sentence.section, any(self._pattern.search(part) for part in sentence.section))
        return found

    def nearest(self, sentence: Sentence) -> bool:
        """True where the nearest heading above the sentence fits."""
        section = sentence.section[-1:]
        found = self._known.get(section)
        if found is None:
            found = self._keep(section, bool(section) and self._pattern.search(section[0]) is not None)
        return found


_ANSWER = re.compile(r"(?:a(?:nswer)?\W+)?(?:sorry|unfortunately|alas|no|nope|never|only)\b")
"""How an answer begins that says no."""
_BREAK = re.compile(r"\r\n|\r|\n")
_CELL = re.compile(r"</t[dh]>[ \t]*<t[dh]\b[^>\n]{0,200}>", re.I)
"""Where one cell of a table in HTML follows another on the same line."""
_IDENTIFIER = re.compile(r"SPDX-License-Identifier:\s*\S+(?: (?:AND|OR|WITH) \S+)*", re.I)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"')*_]*\s+(?=[^\sa-z])|(?<=[。！？；])|<br\s*/?>|</(?:p|li|td|div|h\d)>\s*"
    r"|(?<=[.!?])(?=\[?[A-Z][a-z]+ )"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|Inc|Ltd|Corp|Co|No|v|ver|approx|Dr|Mr|Prof|St|Fig|Sec)|\b[A-Z])\.$"
)


def read_sentences(body: str, *, first_line: int) -> list[Sentence]:
    """The headings of a card's body, and its sentences that a reader looks into; the body begins on `first_line`."""
    if "<!--" in body:
        body = _COMMENT.sub(_blank_lines, body)
    if "<t" in body:
        body = _CELL.sub(" | ", body)
    sections: list[tuple[int, str]] = []
    path: tuple[str, ...] = ()
    sentences: list[Sentence] = []
    asked = ""
    announced = whole = False
    known = _known_blocks()
    if len(known) > _BLOCKS:
        known.clear()
    for block in split_blocks(_BREAK.split(body) if "\r" in body else body.split("\n")):
        kind = block.kind
        raw = block.rows[0] if len(block.rows) == 1 else "\n".join(block.rows)
        if kind is Kind.HEADING:
            level, text = read_heading(block.rows[0])
            while sections and sections[-1][0] >= level:
                sections.pop()
            sections.append((level, text.lower()))
            path = tuple(text for _, text in sections)
            whole = _is_on_rights(path)
            asked = text if text.endswith("?") or raw.rstrip(" *_").endswith((":", "：")) else ""
            announced = bool(asked)
        first = first_line + block.line
        read = known.get((raw, kind))
        if read is None:
            read = known[raw, kind] = _read_block(raw, kind)
        for part, text, low, before, opening, marks, leads, counts, answers in read:
            led = asked if answers or kind is Kind.ITEM else ""
            if not (counts or led or announced or whole):
                asked = text if leads else asked if kind is Kind.ITEM else ""
                announced = leads
                continue
            sentences.append(Sentence(text, part, first + before, kind, path, opening, low, marks, led))
            if kind is not Kind.HEADING:
                asked = text if leads else asked if kind is Kind.ITEM else ""
                announced = leads
        if sections and sections[-1][0] == _FOLDED and _UNFOLDED in raw:
            sections.pop()
            path = tuple(text for _, text in sections)
            whole = _is_on_rights(path)
    return sentences


@per_catalog_up_to(10_000)
def _is_on_rights(section: tuple[str, ...]) -> bool:
    """True for a section of which every sentence can count: one of its headings is about rights, or on a merge."""
    wanted = bits_of(("norms/legal", "prose/heading", "bases/merged", "bases/labels"))
    return any(marks_of(part) & wanted for part in section)


def gate_sentences(text: str, *, line: int) -> list[Sentence]:
    """The sentences of the text behind which a model is gated."""
    found: list[Sentence] = []
    for part in _BREAK.split(text):
        found.extend(_sentences(part, kind=Kind.GATE, line=line, section=("gate",)))
    return found


def _sentences(raw: str, *, kind: Kind, line: int, section: tuple[str, ...]) -> Iterator[Sentence]:
    for part, text, low, before, opening, marks, _, _, _ in _read_block(raw, kind):
        yield Sentence(
            text=text, raw=part, line=line + before, kind=kind, section=section, lead=opening, low=low, marks=marks
        )


_Read = tuple[str, str, str, int, str, int, bool, bool, bool]
_LETTER = re.compile(r"[^\W\d_\x00-\x7f]|[✗✘❌🚫⛔]")
"""A letter that English does not have, or a sign that says no."""


_BLOCKS = 20_000
"""How many blocks are remembered."""


@per_catalog
def _known_blocks() -> dict[tuple[str, Kind], tuple[_Read, ...]]:
    """The blocks that were read: cards repeat whole blocks of each other."""
    return {}


def _read_block(raw: str, kind: Kind) -> tuple[_Read, ...]:
    """The sentences of a block, with the lines before each and how the block begins."""
    start = 0
    opening = ""
    found = []
    for end, after in _cuts(raw, kind):
        part = raw[start:end]
        text = plain_words(without_mark(part, kind))
        if text:
            opening = opening or text[:120]
            before = raw.count("\n", 0, start + len(part) - len(part.lstrip()))
            low = text.lower()
            marks = marks_of(low)
            counts = kind is Kind.HEADING or is_relevant(marks) or (not low.isascii() and bool(_LETTER.search(low)))
            leads, answers = low.endswith((":", "：", "?")), _ANSWER.match(low) is not None
            found.append((part, text, low, before, opening, marks, leads, counts, answers))
        start = after
    return tuple(found)


def _cuts(raw: str, kind: Kind) -> Iterator[tuple[int, int]]:
    if kind in (Kind.TEXT, Kind.ITEM, Kind.GATE):
        for found in _SENTENCE_END.finditer(raw):
            if not _ABBREVIATION.search(raw, max(0, found.start() - 8), found.start()):
                yield found.start(), found.end()
    yield len(raw), len(raw)


def _blank_lines(found: re.Match[str]) -> str:
    identifier = _IDENTIFIER.search(found.group())
    return (identifier.group() if identifier else "") + "\n" * len(_BREAK.findall(found.group()))
