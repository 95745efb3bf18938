"""Running the rules over a page: which rule matches which sentence, and where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.rules import DetectRule
from licensecheck.reading.force import ForceWords, force_at, heading_force, is_undone
from licensecheck.reading.indexed_text import Context, Hit, IndexedText, Row, candidates, find_hits, stands
from licensecheck.reading.ledger_words import LedgerRows
from licensecheck.reading.phrase_index import PhraseIndex
from licensecheck.reading.sentence_parts import sentence_parts, subject_words
from licensecheck.text.clause_tree import Clause

# Detect rules made ready: patterns as rows of numbered slots over one phrase index.


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyRule:
    """A rule with its patterns as rows; `reads` holds the rows that attribute readers look for, by their source.

    `rows` holds all of them, by what they are for and by their source.
    """

    rule: DetectRule
    rows: Mapping[tuple[str, str], tuple[Row, ...]]
    any: tuple[Row, ...]
    all: tuple[tuple[Row, ...], ...]
    none: tuple[Row, ...]
    heading: tuple[Row, ...]
    defines: tuple[Row, ...]
    reads: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleSet:
    """All detect rules, ready to run on a page."""

    rules: tuple[ReadyRule, ...]
    index: PhraseIndex
    force: ForceWords
    ledger: LedgerRows | None = None
    """What the ledger looks for; None where only terms are wanted."""


# Running the rules over a page: which rule matches which sentence, and where.


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule that matched, and its matches in one sentence."""

    ready: ReadyRule
    hit: Hit


def run_rules(page: IndexedText, rules: RuleSet, sorts: Iterable[str]) -> list[Found]:
    """Every match of the rules that yield one of these sorts, in the order of the text."""
    wanted = frozenset(sorts)
    found: list[Found] = []
    for ready in rules.rules:
        if ready.rule.yields.sort in wanted:
            found.extend(_run(page, rules, ready))
    found.sort(key=_order)
    return found


def _order(found: Found) -> tuple[int, int, str]:
    return found.hit.words[0], found.hit.words[1], found.ready.rule.id


def _run(page: IndexedText, rules: RuleSet, ready: ReadyRule) -> list[Found]:
    """One rule's matches, one for each sentence."""
    done: dict[int, Found] = {}
    for row in ready.any:
        for context in candidates(page, row):
            if id(context) in done:
                continue
            hit = _accepted(page, rules, ready, row, context)
            if hit:
                done[id(context)] = Found(ready=ready, hit=hit)
    return list(done.values())


def _accepted(page: IndexedText, rules: RuleSet, ready: ReadyRule, row: Row, context: Context) -> Hit | None:
    """The first match of a row in a context that all the other demands of the rule allow."""
    begins = subject_words(sentence_parts(page, context, rules.force.sets)) if ready.rule.match.starts else None
    hits = find_hits(page, row, context, begins=begins)
    if not hits or not holds(page, ready, context, rules.force):
        return None
    force = ready.rule.match.force
    group = _group_of(ready.rule.yields.name)
    for hit in hits:
        if force and force_at(page, context, rules.force, hit.start, hit.end) not in force:
            continue
        deniable = group in DENIABLE and "ban" not in force
        if deniable and is_undone(page, context, rules.force, hit.start, hit.end, duty=_is_own_duty(ready)):
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


def holds(page: IndexedText, ready: ReadyRule, context: Context, words: ForceWords) -> bool:
    """True where the demands of a rule besides its own patterns and force are met in a context."""
    clause = context.sentence.clause
    return (
        ready.rule.match.item in (None, is_listed(context, words))
        and all(_any_hit(page, group, context) for group in ready.all)
        and not _any_hit(page, ready.none, context)
        and (
            not ready.heading or any(_any_hit(page, ready.heading, c) for c in _heading_contexts(page, clause, context))
        )
        and (not ready.defines or any(_any_hit(page, ready.defines, c) for c in _defined(page, clause, context)))
    )


