"""Small edits of a license text, each of which makes it another text: none may be called the license to the letter."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from licensecheck.identify.identify import identify_text

_WORD = re.compile(r"[^\W_]+")
_NO_PLACE = re.compile(r"copyright|\(c\)|©|all rights|[<>\[\]{}]", re.IGNORECASE)
"""Lines with names, years or places to fill in, which do not count."""
_HEAD = 40
"""So many words at the start may be a title."""
_PARAGRAPH = re.compile(r"(?:[^\n]+\n?)+")
_DENIALS = frozenset(("not", "no", "never", "without"))
Span = tuple[int, int]
Edit = Callable[[str, list[Span], random.Random], str | None]


def measure_edits(texts: list[str]) -> dict[str, dict[str, int]]:
    """Of each edit: how many texts it was made in that are a license to the letter, and how many still are called so.

    An edit that turns one license into another one, or fills a name in a place for names, may be called exact.
    """
    rng = random.Random(13)
    rows = {name: {"texts": 0, "exact": 0, "nothing_shown": 0} for name in EDITS}
    for text in texts:
        found = identify_text(text)
        words = _counting_words(text)
        if not found.exact or len(words) < 3:
            continue
        for name, edit in EDITS.items():
            edited = edit(text, words, rng)
            if edited is not None:
                _count(rows[name], edited, known={match.id for match in found.matches})
    return rows


def _count(row: dict[str, int], edited: str, *, known: set[str]) -> None:
    found = identify_text(edited)
    named = {match.id for match in found.matches}
    row["texts"] += 1
    row["exact"] += found.exact and bool(named & known)
    row["nothing_shown"] += not (found.exact or found.extra or any(match.gaps for match in found.matches))


def _counting_words(text: str) -> list[Span]:
    """The words after the title that are no name, no year and no number of a paragraph."""
    spans: list[Span] = []
    passed = 0
    for line in re.finditer(r"[^\n]+", text):
        words = list(_WORD.finditer(line.group()))
        if not _NO_PLACE.search(line.group()):
            spans += [
                (line.start() + word.start(), line.start() + word.end())
                for place, word in enumerate(words)
                if passed + place >= _HEAD and not _may_be_marker(place, word.group())
            ]
        passed += len(words)
    return spans


def _may_be_marker(place: int, word: str) -> bool:
    return (place == 0 and len(word) <= 4) or (place < 3 and word.isdigit())


def _put_in(addition: str) -> Edit:
    def edit(text: str, words: list[Span], rng: random.Random) -> str | None:
        start, _ = rng.choice(words)
        return f"{text[:start]}{addition} {text[start:]}"

    return edit


def _take_out(text: str, words: list[Span], rng: random.Random) -> str | None:
    start, end = rng.choice(words)
    return text[:start] + text[end:]


def _replace(text: str, words: list[Span], rng: random.Random) -> str | None:
    start, end = rng.choice(words)
    return f"{text[:start]}zebra{text[end:]}"


def _swap(text: str, words: list[Span], rng: random.Random) -> str | None:
    place = rng.randrange(len(words) - 1)
    (a, b), (c, d) = words[place], words[place + 1]
    same = text[a:b].lower() == text[c:d].lower()
    return None if same else text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _strike_denial(text: str, words: list[Span], rng: random.Random) -> str | None:
    denials = [(start, end) for start, end in words if text[start:end].lower() in _DENIALS]
    return _take_out(text, denials, rng) if denials else None


def _change_number(text: str, words: list[Span], rng: random.Random) -> str | None:
    numbers = [(start, end) for start, end in words if text[start:end].isdecimal()]
    if not numbers:
        return None
    start, end = rng.choice(numbers)
    return f"{text[:start]}{int(text[start:end]) + 7}{text[end:]}"


def _take_out_paragraph(text: str, words: list[Span], rng: random.Random) -> str | None:
    first = words[0][0]
    paragraphs = [
        found.span()
        for found in _PARAGRAPH.finditer(text)
        if found.start() >= first and len(_WORD.findall(found.group())) >= 8 and not _NO_PLACE.search(found.group())
    ]
    return _take_out(text, paragraphs, rng) if paragraphs else None


EDITS: dict[str, Edit] = {
    "a word put in": _put_in("zebra"),
    "'not' put in": _put_in("not"),
    "'for research only' put in": _put_in("for research only"),
    "a word taken out": _take_out,
    "a word replaced": _replace,
    "two words swapped": _swap,
    "a denial struck out": _strike_denial,
    "a number changed": _change_number,
    "a paragraph taken out": _take_out_paragraph,
}
