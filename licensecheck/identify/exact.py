"""Whether a passage is a known text to the letter: only blanks may be filled and paragraphs lose their numbers."""

from __future__ import annotations

from hashlib import blake2b
from itertools import pairwise

from licensecheck.identify.align import Alignment
from licensecheck.identify.index import Index
from licensecheck.identify.leftovers import count_words, fill_end, ignored_words
from licensecheck.identify.titles import blank_markers
from licensecheck.identify.words import BLANK, WIDTH, Words

_MOST_MARKERS = 0.1
"""At most this share of the words of a license numbers its paragraphs."""


def digest_of(blob: bytes) -> int:
    """The number by which two texts are known to have the same words."""
    return int.from_bytes(blake2b(blob, digest_size=8).digest(), "little")


def is_exact(text: int, alignment: Alignment, words: Words, index: Index) -> bool:
    """True where the shared words, with a blank for each one that is filled, have the hash of the known text."""
    if not _is_whole(alignment, words, titles=index.title_words(text)):
        return False
    missing = index.size[text] - alignment.matched
    if missing <= 0:
        return digest_of(_blob(text, alignment, words, index)) == index.exact[text]
    if missing > _MOST_MARKERS * index.size[text]:
        return False
    return digest_of(_blob(text, alignment, words, index, skip=_markers(words))) == index.unmarked[text]


def _is_whole(alignment: Alignment, words: Words, *, titles: frozenset[bytes]) -> bool:
    """True where no words but names, headings and copyright statements stand between the shared ones."""
    filled = dict(alignment.fills)
    for (place, _, length), (after, _, _) in pairwise(alignment.blocks):
        start = place + length
        if start < after:
            start = fill_end(words, start, filled.get(start, start))
            ignored = ignored_words(words, start, after, titles=titles, before_match=False)
            if count_words(ignored) < after - start:
                return False
    return True


def _blob(text: int, alignment: Alignment, words: Words, index: Index, *, skip: frozenset[int] = frozenset()) -> bytes:
    """The hashed words of the passage that the known text shares; `skip` names words that do not count."""
    codes = index.codes(text)
    parts, at = [], 0
    for place, known, length in alignment.blocks:
        parts.append(BLANK * codes.count(0, at, known))
        if skip:
            kept = (n for n in range(place, place + length) if n not in skip)
            parts += [words.blob[n * WIDTH : (n + 1) * WIDTH] for n in kept]
        else:
            parts.append(words.blob[place * WIDTH : (place + length) * WIDTH])
        at = known + length
    parts.append(BLANK * codes.count(0, at))
    return b"".join(parts)


def _markers(words: Words) -> frozenset[int]:
    """The words that only number a paragraph."""
    unmarked = blank_markers(words.text)
    return frozenset(n for n, start in enumerate(words.starts) if unmarked[start] == " " and words.flat[start] != " ")
