"""Splits a text into the passages that known licenses explain, the best explained first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from licensecheck.identify.align import Aligner
from licensecheck.identify.candidates import Candidate, Hit, find_hits
from licensecheck.identify.choice import best_candidates
from licensecheck.identify.chunks import cut_chunks, cut_small_chunks
from licensecheck.identify.index import Index
from licensecheck.identify.leftovers import fill_end
from licensecheck.identify.words import Words

_MAX_PASSAGES = 200
_UNEXPLAINED = re.compile(rb"\0{10,}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of words and the known texts that explain it equally well."""

    candidates: tuple[Candidate, ...]

    @property
    def start(self) -> int:
        """Its first word."""
        return min(candidate.alignment.start for candidate in self.candidates)

    @property
    def end(self) -> int:
        """The word after its last."""
        return max(candidate.alignment.end for candidate in self.candidates)


def find_passages(words: Words, index: Index) -> tuple[list[Passage], bytearray]:
    """The passages in the order of the text, and for each word whether one of them explains it."""
    explained = bytearray(len(words))
    hits = find_hits(cut_chunks(words.blob), index)
    passages: list[Passage] = []
    _explain(words, hits, explained, passages, index)
    small = [chunk for start, end in _long_runs(explained) for chunk in cut_small_chunks(words.blob, start, end)]
    _explain(words, find_hits(small, index), explained, passages, index)
    return sorted(passages, key=_by_start), explained


def _explain(words: Words, hits: list[Hit], explained: bytearray, passages: list[Passage], index: Index) -> None:
    """Add the passages that hits lead to, and note their words, until none is left that is worth it."""
    while hits and len(passages) < _MAX_PASSAGES:
        aligner = Aligner(_without(words.codes, explained))
        found = best_candidates(hits, index, aligner, words=words)
        if not found:
            break
        for candidate in found:
            _mark(candidate, words, explained)
        passages.append(Passage(tuple(found)))
        hits = [hit for hit in hits if _is_open(hit, explained)]


def _long_runs(explained: bytearray) -> list[tuple[int, int]]:
    """The runs of unexplained words that are long enough for a short license."""
    return [found.span() for found in _UNEXPLAINED.finditer(explained)]


def _mark(candidate: Candidate, words: Words, explained: bytearray) -> None:
    """Note the words that a known text shares, and the names that fill its blanks."""
    for place, _, length in candidate.alignment.blocks:
        explained[place : place + length] = b"\1" * length
    for start, end in candidate.alignment.fills:
        after = fill_end(words, start, end)
        explained[start:after] = b"\1" * (after - start)


def _without(codes: bytes, explained: bytearray) -> bytes:
    """The codes with 0, which no known word has, for each word that is explained already."""
    if not any(explained):
        return codes
    return bytes(0 if done else code for code, done in zip(codes, explained, strict=True))


def _is_open(hit: Hit, explained: bytearray) -> bool:
    return explained.find(1, hit[0], hit[1]) < 0


def _by_start(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end
