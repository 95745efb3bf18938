"""Deontic force: whether the words around a match ban, oblige or permit."""

from __future__ import annotations

from dataclasses import dataclass

from licensecheck.match.page import Context, Page

FORCES = ("ban", "duty", "permit")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceWords:
    """The slots of `rules/lexicon.yaml` that carry force, by force, and the words that give a heading its force."""

    sets: dict[str, int]
    headings: dict[str, tuple[str, ...]]


def force_events(page: Page, context: Context, words: ForceWords) -> list[tuple[int, int, str]]:
    """The force-bearing phrases of a context in order; a phrase inside a longer one does not count."""
    found = [(start, end, force) for force in FORCES for start, end in page.in_context(words.sets[force], context)]
    found.sort(key=lambda e: (e[0], e[0] - e[1]))
    kept: list[tuple[int, int, str]] = []
    for event in found:
        if not kept or event[0] >= kept[-1][1]:
            kept.append(event)
    return kept


def force_at(page: Page, context: Context, words: ForceWords, start: int, end: int) -> str:
    """The force at a match: that of the last bearing phrase before its end, else of the next, else of a heading."""
    events = force_events(page, context, words)
    before = [e for e in events if e[0] < end]
    if before:
        return before[-1][2]
    after = [e for e in events if e[0] >= end]
    if after:
        return after[0][2]
    return heading_force(context, words)


def heading_force(context: Context, words: ForceWords) -> str:
    """The force that a heading above gives to bare items ("Prohibited uses")."""
    for heading in context.sentence.clause.headings:
        low = heading.lower()
        for force, marks in words.headings.items():
            if any(mark in low for mark in marks):
                return force
    return "none"
