"""Titles, copyright lines and list markers: the parts of a license text that do not count."""

from __future__ import annotations

import re

from licensecheck.identify.blanks import WEIGHTY
from licensecheck.identify.words import has_ideographs, split_words

_TITLE_WORDS = """
license licence licenses dated agreement version v the of and for a an to terms conditions public general community
copyright legal code notice file text full rev revision edition international unported generic january february
march april may june july august september october november december http www org com html txt md php licenses
legalcode spdx identifier short rights all reserved this is
"""
TITLE_WORDS = frozenset(_TITLE_WORDS.split())
"""Words that a title may have whatever the license; numbers must be the license's own."""
MAX_TITLE = 16
_MAX_TITLE_LINES = 8
_MAX_REST = 8
"""So many words after the names of a copyright statement, on its line, can be a name in small letters."""
_CONDITIONAL = """
is are be was were has have can for under subject terms condition conditions permission license licence licensed
restricted restriction restrictions limited released available granted allowed purpose purposes research personal
private internal educational public domain warranty
"""
_DEMANDS = WEIGHTY | frozenset(_CONDITIONAL.split())
"""What a name in small letters has no word of, and a condition may."""

_LINE = r"(?m)^[ \t\r\f\xa0#*/;%!.|>-]*"
_COPYRIGHT_LINE = re.compile(
    _LINE + r"(?:portions\s+)?(?:copyright\b[^\n]{0,3}(?:\(c\)|©|&copy;|[0-9]{4}|[<\[{\ue000]|by\b|x{4})|©|&copy;"
    r"|\(c\)\s*(?:copyright|[0-9]{4}|[<\[{\ue000]))[^\n]*\n?"
    r"(?:[ \t\r#*/;%!.|>-]*all[ \t]+rights[ \t]+reserved\.?[ \t\r]*$)?",
    re.IGNORECASE,
)
_COPYRIGHT_START = re.compile(r"\W*(?:portions\s+)?(?:copyright|©|\(c\))", re.IGNORECASE)
_BETWEEN_NAMES = r"(?:[ \t\r,.;:&/*_#|>-]|\n(?![\s*#/;|>-]*\n))*"
_GAP = re.compile(_BETWEEN_NAMES)
_NAME_WORD = re.compile(
    r"[ \t\r,.;:&/(<*_`\"'-]*(?:[A-Z][^\s]*|[0-9][^\s]*|©|\(c\)|[^\s]*@[^\s]+|https?:[^\s]+|by|and|of|the|"
    r"de|von|van|et|al|to|present|individual|contributors?|authors?|holders?|owners?|others|all|rights|reserved|"
    r"\(see [^()\n]{1,60}\)|<[^<>\n]{1,60}>|\[[^\[\]\n]{1,60}\]|\$?\{[^{}\n]{1,60}\})"
    rf"{_BETWEEN_NAMES}"
)
_MARKER = re.compile(_LINE + r"(?:\(?(?:[0-9]{1,2}|[a-zA-Z]|[ivxIVX]{2,5})[.)]|[0-9]{1,2}(?:\.[0-9]{1,2})+[.)]?)(?=\s)")


def split_title(text: str, *, name: str) -> tuple[str, str]:
    """The lines at the head that only name the license, and the rest."""
    known = TITLE_WORDS | frozenset(split_words(name).words)
    place = 0
    for line in text.splitlines(keepends=True)[:_MAX_TITLE_LINES]:
        words = split_words(line).words
        if len(words) > MAX_TITLE or not all(word in known or word.isdigit() for word in words):
            break
        place += len(line)
    return text[:place], text[place:]


def drop_copyright_lines(text: str) -> str:
    """The text without the lines that say who holds the copyright; what else stands on such a line stays."""
    return _COPYRIGHT_LINE.sub(_after_statement, text)


def _after_statement(found: re.Match[str]) -> str:
    return "\n" + found.group()[copyright_length(found.group()) :]


def copyright_length(text: str) -> int:
    """How many characters at the head of a passage state a copyright: names, years, reserved rights; 0 for none."""
    start = _COPYRIGHT_START.match(text)
    if start is None:
        return 0
    place = start.end()
    if gap := _GAP.match(text, place):
        place = gap.end()
    while (word := _NAME_WORD.match(text, place)) and word.end() > place:
        place = word.end()
    rest = "" if "\n" in text[start.end() : place] else text[place:].partition("\n")[0]
    return place + len(rest) if _is_small_name(rest) else place


def _is_small_name(rest: str) -> bool:
    """True where the rest of a line can be a name in small letters."""
    words = split_words(rest).words
    return len(words) <= _MAX_REST and _DEMANDS.isdisjoint(words) and not has_ideographs(rest)


def blank_markers(text: str) -> str:
    """The text with spaces for the numbers and letters that count paragraphs, at the same length."""
    return _MARKER.sub(_spaces, text)


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found.group())
