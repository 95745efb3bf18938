"""Which of the known texts beside the text at hand explains it best, and which do so equally well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from licensecheck.identify.align import Aligner
from licensecheck.identify.candidates import MISSING_COSTS, Candidate, Hit, by_score, lay_beside, rank_texts
from licensecheck.identify.index import Index
from licensecheck.identify.leftovers import count_words, ignored_words
from licensecheck.identify.words import Words

_WHOLE = 0.5
"""From this share of the highest score on, a license that is there as a whole is preferred to a piece of another."""
_FEW = 20
"""A text that is cut short has fewer words of its own than this between those of its license."""
_LAST = frozenset(".!?…>*/#|\"'”’»`~=_-。")
"""What a text ends with that nobody cut."""
_FIRST, _NEAR, _STRETCHES = 3, 0.97, 8
"""How many texts are tried at first, with those that share nearly as many runs; and when the others are too."""
_FLAWED = 50
"""With so many words amiss a text gives way to a smaller one that is there to the letter."""
_CLOSE = 40
"""Licenses whose scores differ by less are compared by the words that count: a title or a copyright line does not."""
_DOUBT, _SCATTERED = 2, 8
"""In a text changed all over, licenses that differ by so few words cannot be told apart; from so many places on."""
_HEAD = 40
"""How many words before a passage may belong to its title."""
_PIECES, _WITH_TWINS = 300, 4
"""How many texts are tried for a piece that many share; for how many all other wordings are tried too."""


def best_candidates(hits: Sequence[Hit], index: Index, aligner: Aligner, *, words: Words) -> list[Candidate]:
    """The known texts that explain most of the words that the hits stand for, each as well as the others.

    Empty where too little is shared with any known text.
    """
    votes: Counter[int] = Counter()
    for _, _, first, last in hits:
        votes.update(set(index.posting_text[first:last].tolist()))
    if not votes:
        return []
    ranked = rank_texts(votes, hits, index)
    first = sum(votes[text] >= _NEAR * votes[ranked[0]] for text in ranked)
    first = max(first, _FIRST)
    candidates = lay_beside(ranked[:first], hits, index, aligner, words=words)
    if not candidates or _is_patchwork(max(candidates, key=by_score)):
        candidates += lay_beside(ranked[first:], hits, index, aligner, words=words)
    if not candidates:
        return []
    seen = set(ranked)
    closest = sorted(candidates, key=by_score, reverse=True)[:_WITH_TWINS]
    twins = {twin for candidate in closest for twin in index.twins(candidate.text)} & votes.keys() - seen
    candidates += lay_beside(sorted(twins), hits, index, aligner, words=words)
    best = _best(candidates)
    if best.is_complete and not _stops_short(best, candidates, words):
        margin = max(_CLOSE, 0.05 * best.score)
        close = [c for c in candidates if c.is_complete and abs(c.score - best.score) < margin]
        return _least_left(close, words, index, missing_counts=True)
    most = max(votes.values())
    others = [text for text, count in votes.items() if count >= most - 1 and text not in seen | twins]
    candidates += lay_beside(others[:_PIECES], hits, index, aligner, words=words)
    shared = max(candidate.alignment.matched for candidate in candidates)
    close = [candidate for candidate in candidates if candidate.alignment.matched > shared - _CLOSE]
    return _least_left(close, words, index, missing_counts=False)


def _is_patchwork(candidate: Candidate) -> bool:
    """True where a text fits in part, or in many short stretches, as one does that bundles what others have whole."""
    fits = candidate.flaws < max(_FLAWED, 0.08 * candidate.size) or len(candidate.alignment.blocks) <= _STRETCHES
    return not (fits and candidate.is_complete)


def _stops_short(best: Candidate, candidates: list[Candidate], words: Words) -> bool:
    """True where the text at hand ends with the passage and in the midst of a sentence: more may have followed."""
    alike = [c for c in candidates if c.foreign < _FEW and abs(c.alignment.start - best.alignment.start) < _HEAD]
    end = max(candidate.alignment.end for candidate in [best, *alike])
    return end >= len(words) - 1 and words.masked.rstrip()[-1:] not in _LAST


def _best(candidates: list[Candidate]) -> Candidate:
    """The highest score; a license that is there to the letter, or as a whole, goes before a piece of a larger text."""
    best = max(candidates, key=by_score)
    whole = [candidate for candidate in candidates if candidate.is_complete]
    exact = [candidate for candidate in whole if candidate.exact] if best.flaws >= _FLAWED else []
    for group in (exact, whole):
        rival = max(group, key=by_score, default=None)
        if rival is not None and rival.score >= _WHOLE * best.score:
            return rival
    return best


def _least_left(candidates: list[Candidate], words: Words, index: Index, *, missing_counts: bool) -> list[Candidate]:
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
