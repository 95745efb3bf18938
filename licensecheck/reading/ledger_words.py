"""The words of `rules/ledger.yaml`: cues by which a sentence can bind, and what explains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.catalog.built_data import rules_root
from licensecheck.catalog.yaml_files import load_yaml
from licensecheck.frozen import dataclass
from licensecheck.reading.indexed_text import Row
from licensecheck.reading.patterns import Pattern, Slot, parse_pattern, parse_sets

LEDGER = "ledger.yaml"
REACHES = "reach"
"""The cue of a limit that is tied to the use of the work itself."""
BINDS = "binds"
"""The cue of words that bind a licensee without a modal, which boilerplate must name to explain."""
NORM = "norm"
"""The cue of a clause about the licensee's side that neither tells nor frees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerWords:
    """The cues by their sort, and the patterns that hold cues and mean none of them, or tie them to the work."""

    cues: Mapping[str, Slot]
    neutral: tuple[Pattern, ...]
    reaches: tuple[Pattern, ...]
    binds: tuple[Pattern, ...]
    orders: tuple[Pattern, ...]
    norms: tuple[Pattern, ...]
    bound: Slot
    acts: Slot
    labels: Slot
    questions: Mapping[str, tuple[Pattern, ...]]
    answers: Mapping[str, Slot]
    weak: frozenset[str]
    alone: frozenset[str]
    lifts: frozenset[str]
    lifted: frozenset[str]
    published: frozenset[str]
    same: frozenset[str]
    telling: frozenset[str]
    explains: Mapping[str, tuple[str, ...]]

    @property
    def slots(self) -> Iterator[Slot]:
        """Every set of phrases that has to be looked for."""
        yield from self.cues.values()
        yield from self.answers.values()
        yield self.bound
        yield self.acts
        yield self.labels
        asked = (pattern for patterns in self.questions.values() for pattern in patterns)
        for pattern in (*self.neutral, *self.reaches, *self.binds, *self.orders, *self.norms, *asked):
            yield from pattern.slots


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRows:
    """The same over a phrase index; `explains` tells which cues a kind of term or fact explains in its sentence."""

    cues: Mapping[str, int]
    neutral: tuple[Row, ...]
    reaches: tuple[Row, ...]
    binds: tuple[Row, ...]
    orders: tuple[Row, ...]
    norms: tuple[Row, ...]
    bound: int
    acts: int
    labels: int
    questions: Mapping[str, tuple[Row, ...]]
    answers: Mapping[str, int]
    weak: frozenset[str]
    alone: frozenset[str]
    lifts: frozenset[str]
    lifted: frozenset[str]
    published: frozenset[str]
    same: frozenset[str]
    telling: frozenset[str]
    explains: Mapping[str, tuple[str, ...]]


def load_words(lexicon: Mapping[str, Any]) -> LedgerWords:
    """The words of the ledger, over the sets of the lexicon."""
    data: Mapping[str, Any] = load_yaml(rules_root() / LEDGER, name=f"rules/{LEDGER}")
    sets = parse_sets(lexicon["sets"])
    own = {"bound": data["bound"], "acts": data["acts"], "labels": data["labels"]}
    own |= {f"cue-{name}": words for name, words in data["cues"].items()}
    own |= {f"answer-{name}": words for name, words in data["answers"].items()}
    cues = parse_sets({**lexicon["sets"], **own})
    return LedgerWords(
        cues={name: cues[f"cue-{name}"] for name in data["cues"]},
        neutral=tuple(p for source in data["neutral"] for p in parse_pattern(source, sets)),
        reaches=tuple(p for source in data["reaches"] for p in parse_pattern(source, sets)),
        binds=tuple(p for source in data["binds"] for p in parse_pattern(source, sets)),
        orders=tuple(p for source in data["orders"] for p in parse_pattern(source, sets)),
        norms=tuple(p for source in data["norms"] for p in parse_pattern(source, sets)),
        bound=cues["bound"],
        acts=cues["acts"],
        labels=cues["labels"],
        questions={
            name: tuple(p for source in sources for p in parse_pattern(source, sets))
            for name, sources in data["questions"].items()
        },
        answers={name: cues[f"answer-{name}"] for name in data["answers"]},
        weak=frozenset(data["weak"]),
        alone=frozenset(data["alone"]),
        lifts=frozenset(data["lifts"]),
        lifted=frozenset(data["lifted"]),
        published=frozenset(data["published"]),
        same=frozenset(data["same"]),
        telling=frozenset(data["telling"]),
        explains={kind: tuple(names) for kind, names in data["explains"].items()},
    )


