"""Whether the words of a use are an ordinary purpose: known work on known things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from licensecheck.catalog.check_rules import load_purposes
from licensecheck.frozen import dataclass
from licensecheck.reading.use_phrases import LINKS, MINOR, fits, pattern, stem

SURE, PLAIN, FILLED = 2, 2, 4
"""Of how many words of weight one may be unknown: beside sure work, beside other work that heads the use, else."""
Phrase = tuple[str, ...]
Stems = Mapping[str, tuple[Phrase, ...]]
"""Phrases in pieces, by their first piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stems:
    sure: Stems
    work: Stems
    things: Stems
    fillers: Stems


@lru_cache(maxsize=1)
def _stems() -> _Stems:
    words = load_purposes()
    return _Stems(
        sure=_by_first(words.sure),
        work=_by_first(words.work),
        things=_by_first(words.things),
        fillers=_by_first(words.fillers),
    )


def _by_first(phrases: tuple[str, ...]) -> Stems:
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(pattern(phrase)[0], []).append(pattern(phrase))
    return {first: tuple(same) for first, same in found.items()}


def is_ordinary(words: tuple[str, ...], settled: frozenset[int] = frozenset()) -> bool:
    """True where what the use names is known to be harmless.

    Either every word of weight is known; or a few are not, and they are what known work deals with. `settled` are the
    places of words that a category has weighed already.
    """
    stems = _stems()
    sure = _covered(words, stems.sure)
    work = sure | _covered(words, stems.work)
    known = work | _covered(words, stems.things) | settled
    light = _covered(words, stems.fillers) - known
    weighty = [i for i, word in enumerate(words) if i not in light and word not in MINOR and word not in LINKS]
    strange = [i for i in weighty if i not in known]
    if not (work or (settled and known - settled)) or len(strange) == len(weighty):
        return False
    if _is_vague(words) and not (
        (sure and len(weighty) - len(strange) > 1) or (_turns(words) and all(i == 0 for i in strange))
    ):
        return False
    head = _opening(words)
    least = SURE if any(i < head for i in sure) else PLAIN if any(i < head for i in work | settled) else FILLED
    opens = strange and strange[0] == 0 and words[0].endswith("ing") and not _is_vague(words)
    return len(strange) * least <= len(weighty) and not opens


def _is_vague(words: tuple[str, ...]) -> bool:
    """True where the first word is a deed that may be anything: making, getting, keeping."""
    return words[0] in load_purposes().vague


def _turns(words: tuple[str, ...]) -> bool:
    """True where one known thing is made into another: "turning notes into slides"."""
    return stem(words[0]) == "turn" and "into" in words[2:]


def _opening(words: tuple[str, ...]) -> int:
    """How many words stand before the first that leads on to what the work deals with; they name the work."""
    return next((i for i, word in enumerate(words) if i and word in LINKS), len(words))


def _covered(words: tuple[str, ...], stems: Stems) -> frozenset[int]:
    """The places of the words that stand in phrases of a vocabulary."""
    found: set[int] = set()
    for i, word in enumerate(words):
        for phrase in _candidates(word, stems):
            here = words[i : i + len(phrase)]
            if len(here) == len(phrase) and all(map(fits, phrase, here)):
                found.update(range(i, i + len(phrase)))
    return frozenset(found)


def _candidates(word: str, stems: Stems) -> Iterator[Phrase]:
    """The phrases that may begin with the word: by its stem, or by a beginning that it goes on from."""
    yield from stems.get(stem(word), ())
    for end in range(2, len(word) + 1):
        yield from stems.get(f"{word[:end]}*", ())


def is_placeholder(words: tuple[str, ...]) -> bool:
    """True where the words stand for a use that nobody has stated."""
    return not words or " ".join(words) in load_purposes().placeholders