def _any_hit(page: IndexedText, rows: Iterable[Row], context: Context) -> bool:
    return any(stands(page, row, context) for row in rows)


def _heading_contexts(page: IndexedText, clause: Clause | None, context: Context) -> list[Context]:
    found: list[Context] = []
    while clause is not None:
        if clause.heading_span:
            found.append(_bare(page, context, clause.heading_span))
        clause = clause.parent
    return found


def _defined(page: IndexedText, clause: Clause | None, context: Context) -> list[Context]:
    found: list[Context] = []
    while clause is not None:
        if clause.defines_span:
            found.append(_bare(page, context, clause.defines_span))
        clause = clause.parent
    return found


def _bare(page: IndexedText, context: Context, span: tuple[int, int]) -> Context:
    """A context of just these offsets."""
    first, last = page.word_range(*span)
    return Context(sentence=context.sentence, parts=[(first, last, 0)])


def matches_context(page: IndexedText, ready: ReadyRule, context: Context, words: ForceWords) -> bool:
    """True where a rule (of a trigger or a proviso) matches anywhere in a sentence or its lead-ins."""
    return _any_hit(page, ready.any, context) and holds(page, ready, context, words)


# What a reader gets to see: the match, its page, and the stretch of text in which it may look.


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A match and where its attributes may stand: `start` and `end` are offsets in the text."""

    page: IndexedText
    hit: Hit
    ready: ReadyRule
    contexts: tuple[Context, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text of the scope, markup blanked out."""
        return self.page.tree.masked[self.start : self.end]

    def places(self, patterns: Iterable[str], *, own: bool = False) -> list[tuple[int, int]]:
        """Offsets at which any of the patterns match within the scope, in order; `own`: outside lead-ins."""
        spans = set()
        for pattern in patterns:
            for row in self.ready.reads[pattern]:
                for context in self.contexts:
                    for hit in find_hits(self.page, row, context, own=own):
                        if hit.words[0] < hit.words[1]:
                            spans.add(self.page.offsets(hit.words))
        return sorted(spans)

    def has(self, patterns: Iterable[str]) -> bool:
        """True where any of the patterns matches within the scope."""
        return any(
            stands(self.page, row, context)
            for pattern in patterns
            for row in self.ready.reads[pattern]
            for context in self.contexts
        )


def make_scope(page: IndexedText, hit: Hit, ready: ReadyRule, spec: Mapping[str, Any]) -> Scope:
    """The scope that a reader asks for: `sentence` (with its lead-ins), `next`, `clause`, `section` or `document`."""
    contexts = _contexts(page, hit.context, spec.get("scope", "sentence"))
    start = min(c.sentence.start for c in contexts)
    end = max(c.sentence.end for c in contexts)
    return Scope(page=page, hit=hit, ready=ready, contexts=tuple(contexts), start=start, end=end)


def _contexts(page: IndexedText, context: Context, scope: str) -> Sequence[Context]:
    if scope == "document":
        return page.contexts
    if scope == "sentence":
        return [context]
    at = bisect_left(page.starts, context.words[0])
    if scope == "next":
        return page.contexts[at : at + 2]
    clause = context.sentence.clause
    while clause.is_inline and clause.parent is not None:
        clause = clause.parent
    if scope == "section":
        while clause.parent is not None and not clause.parent.is_heading and clause.parent.parent is not None:
            clause = clause.parent
    first = last = at
    while first > 0 and _within(page.contexts[first - 1], clause):
        first -= 1
    while last + 1 < len(page.contexts) and _within(page.contexts[last + 1], clause):
        last += 1
    return page.contexts[first : last + 1]


def _within(context: Context, clause: object) -> bool:
    node = context.sentence.clause
    while node is not None:
        if node is clause:
            return True
        node = node.parent  # type: ignore[assignment]  # the loop ends at the root, whose parent is None
    return False
