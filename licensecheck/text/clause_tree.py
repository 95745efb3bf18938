"""The nodes of a clause tree, and the sentences that rules look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from licensecheck.lazy import re
from licensecheck.text.markup import PAGE_MARK


@dataclass(slots=True, kw_only=True, eq=False)
class Clause:
    """A node of the tree: a section, a paragraph or an item, with its label path and the clause it hangs on."""

    start: int
    end: int
    label: str | None
    parent: Clause | None
    heading: str = ""
    """The clause's own heading, where it has one."""
    defines: str | None = None
    """The defined term, where the clause is a definition."""
    heading_span: tuple[int, int] | None = None
    defines_span: tuple[int, int] | None = None
    lead: tuple[int, int] | None = None
    """Offsets of the words of the clause that lead into its items."""
    is_heading: bool = False
    is_item: bool = False
    """True where the clause is labelled, or stands in a list that a colon opened."""
    is_inline: bool = False
    """True for an item that is numbered within the sentence of its parent."""
    children: list[Clause] = field(default_factory=list)
    ordinal: int = 0
    """The number of an item without a label among those of its list."""
    bare_items: int = 0
    """How many items without a label hang on the clause."""

    @property
    def section(self) -> str | None:
        """The labels down to this clause, as a lawyer cites it: "1.b.iv"; an attachment counts items without one."""
        parts: list[str] = []
        node: Clause | None = self
        while node is not None:
            label = node.label or (str(node.ordinal) if node.ordinal and _in_attachment(node) else None)
            if label:
                parts.append(label)
                if node.label and ("." in node.label or " " in node.label):
                    break
            node = node.parent
        return ".".join(reversed(parts)) or None

    @property
    def headings(self) -> list[str]:
        """The headings above this clause, its own first."""
        found: list[str] = []
        node: Clause | None = self
        while node is not None:
            if node.heading:
                found.append(node.heading)
            node = node.parent
        return found

    def lead_ins(self) -> list[tuple[int, int]]:
        """Offsets of the words that lead into this clause, outermost first; a paragraph after a list has none."""
        spans: list[tuple[int, int]] = []
        node: Clause | None = self
        while node is not None and not node.is_item:
            node = node.parent
        node = node.parent if node is not None else None
        while node is not None:
            if node.lead:
                spans.append(node.lead)
            elif not node.is_heading:
                break
            node = node.parent
        return spans[::-1]


def _in_attachment(clause: Clause) -> bool:
    """True for a clause of an attachment that has no numbers of its own."""
    node: Clause | None = clause
    while node is not None and not node.label:
        node = node.parent
    return node is not None and (node.label or "").partition(" ")[0].lower() in ATTACHED


