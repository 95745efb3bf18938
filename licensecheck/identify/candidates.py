"""Which known texts may explain the words at hand that nothing explains yet, and how well each of them does."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from licensecheck.identify.align import Aligner, Alignment, Block
from licensecheck.identify.chunks import Chunk
from licensecheck.identify.exact import is_exact
from licensecheck.identify.index import Index
from licensecheck.identify.words import Words

MISSING_COSTS = 0.2
"""What a word of the known text that the passage lacks counts against it, beside a shared word for it."""
_FEWEST = 8
"""With fewer shared words nothing is told from anything."""
COMPLETE = 0.87
"""From this share of a known text on, a passage is taken for the whole of it and not for a piece."""
_HOPELESS = 0.4
"""Guesses below this share of the best one are not followed."""
_RANKED, _TIED = 12, 24
"""How many known texts are worth laying beside the text, and how many where guesses tie."""

Hit = tuple[int, int, int, int]
"""A run of words at hand (first word, word after its last) and the range of its postings in the index."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known text laid beside the text at hand."""

    text: int
    alignment: Alignment
    size: int
    exact: bool
    """True where the shared words are all that the known text has."""

    @property
    def missing(self) -> int:
        """How many words of the known text the passage lacks."""
        return 0 if self.exact else max(0, self.size - self.alignment.matched)

    @property
    def density(self) -> float:
        """The share of the passage from the first to the last shared word that is shared."""
        return self.alignment.matched / (self.alignment.end - self.alignment.start)

    @property
    def flaws(self) -> int:
        """How many words of either text stand between the shared ones, or are missing."""
        return self.missing + self.foreign

    @property
    def foreign(self) -> int:
        """How many words of the passage the known text does not have."""
        return self.alignment.end - self.alignment.start - self.alignment.matched

    @property
    def missing_share(self) -> float:
        """The same as a share of the known text, 0 to 1."""
        return self.missing / self.size

    @property
    def score(self) -> float:
        """Shared words, less a part of the missing ones."""
        return self.alignment.matched - MISSING_COSTS * self.missing

    @property
    def is_complete(self) -> bool:
        """True where next to nothing of the known text is missing."""
        return self.alignment.matched >= COMPLETE * self.size


def find_hits(chunks: Iterable[Chunk], index: Index) -> list[Hit]:
    """The runs of words at hand that stand in some known text."""
    found = ((start, end, index.find_run(key)) for key, start, end in chunks)
    return [(start, end, *postings) for start, end, postings in found if postings is not None]


def rank_texts(votes: Counter[int], hits: Sequence[Hit], index: Index) -> list[int]:
    """The known texts worth laying beside the text, by a guess from the number of shared runs."""
    words = sum(end - start for start, end, _, _ in hits) / len(hits)
    size, least = index.size, max(votes.values()) / 2
    guesses = [
        (count * words - MISSING_COSTS * max(0.0, size[text] - count * words), -text)
        for text, count in votes.items()
        if count >= least
    ]
    guesses.sort(reverse=True)
    floor = max(guesses[min(_RANKED, len(guesses)) - 1][0], _HOPELESS * guesses[0][0])
    return [-text for guess, text in guesses[:_TIED] if guess >= floor]


def lay_beside(
    texts: Iterable[int], hits: Sequence[Hit], index: Index, aligner: Aligner, *, words: Words
) -> list[Candidate]:
    """The texts laid beside the text at hand, those of them that it holds enough of."""
    laid = []
    for text in texts:
        codes = index.codes(text)
        alignment = aligner.align(_blocks(text, hits, index), codes)
        exact = is_exact(text, alignment, words, index)
        candidate = Candidate(text, alignment, index.size[text], exact)
        if _is_enough(candidate, total=len(words)):
            laid.append(candidate)
    return laid


def _is_enough(candidate: Candidate, *, total: int) -> bool:
    """True where the shared words are a license or a good piece of one, and no turn of phrase."""
    shared, size = candidate.alignment.matched, candidate.size
    density = candidate.density
    if shared >= _FEWEST and shared >= 0.5 * min(size, 100) and shared >= 0.5 * total and density >= 0.8:
        return True
    if size <= 40:
        # One that is there to its last word may have a long clause in its midst.
        return shared >= 0.85 * size and density >= (0.2 if shared == size else 0.25)
    if shared >= 0.8 * size:
        return True
    if shared >= 0.5 * size:
        return density >= 0.5
    return shared >= 50 and density >= 0.6 and shared >= 0.25 * size


def _blocks(text: int, hits: Sequence[Hit], index: Index) -> list[Block]:
    """The shared runs of one known text, by their place at hand; of several copies the one that fits the last run."""
    texts, places = index.posting_text, index.posting_place
    blocks: list[Block] = []
    shift = reached = 0
    for start, end, first, last in hits:
        at = first if last - first == 1 else bisect_left(texts, text, first, last)
        if at >= last or texts[at] != text:
            continue
        place = places[at]
        while at + 1 < last and texts[at + 1] == text:
            at += 1
            if abs(places[at] + shift - start) < abs(place + shift - start):
                place = places[at]
        if blocks and start - place == shift and start == reached:
            known, at, length = blocks[-1]
            blocks[-1] = (known, at, length + end - start)
        else:
            blocks.append((start, place, end - start))
        shift, reached = start - place, end
    return blocks


def by_score(candidate: Candidate) -> tuple[float, int]:
    """The key by which candidates are ordered."""
    return candidate.score, -candidate.text
