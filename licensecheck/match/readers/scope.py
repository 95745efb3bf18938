"""What a reader gets to see: the match, its page, and the stretch of text in which it may look."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from licensecheck.match.compile import ReadyRule
from licensecheck.match.page import Context, Hit, Page, find_hits


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A match and where its attributes may stand: `start` and `end` are offsets in the text."""

    page: Page
    hit: Hit
    ready: ReadyRule
    contexts: tuple[Context, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text of the scope, markup blanked out."""
        return self.page.tree.masked[self.start : self.end]

    def places(self, patterns: Iterable[str]) -> list[tuple[int, int]]:
        """Offsets at which any of the patterns match within the scope, in order."""
        spans = set()
        for pattern in patterns:
            for row in self.ready.reads[pattern]:
                for context in self.contexts:
                    for hit in find_hits(self.page, row, context, own=False):
                        if hit.words[0] < hit.words[1]:
                            spans.add(self.page.offsets(hit.words))
        return sorted(spans)

    def has(self, patterns: Iterable[str]) -> bool:
        """True where any of the patterns matches within the scope."""
        return any(
            find_hits(self.page, row, context, own=False)
            for pattern in patterns
            for row in self.ready.reads[pattern]
            for context in self.contexts
        )


def make_scope(page: Page, hit: Hit, ready: ReadyRule, spec: Mapping[str, Any]) -> Scope:
    """The scope that a reader asks for: `sentence` (with its lead-ins), `next`, `clause`, `section` or `document`."""
    contexts = _contexts(page, hit.context, spec.get("scope", "sentence"))
    start = min(c.sentence.start for c in contexts)
    end = max(c.sentence.end for c in contexts)
    return Scope(page=page, hit=hit, ready=ready, contexts=tuple(contexts), start=start, end=end)


def _contexts(page: Page, context: Context, scope: str) -> Sequence[Context]:
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