ATTACHED = ("annex", "schedule", "exhibit", "attachment", "appendix")
"""Parts that stand beside the body of a text, and close all its numbering."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sentence:
    """The smallest piece that rules look at: one sentence, or one item, of a clause."""

    start: int
    end: int
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTree:
    """A text taken apart. `masked` has the length of the text; `sentences` stand in the order of the file."""

    text: str
    masked: str
    root: Clause
    clauses: tuple[Clause, ...]
    sentences: tuple[Sentence, ...]
    hidden: tuple[tuple[int, int, str], ...] = ()
    """Where letters are hidden or split, and what a reader sees there."""


# Sentences of legal prose, which numbering and abbreviations do not end; items of a run-on list are sentences too.


_END = re.compile(
    r"[.!?]+['\"”’)\]*]*(?=\s+[\"“‘'(\[]?[A-Z\d]|\s*$)|[。！？；]['\"”’」』]*"
    r"|;(?=\s+(?:To|For|By|Any|Using|In (?:any|a|order|connection))\s+[a-z])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|e\.g|i\.e|etc|inc|ltd|corp|co|llc|no|nos|art|sec|sect|para|cf|vs|v|viz|al|mr|mrs|ms|dr|u\.s|u\.k|u\.s\.c|s\.a|n\.v|b\.v|l\.l\.c|l\.p|plc|gmbh|approx|incl|resp|jr|st|dept|univ|ver|mio|mrd|bzw|ggf|vgl|abs|ziff)\.$",
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


# Labels that number a clause: "1.", "1.2", "(a)", "iv.", "Section 3", "第三条", bullets, Markdown headings.


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_HAN = {c: i for i, c in enumerate("零一二三四五六七八九十")}

REFUSING = "❌✗✘✖⛔🚫"
"""Marks of an item that say that it is not allowed."""
TICKS = "✅✔✓☑" + REFUSING
"""Marks that one list may mix."""
_LABEL = re.compile(
    r"""[ \t\u3000]*(?:
      (?P<hash>\#{1,6})[ \t]+
      | (?P<bullet>(?:[-*+•·▪◦●○‣–—§]|[✅✔✓☑❌✗✘✖⛔🚫➤➜▶►]\ufe0f?)(?=[ \t\u00a0]+\S))[ \t\u00a0]*
      )?(?:
      (?P<word>(?:section|article|clause|part|annex|schedule|exhibit|attachment|appendix)[ \t]+)
        (?P<wnum>\d{1,2}(?:\.\d{1,2})*|[ivxlc]{1,6}|[a-z])\b
        (?:[ \t]*[.:)\-–—]|(?=[ \t]*$)|(?=[ \t]+[A-Z]))
      | §[ \t]*(?P<para>\d{1,3}(?:\.\d{1,3})*)
      | 第[ \t]*(?P<han>[一二三四五六七八九十百\d]{1,4})[ \t]*[条條章节節款]
      | (?P<dotted>\d{1,3}(?:\.\d{1,3}){1,4})\.?(?![\d%]|[ \t]*(?:million|billion|percent)\b)[):]?
        (?=[ \t\u00a0]|[A-Z\u4e00-\u9fff]|$)
      | (?P<open>[(\[（])[ \t]*(?P<inner>\d{1,2}|[ivxlc]{1,5}|[a-z]{1,2}|[一二三四五六七八九十]{1,3})[ \t]*[)\]）]
      | (?P<num>\d{1,3})[ \t]?(?P<close>[.)、．:])(?![\d])(?=[ \t\u00a0]|[A-Z"“\u4e00-\u9fff]|$)
      | (?P<roman>[ivxlc]{1,5}|[IVXLC]{1,5})(?P<rclose>[.)])(?=[ \t\u00a0]|$)
      | (?P<alpha>[a-zA-Z])(?P<aclose>[.)、])(?=[ \t\u00a0]|[\u4e00-\u9fff"“]|$)
      | (?P<hannum>[一二三四五六七八九十]{1,3})[、.．]
      )?[ \t\u00a0]*""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label as written, its style (which siblings share), its number where it has one, and where the text begins."""

    text: str
    style: str
    value: int | None
    end: int
    level: int | None = None
    """The level of a Markdown heading, or the number of parts of "1.2.3"."""


def read_label(line: str) -> Label | None:
    """The label at the beginning of a line, or None."""
    found = _LABEL.match(line)
    if not found or found.end() == 0 or not found.group().strip():
        return None
    heading = len(found["hash"]) if found["hash"] else None
    style, text, value = _number(found)
    if style is None:
        if heading:
            return Label(text="", style="heading", value=None, end=found.end(), level=heading)
        if found["bullet"]:
            mark = "✓" if found["bullet"][0] in TICKS else found["bullet"]
            return Label(text="", style="bullet" + mark, value=None, end=found.end())
        return None
    if style == "dotted":
        return Label(text=text, style=style, value=value, end=found.end(), level=text.count(".") + 1)
    return Label(text=text, style=style, value=value, end=found.end(), level=heading)


def _number(found: re.Match[str]) -> tuple[str | None, str, int | None]:
    """Style, text and value of the number in a matched label; the style is None where there is none."""
    if found["word"]:
        word = found["word"].strip().lower()
        return word, f"{word.capitalize()} {found['wnum']}", _value(found["wnum"].lower())
    if found["para"]:
        return "para", found["para"], _value(found["para"])
    if found["han"]:
        return "han", found["han"], _value(found["han"])
    if found["dotted"]:
        return "dotted", found["dotted"], int(found["dotted"].rsplit(".", 1)[1])
    if found["inner"]:
        return "(" + _kind(found["inner"]), found["inner"], _value(found["inner"].lower())
    if found["num"]:
        return "1" + found["close"].replace("．", "."), found["num"], int(found["num"])
    if found["roman"]:
        return _kind(found["roman"]) + found["rclose"], found["roman"], _value(found["roman"].lower())
    if found["alpha"]:
        return _kind(found["alpha"]) + found["aclose"], found["alpha"], _value(found["alpha"].lower())
    if found["hannum"]:
        return "han、", found["hannum"], _value(found["hannum"])
    return None, "", None


def _kind(number: str) -> str:
    """The series a number belongs to: digits, letters or roman, in lower or upper case, or Han."""
    if number.isdigit():
        return "1"
    if number[0] in _HAN:
        return "han"
    upper = number.isupper()
    roman = all(c in _ROMAN for c in number.lower()) and (len(number) > 1 or number.lower() in "ivx")
    return ("I" if upper else "i") if roman else ("A" if upper else "a")


def _value(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    if number and number[0] in _HAN:
        return _han_value(number)
    if len(number) == 1 and number not in "ivx":
        return ord(number) - ord("a") + 1
    return roman_value(number)


def _han_value(number: str) -> int | None:
    if any(c not in _HAN for c in number):
        return None
    if len(number) == 1:
        return _HAN[number]
    if number[0] == "十":
        return 10 + _HAN[number[1]]
    return 10 * _HAN[number[0]] + (_HAN[number[2]] if len(number) > 2 else 0)


def roman_value(number: str) -> int | None:
    """The value of a small roman number in lower case, or None where it is none."""
    total, last = 0, 0
    for c in reversed(number):
        value = _ROMAN.get(c)
        if value is None:
            return None
        total += value if value >= last else -value
        last = max(last, value)
    return total or None


# Lines gathered into blocks: a paragraph, a heading or a list item each, however the file breaks its lines.


_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_ENDS = re.compile(r"[.:;!?。；：！？]['\"”’)\]]*$")
_OPEN_END = re.compile(
    r"(?:\b(?:the|this|an?|of|to|under|by|for|in|with|any|such|your|its|that|not|on|from)|[^\s;,:.] (?:and|or))\s*$",
    re.IGNORECASE,
)
"""What no sentence and no heading ends with."""
_OPEN_LENGTH = 8
"""More characters than the longest of these has."""
_UNWRAPPED_WIDTH = 160
"""Where lines are longer than this, the file breaks lines at paragraphs only, or in some of its parts."""
_NARROWEST = 40
"""No file is wrapped at fewer columns; where all lines are shorter, each is what it is."""
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
            or _is_row(text[line.start : line.end])
            or label
            or not _continues(
                line.text,
                last,
                wrap,
                ragged=ragged and _runs_on(blocks[-1], last),
                capitals=blocks[-1].end - blocks[-1].start > len(last),
            )
            or _is_whole_heading(masked, blocks[-1], line.text)
            or _stands_below_item(line.text, last, blocks[-1], wrap)
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
    return width if _NARROWEST <= width <= _UNWRAPPED_WIDTH else None


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
    if _OPEN_END.search(last, max(0, len(last.rstrip()) - _OPEN_LENGTH)):
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


def _is_row(text: str) -> bool:
    """True for a row of a Markdown table, which says one thing of its own."""
    return text.lstrip().startswith("|") and text.count("|") > 1


def _is_whole_heading(masked: str, block: Block, text: str) -> bool:
    """True for a Markdown heading, which is one line, unless the next line plainly goes on with it."""
    marked = bool(block.label) and masked.startswith("#", block.label_start)
    return marked and not text.lstrip()[:1].islower() and not _OPEN_END.search(masked[block.start : block.end])


def _stands_below_item(text: str, last: str, block: Block, wrap: int | None) -> bool:
    """True for a line with a capital no deeper than the bullet above it, where the bullet's line had room for more."""
    if wrap is None or block.label is None or not block.label.style.startswith("bullet"):
        return False
    begins = len(text) - len(text.lstrip())
    return (
        begins <= block.indent
        and text[begins : begins + 1].isupper()
        and _has_room(text, last, wrap)
        and not _OPEN_END.search(last)
    )


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
