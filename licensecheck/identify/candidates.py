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
_EXACT_BONUS = 24
"""Wordings of one license differ by the lines of a title or by blanks that another fills; about so many words."""
COMPLETE = 0.9
"""From this share of a known text on, a passage is taken for the whole of it and not for a piece."""
_ALIGNED, _TIED, _PIECES = 8, 24, 300
"""How many known texts are laid beside the text: at first, with those that tie, and for a piece that many share."""

Hit = tuple[int, int, int, int]
"""A run of words at hand (first word, word after its last) and the range of its postings in the index."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known text laid beside the text at hand."""

    text: int
    alignment: Alignment
    size: int
    length: int
    """The words of the known text with its blanks; `size` is without."""
    exact: bool
    """True where the shared words are all that the known text has."""

    @property
    def missing(self) -> int:
        """How many words of the known text the passage lacks."""
        return 0 if self.exact else max(0, self.size - self.alignment.matched)

    @property
    def missing_share(self) -> float:
        """The same as a share of the known text, 0 to 1."""
        return self.missing / self.size

    @property
    def score(self) -> float:
        """Shared words, less a part of the missing ones; a little more for a text that is there to the letter."""
        return self.alignment.matched - MISSING_COSTS * self.missing + (_EXACT_BONUS if self.exact else 0)

    @property
    def is_complete(self) -> bool:
        """True where next to nothing of the known text is missing."""
        return self.alignment.matched >= COMPLETE * self.size


def find_hits(chunks: Iterable[Chunk], index: Index) -> list[Hit]:
    """The runs of words at hand that stand in some known text."""
    found = ((start, end, index.find_run(key)) for key, start, end in chunks)
    return [(start, end, *postings) for start, end, postings in found if postings is not None]


def best_candidates(hits: Sequence[Hit], index: Index, aligner: Aligner, *, words: Words) -> list[Candidate]:
    """The known texts that explain most of the words that the hits stand for, each as well as the others.

    Empty where too little is shared with any known text.
    """
    votes: Counter[int] = Counter()
    for _, _, first, last in hits:
        votes.update(set(index.posting_text[first:last].tolist()))
    if not votes:
        return []
    ranked = _rank(votes, hits, index)
    candidates = _licenses(ranked, hits, index, aligner, words=words)
    if not candidates:
        return []
    best = max(candidates, key=_by_score)
    if not best.is_complete:
        most, seen = votes[best.text], set(ranked)
        others = [text for text, count in votes.items() if count >= most and text not in seen]
        candidates += _licenses(others[:_PIECES], hits, index, aligner, words=words)
        best = max(candidates, key=_by_score)
    return [candidate for candidate in candidates if _is_as_good(candidate, best)]


def _licenses(
    texts: Iterable[int], hits: Sequence[Hit], index: Index, aligner: Aligner, *, words: Words
) -> list[Candidate]:
    """The texts laid beside the text at hand, those of them that it holds enough of."""
    laid = []
    for text in texts:
        codes = index.codes(text)
        alignment = aligner.align(_blocks(text, hits, index), codes)
        exact = is_exact(text, alignment, words, index)
        candidate = Candidate(text, alignment, index.size[text], len(codes), exact)
        if _is_enough(candidate, total=len(words)):
            laid.append(candidate)
    return laid


def _is_enough(candidate: Candidate, *, total: int) -> bool:
    """True where the shared words are a license or a good piece of one, and no turn of phrase."""
    shared, size = candidate.alignment.matched, candidate.size
    density = shared / (candidate.alignment.end - candidate.alignment.start)
    if size <= 40:
        return shared >= 0.85 * size and density >= 0.6
    if shared >= 0.8 * size:
        return True
    if shared >= 0.5 * size:
        return density >= 0.5
    return shared >= 50 and density >= 0.6 and (shared >= 0.25 * size or shared >= 0.6 * total)


def _rank(votes: Counter[int], hits: Sequence[Hit], index: Index) -> list[int]:
    """The known texts worth laying beside the text, by a guess from the number of shared runs."""
    words = sum(end - start for start, end, _, _ in hits) / len(hits)
    size, least = index.size, max(votes.values()) / 2
    guesses = [
        (count * words - MISSING_COSTS * max(0.0, size[text] - count * words), -text)
        for text, count in votes.items()
        if count >= least
    ]
    guesses.sort(reverse=True)
    floor = guesses[min(_ALIGNED, len(guesses)) - 1][0]
    return [-text for guess, text in guesses[:_TIED] if guess >= floor]


def _blocks(text: int, hits: Sequence[Hit], index: Index) -> list[Block]:
    """The shared runs of one known text, by their place at hand."""
    texts, places = index.posting_text, index.posting_place
    blocks = []
    for start, end, first, last in hits:
        at = first if last - first == 1 else bisect_left(texts, text, first, last)
        while at < last and texts[at] == text:
            blocks.append((start, places[at], end - start))
            at += 1
    return blocks


def _by_score(candidate: Candidate) -> tuple[float, int]:
    return candidate.score, -candidate.text


def _is_as_good(candidate: Candidate, best: Candidate) -> bool:
    """True where a text explains as many words; where the best is there as a whole, the other must be so too."""
    if candidate.exact and best.exact:
        return candidate.score > best.score - _EXACT_BONUS
    if candidate.alignment.matched < best.alignment.matched:
        return False
    return not best.is_complete or candidate.missing <= best.missing
