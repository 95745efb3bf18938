"""Running the rules over a text: which rule matches which sentence, and where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.rules import DetectRule
from licensecheck.reading.force import ForceWords, force_at, heading_force, is_undone
from licensecheck.reading.indexed_text import (
    CompiledPattern,
    Context,
    Hit,
    IndexedText,
    candidates,
    find_hits,
    matches_in,
)
from licensecheck.reading.ledger_words import CompiledLedger
from licensecheck.reading.phrase_index import PhraseIndex
from licensecheck.reading.sentence_parts import sentence_parts, subject_words
from licensecheck.text.clause_tree import Clause

# Detect rules compiled: each pattern a sequence of numbered phrase sets over one phrase index.


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyRule:
    """A rule with its compiled patterns; `reads` holds those that attribute readers look for, by their source.

    `patterns` holds all of them, by what they are for and by their source.
    """

    rule: DetectRule
    patterns: Mapping[tuple[str, str], tuple[CompiledPattern, ...]]
    any: tuple[CompiledPattern, ...]
    all: tuple[tuple[CompiledPattern, ...], ...]
    none: tuple[CompiledPattern, ...]
    heading: tuple[CompiledPattern, ...]
    defines: tuple[CompiledPattern, ...]
    reads: Mapping[str, tuple[CompiledPattern, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleSet:
    """All detect rules, ready to run on a text."""

    rules: tuple[ReadyRule, ...]
    index: PhraseIndex
    force: ForceWords
    ledger: CompiledLedger | None = None
    """What the ledger looks for; None where only terms are wanted."""


# Running the rules over a text: which rule matches which sentence, and where.


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule that matched, and its matches in one sentence."""

    ready: ReadyRule
    hit: Hit


def run_rules(indexed: IndexedText, rules: RuleSet, sorts: Iterable[str]) -> list[Found]:
    """Every match of the rules that yield one of these sorts, in the order of the text."""
    wanted = frozenset(sorts)
    found: list[Found] = []
    for ready in rules.rules:
        if ready.rule.yields.sort in wanted:
            found.extend(_run(indexed, rules, ready))
    found.sort(key=_order)
    return found


def _order(found: Found) -> tuple[int, int, str]:
    return found.hit.words[0], found.hit.words[1], found.ready.rule.id


def _run(indexed: IndexedText, rules: RuleSet, ready: ReadyRule) -> list[Found]:
    """One rule's matches, one for each sentence."""
    done: dict[int, Found] = {}
    for compiled in ready.any:
        for context in candidates(indexed, compiled):
            if id(context) in done:
                continue
            hit = _accepted(indexed, rules, ready, compiled, context)
            if hit:
                done[id(context)] = Found(ready=ready, hit=hit)
    return list(done.values())


def _accepted(
    indexed: IndexedText, rules: RuleSet, ready: ReadyRule, compiled: CompiledPattern, context: Context
) -> Hit | None:
    """The first match of a pattern in a context that all the other demands of the rule allow."""
    begins = subject_words(sentence_parts(indexed, context, rules.force.sets)) if ready.rule.match.starts else None
    hits = find_hits(indexed, compiled, context, begins=begins)
    if not hits or not holds(indexed, ready, context, rules.force):
        return None
    force = ready.rule.match.force
    group = _group_of(ready.rule.yields.name)
    for hit in hits:
        if force and force_at(indexed, context, rules.force, hit.start, hit.end) not in force:
            continue
        deniable = group in DENIABLE and "ban" not in force
        if deniable and is_undone(indexed, context, rules.force, hit.start, hit.end, duty=_is_own_duty(ready)):
            continue
        return hit
    return None


DUTY = "condition"
DENIABLE = (DUTY, "power")
"""The groups of terms that a "not" right before them denies; limits are bans themselves, and disclaimers negations."""


GIVEN = "grant-back"
"""The one condition that is stated as what the licensor may do."""


def _is_own_duty(ready: ReadyRule) -> bool:
    return is_duty(ready.rule.yields.name)


def is_duty(name: str) -> bool:
    """True for a kind of term that binds the licensee to do something."""
    return _group_of(name) == DUTY and name != GIVEN


@per_catalog
def _groups() -> dict[str, str]:
    return {kind: term["group"] for kind, term in load_data("terms.yaml")["terms"].items()}


def _group_of(kind: str) -> str | None:
    return _groups().get(kind)


def is_listed(context: Context, words: ForceWords) -> bool:
    """True for an item that words lead into, and for one of a list below a heading that bans."""
    if len(context.parts) > 1:
        return True
    clause = context.sentence.clause
    return clause.is_item and not clause.is_heading and not clause.label and heading_force(context, words) == "ban"


