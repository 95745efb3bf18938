"""The phrases of a sentence that ban, oblige or permit, less those that only look so.

A modal in a subordinate clause ("content that may harm") binds nobody; what the licensor says of itself ("we shall not
be liable") is no ban on the licensee; "results do not …" is no order.
"""

from __future__ import annotations

from dataclasses import dataclass

from licensecheck.match.page import Context, Page

FORCES = ("ban", "duty", "permit")
WORD_SETS = (
    *FORCES,
    "disclaim",
    "silent",
    "relative",
    "bound",
    "exception",
    "postposed",
    "order",
    "ordered",
    "nothing",
    "condition",
)
"""The sets of `rules/lexicon.yaml` that are read here."""
NEAR_SUBJECT = 3
"""How many words before a modal its subject is looked for."""
NEAR_NOTHING = 5
"""How many words after "nothing in" a ban may stand that is denied by it."""
NEAR_NO = 15
"""How many words after a "no" at the beginning of a sentence the modal may stand that it denies."""

Event = tuple[int, int, str]
"""Row positions of a force-bearing phrase, and its force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceWords:
    """The slots of `rules/lexicon.yaml` that carry or limit force, and the words that give a heading its force."""

    sets: dict[str, int]
    headings: dict[str, tuple[str, ...]]


def force_events(page: Page, context: Context, words: ForceWords) -> list[Event]:
    """The force-bearing phrases of a context in order; a phrase inside a longer one does not count."""
    if context.force is None:
        context.force = _find_events(page, context, words)
    return context.force


def _find_events(page: Page, context: Context, words: ForceWords) -> list[Event]:
    """The events of the lexicon, the longest of overlapping ones, less what only looks like an event."""
    sources = (*FORCES, "disclaim", "silent")
    found = [(start, end, name) for name in sources for start, end in page.in_context(words.sets[name], context)]
    found.sort(key=lambda e: (e[0], e[0] - e[1]))
    kept: list[Event] = []
    for event in found:
        if not kept or event[0] >= kept[-1][1]:
            kept.append(event)
    kept = [event for event in kept if event[2] != "silent"]
    kept = _main_clauses(page, context, words, _given_orders(page, context, words, kept))
    return _denied(page, context, kept)


def _denied(page: Page, context: Context, events: list[Event]) -> list[Event]:
    """The events with the first modal of a sentence that begins with "no" made a ban: "No weapons may be built"."""
    if page.words.lower[context.words[0]] != "no":
        return events
    for i, (start, end, force) in enumerate(events):
        if context.own <= start <= context.own + NEAR_NO:
            denied = (context.own, end, "ban") if force in ("permit", "duty") else events[i]
            return [*events[:i], denied, *events[i + 1 :]]
    return events


def _given_orders(page: Page, context: Context, words: ForceWords, events: list[Event]) -> list[Event]:
    """The events less each "do not" that states a fact, no order, and each ban that "nothing in this license" makes."""
    nothing = [end for _, end in page.in_context(words.sets["nothing"], context)]
    if nothing:
        events = [e for e in events if e[2] != "ban" or not any(0 <= e[0] - end <= NEAR_NOTHING for end in nothing)]
    orders = set(page.in_context(words.sets["order"], context))
    if not orders:
        return events
    given = {end for _, end in page.in_context(words.sets["ordered"], context)}
    return [e for e in events if (e[0], e[1]) not in orders or e[0] in given or page.begins_clause(context, e[0])]


def _main_clauses(page: Page, context: Context, words: ForceWords, events: list[Event]) -> list[Event]:
    """The events less the modals of subordinate clauses: after a relative word, or without a subject after a ban."""
    if not any(_is_modal(event) for event in events):
        return events
    relative = {end for _, end in page.in_context(words.sets["relative"], context)}
    bound = [end for _, end in page.in_context(words.sets["bound"], context)]
    kept: list[Event] = []
    for event in events:
        start = event[0]
        if _is_modal(event) and start not in (0, context.own):
            has_subject = any(0 <= start - end < NEAR_SUBJECT for end in bound)
            after_ban = bool(kept) and kept[-1][2] == "ban"
            if start in relative or (after_ban and not has_subject):
                continue
        kept.append(event)
    return kept


def _is_modal(event: Event) -> bool:
    return event[1] - event[0] == 1 and event[2] in ("duty", "permit")
