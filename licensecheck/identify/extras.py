"""Titles, copyright lines and list markers: the parts of a license text that do not count."""

from __future__ import annotations

import re

from licensecheck.identify.words import WEIGHTY, WIDTH, Words, has_ideographs, is_fill, split_words

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


_HOLDER = re.compile(
    _LINE
    + r"(?:[Cc]opyright|COPYRIGHT)\s*(?:\([Cc]\)|©|&copy;)?\s*[0-9]{4}[0-9,\s\-–]*"
    + r"(?:[Bb]y\s+)?(?P<name>[^\W\d_][^\n\[<{]{1,80})$"
)
_RESERVED = re.compile(r"[\s,;]*all rights reserved\W*$|[\s,;]+$", re.IGNORECASE)


def find_holders(text: str) -> tuple[str, ...]:
    """Who holds the copyright by the dated copyright lines of a text, each once; blanks to fill in name nobody."""
    named = (_RESERVED.sub("", found["name"]).strip() for found in _HOLDER.finditer(text))
    return tuple(dict.fromkeys(name for name in named if name))


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


# Words that no license explains and that yet do not count: titles, copyright lines, page numbers.


_STATEMENT_STARTS = frozenset(("copyright", "c", "portions", "all", "rights"))
_NAMES_TOO = ("Will", "May")
_PAGE = re.compile(r"\W*(?:page\s*)?[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?\W*", re.IGNORECASE)


def ignored_words(
    words: Words, start: int, end: int, *, titles: frozenset[bytes], before_match: bool
) -> list[tuple[int, int]]:
    """The parts of the run from `start` to `end` that do not count; they begin at its start or at a line.

    `titles` holds the hashes of words that the titles of the licenses around may have. A title stands on lines of its
    own, or right before the license.
    """
    if end - start == 1 and not _may_begin(words, start, titles):
        return []
    ignored: list[tuple[int, int]] = []
    for line in _line_starts(words, start, end):
        if ignored and line < ignored[-1][1]:
            continue
        place = line
        while place < end:
            after = _past_copyright(words, place, end)
            if after == place:
                after = _past_title_line(words, place, end, titles=titles, before_match=before_match)
            if after == place:
                break
            place = after
        if place > line:
            ignored.append((line, place))
    return ignored


def fill_end(words: Words, start: int, end: int) -> int:
    """The word after the name that fills a blank; lines that do not count may follow it up to `end`.

    `start` itself where the words can be no name.
    """
    if is_fill(words.words[start:end]):
        return end
    for line in _line_starts(words, start, end)[1:]:
        rest = ignored_words(words, line, end, titles=frozenset(), before_match=False)
        if is_fill(words.words[start:line]) and count_words(rest) == end - line:
            return line
    return start


def count_words(parts: list[tuple[int, int]]) -> int:
    """How many words parts of a text have."""
    return sum(end - start for start, end in parts)


def _line_starts(words: Words, start: int, end: int) -> list[int]:
    """The first word of a run, and those of its words that start a line."""
    text, starts = words.masked, words.starts
    if text.find("\n", starts[start], starts[end - 1]) < 0:
        return [start]
    return [n for n in range(start, end) if n == start or "\n" in text[words.end(n - 1) : starts[n]]]


def _may_begin(words: Words, place: int, titles: frozenset[bytes]) -> bool:
    """True where a word can begin a title, a page number or a copyright statement."""
    word = words.words[place]
    known = word in TITLE_WORDS or word in _STATEMENT_STARTS or word.isdigit()
    return known or words.blob[place * WIDTH : (place + 1) * WIDTH] in titles


def _past_copyright(words: Words, place: int, end: int) -> int:
    """The word after a copyright statement that starts at a word; that word itself where none starts there."""
    before = words.masked[words.starts[place] - 3 : words.starts[place]] if place else ""
    if words.words[place] not in _STATEMENT_STARTS and "©" not in before:
        return place
    start = words.end(place - 1) if place else 0
    with_bracket = words.end(end - 1) + 1
    length = copyright_length(words.masked[start:with_bracket])
    after = place
    while after < end and words.end(after) <= start + length:
        after += 1
    heavy = next((n for n in range(place, after) if _is_heavy(words, n)), None)
    if heavy is None:
        return after
    line = words.masked.rfind("\n", start, words.starts[heavy])
    return max((n + 1 for n in range(place, heavy) if words.end(n) <= line), default=place)


def _is_heavy(words: Words, place: int) -> bool:
    """True for a word of a condition; "Will" and "May" are names of people and months."""
    return words.words[place] in WEIGHTY and words.text[words.starts[place] : words.end(place)] not in _NAMES_TOO


def _past_title_line(words: Words, place: int, end: int, *, titles: frozenset[bytes], before_match: bool) -> int:
    """The word after a line that holds nothing but words of a title, or a page number."""
    if not _may_begin(words, place, titles):
        return place
    text, start = words.masked, words.starts[place]
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    after = place
    while after < end and words.starts[after] < line_end:
        after += 1
    whole = after == len(words) or words.starts[after] >= line_end
    starts_line = place == 0 or "\n" in text[words.end(place - 1) : start]
    if whole and starts_line and _PAGE.fullmatch(text[start:line_end]):
        return after
    if not (whole and (starts_line or before_match)):
        after = _title_end(words, place, end, titles=titles)
        continues = after < end and _past_copyright(words, after, end) > after
        return after if before_match and after - place <= MAX_TITLE and (after == end or continues) else place
    is_title = after - place <= MAX_TITLE and _title_end(words, place, after, titles=titles) == after
    return after if is_title else place


def _title_end(words: Words, place: int, end: int, *, titles: frozenset[bytes]) -> int:
    """The first word from `place` on that a title cannot have; numbers must be the license's own."""
    while place < end:
        known = words.words[place] in TITLE_WORDS or words.blob[place * WIDTH : (place + 1) * WIDTH] in titles
        if not known:
            break
        place += 1
    return place
