"""Lays known texts beside the text at hand, the likeliest first, and no more of them than may matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from licensecheck.identify.align import Aligner
from licensecheck.identify.candidates import Candidate, Hit, by_score, lay_beside, rank_texts
from licensecheck.identify.index import Index
from licensecheck.identify.words import Words

_FIRST, _NEAR = 3, 0.97
"""How many texts are tried at first, with those that share nearly as many runs."""
FLAWED, _STRETCHES = 50, 8
"""With so many words amiss, in more stretches, a text may bundle what others have whole."""
_LONG, _DENSE = 500, 0.95
"""With so many shared words, and few others between them, a passage is a piece of a text and of no other."""
_FULLER = 1.15
"""By so much the share of a text that is there must be larger to look beyond a text that explains the passage."""
_PIECES, _WITH_TWINS = 300, 4
"""How many texts are tried for a piece that many share; for how many all other wordings are tried too."""


@dataclass(slots=True, kw_only=True)
class Search:
    """The known texts that share runs of words with the text at hand, and those that were laid beside it."""

    hits: Sequence[Hit]
    index: Index
    aligner: Aligner
    words: Words
    votes: Counter[int]
    """Of each known text the number of runs that it shares."""
    laid: list[Candidate] = field(default_factory=list)
    tried: set[int] = field(default_factory=set)

    def lay_ranked(self) -> None:
        """Lay the likeliest texts beside the text at hand, the others where they may do better, and other wordings."""
        ranked = rank_texts(self.votes, self.hits, self.index)
        first = max(_FIRST, sum(self.votes[text] >= _NEAR * self.votes[ranked[0]] for text in ranked))
        self._lay(ranked[:first])
        self._lay(self._worth_laying(ranked[first:]))
        closest = sorted(self.laid, key=by_score, reverse=True)[:_WITH_TWINS]
        twins = {twin for candidate in closest for twin in self.index.twins(candidate.text)}
        self._lay(sorted((twins & self.votes.keys()).difference(ranked)))

    def _worth_laying(self, others: list[int]) -> list[int]:
        """Those of the others that may do better than the likeliest text so far."""
        likeliest = max(self.laid, key=by_score, default=None)
        if likeliest is None or not (likeliest.is_complete or _is_long_piece(likeliest)):
            return others
        if likeliest.is_complete and _fits(likeliest):
            return []
        return [text for text in others if self._is_fuller(text, likeliest.text)]

    def lay_equals(self) -> None:
        """Lay the texts beside the text at hand that share as many runs as any other, or one less."""
        most = max(self.votes.values())
        self._lay([text for text, count in self.votes.items() if count >= most - 1][:_PIECES])

    def _lay(self, texts: Iterable[int]) -> None:
        """Lay those of the texts beside the text at hand that were not tried."""
        new = [text for text in texts if text not in self.tried]
        self.tried.update(new)
        self.laid += lay_beside(new, self.hits, self.index, self.aligner, words=self.words)

    def _is_fuller(self, text: int, other: int) -> bool:
        """True where clearly more runs of a text are there than of another, for their sizes."""
        size = self.index.size
        return self.votes[text] * size[other] > _FULLER * self.votes[other] * size[text]


def count_votes(hits: Sequence[Hit], index: Index) -> Counter[int]:
    """How many of the hits each known text shares."""
    texts = index.posting_text
    return Counter(chain.from_iterable(set(texts[first:last].tolist()) for _, _, first, last in hits))


def _is_long_piece(candidate: Candidate) -> bool:
    return candidate.alignment.matched >= _LONG and candidate.density >= _DENSE


def _fits(candidate: Candidate) -> bool:
    return candidate.flaws < FLAWED or len(candidate.alignment.blocks) <= _STRETCHES
