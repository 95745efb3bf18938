"""Which known texts may explain the words at hand that nothing explains yet, and how well each of them does."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, pairwise

from licensecheck.identify.align import Aligner, Alignment, Block
from licensecheck.identify.extras import blank_markers, count_words, fill_end, ignored_words
from licensecheck.identify.index import Index
from licensecheck.identify.words import BLANK, WIDTH, Chunk, Words, hash_words

# Whether a passage is a known text to the letter: only blanks may be filled and paragraphs lose their numbers.


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


@lru_cache(maxsize=4)
def _markers(words: Words) -> frozenset[int]:
    """The words that only number a paragraph."""
    unmarked = blank_markers(words.text)
    return frozenset(n for n, start in enumerate(words.starts) if unmarked[start] == " " and words.flat[start] != " ")


# Which known texts may explain the words at hand that nothing explains yet, and how well each of them does.


MISSING_COSTS = 0.2
"""What a word of the known text that the passage lacks counts against it, beside a shared word for it."""
_FEWEST = 8
"""With fewer shared words nothing is told from anything."""
COMPLETE = 0.87
"""From this share of a known text on, a passage is taken for the whole of it and not for a piece."""
_HOPELESS = 0.4
"""Guesses below this share of the best one are not followed."""
_RANKED, _TIED = 12, 24
"""How many known texts are worth aligning with the text at hand, and how many where guesses tie."""

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
    """The known texts worth aligning with the text at hand, by a guess from the number of shared runs."""
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


def align_texts(
    texts: Iterable[int], hits: Sequence[Hit], index: Index, aligner: Aligner, *, words: Words
) -> list[Candidate]:
    """The texts aligned with the text at hand, those of them that it holds enough of."""
    aligned = []
    for text in texts:
        codes = index.codes(text)
        alignment = aligner.align(_blocks(text, hits, index), codes)
        exact = is_exact(text, alignment, words, index)
        candidate = Candidate(text, alignment, index.size[text], exact)
        if _is_enough(candidate, total=len(words)):
            aligned.append(candidate)
    return aligned


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


# Aligns known texts with the text at hand, the likeliest first, and no more of them than may matter.


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
    """The known texts that share runs of words with the text at hand, and those that were aligned with it."""

    hits: Sequence[Hit]
    index: Index
    aligner: Aligner
    words: Words
    votes: Counter[int]
    """Of each known text the number of runs that it shares."""
    aligned: list[Candidate] = field(default_factory=list)
    tried: set[int] = field(default_factory=set)

    def align_ranked(self) -> None:
        """Align the likeliest texts with the text at hand, the others where they may do better, and other wordings."""
        ranked = rank_texts(self.votes, self.hits, self.index)
        first = max(_FIRST, sum(self.votes[text] >= _NEAR * self.votes[ranked[0]] for text in ranked))
        self._align(ranked[:first])
        self._align(self._worth_aligning(ranked[first:]))
        closest = sorted(self.aligned, key=by_score, reverse=True)[:_WITH_TWINS]
        twins = {twin for candidate in closest for twin in self.index.twins(candidate.text)}
        self._align(sorted((twins & self.votes.keys()).difference(ranked)))

    def _worth_aligning(self, others: list[int]) -> list[int]:
        """Those of the others that may do better than the likeliest text so far."""
        likeliest = max(self.aligned, key=by_score, default=None)
        if likeliest is None or not (likeliest.is_complete or _is_long_piece(likeliest)):
            return others
        if likeliest.is_complete and _fits(likeliest):
            return []
        return [text for text in others if self._is_fuller(text, likeliest.text)]

    def align_equals(self) -> None:
        """Align with the text at hand the texts that share as many runs as any other, or one less."""
        most = max(self.votes.values())
        self._align([text for text, count in self.votes.items() if count >= most - 1][:_PIECES])

    def _align(self, texts: Iterable[int]) -> None:
        """Align with the text at hand those of the texts that were not tried."""
        new = [text for text in texts if text not in self.tried]
        self.tried.update(new)
        self.aligned += align_texts(new, self.hits, self.index, self.aligner, words=self.words)

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


# Of licenses that explain a passage nearly equally well, those that leave the fewest words.


_DOUBT, _SCATTERED = 2, 8
"""In a text changed all over, licenses that differ by so few words cannot be told apart; from so many places on."""
_DENIALS = frozenset(("not", "no", "nor", "neither", "never"))
_DENIAL_CODES = frozenset(hash_words([word])[0] for word in _DENIALS)
_DENIAL_COSTS = 4
"""A license that says the contrary is no near one: that counts for so many words."""
HEAD = 40
"""How many words before a passage may belong to its title."""


def least_left(candidates: list[Candidate], words: Words, index: Index, *, missing_counts: bool) -> list[Candidate]:
    """Those of the candidates that leave the fewest words which count, at hand and of the known text."""
    if len(candidates) == 1:
        return candidates
    low = max(0, min(candidate.alignment.start for candidate in candidates) - HEAD)
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
        if place in filled:
            place = fill_end(words, place, filled[place])
        if place < start:
            ignored = ignored_words(words, place, start, titles=titles, before_match=place == low)
            counts = start - place - count_words(ignored)
            left += counts
            places += counts > 0
        place = max(place, start + length)
    return left + _DENIAL_COSTS * _denies_alone(alignment, words, index.codes(candidate.text)), places


def _denies_alone(alignment: Alignment, words: Words, known: bytes) -> bool:
    """True where one of the two texts has a denial between the shared words, and the other has none."""
    here = there = False
    for (place, at, length), (after, known_after, _) in pairwise(alignment.blocks):
        here = here or not _DENIALS.isdisjoint(words.words[place + length : after])
        there = there or not _DENIAL_CODES.isdisjoint(known[at + length : known_after])
    return here != there


# Which of the known texts beside the text at hand explains it best, and which do so equally well.


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
    search.align_ranked()
    if not search.aligned:
        return []
    best = _best(search.aligned)
    if best.density < _SPARSE:
        search.align_equals()
        best = _best(search.aligned)
    if best.is_complete and not _may_be_cut(best, search.aligned, words):
        return least_left(_close_wholes(best, search.aligned), words, index, missing_counts=True)
    search.align_equals()
    return least_left(_close_pieces(best, search.aligned), words, index, missing_counts=False)


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
    return end >= len(words) - 1 and words.last_mark not in _LAST


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
