"""Splits a text into the passages that known licenses explain, the best explained first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from licensecheck.identify.align import Aligner
from licensecheck.identify.candidates import Candidate, Hit, best_candidates, find_hits
from licensecheck.identify.extras import fill_end, ignored_words
from licensecheck.identify.index import Index, Label
from licensecheck.identify.restore import Restorer
from licensecheck.identify.words import WIDTH, Words, cut_chunks, cut_small_chunks, split_words

_MAX_PASSAGES = 200
_WINDOW, _MARGIN = 60_000, 200
"""How many words of a long text are searched at once, three times the longest license; and its rim."""
_UNEXPLAINED = re.compile(rb"\0{10,}")
_EXPLAINED = re.compile(rb"\x01+")


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
    """Add the passages that hits lead to, and note their words, until none is left that is worth it.

    A long text is read a window at a time; a passage that touches the end of its window is left to the next one.
    """
    codes = bytearray(words.codes)
    for found in _EXPLAINED.finditer(explained):
        codes[found.start() : found.end()] = bytes(found.end() - found.start())
    while hits and len(passages) < _MAX_PASSAGES:
        begin, end = hits[0][0], hits[0][0] + _WINDOW
        is_last = hits[-1][1] <= end
        begins_next = end
        near = [hit for hit in hits if hit[1] <= end]
        while near and len(passages) < _MAX_PASSAGES:
            best = best_candidates(near, index, Aligner(bytes(codes)), words=words)
            if not best:
                break
            passage = Passage(tuple(best))
            if passage.end > end - _MARGIN and passage.start > begin and not is_last:
                begins_next = min(begins_next, passage.start)
                near = [hit for hit in near if hit[1] <= passage.start or hit[0] >= passage.end]
                continue
            for each in (passage, *_copies(passage, words, explained, limit=_MAX_PASSAGES - len(passages) - 1)):
                for candidate in each.candidates:
                    _mark(candidate, words, explained, codes)
                passages.append(each)
            near = [hit for hit in near if _is_open(hit, explained)]
        hits = [hit for hit in hits if hit[0] >= begins_next and _is_open(hit, explained)] if not is_last else []


def _copies(passage: Passage, words: Words, explained: bytearray, *, limit: int) -> Iterator[Passage]:
    """The same words further on, where they are a license to the letter; the last words of a text may be cut."""
    if not all(candidate.exact for candidate in passage.candidates):
        return
    start, size = passage.start, passage.end - passage.start
    run = words.blob[start * WIDTH : passage.end * WIDTH]
    at = passage.end
    while limit > 0:
        place = words.blob.find(run, at * WIDTH)
        if place < 0:
            return
        at, odd = divmod(place, WIDTH)
        if odd:
            at += 1
            continue
        if at + size >= len(words) - 1:
            return
        if explained.find(1, at, at + size) < 0:
            limit -= 1
            yield Passage(tuple(_moved(candidate, at - start) for candidate in passage.candidates))
        at += size


def _moved(candidate: Candidate, shift: int) -> Candidate:
    alignment = candidate.alignment
    blocks = tuple((place + shift, known, length) for place, known, length in alignment.blocks)
    fills = tuple((start + shift, end + shift) for start, end in alignment.fills)
    return replace(candidate, alignment=replace(alignment, blocks=blocks, fills=fills))


def _long_runs(explained: bytearray) -> list[tuple[int, int]]:
    """The runs of unexplained words that are long enough for a short license."""
    return [found.span() for found in _UNEXPLAINED.finditer(explained)]


def _mark(candidate: Candidate, words: Words, explained: bytearray, codes: bytearray) -> None:
    """Note the words that a known text shares, and the names that fill its blanks; their codes are no longer there."""
    spans = [(place, place + length) for place, _, length in candidate.alignment.blocks]
    spans += [(start, fill_end(words, start, end)) for start, end in candidate.alignment.fills]
    for start, end in spans:
        explained[start:end] = b"\1" * (end - start)
        codes[start:end] = bytes(end - start)


def _is_open(hit: Hit, explained: bytearray) -> bool:
    return explained.find(1, hit[0], hit[1]) < 0


def _by_start(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


# What a passage is shown to be: a license with its names, how much of it is there, and where words are missing.


MAX_GAP = 12
"""Of so many missing words in a row the names are looked for."""
_PUNCTUATION = ".,;:!?)]}\"'”’»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A place where the text lacks words of the license: after which character, and how many words.

    `removed` names the words where they could be found again.
    """

    at: int
    words: int
    removed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A passage that a known license explains; alternatives that do so equally well have the same span.

    `coverage` is the share of the passage that the license explains, `missing` the share of the license that the
    passage lacks, `exact` true where nothing but layout, title, copyright line and filled-in names differ.
    """

    id: str
    name: str
    version: str | None
    ids: Mapping[str, str]
    coverage: float
    missing: float
    start: int
    end: int
    exact: bool
    gaps: tuple[Gap, ...] = ()
    foreign: tuple[tuple[int, int], ...] = ()
    """The words between the shared ones that this license does not have; another that is as near may have them."""


def passage_matches(
    passage: Passage,
    others: Sequence[Passage],
    words: Words,
    explained: bytes,
    index: Index,
    *,
    restorer: Callable[[], Restorer] | None = None,
) -> list[Match]:
    """What explains a passage, the likeliest first, each license once; the passage takes its title in.

    `restorer` names the words that the passage lacks.
    """
    start, end = _reach(passage, others, explained)
    head = frozenset(words.words[max(0, passage.start - 40) : passage.start + 20])
    coverage = explained.count(1, start, end) / (end - start)
    span = span_of(words, start, end)
    named: dict[tuple[str, str], tuple[float, float, Match]] = {}
    for candidate in passage.candidates:
        gaps = tuple(_gaps(candidate, words, index.codes(candidate.text), restorer))
        for label in index.labels(candidate.text):
            likeness = -_title_likeness(label, head)
            known = named.get((label.id, label.spdx))
            if known is None or (candidate.missing_share, likeness) < known[:2]:
                match = _match(candidate, label, coverage=coverage, span=span, gaps=gaps)
                match = replace(match, foreign=tuple(_foreign(candidate, words)))
                named[label.id, label.spdx] = (candidate.missing_share, likeness, match)
    return [match for _, _, match in sorted(named.values(), key=_by_likeness)]


def span_of(words: Words, start: int, end: int) -> tuple[int, int]:
    """The characters from the first to the last word of a run, with the punctuation that closes it."""
    stop = words.end(end - 1)
    while stop < len(words.text) and words.text[stop] in _PUNCTUATION:
        stop += 1
    return words.starts[start], stop


def _reach(passage: Passage, others: Sequence[Passage], explained: bytes) -> tuple[int, int]:
    """The words of a passage with the title and copyright line before it, and after the last what does not count."""
    low = max((other.end for other in others if other.end <= passage.start), default=0)
    before = explained.rfind(0, low, passage.start)
    start = low if before < 0 else before + 1
    if any(other.start >= passage.end for other in others):
        return start, passage.end
    after = explained.find(0, passage.end)
    return start, len(explained) if after < 0 else after


def _match(
    candidate: Candidate, label: Label, *, coverage: float, span: tuple[int, int], gaps: tuple[Gap, ...]
) -> Match:
    return Match(
        id=label.id,
        name=label.name,
        version=label.version or None,
        ids=label.ids,
        coverage=coverage,
        missing=candidate.missing_share,
        start=span[0],
        end=span[1],
        exact=candidate.exact,
        gaps=gaps,
    )


def _gaps(candidate: Candidate, words: Words, codes: bytes, restorer: Callable[[], Restorer] | None) -> Iterator[Gap]:
    """Where words of the known text are missing, before, between and after the shared ones; blanks are no words."""
    if candidate.exact:
        return
    at, end = 0, candidate.alignment.start
    for place, known, length in [*candidate.alignment.blocks, (0, len(codes), 0)]:
        missing = known - at - codes.count(0, at, known) if known > at else 0
        if missing:
            blocks = candidate.alignment.blocks
            removed = restorer().missing(candidate.text, blocks, at, known) if restorer and missing <= MAX_GAP else None
            yield Gap(at=words.end(end - 1) if end else 0, words=missing, removed=removed)
        at, end = known + length, place + length


def _foreign(candidate: Candidate, words: Words) -> Iterator[tuple[int, int]]:
    """The words of the passage between shared ones that are neither shared nor fill a blank."""
    if candidate.exact:
        return
    filled = dict(candidate.alignment.fills)
    for (place, _, length), (after, _, _) in pairwise(candidate.alignment.blocks):
        start = filled.get(place + length, place + length)
        if start < after:
            yield span_of(words, start, after)


def _title_likeness(label: Label, head: frozenset[str]) -> float:
    """How much of the name of a license stands at the head of the passage."""
    name = _name_words(f"{label.name} {label.spdx}")
    return len(name & head) / len(name)


@lru_cache(maxsize=1024)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(split_words(name).words)


def _by_likeness(entry: tuple[float, float, Match]) -> tuple[float, float, bool, str, str]:
    """Of licenses that explain a passage equally well, one that stands alone before an exception to another."""
    missing, likeness, match = entry
    return missing, likeness, "exception" in match.id, match.id, match.ids.get("spdx", "")


# What is left of a text when the words of all licenses, and those that do not count, are taken away.


_REMAINING = re.compile(rb"\0+")
_UNEXPLAINED_JOINED = re.compile(rb"\0+(?:\x01{1,2}\0+)*")
_TITLED = 8
"""Of so many licenses that explain a passage equally well the titles are known."""


def open_runs(words: Words, passages: list[Passage], explained: bytearray, index: Index) -> list[tuple[int, int]]:
    """The runs of words that nothing explains and that count; runs with next to nothing in between are one.

    Words that do not count are marked as explained.
    """
    titles = frozenset[bytes]().union(
        *(index.title_words(candidate.text) for passage in passages for candidate in passage.candidates[:_TITLED])
    )
    starts = {passage.start for passage in passages}
    for found in list(_REMAINING.finditer(bytes(explained))):
        start, end = found.span()
        end = min(end, start + _WINDOW // 20) if end - start > _WINDOW else end
        for first, after in ignored_words(words, start, end, titles=titles, before_match=end in starts):
            explained[first:after] = b"\1" * (after - first)
    return [found.span() for found in _UNEXPLAINED_JOINED.finditer(explained)]
