"""Running the rules over a page: which rule matches which sentence, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from licensecheck.match.compile import ReadyRule, RuleSet
from licensecheck.match.force import force_at
from licensecheck.match.page import Context, Hit, Page, Row, candidates, find_hits
from licensecheck.text.clause import Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule that matched, and its matches in one sentence."""

    ready: ReadyRule
    hit: Hit


def run_rules(page: Page, rules: RuleSet, sorts: Iterable[str]) -> list[Found]:
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


def _run(page: Page, rules: RuleSet, ready: ReadyRule) -> list[Found]:
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


def _accepted(page: Page, rules: RuleSet, ready: ReadyRule, row: Row, context: Context) -> Hit | None:
    """The first match of a row in a context that all the other demands of the rule allow."""
    hits = find_hits(page, row, context)
    if not hits or not holds(page, ready, context):
        return None
    force = ready.rule.match.force
    for hit in hits:
        if not force or force_at(page, context, rules.force, hit.start, hit.end) in force:
            return hit
    return None


def holds(page: Page, ready: ReadyRule, context: Context) -> bool:
    """True where the demands of a rule besides its own patterns and force are met in a context."""
    clause = context.sentence.clause
    return (
        ready.rule.match.item in (None, len(context.parts) > 1)
        and all(_any_hit(page, group, context) for group in ready.all)
        and not _any_hit(page, ready.none, context)
        and (
            not ready.heading or any(_any_hit(page, ready.heading, c) for c in _heading_contexts(page, clause, context))
        )
        and (not ready.defines or any(_any_hit(page, ready.defines, c) for c in _defined(page, clause, context)))
    )


def _any_hit(page: Page, rows: Iterable[Row], context: Context) -> bool:
    return any(find_hits(page, row, context, own=False) for row in rows)


def _heading_contexts(page: Page, clause: Clause | None, context: Context) -> list[Context]:
    found: list[Context] = []
    while clause is not None:
        if clause.heading_span:
            found.append(_bare(page, context, clause.heading_span))
        clause = clause.parent
    return found


def _defined(page: Page, clause: Clause | None, context: Context) -> list[Context]:
    found: list[Context] = []
    while clause is not None:
        if clause.defines_span:
            found.append(_bare(page, context, clause.defines_span))
        clause = clause.parent
    return found


def _bare(page: Page, context: Context, span: tuple[int, int]) -> Context:
    """A context of just these offsets."""
    first, last = page.word_range(*span)
    return Context(sentence=context.sentence, parts=[(first, last, 0)])


def matches_context(page: Page, ready: ReadyRule, context: Context) -> bool:
    """True where a rule (of a trigger or a proviso) matches anywhere in a sentence or its lead-ins."""
    return _any_hit(page, ready.any, context) and holds(page, ready, context)
