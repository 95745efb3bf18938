"""Which words of a known license a copy lacks: found again by their hashes, since no text of it is kept.

The index holds one byte of each word's hash, and the hash of each run of words. A guess at the missing words of a run
is right where the whole run with them has the hash that the index holds; what no guess fits stays unnamed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import product
from math import prod
from zlib import crc32

from licensecheck.identify.align import Block
from licensecheck.identify.index import Index
from licensecheck.identify.words import SHORT, WIDTH, Words, chunk_spans, hash_words

MOST_GUESSES = 60_000
"""So many combinations of words are tried for one run."""
NUMBERS = (*map(str, range(1000)), *(f"{number:02d}" for number in range(10)), "000", *map(str, range(1990, 2035)))
"""Numbers are guessed though no vocabulary holds them."""


class Restorer:
    """Names the words that copies of known licenses lack, from those of the copy itself and of a vocabulary."""

    def __init__(self, words: Words, index: Index, vocabulary: Iterable[str]) -> None:
        self._words = words
        self._index = index
        own = set(words.words)
        self._choices = (_by_code(own), _by_code({*own, *vocabulary, *NUMBERS}))
        """The words that are tried first, and all of them, by their codes."""

    def missing(self, text: int, blocks: Sequence[Block], first: int, last: int) -> tuple[str, ...] | None:
        """The words `first` to `last` (exclusive) of a known text, that the aligned copy lacks; None if not found."""
        codes = self._index.codes(text)
        named: dict[int, str] = {}
        for start, end, seed in chunk_spans(codes, small=self._index.size[text] <= SHORT):
            if start < last and end > first and not all(place in named for place in range(max(start, first), end)):
                named |= self._guess(text, blocks, codes, (start, end), seed)
        places = [place for place in range(first, last) if codes[place]]
        return tuple(named[place] for place in places) if all(place in named for place in places) else None

    def _guess(
        self, text: int, blocks: Sequence[Block], codes: bytes, run: tuple[int, int], seed: int
    ) -> dict[int, str]:
        """The words of one run that the copy lacks, by their places in the known text; empty where no guess fits."""
        hashes = [self._shared(blocks, place) for place in range(*run)]
        open_places = [place for place, digest in zip(range(*run), hashes, strict=True) if digest is None]
        for by_code in self._choices:
            choices = [by_code.get(codes[place], []) for place in open_places]
            if prod(map(len, choices)) > MOST_GUESSES:
                continue
            for guess in product(*choices):
                words = iter(guess)
                blob = b"".join(next(words)[1] if digest is None else digest for digest in hashes)
                if self._is_known(text, run[0], crc32(blob, seed)):
                    return {place: word for place, (word, _) in zip(open_places, guess, strict=True)}
        return {}

    def _shared(self, blocks: Sequence[Block], place: int) -> bytes | None:
        """The hash of a word of the known text from the copy; None where the copy lacks it."""
        number = bisect_right(blocks, place, key=_known_start) - 1
        if number < 0 or place >= blocks[number][1] + blocks[number][2]:
            return None
        at = blocks[number][0] + place - blocks[number][1]
        return self._words.blob[at * WIDTH : (at + 1) * WIDTH]

    def _is_known(self, text: int, place: int, key: int) -> bool:
        """True where the known text has a run with this hash at this place."""
        found = self._index.find_run(key)
        if found is None:
            return False
        texts, places = self._index.posting_text, self._index.posting_place
        at = bisect_left(texts, text, *found)
        return any(texts[n] == text and places[n] == place for n in range(at, found[1]) if texts[n] == text)


def _by_code(words: Iterable[str]) -> dict[int, list[tuple[str, bytes]]]:
    found: dict[int, list[tuple[str, bytes]]] = {}
    for word in sorted(words):
        digest = hash_words([word])
        found.setdefault(digest[0], []).append((word, digest))
    return found


def _known_start(block: Block) -> int:
    return block[1]
