"""Words that no license explains and that yet do not count: titles, copyright lines, page numbers."""

from __future__ import annotations

import re

from licensecheck.identify.blanks import WEIGHTY, is_fill
from licensecheck.identify.titles import MAX_TITLE, TITLE_WORDS, copyright_length
from licensecheck.identify.words import WIDTH, Words

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
