"""The words of `rules/ledger.yaml`: cues by which a sentence can bind, and what explains them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from licensecheck.catalog.built_data import rules_root
from licensecheck.catalog.yaml_files import load_yaml
from licensecheck.errors import Place
from licensecheck.reading.indexed_text import CompiledPattern
from licensecheck.reading.patterns import Pattern, PatternError, PhraseSet, join_phrases, parse_pattern, word_sets

LEDGER = "ledger.yaml"
REACHES = "reach"
"""The cue of a limit that is tied to the use of the work itself."""
BINDS = "binds"
"""The cue of words that bind a licensee without a modal, which boilerplate must name to explain."""
NORM = "norm"
"""The cue of a clause about the licensee's side that neither tells nor frees."""
SHAPE = "shape"
"""The cue of a statement that could limit by what it is about, whatever its words."""

_Set = TypeVar("_Set")
_Pattern = TypeVar("_Pattern")
_SETS = ("bound", "acts", "labels")
_NAMED_SETS = ("cues", "answers")
_PATTERNS = ("neutral", "reaches", "binds", "orders", "norms")
_WORDS = ("weak", "alone", "lifts", "lifted", "published", "same", "significant", "leading")


@dataclass(frozen=True, kw_only=True)
class LedgerWords(Generic[_Set, _Pattern]):
    """The cues by their sort, and the patterns that hold cues and mean none of them, or tie them to the work.

    Sets and patterns are phrases as parsed, or numbers over a phrase index. `explains` tells which cues a kind of term
    or fact explains in its sentence.
    """

    cues: Mapping[str, _Set]
    neutral: tuple[_Pattern, ...]
    reaches: tuple[_Pattern, ...]
    binds: tuple[_Pattern, ...]
    orders: tuple[_Pattern, ...]
    norms: tuple[_Pattern, ...]
    bound: _Set
    acts: _Set
    labels: _Set
    questions: Mapping[str, tuple[_Pattern, ...]]
    answers: Mapping[str, _Set]
    weak: frozenset[str]
    alone: frozenset[str]
    lifts: frozenset[str]
    lifted: frozenset[str]
    published: frozenset[str]
    same: frozenset[str]
    significant: frozenset[str]
    leading: frozenset[str]
    explains: Mapping[str, tuple[str, ...]]


ParsedLedger = LedgerWords[PhraseSet, Pattern]
CompiledLedger = LedgerWords[int, CompiledPattern]


def _convert(
    data: Mapping[str, Any], of_set: Callable[[Any], Any], of_patterns: Callable[[Any], Any]
) -> LedgerWords[Any, Any]:
    """The words of the ledger in another form, each set and each list of patterns put through a function."""
    fields: dict[str, Any] = {name: of_set(data[name]) for name in _SETS}
    fields |= {name: {key: of_set(words) for key, words in data[name].items()} for name in _NAMED_SETS}
    fields |= {name: of_patterns(data[name]) for name in _PATTERNS}
    fields |= {name: frozenset(data[name]) for name in _WORDS}
    return LedgerWords(
        questions={name: of_patterns(asked) for name, asked in data["questions"].items()},
        explains={kind: tuple(names) for kind, names in data["explains"].items()},
        **fields,
    )


def load_words(lexicon: Mapping[str, Any]) -> ParsedLedger:
    """The words of the ledger, over the sets of the lexicon; PatternError with its file where one is faulty."""
    name = f"rules/{LEDGER}"
    sets = word_sets(lexicon)
    try:
        return parse_words(load_yaml(rules_root() / LEDGER, name=name), sets)
    except PatternError as fault:
        fault.place = Place(path=name)
        raise


def parse_words(data: Mapping[str, Any], sets: Mapping[str, PhraseSet]) -> ParsedLedger:
    """The words of the ledger from the data of its file, over the named sets of phrases."""

    def phrases(entries: list[str]) -> PhraseSet:
        return join_phrases(entries, sets)

    def parsed(sources: list[str]) -> tuple[Pattern, ...]:
        return tuple(pattern for source in sources for pattern in parse_pattern(source, sets))

    return _convert(data, phrases, parsed)


def phrase_sets(words: ParsedLedger) -> Iterator[PhraseSet]:
    """Every set of phrases that has to be looked for."""
    yield from (*words.cues.values(), *words.answers.values(), words.bound, words.acts, words.labels)
    asked = (pattern for patterns in words.questions.values() for pattern in patterns)
    for pattern in (*words.neutral, *words.reaches, *words.binds, *words.orders, *words.norms, *asked):
        yield from pattern.slots


def compile_pattern(pattern: Pattern, numbers: Mapping[PhraseSet, int]) -> CompiledPattern:
    """A pattern over the phrase index in which its sets of phrases have these numbers."""
    return CompiledPattern(
        source=pattern.source, slots=tuple(map(numbers.__getitem__, pattern.slots)), gaps=pattern.gaps
    )


def compile_ledger(words: ParsedLedger, numbers: Mapping[PhraseSet, int]) -> CompiledLedger:
    """The words of the ledger over a phrase index."""

    def compiled(patterns: tuple[Pattern, ...]) -> tuple[CompiledPattern, ...]:
        return tuple(compile_pattern(pattern, numbers) for pattern in patterns)

    return _convert(vars(words), numbers.__getitem__, compiled)


def pack_ledger(words: CompiledLedger) -> dict[str, Any]:
    """The words of the ledger as data of the built file."""

    def packed(patterns: tuple[CompiledPattern, ...]) -> list[Any]:
        return [[pattern.source, pattern.slots, pattern.gaps] for pattern in patterns]

    fields = vars(_convert(vars(words), int, packed))
    return fields | {name: sorted(fields[name]) for name in _WORDS}


def unpack_ledger(data: Mapping[str, Any]) -> CompiledLedger:
    """The words of the ledger that the data of the built file holds."""

    def unpacked(patterns: list[Any]) -> tuple[CompiledPattern, ...]:
        return tuple(CompiledPattern(source=s, slots=tuple(slots), gaps=tuple(gaps)) for s, slots, gaps in patterns)

    return _convert(data, int, unpacked)