def ledger_rows(words: LedgerWords, numbers: Mapping[Slot, int]) -> LedgerRows:
    """The words of the ledger as rows of numbered slots."""
    return LedgerRows(
        cues={name: numbers[slot] for name, slot in words.cues.items()},
        neutral=tuple(_row(pattern, numbers) for pattern in words.neutral),
        reaches=tuple(_row(pattern, numbers) for pattern in words.reaches),
        binds=tuple(_row(pattern, numbers) for pattern in words.binds),
        orders=tuple(_row(pattern, numbers) for pattern in words.orders),
        norms=tuple(_row(pattern, numbers) for pattern in words.norms),
        bound=numbers[words.bound],
        acts=numbers[words.acts],
        labels=numbers[words.labels],
        questions={name: tuple(_row(p, numbers) for p in patterns) for name, patterns in words.questions.items()},
        answers={name: numbers[slot] for name, slot in words.answers.items()},
        weak=words.weak,
        alone=words.alone,
        lifts=words.lifts,
        lifted=words.lifted,
        published=words.published,
        same=words.same,
        telling=words.telling,
        explains=words.explains,
    )


def _row(pattern: Pattern, numbers: Mapping[Slot, int]) -> Row:
    return Row(source=pattern.source, slots=tuple(numbers[s] for s in pattern.slots), gaps=pattern.gaps)


def _pack(rows: tuple[Row, ...]) -> list[Any]:
    return [[row.source, row.slots, row.gaps] for row in rows]


def _unpack(packed: list[Any]) -> tuple[Row, ...]:
    return tuple(Row(source=s, slots=tuple(slots), gaps=tuple(gaps)) for s, slots, gaps in packed)


def pack_ledger(rows: LedgerRows) -> dict[str, Any]:
    """The rows as data of the built file."""
    return {
        "cues": rows.cues,
        "neutral": _pack(rows.neutral),
        "reaches": _pack(rows.reaches),
        "binds": _pack(rows.binds),
        "orders": _pack(rows.orders),
        "norms": _pack(rows.norms),
        "bound": rows.bound,
        "acts": rows.acts,
        "labels": rows.labels,
        "questions": {name: _pack(asked) for name, asked in rows.questions.items()},
        "answers": rows.answers,
        "weak": sorted(rows.weak),
        "alone": sorted(rows.alone),
        "lifts": sorted(rows.lifts),
        "lifted": sorted(rows.lifted),
        "published": sorted(rows.published),
        "same": sorted(rows.same),
        "telling": sorted(rows.telling),
        "explains": rows.explains,
    }


def unpack_ledger(packed: Mapping[str, Any]) -> LedgerRows:
    """The rows that the data of the built file holds."""
    return LedgerRows(
        cues=packed["cues"],
        neutral=_unpack(packed["neutral"]),
        reaches=_unpack(packed["reaches"]),
        binds=_unpack(packed["binds"]),
        orders=_unpack(packed["orders"]),
        norms=_unpack(packed["norms"]),
        bound=packed["bound"],
        acts=packed["acts"],
        labels=packed["labels"],
        questions={name: _unpack(asked) for name, asked in packed["questions"].items()},
        answers=packed["answers"],
        weak=frozenset(packed["weak"]),
        alone=frozenset(packed["alone"]),
        lifts=frozenset(packed["lifts"]),
        lifted=frozenset(packed["lifted"]),
        published=frozenset(packed["published"]),
        same=frozenset(packed["same"]),
        telling=frozenset(packed["telling"]),
        explains={kind: tuple(names) for kind, names in packed["explains"].items()},
    )
