"""Markup blanked out in place: the text keeps its length, so that every offset still holds for the file as given."""

from __future__ import annotations

from collections import Counter

from licensecheck.lazy import re

PAGE_MARK = "\u2060"
"""What a page header is overwritten with, so that the sentence it interrupts can be joined again."""

_HTML_HINT = re.compile(r"<(?:!doctype html|html|body|p|div|br|ol|ul|li|h[1-6]|table)\b[^<>]{0,300}>", re.IGNORECASE)
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|head|svg)\b[^<>]{0,2000}>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|li|ol|ul|h[1-6]|tr|table|section|article|blockquote|dd|dt|dl|hr|pre)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"<li\b[^<>]{0,2000}>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]{0,200}>", re.IGNORECASE)
_PREFORMATTED = re.compile(r"<pre\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_LINK = re.compile(r"!?\[([^\[\]\n]{1,400})\]\(([^()\s]{0,600})(?:\s+\"[^\"\n]{0,200}\")?\)")
_EMPHASIS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![A-Za-z0-9_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![A-Za-z0-9_])")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!<>|~\"'$&])")
_COMMENT_LINE = re.compile(r"^[ \t]*(//+|#+(?![ \t]*\d)|\*+|;+|--+|%+|dnl\b|REM\b)(?=[ \t]|$)", re.MULTILINE)
_COMMENT_OPEN = re.compile(r"/\*|^[ \t]*\*+/|\*/[ \t]*$")
_BARE_MARK = re.compile(r"[ \t]*(?://+|#+|\*+|;+|%+)[ \t]*\Z")
_RUN_MARKS = "/#*;%"
"""Comment marks that are seen in a block of lines too; dashes are bullets as often."""
_RUN = 3
"""So many lines in a row with one mark are a comment."""
_RULE_LINE = re.compile(r"^[ \t]*[-=*_#~+|/\\]{3,}[ \t]*\r?$", re.MULTILINE)
_BOX_RIGHT = re.compile(r"[ \t][*|#][ \t]*\r?$", re.MULTILINE)
_BOX_LEFT = re.compile(r"^[ \t]*[|*#]", re.MULTILINE)
_BOX = re.compile(r"(?:^[ \t]*([|*#])[^\n]*[ \t]\1[ \t]*\r?(?:\n|\Z)){4,}", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|[ \t]*:?-{2,}:?[ \t]*\|", re.MULTILINE)
"""The line below the head of a Markdown table, which is no box."""
_PAGE_NUMBER = re.compile(r"(?:^|\s{2,}|[|–-]\s*)page 0(?: (?:of|/) 0)?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w")


def mask_markup(text: str) -> str:
    """The text with markup, comment marks and page headers replaced by spaces; of the same length."""
    if "\x0c" in text:
        text = text.replace("\x0c", "\n")
    if _HTML_HINT.search(text):
        text = _mask_html(text)
    elif "<" in text:
        text = _TAG.sub(_blank, _BLOCK_TAG.sub(_newline, _HIDDEN.sub(_blank, text)))
    text = _mask_comment_marks(text)
    text = _mask_page_headers(text)
    text = _RULE_LINE.sub(_blank, text)
    text = _LINK.sub(_keep_label, text)
    text = _ESCAPE.sub(" ", text)
    return _EMPHASIS.sub(_blank, text) if "*" in text or "_" in text else text


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def _newline(found: re.Match[str]) -> str:
    return "\n" + " " * (len(found.group()) - 1)


def _paragraph(found: re.Match[str]) -> str:
    return "\n\n" + " " * (len(found.group()) - 2)


def _item(found: re.Match[str]) -> str:
    return "\n" + " " * (len(found.group()) - 3) + "- "


def _entity(found: re.Match[str]) -> str:
    """Quotation marks and apostrophes stay visible as such; other entities become a space."""
    name = found.group()[1:-1].lower()
    mark = {
        "quot": '"',
        "ldquo": "“",
        "rdquo": "”",
        "rsquo": "’",
        "lsquo": "‘",
        "apos": "'",
        "#39": "'",
        "#8217": "’",
        "#8220": "“",
        "#8221": "”",
        "amp": "&",
        "lt": "<",
        "gt": ">",
        "copy": "©",
    }.get(name, " ")
    return mark + " " * (len(found.group()) - 1) if name not in _JOINING else mark + "\u2060" * (len(found.group()) - 1)


_JOINING = frozenset(("rsquo", "apos", "#39", "#8217"))


def _mask_html(text: str) -> str:
    """In HTML tags break lines, and line breaks do not, but where text is preformatted."""
    if not _PREFORMATTED.search(text):
        text = text.replace("\r", " ").replace("\n", " ")
    text = _HIDDEN.sub(_blank, text)
    text = _LIST_ITEM.sub(_item, text)
    text = _BREAK.sub(_newline, text)
    text = _BLOCK_TAG.sub(_paragraph, text)
    return _ENTITY.sub(_entity, _TAG.sub(_blank, text))


def _keep_label(found: re.Match[str]) -> str:
    whole, start = found.group(), found.start()
    begin, end = found.start(1) - start, found.end(1) - start
    return " " * begin + whole[begin:end] + " " * (len(whole) - end)


def _mask_comment_marks(text: str) -> str:
    """Comment marks are blanked where nearly every line bears the same one, boxes wherever they stand.

    A star is a bullet as well: it is a comment mark where the comment is opened as such, or all lines bear it.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 4:
        return text
    marks = Counter(m.group(1)[0] for line in lines if (m := _COMMENT_LINE.match(line)))
    mark, borne = marks.most_common(1)[0] if marks else ("", 0)
    least = len(text.splitlines()) if mark == "*" and "/*" not in text else 0.8 * len(lines)
    if mark and borne >= least:
        text = _COMMENT_LINE.sub(_blank, text)
        text = re.sub(r"^[ \t]*/\*+|\*+/[ \t]*$", _blank, text, flags=re.MULTILINE)
    elif marks and any(m in _RUN_MARKS and n >= _RUN for m, n in marks.items()):
        text = _mask_comment_blocks(text)
    return _BOX.sub(_unboxed, text)


def _mask_comment_blocks(text: str) -> str:
    """Blocks of lines that bear one comment mark, in a text that has other lines too.

    A star is a mark where the block is opened or closed as a comment, or holds a line with nothing but the star.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        mark = _mark_of(lines[at])
        end = at
        while mark and end < len(lines) and _mark_of(lines[end]) == mark:
            end += 1
        if mark and end - at >= _RUN and (mark != "*" or _is_comment(lines, at, end)):
            lines[at:end] = [_COMMENT_OPEN.sub(_blank, _COMMENT_LINE.sub(_blank, line)) for line in lines[at:end]]
            for edge in (at - 1, end):
                if 0 <= edge < len(lines) and mark == "*":
                    lines[edge] = _COMMENT_OPEN.sub(_blank, lines[edge])
        at = max(end, at + 1)
    return "\n".join(lines)


def _mark_of(line: str) -> str:
    """The comment mark with which a line begins; nothing for other lines."""
    found = _COMMENT_LINE.match(line)
    mark = found.group(1)[0] if found else ""
    return mark if mark in _RUN_MARKS else ""


def _is_comment(lines: list[str], begin: int, end: int) -> bool:
    opened = begin > 0 and "/*" in lines[begin - 1]
    closed = any("*/" in line for line in lines[end - 1 : end + 1])
    return opened or closed or any(_BARE_MARK.match(line) for line in lines[begin:end])


def _unboxed(found: re.Match[str]) -> str:
    if _TABLE_RULE.search(found.group()):
        return found.group()
    return _BOX_RIGHT.sub(_blank, _BOX_LEFT.sub(_blank, found.group()))


def _mask_page_headers(text: str) -> str:
    """Short lines that recur with other numbers ("Page 3 of 9") interrupt sentences and are overwritten."""
    lines = text.split("\n")
    shapes = Counter(shape for line in lines if (shape := _page_shape(line)))
    recurring = {shape for shape, n in shapes.items() if n >= 3 or _PAGE_NUMBER.search(shape)}
    if not recurring:
        return text
    return "\n".join(PAGE_MARK * len(line) if _page_shape(line) in recurring else line for line in lines)


def _page_shape(line: str) -> str | None:
    bare = line.strip()
    if (
        not bare
        or len(bare) > 80
        or not _DIGITS.search(bare)
        or not re.search(r"page|seite|\d\s*/\s*\d|^-?\s*\d+\s*-?$|\s{3}", bare, re.IGNORECASE)
    ):
        return None
    return _DIGITS.sub("0", bare) if _WORD.search(bare) else None


# Making text from an input safe to show on a terminal.


UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    r"|(?<=#)#(?=\w{0,20}\[)"
)
"""What can move a cursor, turn the order of letters around, not be encoded, or give a build server an order.

`##vso[…]` and `##[…]` are orders of Azure Pipelines wherever they stand in a line, `##teamcity[…]` those of TeamCity.
"""
_LINES = {ord("\n"): None, ord("\t"): None}
_ORDER = re.compile(r"^([^\S\n]*):(?=:)", re.M)
"""How a line begins that GitHub takes for an order: `::error::…`."""


def plain(text: str) -> str:
    """The text with control characters, bidirectional overrides and lone surrogates shown as escapes."""
    if "##" not in text and text.translate(_LINES).isprintable():  # most is: the expression is not even compiled
        return text
    return UNSAFE.sub(_escape, text)


def plain_line(text: str) -> str:
    """The same on one line, runs of white space folded."""
    return plain(" ".join(text.split()))


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with what it counts, in the singular or plural: `1 file`, `2 files`, `3 categories`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def cut_words(text: str, length: int) -> str:
    """The text, cut between words where it is longer; writing without spaces is cut between its marks."""
    if len(text) <= length:
        return text
    kept = text[: length + 1]
    at = max(kept.rfind(" "), *(kept.rfind(mark) + 1 for mark in "，。；、"))
    return f"{kept[:at].rstrip() if at > 0 else text[:length]} …"


def without_orders(text: str) -> str:
    """The text of a standard output, in which no line begins as an order to GitHub."""
    return _ORDER.sub(r"\1\\x3a", text) if "::" in text else text


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
