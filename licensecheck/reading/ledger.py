"""The ledger of a text: what each of its sentences comes to, and which of them command or limit and were not read.

A sentence is read where a term, a fact or boilerplate of a known kind explains every word by which it could command,
forbid, limit, condition, charge, date or reserve. What nothing explains is unread, whatever it says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from licensecheck.catalog.reviewed import OPEN, SETTLED, load_reviewed, sentence_hash
from licensecheck.domain.licenses import Disposition, LedgerLine
from licensecheck.reading.force import force_events
from licensecheck.reading.indexed_text import Context, Page, Row, candidates, find_hits
from licensecheck.reading.ledger_words import REACHES, LedgerRows

if TYPE_CHECKING:
    from licensecheck.reading.detection import Found, RuleSet
    from licensecheck.reading.terms import Quoter

# Where each sentence could command or limit.


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words by which a sentence can bind, and the sort of binding."""

    start: int
    end: int
    sort: str


def find_cues(page: Page, rows: LedgerRows) -> dict[int, list[Cue]]:
    """The cues of each sentence, by the number of its context; those in neutral phrases do not count."""
    neutral = _covered(page, rows.neutral)
    found: dict[int, list[Cue]] = {}
    for name, slot in rows.cues.items():
        for start, end in page.positions(slot):
            number = context_number(page, start)
            if number is not None and not all(word in neutral for word in range(start, end)):
                found.setdefault(number, []).append(Cue(start, end, name))
    for start, end in _spans(page, rows.reaches):
        number = context_number(page, start)
        if number is not None and start not in neutral and end - 1 not in neutral:
            found.setdefault(number, []).append(Cue(start, end, REACHES))
    return found


def context_number(page: Page, word: int) -> int | None:
    """Which sentence holds a word."""
    at = bisect_left(page.starts, word + 1) - 1
    return at if at >= 0 and page.contexts[at].words[0] <= word < page.contexts[at].words[1] else None


def _covered(page: Page, rows: Iterable[Row]) -> set[int]:
    """The words that any of the rows takes up within one sentence."""
    return {word for start, end in _spans(page, rows) for word in range(start, end)}


def _spans(page: Page, rows: Iterable[Row]) -> Iterator[Span]:
    """Word ranges of the matches of rows within single sentences, lead-ins left out."""
    for row in rows:
        for context in candidates(page, row):
            for hit in find_hits(page, row, context):
                if hit.start >= context.own:
                    yield hit.words


# What each sentence comes to.


BOILERPLATE = "boilerplate"
ALL = ("all",)
"""Explains every cue: what limits the use is judged as the limit that it is."""
RELATION = "relation"
"""The cue of a sentence that speaks of the licensee, the work, the license, or an act with the work."""
TITLE_WORDS = 8
"""A line of more words is no title."""
SHORT = 4
"""A fragment of so many words that reaches no use says nothing by itself."""
NEAR = 8
"""How many words beside its match a rule for boilerplate explains."""
SENTENCE = "sentence"
"""Says of a rule that it explains its whole part of the sentence."""
_BREAK = re.compile(r"[;:—]|\s[-–]\s|,?\s(?:but|however|although|whereas|while|save that|unless)\s", re.IGNORECASE)
"""What parts a sentence: what is said on the other side is no part of the boilerplate."""
_STOP = re.compile(_BREAK.pattern.replace("[;:—]", "[;—]"), re.IGNORECASE)
"""The same for what follows: what a colon leads into belongs to what was said before it."""
SHARED = ("warranty-disclaimer", "liability-limit")
"""Terms of a lead-in that explain its items too: what a disclaimer lists is disclaimed."""


def make_ledger(
    page: Page,
    rules: RuleSet,
    matches: Iterable[Found],
    quoter: Quoter,
    *,
    reviewed: bool = False,
    granted: Collection[int] = (),
) -> tuple[LedgerLine, ...]:
    """One line for each sentence in the order of the text; none where the rule set has no words for a ledger.

    `granted` are the offsets of sentences that grant without a limit: all their words are understood. `reviewed`
    says that the text is one, to the letter, that a person has reviewed as a whole.
    """
    if rules.ledger is None:
        return ()
    cues = find_cues(page, rules.ledger)
    by_sentence: dict[int, list[Found]] = {}
    for found in matches:
        by_sentence.setdefault(id(found.hit.context), []).append(found)
    leading = {start for start, _, _ in page.leads}
    lines = []
    for number, context in enumerate(page.contexts):
        found_here = by_sentence.get(id(context), [])
        left = _left(page, rules, context, cues.get(number, []), found_here)
        if context.words[0] in leading:
            left -= {"ban", "duty", "condition"}
        for one in _above(page, context, by_sentence):
            left -= _explained(one, rules.ledger)
        if REACHES not in left and _is_title(page, context):
            left &= {"money"}
        left = left if _binds(left, rules.ledger) and context.sentence.start not in granted else set()
        lines.append(_line(page, rules, context, found_here, left, quoter, reviewed=reviewed))
    return tuple(lines)


