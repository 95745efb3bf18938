"""Detect rules made ready: patterns as rows of numbered slots over one phrase index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from licensecheck.errors import DataError
from licensecheck.match.events import WORD_SETS, ForceWords
from licensecheck.match.page import Row
from licensecheck.match.pattern import Pattern, Slot, parse_pattern, parse_sets
from licensecheck.match.phrases import PhraseIndex
from licensecheck.model.rule import DetectRule
from licensecheck.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyRule:
    """A rule with its patterns as rows; `reads` holds the rows that attribute readers look for, by their source."""

    rule: DetectRule
    any: tuple[Row, ...]
    all: tuple[tuple[Row, ...], ...]
    none: tuple[Row, ...]
    heading: tuple[Row, ...]
    defines: tuple[Row, ...]
    reads: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """All detect rules, ready to run on a page."""

    rules: tuple[ReadyRule, ...]
    index: PhraseIndex
    force: ForceWords


def compile_rules(rules: Iterable[DetectRule], lexicon: Mapping[str, Any]) -> RuleSet:
    """The rule set of these rules over this lexicon; DataError with the rule's file where a pattern is faulty."""
    sets = parse_sets(lexicon["sets"])
    parsed = [(rule, _patterns(rule, sets)) for rule in rules]
    slots: list[Slot] = [sets[name] for name in WORD_SETS]
    slots.extend(slot for _, by_use in parsed for patterns in by_use.values() for p in patterns for slot in p.slots)
    index = PhraseIndex(slots)
    force = ForceWords(
        sets={name: index.slot_numbers[sets[name]] for name in WORD_SETS},
        headings={name: tuple(marks) for name, marks in lexicon["headings"].items()},
    )
    return RuleSet(rules=tuple(_ready(rule, by_use, index) for rule, by_use in parsed), index=index, force=force)


def _patterns(rule: DetectRule, sets: Mapping[str, Slot]) -> dict[tuple[str, str], list[Pattern]]:
    """The parsed patterns of a rule by what they are for and by their source."""
    match = rule.match
    uses = [("any", match.any), ("none", match.none), ("heading", match.heading), ("defines", match.defines)]
    uses += [(f"all{i}", group) for i, group in enumerate(match.all)]
    specs = (*rule.read.values(), *rule.read_details.values())
    uses += [("read", sources) for spec in specs for sources in pattern_lists(spec)]
    found: dict[tuple[str, str], list[Pattern]] = {}
    for use, sources in uses:
        for source in sources:
            try:
                found[use, source] = parse_pattern(source, sets)
            except DataError as fault:
                raise DataError(fault.message, Place(path=rule.path or rule.id)) from None
    return found


def pattern_lists(spec: Any) -> list[tuple[str, ...]]:
    """Every list of patterns in the specification of an attribute reader."""
    if isinstance(spec, Mapping):
        return [
            found for key, value in spec.items() if key not in ("value", "values") for found in pattern_lists(value)
        ]
    if isinstance(spec, (list, tuple)):
        if spec and all(isinstance(item, str) for item in spec):
            return [tuple(spec)]
        return [found for item in spec for found in pattern_lists(item)]
    return []


def _ready(rule: DetectRule, by_use: Mapping[tuple[str, str], list[Pattern]], index: PhraseIndex) -> ReadyRule:
    def rows(use: str, sources: Iterable[str]) -> tuple[Row, ...]:
        return tuple(_row(pattern, index) for source in sources for pattern in by_use[use, source])

    match = rule.match
    return ReadyRule(
        rule=rule,
        any=rows("any", match.any),
        all=tuple(rows(f"all{i}", group) for i, group in enumerate(match.all)),
        none=rows("none", match.none),
        heading=rows("heading", match.heading),
        defines=rows("defines", match.defines),
        reads={source: rows("read", [source]) for use, source in by_use if use == "read"},
    )


def _row(pattern: Pattern, index: PhraseIndex) -> Row:
    return Row(source=pattern.source, slots=tuple(index.slot_numbers[s] for s in pattern.slots), gaps=pattern.gaps)
