"""Deontic force: whether the words around a match ban, oblige or permit.

The last force-bearing phrase before the end of a match decides; but what follows "other than" in a permission is not
permitted, and a passive ban after a match ("…, military use is prohibited") has its subject in the match.
"""

from __future__ import annotations

from licensecheck.match.events import FORCES, Event, ForceWords, force_events
from licensecheck.match.page import Context, Page
from licensecheck.text.clause import Clause

NEAR_PASSIVE = 8
"""How many words after a match a passive ban may begin that takes it from a permission before."""


def force_at(page: Page, context: Context, words: ForceWords, start: int, end: int) -> str:
    """The force at a match: that of the last bearing phrase before its end, else of the next, else of a heading."""
    events = force_events(page, context, words)
    if not events:
        return heading_force(context, words)
    before = [e for e in events if e[0] < end]
    after = _passive_after(page, context, words, end)
    if before and not (after and _starts_anew(page, context, words, before[-1], after, start, end)):
        return _plain(_excepted(page, context, words, before[-1], start))
    return _plain(after[2]) if after else heading_force(context, words)


def _passive_after(page: Page, context: Context, words: ForceWords, end: int) -> Event | None:
    """The next event after a match, where it can have the match for its subject."""
    passive = set(page.in_context(words.sets["postposed"], context))
    following = [e for e in force_events(page, context, words) if e[0] >= end and (e[0], e[1]) in passive]
    return following[0] if following else None


def _starts_anew(
    page: Page, context: Context, words: ForceWords, before: Event, after: Event, start: int, end: int
) -> bool:
    """True where a mark parts the match from the event before, and the passive ban after it stands in no condition."""
    if after[2] != "ban" or before[2] == "ban" or after[0] - end > NEAR_PASSIVE or before[1] > start:
        return False
    between = range(before[1], start + 1)
    conditions = page.in_context(words.sets["condition"], context)
    return any(page.begins_clause(context, at) for at in between) and not any(
        start <= begun < after[0] for begun, _ in conditions
    )


def _plain(force: str) -> str:
    return force if force in FORCES else "none"


def _excepted(page: Page, context: Context, words: ForceWords, event: Event, start: int) -> str:
    """The force of an event at a match that may stand in its exception: "for any purpose other than …"."""
    if event[2] == "permit":
        for begun, ended in page.in_context(words.sets["exception"], context):
            if event[1] <= begun and ended <= start:
                return "ban"
    return event[2]


def heading_force(context: Context, words: ForceWords) -> str:
    """The force that a heading above, or the name a list defines, gives to bare items ("Prohibited uses")."""
    for title in _titles(context.sentence.clause):
        low = title.lower()
        for force, marks in words.headings.items():
            if any(mark in low for mark in marks):
                return force
    return "none"


def _titles(clause: Clause) -> list[str]:
    """Headings and defined names above a clause, its own first; a lead-in is a heading for its own items only."""
    headings: list[str] = []
    names: list[str] = []
    node: Clause | None = clause
    while node is not None:
        leads = node.lead and node.heading_span and node.lead[0] <= node.heading_span[0]
        if node.heading and not leads:
            headings.append(node.heading)
        if node.defines:
            names.append(node.defines)
        node = node.parent
    return headings + names
