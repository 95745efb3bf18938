"""Which of the known texts beside the text at hand explains it best, and which do so equally well."""

from __future__ import annotations

from collections.abc import Sequence

from licensecheck.identify.align import Aligner
from licensecheck.identify.candidates import Candidate, Hit, by_score
from licensecheck.identify.closest import HEAD, least_left
from licensecheck.identify.index import Index
from licensecheck.identify.search import FLAWED, Search, count_votes
from licensecheck.identify.words import Words

_WHOLE = 0.5
"""From this share of the highest score on, a license that is there as a whole is preferred to a piece of another."""
_FEW = 20
"""A text that is cut short has fewer words of its own than this between those of its license."""
_LAST = frozenset(".!?…>*/#|\"'”’»`~=_-。")
"""What a text ends with that nobody cut."""
_HALF = 0.5
"""A text that is a license to the letter, and yet may be cut short, can be cut from one of which it has this share."""
_SPARSE = 0.8
"""With a smaller share of shared words from first to last a passage may well be a larger text."""
_CLOSE = 40
"""Licenses whose scores differ by less are compared by the words that count: a title or a copyright line does not."""


def best_candidates(hits: Sequence[Hit], index: Index, aligner: Aligner, *, words: Words) -> list[Candidate]:
    """The known texts that explain most of the words that the hits stand for, each as well as the others.

    Empty where too little is shared with any known text.
    """
    votes = count_votes(hits, index)
    if not votes:
        return []
    search = Search(hits=hits, index=index, aligner=aligner, words=words, votes=votes)
    search.lay_ranked()
    if not search.laid:
        return []
    best = _best(search.laid)
    if best.density < _SPARSE:
        search.lay_equals()
        best = _best(search.laid)
    if best.is_complete and not _may_be_cut(best, search.laid, words):
        return least_left(_close_wholes(best, search.laid), words, index, missing_counts=True)
    search.lay_equals()
    return least_left(_close_pieces(best, search.laid), words, index, missing_counts=False)


def _close_wholes(best: Candidate, candidates: list[Candidate]) -> list[Candidate]:
    """The licenses that are there as a whole and do nearly as well as the best one."""
    margin = max(_CLOSE, 0.05 * best.score)
    return [c for c in candidates if c.is_complete and abs(c.score - best.score) < margin]


def _close_pieces(best: Candidate, candidates: list[Candidate]) -> list[Candidate]:
    """The licenses that share nearly as many words as any, whatever else they have."""
    shared = max(candidate.alignment.matched for candidate in candidates)
    most_missing = _HALF if best.exact else 1
    return [c for c in candidates if c.alignment.matched > shared - _CLOSE and c.missing_share <= most_missing]


def _may_be_cut(best: Candidate, candidates: list[Candidate], words: Words) -> bool:
    """True where more may have followed: the text ends in the midst of a sentence, or is a better piece of another."""
    if any(c.foreign + _CLOSE <= best.foreign and c.alignment.matched >= best.alignment.matched for c in candidates):
        return True
    alike = [c for c in candidates if c.foreign < _FEW and abs(c.alignment.start - best.alignment.start) < HEAD]
    end = max(candidate.alignment.end for candidate in [best, *alike])
    return end >= len(words) - 1 and words.masked.rstrip()[-1:] not in _LAST


def _best(candidates: list[Candidate]) -> Candidate:
    """The highest score; a license that is there to the letter, or as a whole, goes before a piece of a larger text."""
    best = max(candidates, key=by_score)
    whole = [candidate for candidate in candidates if candidate.is_complete]
    exact = [candidate for candidate in whole if candidate.exact] if best.flaws >= FLAWED else []
    for group in (exact, whole):
        rival = max(group, key=by_score, default=None)
        if rival is not None and rival.score >= _WHOLE * best.score:
            return rival
    return best
