"""Of licenses that explain a passage nearly equally well, those that leave the fewest words."""

from __future__ import annotations

from itertools import pairwise

from licensecheck.identify.align import Alignment
from licensecheck.identify.candidates import MISSING_COSTS, Candidate
from licensecheck.identify.index import Index
from licensecheck.identify.leftovers import count_words, fill_end, ignored_words
from licensecheck.identify.words import Words, hash_words

_DOUBT, _SCATTERED = 2, 8
"""In a text changed all over, licenses that differ by so few words cannot be told apart; from so many places on."""
_DENIALS = frozenset(("not", "no", "nor", "neither", "never"))
_DENIAL_CODES = frozenset(hash_words([word])[0] for word in _DENIALS)
_DENIAL_COSTS = 4
"""A license that says the contrary is no near one: that counts for so many words."""
HEAD = 40
"""How many words before a passage may belong to its title."""


def least_left(candidates: list[Candidate], words: Words, index: Index, *, missing_counts: bool) -> list[Candidate]:
    """Those of the candidates that leave the fewest words which count, at hand and of the known text."""
    if len(candidates) == 1:
        return candidates
    low = max(0, min(candidate.alignment.start for candidate in candidates) - HEAD)
    high = max(candidate.alignment.end for candidate in candidates)
    left = []
    for candidate in candidates:
        missing = MISSING_COSTS * candidate.missing if missing_counts else 0
        counts, scattered = _count_left(candidate, words, index, low=low, high=high)
        left.append((counts + missing, scattered))
    least, scattered = min(left)
    most = least + min(_DOUBT, scattered // _SCATTERED)
    return [candidate for candidate, (count, _) in zip(candidates, left, strict=True) if count <= most]


def _count_left(candidate: Candidate, words: Words, index: Index, *, low: int, high: int) -> tuple[int, int]:
    """How many words from `low` to `high` count and are not explained by a known text, and in how many places."""
    alignment, titles = candidate.alignment, index.title_words(candidate.text)
    filled = dict(alignment.fills)
    place, left, places = low, 0, 0
    for start, _, length in [*alignment.blocks, (high, 0, 0)]:
        if place in filled:
            place = fill_end(words, place, filled[place])
        if place < start:
            ignored = ignored_words(words, place, start, titles=titles, before_match=place == low)
            counts = start - place - count_words(ignored)
            left += counts
            places += counts > 0
        place = max(place, start + length)
    return left + _DENIAL_COSTS * _denies_alone(alignment, words, index.codes(candidate.text)), places


def _denies_alone(alignment: Alignment, words: Words, known: bytes) -> bool:
    """True where one of the two texts has a denial between the shared words, and the other has none."""
    here = there = False
    for (place, at, length), (after, known_after, _) in pairwise(alignment.blocks):
        here = here or not _DENIALS.isdisjoint(words.words[place + length : after])
        there = there or not _DENIAL_CODES.isdisjoint(known[at + length : known_after])
    return here != there