def _left(page: Page, rules: RuleSet, context: Context, cues: list[Cue], found: list[Found]) -> set[str]:
    """The sorts of cues of a sentence, its lead-in's force among them, that none of its matches explains."""
    assert rules.ledger is not None
    sorts = {cue.sort for cue in cues}
    inherited = _inherited_force(page, rules, context, sorts)
    wide = [_explained(one, rules.ledger) for one in found if one.ready.rule.yields.sort != BOILERPLATE]
    near = [
        (set(one.ready.rule.explains), _stretch(page, context, one))
        for one in found
        if one.ready.rule.yields.sort == BOILERPLATE
    ]
    left = {
        cue.sort
        for cue in cues
        if not any(cue.sort in sorts for sorts in wide)
        and not any(cue.sort in sorts and low <= cue.start and cue.end <= high for sorts, (low, high) in near)
    }
    return left | {force for force in inherited if not any(force in sorts for sorts in (*wide, *(s for s, _ in near)))}


def _stretch(page: Page, context: Context, found: Found) -> Span:
    """The words around the matches of a rule for boilerplate that it can explain: its part of the sentence, near by."""
    first, last = context.words
    spans = [hit.words for row in found.ready.any for hit in find_hits(page, row, context)]
    low, high = min(start for start, _ in spans), max(end for _, end in spans)
    ends = page.words.ends
    masked = page.tree.masked
    near = NEAR if SENTENCE not in found.ready.rule.explains else last - first
    while first < low and (low - first > near or _BREAK.search(masked, ends[first], page.words.starts[low])):
        first += 1
    while last > high and (last - high > near or _STOP.search(masked, ends[high - 1], page.words.starts[last - 1])):
        last -= 1
    return first, last


def _line(
    page: Page,
    rules: RuleSet,
    context: Context,
    found: list[Found],
    left: set[str],
    quoter: Quoter,
    *,
    reviewed: bool,
) -> LedgerLine:
    sentence, digest = context.sentence, context_hash(page, context)
    mark = load_reviewed().marks.get(digest, SETTLED if reviewed else None)
    asks = tuple(sorted(left)) if mark == OPEN or mark is None else ()
    return LedgerLine(
        evidence=quoter.passage(sentence.start, sentence.end, sentence.clause.section),
        disposition=_disposition(found, asks=bool(asks)),
        force=_force(page, rules, context),
        by=tuple(sorted({one.ready.rule.id for one in found})),
        asks=asks,
        reviewed=mark is not None,
        hash=digest,
    )


def _above(page: Page, context: Context, by_sentence: Mapping[int, list[Found]]) -> Iterator[Found]:
    """The disclaimers that a lead-in of a sentence states."""
    for first, _, _ in context.parts[:-1]:
        number = context_number(page, first)
        for one in by_sentence.get(id(page.contexts[number]), ()) if number is not None else ():
            if one.ready.rule.yields.name in SHARED:
                yield one


def _is_title(page: Page, context: Context) -> bool:
    """True for a heading, a question, a fragment, and a line in title case: none of them commands by itself."""
    text = page.tree.masked[context.sentence.start : context.sentence.end].strip()
    first, last = context.words
    if context.sentence.clause.is_heading or text.endswith("?") or last - first <= SHORT:
        return True
    words = text.split()
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(words) <= TITLE_WORDS and not text.isupper() and all(word[0].isupper() for word in long_words)


def context_hash(page: Page, context: Context) -> str:
    """The hash of a sentence with its lead-ins, by which a reviewed one is known again."""
    return sentence_hash(word for first, last, _ in context.parts for word in page.words.lower[first:last])


def _binds(cues: set[str], words: LedgerRows) -> bool:
    """True where the cues that are left can bind somebody.

    One that speaks of the work or the licensee does; another needs a second sort, or is money that is owed.
    """
    return RELATION in cues or bool(cues & words.alone) or len(cues) > 1


def _disposition(found: list[Found], *, asks: bool) -> Disposition:
    sorts = {one.ready.rule.yields.sort for one in found}
    if asks:
        return Disposition.UNREAD
    for sort in (Disposition.TERM, Disposition.FACT, Disposition.BOILERPLATE):
        if sort.value in sorts:
            return sort
    return Disposition.NO_NORM


def _explained(found: Found, words: LedgerRows) -> frozenset[str]:
    """The sorts of cues that a match explains wherever they stand in its sentence."""
    stated = found.ready.rule.yields
    names = words.explains.get(stated.name, () if stated.sort == "fact" else ALL)
    return frozenset(words.cues) | {REACHES} if names == ALL else frozenset(names)


def _force(page: Page, rules: RuleSet, context: Context) -> str:
    """What kind of statement the sentence makes: its own first modal before that of its lead-in."""
    clause = context.sentence.clause
    if clause.is_heading:
        return "heading"
    events = force_events(page, context, rules.force)
    own = [event for event in events if event[1] > context.own]
    if own:
        return {"permit": "permission"}.get(own[0][2], own[0][2])
    if clause.defines:
        return "definition"
    if events:
        return {"permit": "permission"}.get(events[-1][2], events[-1][2])
    return "statement"


def _inherited_force(page: Page, rules: RuleSet, context: Context, cues: set[str]) -> set[str]:
    """The force that a lead-in or heading gives to an item that has none of its own."""
    if not context.sentence.clause.is_item or cues & {"ban", "duty"}:
        events: list[tuple[int, int, str]] = []
    else:
        events = [e for e in force_events(page, context, rules.force) if e[0] < context.own]
    return {events[-1][2]} & {"ban", "duty"} if events else set()
