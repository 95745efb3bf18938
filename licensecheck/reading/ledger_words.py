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


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerWords:
    """The cues by their sort, and the patterns that hold cues and mean none of them, or tie them to the work."""

    cues: Mapping[str, Slot]
    neutral: tuple[Pattern, ...]
    reaches: tuple[Pattern, ...]
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
        for pattern in (*self.neutral, *self.reaches):
            yield from pattern.slots


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRows:
    """The same over a phrase index; `explains` tells which cues a kind of term or fact explains in its sentence."""

    cues: Mapping[str, int]
    neutral: tuple[Row, ...]
    reaches: tuple[Row, ...]
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
    cues = parse_sets({**lexicon["sets"], **{f"cue-{name}": words for name, words in data["cues"].items()}})
    return LedgerWords(
        cues={name: cues[f"cue-{name}"] for name in data["cues"]},
        neutral=tuple(p for source in data["neutral"] for p in parse_pattern(source, sets)),
        reaches=tuple(p for source in data["reaches"] for p in parse_pattern(source, sets)),
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


def pack_ledger(rows: LedgerRows) -> dict[str, Any]:
    """The rows as data of the built file."""
    return {
        "cues": rows.cues,
        "neutral": [[row.source, row.slots, row.gaps] for row in rows.neutral],
        "reaches": [[row.source, row.slots, row.gaps] for row in rows.reaches],
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
        neutral=tuple(Row(source=s, slots=tuple(slots), gaps=tuple(gaps)) for s, slots, gaps in packed["neutral"]),
        reaches=tuple(Row(source=s, slots=tuple(slots), gaps=tuple(gaps)) for s, slots, gaps in packed["reaches"]),
        weak=frozenset(packed["weak"]),
        alone=frozenset(packed["alone"]),
        lifts=frozenset(packed["lifts"]),
        lifted=frozenset(packed["lifted"]),
        published=frozenset(packed["published"]),
        same=frozenset(packed["same"]),
        telling=frozenset(packed["telling"]),
        explains={kind: tuple(names) for kind, names in packed["explains"].items()},
    )
