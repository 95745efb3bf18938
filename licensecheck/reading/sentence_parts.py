"""The parts of a sentence that each say one thing, and where the subject of each may stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from licensecheck.reading.indexed_text import Context, IndexedText, Part

LEADING = "leading"
"""The set of words that may stand before the subject of a part."""
YOU = "you"
"""The set of words for the licensee."""
SUBORDINATE = "subordinate"
"""The set of words with which a clause begins that ends at a comma before the main one."""
_PART = re.compile(
    r"[;:|—]|[.?!][*_\"”)]*\s|\s[-–]\s|,?\s(?:but|however|although|whereas|while|save that|unless)\s|"
    r",\s?(?:which|who|and|or|so|yet|nor|though|not|as)\s|\sprovided that\s|"
    r"\sand\s(?=(?:we|you|they|it|nobody|everyone|anyone|no one|the)\s)",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s")


def sentence_parts(indexed: IndexedText, context: Context, sets: Mapping[str, int]) -> tuple[Part, ...]:
    """The parts of a sentence in order; none is empty."""
    if context.said is None:
        context.said = _find_parts(indexed, context, sets)
    return context.said


def _find_parts(indexed: IndexedText, context: Context, sets: Mapping[str, int]) -> tuple[Part, ...]:
    first, last = context.words
    text, words = indexed.tree.masked, indexed.words
    starts = [first]
    for found in _PART.finditer(text, words.ends[first], words.starts[last - 1]):
        at = bisect_left(words.starts, found.start() + 1, first, last)
        if starts[-1] < at < last:
            starts.append(at)
    small = _taken(indexed, context, sets[LEADING])
    yours = [start for start, _ in _spans(indexed, context, sets[YOU])]
    leads = {start for start, _ in _spans(indexed, context, sets[SUBORDINATE])}
    return tuple(
        Part(start=start, end=end, subject=_subject(indexed, start, end, small=small, leads=leads, yours=yours))
        for start, end in zip(starts, [*starts[1:], last], strict=True)
    )


def _subject(
    indexed: IndexedText, start: int, end: int, *, small: set[int], leads: set[int], yours: list[int]
) -> tuple[int, int]:
    """The first and the last word with which the subject of a part can begin."""
    main = start
    while main < end - 1 and (main in small or indexed.words.lower[main][0].isdigit()) and main not in leads:
        main += 1
    if main in leads:
        comma = _COMMA.search(indexed.tree.masked, indexed.words.ends[main], indexed.words.starts[end - 1])
        later = next((word for word in yours if main + 1 < word < end), main)
        main = bisect_left(indexed.words.starts, comma.start(), main, end) if comma else later
    least = main
    while main < end - 1 and (main in small or indexed.words.lower[main][0].isdigit() or _is_owner(indexed, main)):
        least = main + 1 if _is_owner(indexed, main) else least
        main += 1
    return least, main


def _is_owner(indexed: IndexedText, word: int) -> bool:
    """True for the word of an owner: the subject of "the lab's name" is the name."""
    return (
        indexed.tree.masked[indexed.words.starts[word] : indexed.words.ends[word]]
        .lower()
        .endswith(("'s", "’s", "s'", "s’"))
    )


def _taken(indexed: IndexedText, context: Context, slot: int) -> set[int]:
    return {word for start, end in _spans(indexed, context, slot) for word in range(start, end)}


def _spans(indexed: IndexedText, context: Context, slot: int) -> list[tuple[int, int]]:
    """Word ranges at which any phrase of a set stands in the sentence itself."""
    base, _, own = context.parts[-1]
    return [(s - own + base, e - own + base) for s, e in indexed.in_context(slot, context) if s >= own]


def part_of(parts: tuple[Part, ...], span: tuple[int, int]) -> Part | None:
    """The part whose subject a range of words begins with, and what the range reaches into beside it."""
    for part in parts:
        if part.subject[0] <= span[0] <= part.subject[1]:
            end = min(other.end for other in parts if other.end >= span[1])
            return Part(start=part.start, end=end, subject=part.subject)
    return None


def part_around(parts: tuple[Part, ...], span: tuple[int, int]) -> Part | None:
    """The part that holds a range of words."""
    return next((part for part in parts if part.start <= span[0] and span[1] <= part.end), None)


def subject_words(parts: tuple[Part, ...]) -> frozenset[int]:
    """The words with which the subject of any part can begin."""
    return frozenset(word for part in parts for word in range(part.subject[0], part.subject[1] + 1))
