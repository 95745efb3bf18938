"""Deontic force: whether the words around a match ban, oblige or permit.

The last force-bearing phrase before the end of a match decides; but what follows "other than" in a permission is not
permitted, and a passive ban after a match ("…, military use is prohibited") has its subject in the match.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from licensecheck.lazy import re
from licensecheck.reading.indexed_text import Context, IndexedText
from licensecheck.reading.sentence_parts import LEADING, SUBORDINATE, YOU
from licensecheck.text.clause_tree import REFUSING, Clause

# The phrases of a sentence that ban, oblige or permit, less those that only look so.


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
    "imperative",
    LEADING,
    SUBORDINATE,
    YOU,
    "denied",
    "optional",
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


def force_events(indexed: IndexedText, context: Context, words: ForceWords) -> list[Event]:
    """The force-bearing phrases of a context in order; a phrase inside a longer one does not count."""
    if context.force is None:
        context.force = _find_events(indexed, context, words)
    return context.force


def _find_events(indexed: IndexedText, context: Context, words: ForceWords) -> list[Event]:
    """The events of the lexicon, the longest of overlapping ones, less what only looks like an event."""
    sources = (*FORCES, "disclaim", "silent")
    found = [(start, end, name) for name in sources for start, end in indexed.in_context(words.sets[name], context)]
    found.sort(key=lambda e: (e[0], e[0] - e[1]))
    kept: list[Event] = []
    for event in found:
        if not kept or event[0] >= kept[-1][1]:
            kept.append(event)
    kept = [event for event in kept if event[2] != "silent"]
    kept = _main_clauses(indexed, context, words, _given_orders(indexed, context, words, kept))
    if not kept and _is_refused_row(indexed, context):
        return [(context.own, context.own + 1, "ban")]
    if _is_refused_item(indexed, context) and not any(event[1] > context.own for event in kept):
        return [*kept, (context.own, context.own + 1, "ban")]
    return _denied(indexed, context, kept)


_REFUSED = frozenset(
    ("no", "not allowed", "not permitted", "forbidden", "prohibited", "disallowed", "✗", "✘", "❌", "×", "x")
)
"""What a cell holds that refuses what its row names."""
_ALLOWING = re.compile(r"\b(?:allow|permit|may|can you|licen[sc]ed|ok\b)", re.IGNORECASE)
"""What the head of a table holds of which the rows are permissions and refusals."""


def _is_refused_row(indexed: IndexedText, context: Context) -> bool:
    """True for a row of a Markdown table that refuses what it names, where the head of the table speaks of leave."""
    text, start = indexed.tree.masked, context.sentence.start
    row = text[start : context.sentence.end]
    if not row.startswith("|"):
        return False
    cells = [cell.strip(" *").casefold() for cell in row.strip("| ").split("|")]
    if len(cells) < 2 or not _REFUSED.intersection(cells[1:]):
        return False
    head = start
    while (line := text.rfind("\n", 0, max(0, head - 1)) + 1) < head and text[line:head].lstrip().startswith("|"):
        head = line
    return bool(_ALLOWING.search(text, head, text.find("\n", head)))


def _is_refused_item(indexed: IndexedText, context: Context) -> bool:
    """True for an item of a list whose mark says no: "❌ Surveillance"."""
    clause = context.sentence.clause
    return clause.is_item and indexed.tree.text[clause.start : clause.end].lstrip(" \t-*+•")[:1] in REFUSING


def _denied(indexed: IndexedText, context: Context, events: list[Event]) -> list[Event]:
    """The events with the first modal of a sentence that begins with "no" made a ban: "No weapons may be built".

    An item of a list that has no modal is a ban too: "- No surveillance".
    """
    if indexed.words.lower[context.words[0]] != "no":
        return events
    for i, (start, end, force) in enumerate(events):
        if context.own <= start <= context.own + NEAR_NO:
            denied = (context.own, end, "ban") if force in ("permit", "duty") else events[i]
            return [*events[:i], denied, *events[i + 1 :]]
    own = any(event[1] > context.own for event in events)
    if not own and context.sentence.clause.is_item:
        return [*events, (context.own, context.own + 1, "ban")]
    return events


def _given_orders(indexed: IndexedText, context: Context, words: ForceWords, events: list[Event]) -> list[Event]:
    """The events less each "do not" that states a fact, no order, and each ban that "nothing in this license" makes."""
    nothing = [end for _, end in indexed.in_context(words.sets["nothing"], context)]
    if nothing:
        events = [e for e in events if e[2] != "ban" or not any(0 <= e[0] - end <= NEAR_NOTHING for end in nothing)]
    orders = set(indexed.in_context(words.sets["order"], context))
    if not orders:
        return events
    given = {end for _, end in indexed.in_context(words.sets["ordered"], context)}
    return [e for e in events if (e[0], e[1]) not in orders or e[0] in given or indexed.begins_clause(context, e[0])]


def _main_clauses(indexed: IndexedText, context: Context, words: ForceWords, events: list[Event]) -> list[Event]:
    """The events less the modals of subordinate clauses: after a relative word, or without a subject after a ban."""
    if not any(_is_modal(event) for event in events):
        return events
    relative = {end for _, end in indexed.in_context(words.sets["relative"], context)}
    bound = [end for _, end in indexed.in_context(words.sets["bound"], context)]
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


# Deontic force: whether the words around a match ban, oblige or permit.


NEAR_PASSIVE = 8
"""How many words after a match a passive ban may begin that takes it from a permission before."""


def force_at(indexed: IndexedText, context: Context, words: ForceWords, start: int, end: int) -> str:
    """The force at a match: that of the last bearing phrase before its end, else of the next, else of a heading."""
    events = force_events(indexed, context, words)
    if not events:
        ordered = any(begun == context.own for begun, _ in indexed.in_context(words.sets["imperative"], context))
        return "duty" if ordered else heading_force(context, words)
    before = events[: bisect_left(events, (end,))][-1:]
    after = _passive_after(indexed, context, words, end)
    if before and not (after and _starts_anew(indexed, context, words, before[-1], after, start, end)):
        return _plain(_excepted(indexed, context, words, before[-1], start))
    return _plain(after[2]) if after else heading_force(context, words)


def _passive_after(indexed: IndexedText, context: Context, words: ForceWords, end: int) -> Event | None:
    """The next event after a match, where it can have the match for its subject."""
    if context.passive is None:
        context.passive = frozenset(indexed.in_context(words.sets["postposed"], context))
    events = force_events(indexed, context, words)
    later = range(bisect_left(events, (end,)), len(events))
    return next((events[i] for i in later if events[i][:2] in context.passive), None)


def _starts_anew(
    indexed: IndexedText, context: Context, words: ForceWords, before: Event, after: Event, start: int, end: int
) -> bool:
    """True where a mark parts the match from the event before, and the passive ban after it stands in no condition."""
    if after[2] != "ban" or before[2] == "ban" or after[0] - end > NEAR_PASSIVE or before[1] > start:
        return False
    between = range(before[1], start + 1)
    conditions = indexed.in_context(words.sets["condition"], context)
    return any(indexed.begins_clause(context, at) for at in between) and not any(
        start <= begun < after[0] for begun, _ in conditions
    )


def is_undone(indexed: IndexedText, context: Context, words: ForceWords, start: int, end: int, *, duty: bool) -> bool:
    """True where the words right before a match, or within it, say that it is not so: "need not include a copy".

    `duty`: so does a mere permission right before the match.
    """
    before = [*indexed.in_context(words.sets["denied"], context)]
    if any(ended in (start, start - 1) or (start <= begun and ended < end) for begun, ended in before):
        return True
    return duty and any(ended == start for _, ended in indexed.in_context(words.sets["optional"], context))


def _plain(force: str) -> str:
    return force if force in FORCES else "none"


def _excepted(indexed: IndexedText, context: Context, words: ForceWords, event: Event, start: int) -> str:
    """The force of an event at a match that may stand in its exception: "for any purpose other than …"."""
    if event[2] == "permit":
        for begun, ended in indexed.in_context(words.sets["exception"], context):
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
