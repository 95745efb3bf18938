"""What a passage is shown to be: a license with its names, how much of it is there, and where words are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from licensecheck.identify.candidates import Candidate
from licensecheck.identify.index import Index
from licensecheck.identify.labels import Label
from licensecheck.identify.passages import Passage
from licensecheck.identify.words import Words, split_words

_PUNCTUATION = ".,;:!?)]}\"'”’»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A place where the text lacks words of the license: after which character, and how many words."""

    at: int
    words: int


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


def passage_matches(
    passage: Passage, others: Sequence[Passage], words: Words, explained: bytes, index: Index
) -> list[Match]:
    """What explains a passage, the likeliest first, each license once; the passage takes its title in."""
    start, end = _reach(passage, others, explained)
    head = frozenset(words.words[max(0, passage.start - 40) : passage.start + 20])
    coverage = explained.count(1, start, end) / (end - start)
    span = span_of(words, start, end)
    named: dict[tuple[str, str], tuple[float, float, Match]] = {}
    for candidate in passage.candidates:
        gaps = tuple(_gaps(candidate, words, index.codes(candidate.text)))
        for label in index.labels(candidate.text):
            likeness = -_title_likeness(label, head)
            known = named.get((label.id, label.spdx))
            if known is None or (candidate.missing_share, likeness) < known[:2]:
                match = _match(candidate, label, coverage=coverage, span=span, gaps=gaps)
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


def _gaps(candidate: Candidate, words: Words, codes: bytes) -> Iterator[Gap]:
    """Where words of the known text are missing, before, between and after the shared ones; blanks are no words."""
    if candidate.exact:
        return
    at, end = 0, candidate.alignment.start
    for place, known, length in [*candidate.alignment.blocks, (0, len(codes), 0)]:
        missing = known - at - codes.count(0, at, known) if known > at else 0
        if missing:
            yield Gap(at=words.end(end - 1) if end else 0, words=missing)
        at, end = known + length, place + length


def _title_likeness(label: Label, head: frozenset[str]) -> float:
    """How much of the name of a license stands at the head of the passage."""
    name = _name_words(f"{label.name} {label.spdx}")
    return len(name & head) / len(name)


@lru_cache(maxsize=1024)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(split_words(name).words)


def _by_likeness(entry: tuple[float, float, Match]) -> tuple[float, float, str, str]:
    missing, likeness, match = entry
    return missing, likeness, match.id, match.ids.get("spdx", "")
