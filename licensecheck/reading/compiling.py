"""Detect rules compiled: each pattern a sequence of numbered phrase sets over one phrase index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from licensecheck.domain.rules import DetectRule
from licensecheck.errors import Place
from licensecheck.reading.detection import ReadyRule, RuleSet
from licensecheck.reading.force import WORD_SETS, ForceWords
from licensecheck.reading.indexed_text import CompiledPattern
from licensecheck.reading.ledger_words import ParsedLedger, compile_ledger, compile_pattern, phrase_sets
from licensecheck.reading.patterns import Pattern, PatternError, PhraseSet, Stem, parse_pattern, word_sets
from licensecheck.reading.phrase_index import add_slots
from licensecheck.text.tokens import stem as english

PatternsByUse = Mapping[tuple[str, str], tuple[CompiledPattern, ...]]
"""The compiled patterns of a rule by the demand they are for and by their source."""


def compile_rules(
    rules: Iterable[DetectRule],
    lexicon: Mapping[str, Any],
    *,
    onto: RuleSet | None = None,
    ledger: ParsedLedger | None = None,
    stem: Stem | None = None,
) -> RuleSet:
    """The rule set of these rules over this lexicon, after those of the set `onto` if there is one.

    With the words of a `ledger` the set can make one; `stem` is that of a language other than English.

    PatternError with the rule's file where a pattern is faulty.
    """
    sets = word_sets(lexicon, stem=stem or english)
    parsed = [(rule, _patterns(rule, sets, stem or english)) for rule in rules]
    slots: list[PhraseSet] = [] if onto else [sets[name] for name in WORD_SETS]
    slots.extend(slot for _, by_use in parsed for patterns in by_use.values() for p in patterns for slot in p.slots)
    slots.extend(phrase_sets(ledger) if ledger else ())
    index, numbers = add_slots(onto.index if onto else None, slots, stem=stem)
    force = (
        onto.force
        if onto
        else ForceWords(
            sets={name: numbers[sets[name]] for name in WORD_SETS},
            headings={name: tuple(marks) for name, marks in lexicon["headings"].items()},
        )
    )
    added = (make_ready(rule, _compile_all(by_use, numbers)) for rule, by_use in parsed)
    kept = compile_ledger(ledger, numbers) if ledger else onto.ledger if onto else None
    return RuleSet(rules=(*(onto.rules if onto else ()), *added), index=index, force=force, ledger=kept)


def _patterns(rule: DetectRule, sets: Mapping[str, PhraseSet], stem: Stem) -> dict[tuple[str, str], list[Pattern]]:
    """The parsed patterns of a rule by what they are for and by their source."""
    try:
        return {(use, source): parse_pattern(source, sets, stem=stem) for use, source in pattern_sources(rule)}
    except PatternError as fault:
        fault.place = Place(path=rule.path or rule.id)
        raise


def pattern_sources(rule: DetectRule) -> Iterator[tuple[str, str]]:
    """The patterns of a rule as its file has them, each after what it is for: `any`, `all0`, `read` …"""
    match = rule.match
    uses = [("any", match.any), ("none", match.none), ("heading", match.heading), ("defines", match.defines)]
    uses += [(f"all{i}", group) for i, group in enumerate(match.all)]
    specs = (*rule.read.values(), *rule.read_details.values())
    uses += [("read", sources) for spec in specs for sources in pattern_lists(spec)]
    return ((use, source) for use, sources in uses for source in sources)


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


def _compile_all(by_use: Mapping[tuple[str, str], list[Pattern]], numbers: Mapping[PhraseSet, int]) -> PatternsByUse:
    return {use: tuple(compile_pattern(pattern, numbers) for pattern in patterns) for use, patterns in by_use.items()}


def make_ready(rule: DetectRule, patterns: PatternsByUse) -> ReadyRule:
    """A rule with its patterns, each under the demand it is for."""

    def gather(use: str, sources: Iterable[str]) -> tuple[CompiledPattern, ...]:
        return tuple(compiled for source in sources for compiled in patterns[use, source])

    match = rule.match
    return ReadyRule(
        rule=rule,
        patterns=patterns,
        any=gather("any", match.any),
        all=tuple(gather(f"all{i}", group) for i, group in enumerate(match.all)),
        none=gather("none", match.none),
        heading=gather("heading", match.heading),
        defines=gather("defines", match.defines),
        reads={source: found for (use, source), found in patterns.items() if use == "read"},
    )
