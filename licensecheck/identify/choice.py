"""Which of the known texts beside the text at hand explains it best, and which do so equally well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from licensecheck.identify.align import Aligner
from licensecheck.identify.candidates import MISSING_COSTS, Candidate, Hit, by_score, lay_beside, rank_texts
from licensecheck.identify.index import Index
from licensecheck.identify.leftovers import count_words, fill_end, ignored_words
from licensecheck.identify.words import Words

_WHOLE = 0.5
"""From this share of the highest score on, a license that is there as a whole is preferred to a piece of another."""
_FEW = 20
"""A text that is cut short has fewer words of its own than this between those of its license."""
_LAST = frozenset(".!?…>*/#|\"'”’»`~=_-。")
"""What a text ends with that nobody cut."""
_FIRST, _NEAR, _STRETCHES = 4, 0.97, 8
"""How many texts are tried at first, with those that share nearly as many runs; and when the others are too."""
_HALF = 0.5
"""A text that is a license to the letter, and yet may be cut short, can be cut from one of which it has this share."""
_SPARSE = 0.8
"""With a smaller share of shared words from first to last a passage may well be a larger text."""
_FULLER = 1.15
"""By so much the share of a text that is there must be larger to look beyond a text that is there as a whole."""
_FLAWED = 50
"""With so many words amiss a text gives way to a smaller one that is there to the letter."""
_CLOSE = 40
"""Licenses whose scores differ by less are compared by the words that count: a title or a copyright line does not."""
_DOUBT, _SCATTERED = 2, 8
"""In a text changed all over, licenses that differ by so few words cannot be told apart; from so many places on."""
_NEGATIONS, _NEGATION_COSTS = ("not", "no", "nor", "neither", "never"), 4
"""A license that says the contrary is no near one: these words count for so many more."""
_HEAD = 40
"""How many words before a passage may belong to its title."""
_PIECES, _WITH_TWINS = 300, 4
"""How many texts are tried for a piece that many share; for how many all other wordings are tried too."""


@dataclass(slots=True, kw_only=True)
class _Search:
    """The known texts that were laid beside the text at hand so far."""

    hits: Sequence[Hit]
    index: Index
    aligner: Aligner
    words: Words
    votes: Counter[int]
    """Of each known text the number of runs that it shares."""
    laid: list[Candidate] = field(default_factory=list)
    tried: set[int] = field(default_factory=set)

    def lay(self, texts: Iterable[int]) -> None:
        """Lay those of the texts beside the text at hand that were not tried."""
        new = [text for text in texts if text not in self.tried]
        self.tried.update(new)
        self.laid += lay_beside(new, self.hits, self.index, self.aligner, words=self.words)

    def is_fuller(self, text: int, other: int) -> bool:
        """True where clearly more runs of a text are there than of another, for their sizes."""
        size = self.index.size
        return self.votes[text] * size[other] > _FULLER * self.votes[other] * size[text]


def best_candidates(hits: Sequence[Hit], index: Index, aligner: Aligner, *, words: Words) -> list[Candidate]:
    """The known texts that explain most of the words that the hits stand for, each as well as the others.

    Empty where too little is shared with any known text.
    """
    votes = _count_votes(hits, index)
    if not votes:
        return []
    search = _Search(hits=hits, index=index, aligner=aligner, words=words, votes=votes)
    _lay_ranked(search, rank_texts(votes, hits, index))
    if not search.laid:
        return []
    best = _best(search.laid)
    if best.density < _SPARSE:
        search.lay(_equals(votes))
        best = _best(search.laid)
    if best.is_complete and not _stops_short(best, search.laid, words):
        margin = max(_CLOSE, 0.05 * best.score)
        close = [c for c in search.laid if c.is_complete and abs(c.score - best.score) < margin]
        return _least_left(close, words, index, missing_counts=True)
    search.lay(_equals(votes))
    shared = max(candidate.alignment.matched for candidate in search.laid)
    most_missing = _HALF if best.exact else 1
    close = [c for c in search.laid if c.alignment.matched > shared - _CLOSE and c.missing_share <= most_missing]
    return _least_left(close, words, index, missing_counts=False)


def _count_votes(hits: Sequence[Hit], index: Index) -> Counter[int]:
    votes: Counter[int] = Counter()
    for _, _, first, last in hits:
        votes.update(set(index.posting_text[first:last].tolist()))
    return votes


def _equals(votes: Counter[int]) -> list[int]:
    """The texts that share as many runs as any other, or one less."""
    most = max(votes.values())
    return [text for text, count in votes.items() if count >= most - 1][:_PIECES]


def _lay_ranked(search: _Search, ranked: list[int]) -> None:
    """Lay the likeliest texts beside the text at hand, the others where they may do better, and other wordings."""
    votes = search.votes
    first = max(_FIRST, sum(votes[text] >= _NEAR * votes[ranked[0]] for text in ranked))
    search.lay(ranked[:first])
    others = ranked[first:]
    if search.laid and (likeliest := max(search.laid, key=by_score)).is_complete:
        others = [] if _fits(likeliest) else [text for text in others if search.is_fuller(text, likeliest.text)]
    search.lay(others)
    closest = sorted(search.laid, key=by_score, reverse=True)[:_WITH_TWINS]
    twins = {twin for candidate in closest for twin in search.index.twins(candidate.text)}
    search.lay(sorted((twins & votes.keys()).difference(ranked)))


def _fits(candidate: Candidate) -> bool:
    """False for a text that is there in many short stretches, as one that bundles what others have whole."""
    return candidate.flaws < _FLAWED or len(candidate.alignment.blocks) <= _STRETCHES


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
        place = fill_end(words, place, filled.get(place, place))
        if place < start:
            ignored = ignored_words(words, place, start, titles=titles, before_match=place == low)
            counts = start - place - count_words(ignored)
            left += counts + _NEGATION_COSTS * sum(map(words.words[place:start].count, _NEGATIONS))
            places += counts > 0
        place = max(place, start + length)
    return left, places