def holds(indexed: IndexedText, ready: ReadyRule, context: Context, words: ForceWords) -> bool:
    """True where the demands of a rule besides its own patterns and force are met in a context."""
    clause = context.sentence.clause
    return (
        ready.rule.match.item in (None, is_listed(context, words))
        and all(_any_hit(indexed, group, context) for group in ready.all)
        and not _any_hit(indexed, ready.none, context)
        and (
            not ready.heading
            or any(_any_hit(indexed, ready.heading, c) for c in _heading_contexts(indexed, clause, context))
        )
        and (not ready.defines or any(_any_hit(indexed, ready.defines, c) for c in _defined(indexed, clause, context)))
    )


def _any_hit(indexed: IndexedText, patterns: Iterable[CompiledPattern], context: Context) -> bool:
    return any(matches_in(indexed, compiled, context) for compiled in patterns)


def _heading_contexts(indexed: IndexedText, clause: Clause | None, context: Context) -> list[Context]:
    found: list[Context] = []
    while clause is not None:
        if clause.heading_span:
            found.append(_bare(indexed, context, clause.heading_span))
        clause = clause.parent
    return found


def _defined(indexed: IndexedText, clause: Clause | None, context: Context) -> list[Context]:
    found: list[Context] = []
    while clause is not None:
        if clause.defines_span:
            found.append(_bare(indexed, context, clause.defines_span))
        clause = clause.parent
    return found


def _bare(indexed: IndexedText, context: Context, span: tuple[int, int]) -> Context:
    """A context of just these offsets."""
    first, last = indexed.word_range(*span)
    return Context(sentence=context.sentence, parts=[(first, last, 0)])


def matches_context(indexed: IndexedText, ready: ReadyRule, context: Context, words: ForceWords) -> bool:
    """True where a rule (of a trigger or a proviso) matches anywhere in a sentence or its lead-ins."""
    return _any_hit(indexed, ready.any, context) and holds(indexed, ready, context, words)


# What a reader gets to see: the match, its text, and the stretch of text in which it may look.


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A match and where its attributes may stand: `start` and `end` are offsets in the text."""

    indexed: IndexedText
    hit: Hit
    ready: ReadyRule
    contexts: tuple[Context, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text of the scope, markup blanked out."""
        return self.indexed.tree.masked[self.start : self.end]

    def places(self, patterns: Iterable[str], *, own: bool = False) -> list[tuple[int, int]]:
        """Offsets at which any of the patterns match within the scope, in order; `own`: outside lead-ins."""
        spans = set()
        for pattern in patterns:
            for compiled in self.ready.reads[pattern]:
                for context in self.contexts:
                    for hit in find_hits(self.indexed, compiled, context, own=own):
                        if hit.words[0] < hit.words[1]:
                            spans.add(self.indexed.offsets(hit.words))
        return sorted(spans)

    def has(self, patterns: Iterable[str]) -> bool:
        """True where any of the patterns matches within the scope."""
        return any(
            matches_in(self.indexed, compiled, context)
            for pattern in patterns
            for compiled in self.ready.reads[pattern]
            for context in self.contexts
        )


def make_scope(indexed: IndexedText, hit: Hit, ready: ReadyRule, spec: Mapping[str, Any]) -> Scope:
    """The scope that a reader asks for: `sentence` (with its lead-ins), `next`, `clause`, `section` or `document`."""
    contexts = _contexts(indexed, hit.context, spec.get("scope", "sentence"))
    start = min(c.sentence.start for c in contexts)
    end = max(c.sentence.end for c in contexts)
    return Scope(indexed=indexed, hit=hit, ready=ready, contexts=tuple(contexts), start=start, end=end)


def _contexts(indexed: IndexedText, context: Context, scope: str) -> Sequence[Context]:
    if scope == "document":
        return indexed.contexts
    if scope == "sentence":
        return [context]
    at = bisect_left(indexed.starts, context.words[0])
    if scope == "next":
        return indexed.contexts[at : at + 2]
    clause = context.sentence.clause
    while clause.is_inline and clause.parent is not None:
        clause = clause.parent
    if scope == "section":
        while clause.parent is not None and not clause.parent.is_heading and clause.parent.parent is not None:
            clause = clause.parent
    first = last = at
    while first > 0 and _within(indexed.contexts[first - 1], clause):
        first -= 1
    while last + 1 < len(indexed.contexts) and _within(indexed.contexts[last + 1], clause):
        last += 1
    return indexed.contexts[first : last + 1]


def _within(context: Context, clause: object) -> bool:
    node = context.sentence.clause
    while node is not None:
        if node is clause:
            return True
        node = node.parent  # type: ignore[assignment]  # the loop ends at the root, whose parent is None
    return False
