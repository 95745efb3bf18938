"""Trying rules out: on the examples they carry, and on real texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import shown_path
from licensecheck.catalog.detect_rules import load_detect_rule, load_lexicon
from licensecheck.catalog.language_rules import load_language
from licensecheck.catalog.schema import read_data
from licensecheck.domain.rules import DetectRule, Example
from licensecheck.errors import DataError
from licensecheck.reading.compiling import compile_rules, pattern_sources
from licensecheck.reading.detection import ReadyRule, RuleSet, holds, matches_context, run_rules
from licensecheck.reading.force import force_at
from licensecheck.reading.indexed_text import CompiledPattern, Context, IndexedText, candidates, find_hits, index_text
from licensecheck.reading.languages import language_of
from licensecheck.reading.ledger_words import LEDGER, parse_words
from licensecheck.reading.other_languages import ready_rules
from licensecheck.reading.patterns import PatternError, parse_pattern, word_sets
from licensecheck.reading.terms import Quoter, merge_statements, state_terms
from licensecheck.text.clauses import parse_clauses
from licensecheck.text.formats import read_any_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one example: `faults` says what differs from what was expected; a known gap must still miss."""

    rule: str
    example: str
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """True where the example shows what it says."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """In how many of `texts` texts each rule fires, and in how many two rules for one kind of term fire together."""

    texts: int
    fires: Mapping[str, int]
    together: Mapping[tuple[str, str], int]


def pattern_faults(path: Path) -> list[DataError]:
    """What is wrong with the patterns of a file below `rules/` that is sound otherwise, each with its line."""
    file = read_data(path, name=shown_path(path))
    faults = []
    for read in _pattern_readers(path, file.data):
        try:
            read()
        except PatternError as fault:
            faults.append(file.fault(_keys_of(fault.source, file.data), fault.message))
    return faults


def _pattern_readers(path: Path, data: Any) -> Iterator[Callable[[], Any]]:
    """What reads the patterns of a file: one function a pattern for a detect rule, else one for the file."""
    if path.name == "lexicon.yaml":
        yield partial(word_sets, data)
    elif path.name == LEDGER:
        yield partial(parse_words, data, word_sets(load_lexicon()))
    elif path.parent.parent.name == "languages":
        yield partial(ready_rules, load_language(path.parent.name))
    else:
        sets = word_sets(load_lexicon())
        for source in dict.fromkeys(source for _, source in pattern_sources(load_detect_rule(path))):
            yield partial(parse_pattern, source, sets)


def _keys_of(value: str, data: Any) -> list[str | int]:
    """The keys and indexes that lead to the first place of a text in the data of a file."""
    parts = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        if part == value:
            return [key]
        if found := _keys_of(value, part):
            return [key, *found]
    return []


def try_examples(rules: Iterable[DetectRule]) -> list[Outcome]:
    """The outcomes of all examples, each run on its own rule alone."""
    outcomes: list[Outcome] = []
    for rule in rules:
        ready = compile_rules([rule], load_lexicon())
        outcomes.extend(_try(ready, rule, example) for example in rule.examples)
    return outcomes


def try_language(code: str, wanted: Collection[str] = ()) -> list[Outcome]:
    """The outcomes of the examples of a language, of all its rules or of those named, each on its own rule alone."""
    language = load_language(code)
    outcomes: list[Outcome] = []
    for rule in language.rules:
        if not wanted or rule.id in wanted:
            ready = ready_rules(replace(language, rules=(rule,)))
            outcomes.extend(_try(ready, rule, example) for example in rule.examples)
            spoken = [example for example in rule.examples if language_of(example.text) != language.name]
            outcomes.extend(
                Outcome(rule=rule.id, example=example.name, faults=(f"is not told to be {language.name}",))
                for example in spoken
            )
    return outcomes


def _try(ready: RuleSet, rule: DetectRule, example: Example) -> Outcome:
    found = _run(ready, rule, example.text)
    faults = _differences(found, example.expect)
    if example.gap:
        faults = [] if faults else [f"the gap ({example.gap}) is mended: turn the example into a plain one"]
    return Outcome(rule=rule.id, example=example.name, faults=tuple(faults))


def _run(ready: RuleSet, rule: DetectRule, text: str) -> list[dict[str, Any]]:
    """What a rule alone finds in a text, each as kind (or fact, trigger, proviso) and attributes."""
    indexed = index_text(parse_clauses(text), ready.index)
    sort, name = rule.yields.sort, rule.yields.name
    if sort in ("trigger", "proviso"):
        fires = any(matches_context(indexed, ready.rules[0], context, ready.force) for context in indexed.contexts)
        return [{"kind": name}] if fires else []
    matches = run_rules(indexed, ready, (sort,))
    if sort == "fact":
        return [{"kind": name}] if matches else []
    terms = merge_statements(state_terms(indexed, ready, matches, Quoter(indexed, "example")))
    return [
        {"kind": term.kind, **term.attributes, **{f"details.{k}": v for k, v in term.details.items()}} for term in terms
    ]


def _differences(found: list[dict[str, Any]], expected: Iterable[Mapping[str, Any]]) -> list[str]:
    left = list(found)
    faults = []
    for want in expected:
        match = next((term for term in left if _agrees(term, want)), None)
        if match is None:
            faults.append(f"expected {dict(want)}, found {found or 'nothing'}")
        else:
            left.remove(match)
    faults.extend(f"found {term}, which was not expected" for term in left)
    return faults


def _agrees(term: Mapping[str, Any], want: Mapping[str, Any]) -> bool:
    return all(_plain(term.get(name)) == _plain(value) for name, value in want.items())


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, (list, tuple)) else value


def take_census(rules: RuleSet, files: Iterable[Path]) -> Census:
    """Where the rules fire in real texts."""
    fires: Counter[str] = Counter({ready.rule.id: 0 for ready in rules.rules})
    together: Counter[tuple[str, str]] = Counter()
    texts = 0
    for path in files:
        texts += 1
        indexed = index_text(parse_clauses(read_any_text(path).text), rules.index)
        found = run_rules(indexed, rules, ("term", "fact"))
        fires.update({f.ready.rule.id for f in found})
        for ready in rules.rules:
            if ready.rule.yields.sort in ("trigger", "proviso"):
                fires[ready.rule.id] += any(matches_context(indexed, ready, c, rules.force) for c in indexed.contexts)
        by_sentence: dict[tuple[int, str], set[str]] = {}
        for f in found:
            key = f.hit.context.sentence.start, f.ready.rule.yields.name + str(f.ready.rule.set.get("category", ""))
            by_sentence.setdefault(key, set()).add(f.ready.rule.id)
        together.update({(a, b) for ids in by_sentence.values() for a in ids for b in ids if a < b})
    return Census(texts=texts, fires=dict(fires), together=dict(together))


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternUse:
    """Where one pattern of a rule acts.

    A pattern of `any` acts where it makes its rule fire, one of `none` where nothing else keeps the rule from firing.
    `examples` names the rule's own examples, `texts` counts the texts of a corpus; `repeats` names an earlier pattern
    of the rule that acts at every place where this one does.
    """

    rule: str
    part: str
    pattern: str
    examples: tuple[str, ...]
    texts: int
    repeats: str | None = None

    @property
    def is_idle(self) -> bool:
        """True where the pattern acts nowhere."""
        return not self.examples and not self.texts


def pattern_uses(rules: Iterable[DetectRule], files: Iterable[Path] = ()) -> list[PatternUse]:
    """Where each pattern and each exception of the rules acts: in their own examples, and in the texts of a corpus."""
    lexicon = load_lexicon()
    given = list(rules)
    places: dict[tuple[str, str, str], dict[str, set[Any]]] = {}
    for rule in given:
        alone = compile_rules([rule], lexicon)
        for part, sources in (("any", rule.match.any), ("none", rule.match.none)):
            for source in sources:
                places[rule.id, part, source] = {"examples": set(), "texts": set(), "at": set()}
        for example in rule.examples:
            indexed = index_text(parse_clauses(example.text), alone.index)
            for part, source, start in _acting(indexed, alone, alone.rules[0]):
                places[rule.id, part, source]["examples"].add(example.name)
                places[rule.id, part, source]["at"].add((example.name, start))
    together = compile_rules(given, lexicon)
    for number, path in enumerate(files):
        indexed = index_text(parse_clauses(read_any_text(path).text), together.index)
        for ready in together.rules:
            for part, source, start in _acting(indexed, together, ready):
                places[ready.rule.id, part, source]["texts"].add(number)
                places[ready.rule.id, part, source]["at"].add((number, start))
    return [
        PatternUse(
            rule=rule,
            part=part,
            pattern=source,
            examples=tuple(sorted(found["examples"])),
            texts=len(found["texts"]),
            repeats=_repeated(places, rule, part, source),
        )
        for (rule, part, source), found in places.items()
    ]


def _repeated(
    places: Mapping[tuple[str, str, str], Mapping[str, set[Any]]], rule: str, part: str, source: str
) -> str | None:
    """The first other pattern of the same part that acts wherever this one does; the earlier one of two alike."""
    own = places[rule, part, source]["at"]
    before = True
    for (other_rule, other_part, other), found in places.items():
        if (other_rule, other_part) != (rule, part):
            continue
        if other == source:
            before = False
        elif own and (own < found["at"] or (before and own == found["at"])):
            return other
    return None


def _acting(indexed: IndexedText, rules: RuleSet, ready: ReadyRule) -> Iterable[tuple[str, str, int]]:
    """The patterns of a rule that act on a text, each as its part, its source and the start of the sentence."""
    unbarred = replace(ready, none=())
    seen: set[tuple[str, int]] = set()
    for compiled in ready.any:
        for context in candidates(indexed, compiled):
            start = context.sentence.start
            if (compiled.source, start) in seen or not _fires(indexed, rules, unbarred, compiled, context):
                continue
            seen.add((compiled.source, start))
            barring = {other.source for other in ready.none if find_hits(indexed, other, context, own=False)}
            if not barring:
                yield "any", compiled.source, start
            for source in barring:
                yield "none", source, start


def _fires(indexed: IndexedText, rules: RuleSet, ready: ReadyRule, compiled: CompiledPattern, context: Context) -> bool:
    hits = find_hits(indexed, compiled, context)
    force = ready.rule.match.force
    if not hits or not holds(indexed, ready, context, rules.force):
        return False
    return not force or any(force_at(indexed, context, rules.force, hit.start, hit.end) in force for hit in hits)
