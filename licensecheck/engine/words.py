"""A small matcher of everyday phrases: stems, prefixes, any order, close together. No language model, no spaCy."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from licensecheck.load.checks import load_word_sets

_WORD = re.compile(r"[^\W_]+\*?")
_PIECE = re.compile(r"<[a-z]+>|[^\W_]+\*?")
MAX_WORDS = 1000
"""How many words of one use are read; a product manager's phrase has a dozen. A longer text is for a person."""
WINDOW = 7
"""Within how many words those of one phrase must stand."""
MINOR = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "from", "by", "with", "and", "or", "this", "that", "our", "your")
)
"""Words that never count as standing between two others."""


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, accents and case folded."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).replace("'s", "").replace("*", ""))
    return tuple(words)


@lru_cache(maxsize=8192)
def pattern(phrase: str) -> tuple[str, ...]:
    """A vocabulary phrase in pieces: a set of words in <>, the beginning of a word that ends in *, else a stem."""
    pieces = _PIECE.findall(phrase.casefold())
    return tuple(piece if piece[-1] in "*>" else stem(piece) for piece in pieces)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word without plural, -ing, -ed and a final e, so that score, scores, scoring and scored are one."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, least in (("ing", 6), ("ed", 5)):
        if word.endswith(ending) and len(word) >= least:
            word = _undouble(word[: -len(ending)])
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def find_phrase(phrase: str, words: tuple[str, ...]) -> tuple[int, ...] | None:
    """Where the words of the phrase stand, closest together; None where they do not, or too far apart."""
    places = [_places(piece, words) for piece in pattern(phrase)]
    if not places or not all(places):
        return None
    best: tuple[int, ...] | None = None
    for start in places[0]:
        chosen = (start, *(min(spots, key=lambda spot: abs(spot - start)) for spots in places[1:]))
        if max(chosen) - min(chosen) < WINDOW and len(set(chosen)) == len(chosen):
            best = chosen if best is None or _span(chosen) < _span(best) else best
    return best


def _span(places: tuple[int, ...]) -> int:
    return max(places) - min(places)


def _places(piece: str, words: tuple[str, ...]) -> list[int]:
    if piece.startswith("<"):
        return sorted({i for member in load_word_sets()[piece[1:-1]] for i in _places(pattern(member)[0], words)})
    if piece.endswith("*"):
        return [i for i, word in enumerate(words) if word.startswith(piece[:-1])]
    return [i for i, word in enumerate(words) if stem(word) == piece]


def holds(phrases: tuple[str, ...], words: tuple[str, ...]) -> str | None:
    """The first of the phrases that stands in the words."""
    return next((phrase for phrase in phrases if find_phrase(phrase, words)), None)


def beside(place: tuple[int, ...], other: tuple[int, ...], words: tuple[str, ...], *, gap: int) -> bool:
    """True where the two stand beside each other with at most `gap` words of weight, and no 'for', between them."""
    low, high = sorted((place, other), key=min)
    between = words[max(low) + 1 : min(high)]
    return "for" not in between and sum(word not in MINOR for word in between) <= gap
