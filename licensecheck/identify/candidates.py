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
from licensecheck.identify.leftovers import count_words, ignored_words
from licensecheck.identify.words import Words

MISSING_COSTS = 0.2
"""What a word of the known text that the passage lacks counts against it, beside a shared word for it."""
_WHOLE = 0.5
"""From this share of the highest score on, a license that is there as a whole is preferred to a piece of another."""
_FEW = 20
"""A text that is cut short has fewer words of its own than this between those of its license."""
_LAST = frozenset(".!?…>*/#|\"'”’»`~=_-。")
"""What a text ends with that nobody cut."""
_FEWEST = 8
"""With fewer shared words nothing is told from anything."""
_FIRST, _NEAR, _STRETCHES = 4, 0.97, 8
"""How many texts are tried at first, with those that share nearly as many runs; and when the others are too."""
_FLAWED = 50
"""With so many words amiss a text gives way to a smaller one that is there to the letter."""
_CLOSE = 40
"""Licenses whose scores differ by less are compared by the words that count: a title or a copyright line does not."""
COMPLETE = 0.87
"""From this share of a known text on, a passage is taken for the whole of it and not for a piece."""
_DOUBT, _SCATTERED = 2, 8
"""In a text changed all over, licenses that differ by so few words cannot be told apart; from so many places on."""
_HEAD = 40
"""How many words before a passage may belong to its title."""
_HOPELESS = 0.4
"""Guesses below this share of the best one are not followed."""
_ALIGNED, _TIED, _PIECES, _WITH_TWINS = 12, 24, 300, 4
"""How many known texts are laid beside the text: at first, with those that tie, for a piece that many share;
and for how many all other wordings are tried too."""

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
    first = sum(votes[text] >= _NEAR * votes[ranked[0]] for text in ranked)
    first = max(first, _FIRST)
    candidates = _licenses(ranked[:first], hits, index, aligner, words=words)
    if not candidates or _is_patchwork(max(candidates, key=_by_score)):
        candidates += _licenses(ranked[first:], hits, index, aligner, words=words)
    if not candidates:
        return []
    seen = set(ranked)
    closest = sorted(candidates, key=_by_score, reverse=True)[:_WITH_TWINS]
    twins = {twin for candidate in closest for twin in index.twins(candidate.text)} & votes.keys() - seen
    candidates += _licenses(sorted(twins), hits, index, aligner, words=words)
    best = _best(candidates)
    if best.is_complete and not _stops_short(best, candidates, words):
        margin = max(_CLOSE, 0.05 * best.score)
        close = [c for c in candidates if c.is_complete and abs(c.score - best.score) < margin]
        return _least_left(close, words, index, missing_counts=True)
    most = max(votes.values())
    others = [text for text, count in votes.items() if count >= most - 1 and text not in seen | twins]
    candidates += _licenses(others[:_PIECES], hits, index, aligner, words=words)
    shared = max(candidate.alignment.matched for candidate in candidates)
    close = [candidate for candidate in candidates if candidate.alignment.matched > shared - _CLOSE]
    return _least_left(close, words, index, missing_counts=False)


def _is_patchwork(candidate: Candidate) -> bool:
    """True where a text fits in part, or in many short stretches, as one does that bundles what others have whole."""
    fits = candidate.flaws < _FLAWED or len(candidate.alignment.blocks) <= _STRETCHES
    return not (fits and candidate.is_complete)


def _stops_short(best: Candidate, candidates: list[Candidate], words: Words) -> bool:
    """True where the text at hand ends with the passage and in the midst of a sentence: more may have followed."""
    alike = [c for c in candidates if c.foreign < _FEW and abs(c.alignment.start - best.alignment.start) < _HEAD]
    end = max(candidate.alignment.end for candidate in [best, *alike])
    return end >= len(words) - 1 and words.masked.rstrip()[-1:] not in _LAST


def _best(candidates: list[Candidate]) -> Candidate:
    """The highest score; a license that is there to the letter, or as a whole, goes before a piece of a larger text."""
    best = max(candidates, key=_by_score)
    whole = [candidate for candidate in candidates if candidate.is_complete]
    exact = [candidate for candidate in whole if candidate.exact] if best.flaws >= _FLAWED else []
    for group in (exact, whole):
        rival = max(group, key=_by_score, default=None)
        if rival is not None and rival.score >= _WHOLE * best.score:
            return rival
    return best


def _least_left(
    candidates: list[Candidate], words: Words, index: Index, *, missing_counts: bool
) -> list[Candidate]:
    """Those of the candidates that leave the fewest words which count, at hand and of the known text."""
    if len(candidates) == 1:
        return candidates
    low = max(0, min(candidate.alignment.start for candidate in candidates) - _HEAD)
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
        place = filled.get(place, place)
        if place < start:
            ignored = ignored_words(words, place, start, titles=titles, before_match=place == low)
            counts = start - place - count_words(ignored)
            left += counts
            places += counts > 0
        place = max(place, start + length)
    return left, places


def _licenses(
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
        return shared >= 0.85 * size and density >= 0.25
    if shared >= 0.8 * size:
        return True
    if shared >= 0.5 * size:
        return density >= 0.5
    return shared >= 50 and density >= 0.6 and shared >= 0.25 * size


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
    floor = max(guesses[min(_ALIGNED, len(guesses)) - 1][0], _HOPELESS * guesses[0][0])
    return [-text for guess, text in guesses[:_TIED] if guess >= floor]


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


def _by_score(candidate: Candidate) -> tuple[float, int]:
    return candidate.score, -candidate.text
