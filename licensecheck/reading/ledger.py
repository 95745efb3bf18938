"""The ledger of a text: what each of its sentences comes to, and which of them command or limit and were not read.

A sentence is read where a term, a fact or boilerplate of a known kind explains every word by which it could command,
forbid, limit, condition, charge, date or reserve. What nothing explains is unread, whatever it says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from licensecheck.catalog.reviewed import OPEN, SETTLED, load_reviewed, sentence_hash
from licensecheck.domain.licenses import Disposition, Evidence, Identity, LedgerLine, MatchKind, WordChange
from licensecheck.reading.clause_frames import BE, TELL, Frame, go_on, load_frame_words, read_frame
from licensecheck.reading.detection import Found, ReadyRule, RuleSet, run_rules
from licensecheck.reading.force import force_events
from licensecheck.reading.frame_force import binds, descriptive_cues, narrows
from licensecheck.reading.indexed_text import CompiledPattern, Context, IndexedText, candidates, find_hits, matches_in
from licensecheck.reading.languages import can_bind, foreign_passages, is_known, language_of
from licensecheck.reading.ledger_words import BINDS, NORM, REACHES, SHAPE, CompiledLedger
from licensecheck.reading.open_shape import is_open
from licensecheck.reading.rewording import (
    changed_spans,
    changes_within,
    find_rewordings,
    is_edited,
    is_telling,
    show_changes,
    takes_away,
)
from licensecheck.reading.sentence_parts import part_around, part_of, sentence_parts, subject_words
from licensecheck.text.tokens import with_one_spelling

if TYPE_CHECKING:
    from licensecheck.reading.terms import Quoter

# Where each sentence could command or limit.


Span = tuple[int, int]


class Cue(NamedTuple):
    """Words by which a sentence can bind, and the sort of binding."""

    start: int
    end: int
    sort: str


def find_cues(indexed: IndexedText, rules: RuleSet) -> dict[int, list[Cue]]:
    """The cues of each sentence, by the number of its context; those in neutral phrases do not count."""
    words = rules.ledger
    assert words is not None
    neutral = _covered(indexed, words.neutral)
    found: dict[int, list[Cue]] = {}
    numbers = {id(context): number for number, context in enumerate(indexed.contexts)}
    for name, slot in words.cues.items():
        for context, start, end in (span for block in indexed.blocks for span in block.own_spans(slot)):
            if not all(word in neutral for word in range(start, end)):
                found.setdefault(numbers[id(context)], []).append(Cue(start, end, name))
    for start, end in _spans(indexed, words.reaches):
        number = context_number(indexed, start)
        between = indexed.tree.masked[indexed.words.starts[start] : indexed.words.ends[end - 1]]
        if number is not None and start not in neutral and end - 1 not in neutral and ";" not in between:
            found.setdefault(number, []).append(Cue(start, end, REACHES))
    for number, start, end in _labels(indexed, rules):
        found.setdefault(number, []).append(Cue(start, end, BINDS))
    for compiled in (*words.binds, *words.orders):
        for context in candidates(indexed, compiled):
            for hit in find_hits(indexed, compiled, context, begins=_beginnings(indexed, rules, context)):
                if compiled in words.orders and not _can_order(indexed, context, hit.words[0]):
                    continue
                found.setdefault(numbers[id(context)], []).append(Cue(*hit.words, BINDS))
    for start, end in _spans(indexed, words.norms):
        number = context_number(indexed, start)
        if number is not None:
            found.setdefault(number, []).append(Cue(start, end, NORM))
    for number, context in enumerate(indexed.contexts):
        for cue in _norms(indexed, rules, context):
            found.setdefault(number, []).append(cue)
    return found


def _norms(indexed: IndexedText, rules: RuleSet, context: Context) -> Iterator[Cue]:
    """The clauses of a sentence that bind by whom they are about and what they say of them."""
    text, sentence = indexed.tree.masked, context.sentence
    said = text[sentence.start : sentence.end].rstrip('*_"”)| \n')
    if sentence.clause.is_heading or not said.endswith((".", "!")) or _COPYRIGHT.match(text, sentence.start):
        return
    called = _CALLED.match(text, sentence.start, sentence.end)
    if called:
        behind = indexed.word_range(called.end(), sentence.end)
        if _names_act(indexed, rules, context, called) and narrows(indexed, *behind):
            yield Cue(*behind, NORM)
        return
    last = context.words[1]
    if indexed.words.lower[last - 1] in load_frame_words()["excepted"] and "," in text[sentence.start : sentence.end]:
        yield Cue(last - 1, last, NORM)
    for part in sentence_parts(indexed, context, rules.force.sets):
        frame = read_frame(indexed, part)
        if frame is not None and binds(indexed, frame):
            yield Cue(frame.head, max(frame.verb, frame.head + 1), NORM)
        if is_open(indexed, part, frame):
            yield Cue(part.start, part.end, SHAPE)


def _labels(indexed: IndexedText, rules: RuleSet) -> Iterator[tuple[int, int, int]]:
    """Each name of a term sheet that begins a part of a sentence and is given a value, with the sentence's number."""
    assert rules.ledger is not None
    numbers = {id(context): number for number, context in enumerate(indexed.contexts)}
    for context, start, end in (span for block in indexed.blocks for span in block.own_spans(rules.ledger.labels)):
        given = (
            indexed.tree.masked[indexed.words.ends[end - 1] : indexed.words.ends[end - 1] + 4]
            .lstrip(" *_")
            .startswith(":")
        )
        if given and start in _beginnings(indexed, rules, context):
            yield numbers[id(context)], start, end


def _can_order(indexed: IndexedText, context: Context, word: int) -> bool:
    """True where a verb that begins a sentence is no item of a list, and no label of a table row."""
    start = indexed.words.starts[word]
    text, sentence = indexed.tree.masked, context.sentence
    before = text[sentence.start : start].rstrip()
    begins = not before or (not before[-1].isalnum() and before[-1] not in ",")
    return begins and len(context.parts) == 1 and "|" not in text[start : sentence.end].strip("| \n")


def _beginnings(indexed: IndexedText, rules: RuleSet, context: Context) -> frozenset[int]:
    """The words with which a part of a sentence, or its subject, begins."""
    parts = sentence_parts(indexed, context, rules.force.sets)
    return subject_words(parts) | {part.start for part in parts}


def context_number(indexed: IndexedText, word: int) -> int | None:
    """Which sentence holds a word."""
    at = bisect_left(indexed.starts, word + 1) - 1
    return at if at >= 0 and indexed.contexts[at].words[0] <= word < indexed.contexts[at].words[1] else None


def _covered(indexed: IndexedText, patterns: Iterable[CompiledPattern]) -> set[int]:
    """The words that any of the patterns takes up within one sentence."""
    return {word for start, end in _spans(indexed, patterns) for word in range(start, end)}


def _spans(indexed: IndexedText, patterns: Iterable[CompiledPattern]) -> Iterator[Span]:
    """Word ranges of the matches of patterns within single sentences, lead-ins left out."""
    for compiled in patterns:
        for context in candidates(indexed, compiled):
            for hit in find_hits(indexed, compiled, context):
                if hit.start >= context.own:
                    yield hit.words


# What each sentence comes to.


BOILERPLATE = "boilerplate"
ALL = ("all",)
"""Explains every cue: what limits the use is judged as the limit that it is."""
PERMISSION = "permission"
PERMITTED = frozenset(("relation", "act"))
"""Cues that a permission explains: who may do a thing is not limited by it, unless other words do so."""
RELATION = "relation"
"""The cue of a sentence that speaks of the licensee, the work, the license, or an act with the work."""
TITLE_WORDS = 8
"""A line of more words is no title."""
ORDERS = frozenset((RELATION, "place", "party", "ban", "wish", "limit", "duty", "consent", "money"))
"""Cues of which two make a short sentence more than a title."""
DEFINING = frozenset((RELATION, "act", "document", "claim", "place"))
"""Cues that stand in a definition which limits nobody."""
SHORT = 4
"""A fragment of so many words that reaches no use says nothing by itself."""
MATCHES = 12
"""How many matches of one rule in one sentence are looked at."""
NEAR = 8
"""How many words beside its match a rule for boilerplate explains."""
PART = "part"
"""Says of a rule that it explains its own part of the sentence, the smallest one that says something."""
SENTENCE = "sentence"
"""Says of a rule that it explains its whole part of the sentence."""
_BREAK = re.compile(r"[;:|—]|\s[-–]\s|,?\s(?:but|however|although|whereas|while|save that|unless)\s", re.IGNORECASE)
"""What parts a sentence: what is said on the other side is no part of the boilerplate."""
MARGIN = 3
"""Characters of punctuation by which a sentence may reach over the words that were added."""
_FORCE = re.compile(
    r"\b(?:may|must|shall|will|can|cannot|should|agrees?|not|never|no|prohibit\w*|forbid\w*|bars?|barred|permit\w*"
    r"|allow\w*|requir\w*|grant\w*|restrict\w*|except"
    r"|encouraged|recommended|invited|welcome)\b|禁|不得|可以|してはなら|できる|금지|수 있",
    re.I,
)
"""Words of a lead-in that say what its items are."""
_COPYRIGHT = re.compile(
    r"\W*(?:portions\s+)?(?:(?:copyright|copr)\W{0,4}(?:\(c\)|©|\d{4}|by\b|[\[<{]|[^.;\n]{0,80}\b(?:19|20)\d\d)|©|\(c\)\s)",
    re.IGNORECASE,
)
FOREIGN = "language"
"""The cue of a sentence in a language that is not read."""
HIDDEN = "hidden"
"""The cue of a sentence in which letters are hidden or split."""
CHANGE = "change"
"""The cue of a sentence in which a copy of a known license was changed."""
_LABELLED = re.compile(r"\w\W{0,4}:\s*\W{0,4}\w")
"""A name and what it is given: "Seats: 25" is no title."""
_FORBIDS = re.compile(r"\W*(?:(?:do not|don['’]t|never)\b|no\b[^.]{1,40}\.\Z)", re.IGNORECASE)
"""How an order begins that is no title, however short it is."""
_CALLED = re.compile(
    r"\W*(?:for the purposes? of this \w+,?\s+)?(?:(?:an?|the|to)\s+)?(?:(?:term|word|expression|phrase)\s+)?"
    r"[\"“”‘’']([^\"“”‘’']{2,40})[\"“”‘’']+\s*"
    r"(?:is\b|are\b|stands? for\b|means?\b|describes?\b|refers? to\b|:)",
    re.IGNORECASE,
)
"""A quoted word of which something is said."""
_LETTERS = re.compile(r"[^\W\d_]+")
_SEMICOLON = re.compile(r"[;—]")
NEAR_SUBJECT = 3
"""Among how many words at the beginning of a part its subject is looked for."""
SHARED = ("warranty-disclaimer", "liability-limit")
"""Terms of a lead-in that explain its items too: what a disclaimer lists is disclaimed."""


def find_boilerplate(indexed: IndexedText, rules: RuleSet) -> list[Found]:
    """The matches of the rules for boilerplate; what these must not hold is asked of each part of a sentence later."""
    loose, full = _loose(rules)
    return [replace(found, ready=full[found.ready.rule.id]) for found in run_rules(indexed, loose, (BOILERPLATE,))]


@lru_cache(maxsize=8)
def _loose(rules: RuleSet) -> tuple[RuleSet, Mapping[str, ReadyRule]]:
    """The rules for boilerplate without what they must not hold, and each of them as it is, by its id."""
    known = tuple(ready for ready in rules.rules if ready.rule.yields.sort == BOILERPLATE)
    loose = replace(rules, rules=tuple(replace(ready, none=()) for ready in known))
    return loose, {ready.rule.id: ready for ready in known}


def lifted(indexed: IndexedText, rules: RuleSet, boilerplate: Iterable[Found], found: Found) -> bool:
    """True for a match that stands in what is said of another thing or time, or is said to be no condition."""
    words = rules.ledger
    if words is None or found.ready.rule.yields.name not in words.lifted:
        return False
    return any(
        low <= found.hit.words[0] and found.hit.words[1] <= high
        for one in boilerplate
        if one.hit.context is found.hit.context and one.ready.rule.yields.name in words.lifts
        for low, high in _stretches(indexed, rules, one.hit.context, one)
    )


def make_ledger(
    indexed: IndexedText,
    rules: RuleSet,
    matches: Iterable[Found],
    quoter: Quoter,
    *,
    boilerplate: Iterable[Found],
    identity: Identity,
    granted: Collection[int] = (),
    languages: Sequence[str | None] | None = None,
    whole: Collection[int] = (),
) -> tuple[LedgerLine, ...]:
    """One line for each sentence in the order of the text; none where the rule set has no words for a ledger.

    `granted` are the offsets of sentences that grant without a limit: all their words are understood. `languages` are
    those of the sentences, and `whole` the offsets of those in another language than English of which all was read.
    """
    if rules.ledger is None:
        return ()
    cues = find_cues(indexed, rules)
    by_sentence: dict[int, list[Found]] = {}
    for found in (*matches, *boilerplate):
        by_sentence.setdefault(id(found.hit.context), []).append(found)
    leading = {start for start, _, _ in indexed.leads}
    exact = identity.match is MatchKind.EXACT
    hidden = [(start, end) for start, end, _ in indexed.tree.hidden]
    reviewed = identity.id in load_reviewed().texts
    sentences = [quoter.passage(c.sentence.start, c.sentence.end, c.sentence.clause.section) for c in indexed.contexts]
    spoken = languages or [language_of(sentence.quote) for sentence in sentences]
    foreign = foreign_passages(sentences, spoken)
    significant = find_rewordings(identity, rules.ledger)
    changes = identity.changes if not identity.wording else changed_spans(identity)
    leads: dict[Span, str] = {}
    lines = []
    for number, context in enumerate(indexed.contexts):
        found_here = by_sentence.get(id(context), [])
        left = _left(indexed, rules, context, cues.get(number, []), found_here)
        if context.words[0] in leading:
            left -= {"ban", "duty", "condition"}
            if _only_leads(sentences[number].quote, rules.ledger) and _force(indexed, rules, context) == "ban":
                left -= {REACHES, RELATION}
        for one in _above(indexed, context, by_sentence):
            left -= _explained(one, rules.ledger)
        answer = _answer_to(indexed, rules, number)
        if answer:
            left = {"refused": {"ban", REACHES}, "required": {"duty", REACHES}}.get(answer, set())
        elif number and _is_bare_answer(indexed, rules, number):
            left = set()
        if context.sentence.start in granted and _permits_itself(indexed, rules, context):
            left -= _inherited_force(indexed, rules, context, set())
        published = exact or (identity.match is MatchKind.MODIFIED and not _is_changed(context, changes))
        inherited = not published and left & _inherited_force(indexed, rules, context, set())
        if not inherited and not left & {REACHES, BINDS, NORM, SHAPE} and _is_title(indexed, context, left):
            left &= {"money"}
        related = any(cue.sort == RELATION for cue in cues.get(number, [])) or _is_bare_ban(indexed, context)
        related = related or (bool(left) and not published and _is_of_unknown(indexed, rules, context))
        if left <= DEFINING and _defines(indexed, rules, context):
            left = set()
        if left == {RELATION} and not _has_bound_subject(indexed, rules, context):
            left = set()
        if context.sentence.start in granted and answer is None:
            left &= (
                {BINDS, NORM, SHAPE}
                if len(context.parts) == 1
                else {BINDS, NORM, SHAPE, "limit", "ban", "duty", "claim"}
            )
        if not inherited and not _binds(left, rules.ledger, published=published, related=related):
            left = set()
        changed = _rewordings(indexed, context, identity, significant)
        wording = show_changes(indexed.tree.masked, changed) if changed else ""
        force = _force(indexed, rules, context)
        grants = context.sentence.start in granted
        states = force == PERMISSION or _says_what_is_meant(indexed, context)
        commands = force in ("ban", "duty")
        if changed and _asks_by_change(changed, rules.ledger, left, states=states, commands=commands, grants=grants):
            left |= {CHANGE}
        if any(start < context.sentence.end and context.sentence.start < end for start, end in hidden):
            left |= {HIDDEN}
        if context.sentence.start in whole:
            left &= {HIDDEN, CHANGE}
        elif foreign[number]:
            left |= _foreign_left(sentences[number].quote, spoken[number], said=bool(found_here or left or published))
        known = identity.match is not MatchKind.UNKNOWN
        mark, digest = _mark(indexed, context, reviewed=reviewed and published, known=known)
        left = left or {BINDS} if mark == OPEN else left
        lead = _lead_in(indexed, context, leads)
        line = _line(sentences[number], found_here, left, force=force, mark=mark, digest=digest, lead_in=lead)
        lines.append(replace(line, wording=wording) if wording else line)
    return tuple(lines)


def _only_leads(quote: str, words: CompiledLedger) -> bool:
    """True for a lead-in that bars uses and nothing by itself: beside names it has words for that alone."""
    found = _LETTERS.findall(quote)
    return all(word.casefold() in words.leading or (at and word[0].isupper()) for at, word in enumerate(found))


def _foreign_left(quote: str, language: str | None, *, said: bool) -> set[str]:
    """The cue of a sentence in another language; where rules for English read it too, only if nothing was `said`."""
    if language is not None and is_known(language) and (said or not can_bind(quote, language)):
        return set()
    return {FOREIGN}


def _left(indexed: IndexedText, rules: RuleSet, context: Context, cues: list[Cue], found: list[Found]) -> set[str]:
    """The sorts of cues of a sentence, its lead-in's force among them, that none of its matches explains."""
    assert rules.ledger is not None
    cues = _without_labels(indexed, context, cues)
    cues = _unexplained(cues, _told(indexed, rules, context)) if cues else cues
    sorts = {cue.sort for cue in cues}
    inherited = _inherited_force(indexed, rules, context, sorts)
    if not sorts and not inherited:
        return set()
    stated = [one for one in found if one.ready.rule.yields.sort != BOILERPLATE]
    wide = [(_explained(one, rules.ledger), _clause_of(indexed, context, one)) for one in stated]
    cues = _unexplained(cues, wide)
    inherited = {force for force in inherited if not any(force in explained for explained, _ in wide)}
    asked = inherited.union(cue.sort for cue in cues)
    near = [
        (one.ready.rule.explains, stretch)
        for one in found
        if one.ready.rule.yields.sort == BOILERPLATE and not asked.isdisjoint(one.ready.rule.explains)
        for stretch in _stretches(indexed, rules, context, one)
    ]
    left = {cue.sort for cue in _unexplained(cues, near)}
    if left and left <= PERMITTED and _force(indexed, rules, context) == PERMISSION:
        left = set()
    return left | {force for force in inherited if not any(force in explained for explained, _ in near)}


CONTRASTS = (("is", "not"), ("are", "not"), ("does", "not"), ("do", "not"))
"""How a part ends that says the contrary of the part before: "the demo is limited; the model is not"."""
CONTRASTED = frozenset(("ban", "reach", RELATION, NORM, "act"))


def _limits_before(indexed: IndexedText, context: Context) -> bool:
    """True where the sentence before speaks of a limit."""
    before = indexed.context_at(context.words[0] - 1) if context.words[0] else None
    return before is not None and not load_frame_words()["limited"].isdisjoint(
        indexed.words.lower[slice(*before.words)]
    )


def _told(indexed: IndexedText, rules: RuleSet, context: Context) -> Iterator[tuple[Collection[str], Span]]:
    """The sorts of cues that say nothing in each part of a sentence."""
    before: Frame | None = None
    limited = _limits_before(indexed, context)
    for part in sentence_parts(indexed, context, rules.force.sets):
        if limited and tuple(indexed.words.lower[part.end - 2 : part.end]) in CONTRASTS:
            yield CONTRASTED, (part.start, part.end)
            continue
        limited = not load_frame_words()["limited"].isdisjoint(indexed.words.lower[part.start : part.end])
        frame = read_frame(indexed, part) or (go_on(indexed, part, before) if before else None)
        if frame is not None:
            yield descriptive_cues(indexed, frame), (part.start, part.end)
            before = frame


def _unexplained(cues: list[Cue], explained: Iterable[tuple[Collection[str], Span]]) -> list[Cue]:
    """The cues less those of which a sort is explained in the words where they stand."""
    for sorts, (low, high) in explained:
        cues = [cue for cue in cues if cue.sort not in sorts or cue.start < low or high < cue.end]
    return cues


def _without_labels(indexed: IndexedText, context: Context, cues: list[Cue]) -> list[Cue]:
    """The cues less those in the short first cell of a table row, which only names what the row is about."""
    text, start, end = indexed.tree.masked, context.sentence.start, context.sentence.end
    if not cues or text.find("|", start, end) < 0:
        return cues
    cells = text[start:end].strip("| ").split("|")
    if len(cells) < 2 or len(cells[0].split()) > SHORT + 2 or len(cells[1].split()) <= SHORT:
        return cues
    first = text.index(cells[0], start) + len(cells[0])
    return [cue for cue in cues if indexed.words.starts[cue.start] >= first or cue.sort == REACHES]


def _stretches(indexed: IndexedText, rules: RuleSet, context: Context, found: Found) -> Iterator[Span]:
    """The words around each match of a rule for boilerplate that it explains: its part of the sentence, near by.

    What the rule must not hold it must not hold there; other parts of the sentence are read for themselves.
    """
    ready = found.ready
    near = NEAR if SENTENCE not in ready.rule.explains else context.words[1] - context.words[0]
    own = sentence_parts(indexed, context, rules.force.sets)
    begins = subject_words(own) if ready.rule.match.starts else None
    spans = sorted(
        {hit.words for compiled in ready.any for hit in find_hits(indexed, compiled, context, begins=begins)}
    )
    if begins or PART in ready.rule.explains:
        inside = part_of if ready.rule.match.starts else part_around
        stretches = {(part.start, part.end) for part in (inside(own, span) for span in spans) if part}
    else:
        parts = _parts(indexed, context)
        spans = [span for span in spans if not _crosses_cells(indexed, span)][:MATCHES]
        stretches = {_stretch(span, parts, near) for span in spans}
    for low, high in sorted(stretches):
        stretch = low, min(high, context.words[1])
        part = Context(sentence=context.sentence, parts=[(*stretch, 0)])
        if not any(matches_in(indexed, compiled, part) for compiled in ready.none):
            yield stretch


def _crosses_cells(indexed: IndexedText, span: Span) -> bool:
    """True for a match of which a part stands in the label of a table row, the rest in what the label names."""
    start, end = indexed.offsets(span)
    return "|" in indexed.tree.masked[start:end]


def _clause_of(indexed: IndexedText, context: Context, found: Found) -> Span:
    """The words of a sentence between semicolons in which a term was read: others are read for themselves.

    A semicolon in brackets parts the things that are listed there, and no statement.
    """
    low, high = context.words
    first, last = found.hit.words
    text, words = indexed.tree.masked, indexed.words
    begins = words.starts[low]
    for mark in _SEMICOLON.finditer(text, words.ends[low], words.starts[high - 1]):
        if text.count("(", begins, mark.start()) > text.count(")", begins, mark.start()):
            continue
        at = bisect_left(words.starts, mark.start(), *context.words)
        if at <= first:
            low = at
        elif at >= last:
            high = min(high, at)
    return low, high


def _parts(indexed: IndexedText, context: Context) -> list[tuple[int, bool]]:
    """The first word of each part of a sentence, and whether a colon leads into it."""
    first, last = context.words
    text, words = indexed.tree.masked, indexed.words
    parts = [(first, False)]
    for found in _BREAK.finditer(text, words.ends[first], words.starts[last - 1]):
        at = bisect_left(words.starts, found.start() + 1, first, last)
        if at > parts[-1][0]:
            parts.append((at, found.group().startswith(":")))
    return parts


def _stretch(span: Span, parts: list[tuple[int, bool]], near: int) -> Span:
    """The words around a match, at most so many, within its part; what a colon leads into belongs to what leads."""
    low, high = span
    begins = max(at for at, _ in parts if at <= low)
    ends = next((at for at, led in parts if at >= high and not led), None)
    return max(begins, low - near), high + near if ends is None else min(ends, high + near)


def _mark(indexed: IndexedText, context: Context, *, reviewed: bool, known: bool) -> tuple[str | None, str]:
    """What a review came to, None for a sentence that nobody reviewed; and the hash of the sentence."""
    digest = context_hash(indexed, context)
    settled = load_reviewed()
    if not known and digest in settled.narrow:
        return None, digest
    mark = settled.marks.get(digest, SETTLED if reviewed else None)
    if mark is None and (other := _respelled_hash(indexed, context)) is not None:
        mark = None if not known and other in settled.narrow else settled.marks.get(other)
    return mark, digest


def _respelled_hash(indexed: IndexedText, context: Context) -> str | None:
    """The hash of a sentence that spells "licence", as if it spelled "license"; None for another."""
    words = [word for first, last, _ in context.parts for word in indexed.words.lower[first:last]]
    respelled = with_one_spelling(words)
    return None if respelled is words else sentence_hash(respelled)


def _line(
    evidence: Evidence, found: list[Found], left: set[str], *, force: str, mark: str | None, digest: str, lead_in: str
) -> LedgerLine:
    asks = tuple(sorted(left)) if mark in (OPEN, None) or {HIDDEN, CHANGE} & left else ()
    return LedgerLine(
        evidence=evidence,
        disposition=_disposition(found, asks=bool(asks)),
        force=force,
        by=tuple(sorted({one.ready.rule.id for one in found})),
        asks=asks,
        reviewed=mark is not None,
        hash=digest,
        lead_in=lead_in,
    )


def _lead_in(indexed: IndexedText, context: Context, known: dict[Span, str]) -> str:
    """The innermost words above an item of a list that bar, owe or permit; empty where there are none.

    `known` keeps what was found for each lead-in, since the items of a list share it.
    """
    for span in reversed(context.sentence.clause.lead_ins()):
        if span not in known:
            words = " ".join(indexed.tree.masked[span[0] : span[1]].split())
            known[span] = words if _FORCE.search(words) else ""
        if known[span]:
            return known[span]
    return ""


def _is_changed(context: Context, changes: Iterable[Span]) -> bool:
    """True where a copy of a known license has words of its own in a sentence, or lacks words within it."""
    start, end = context.sentence.start, context.sentence.end
    return any((low < end and start < high) or (low == high and start < low < end) for low, high in changes)


def _rewordings(
    indexed: IndexedText, context: Context, identity: Identity, significant: Sequence[WordChange]
) -> list[WordChange]:
    """What came and went in a sentence of a copy.

    Nothing for a sentence that was not changed, or shares too few words with the known license to be a copy of its.
    """
    text, sentence = indexed.tree.masked, context.sentence
    changes = changes_within(significant, sentence.start, sentence.end)
    if not changes or _COPYRIGHT.match(text, sentence.start) or _is_added(context, identity):
        return []
    if _says_what_is_meant(indexed, context) or is_edited(text[sentence.start : sentence.end], changes):
        return changes
    return []


def _says_what_is_meant(indexed: IndexedText, context: Context) -> bool:
    """True for the definition of a name."""
    sentence = context.sentence
    called = _CALLED.match(indexed.tree.masked, sentence.start, sentence.end)
    return bool(sentence.clause.defines) or called is not None


def _asks_by_change(
    changes: Sequence[WordChange], words: CompiledLedger, left: set[str], *, states: bool, commands: bool, grants: bool
) -> bool:
    """Whether the changed words of a sentence ask.

    A definition or a permission asks for any of them (`states`). Another sentence of which all else is understood asks
    where a word of force, number or party came or went; one that grants without a limit asks where such a word went,
    since it grants what it says.
    """
    if grants:
        return takes_away(changes, words)
    return bool(left) or states or any(is_telling(change, words, commands=commands) for change in changes)


def find_reworded(indexed: IndexedText, rules: RuleSet, identity: Identity) -> dict[int, str]:
    """By the start of each sentence of a changed copy the words that came and went in it and in what leads into it."""
    significant = find_rewordings(identity, rules.ledger) if rules.ledger else ()
    found = {}
    for context in indexed.contexts if significant else ():
        spans = [indexed.offsets((first, last)) for first, last, _ in context.parts]
        changes = [change for start, end in spans for change in changes_within(significant, start, end)]
        if changes and not _COPYRIGHT.match(indexed.tree.masked, context.sentence.start):
            found[context.sentence.start] = show_changes(indexed.tree.masked, dict.fromkeys(changes))
    return found


def _is_added(context: Context, identity: Identity) -> bool:
    """True for a sentence of which the known license has no word: it was added whole, and is read for itself."""
    start, end = context.sentence.start, context.sentence.end
    return any(low - MARGIN <= start and end <= high + MARGIN for low, high in identity.changes)


def _above(indexed: IndexedText, context: Context, by_sentence: Mapping[int, list[Found]]) -> Iterator[Found]:
    """The disclaimers that a lead-in of a sentence states."""
    for first, _, _ in context.parts[:-1]:
        number = context_number(indexed, first)
        for one in by_sentence.get(id(indexed.contexts[number]), ()) if number is not None else ():
            if one.ready.rule.yields.name in SHARED:
                yield one


def _is_bare_ban(indexed: IndexedText, context: Context) -> bool:
    """True for a short sentence that says "no" to something and nothing else: "No gambling."."""
    first, last = context.words
    return last - first <= SHORT and indexed.words.lower[first] == "no" and not context.sentence.clause.is_heading


def _is_of_unknown(indexed: IndexedText, rules: RuleSet, context: Context) -> bool:
    """True where the subject of a sentence is nothing that is known, and so may be the licensee or an act."""
    frames = [read_frame(indexed, part) for part in sentence_parts(indexed, context, rules.force.sets)]
    return any(frame is not None and frame.name is None and frame.kind in (BE, TELL) for frame in frames)


def _is_title(indexed: IndexedText, context: Context, left: set[str]) -> bool:
    """True for a heading, a question, a fragment, and a line in title case: none of them commands by itself."""
    text = indexed.tree.masked[context.sentence.start : context.sentence.end].strip()
    first, last = context.words
    if context.sentence.clause.is_heading or text.endswith("?"):
        return True
    if _FORBIDS.match(text):
        return False
    labelled = ":" in text and bool(_LABELLED.search(text))
    denied = last - first <= SHORT + 2 and text.rstrip(".!").endswith(" not")
    if labelled or last - first <= SHORT or denied:
        return not labelled and not (text.endswith(".") and len(left & ORDERS) > 1)
    words = text.split(maxsplit=TITLE_WORDS)
    if len(words) > TITLE_WORDS or text.isupper():
        return False
    return all(word[0].isupper() for word in words if len(word) > 3 and word[0].isalpha())


# A question and its answer say one thing together.


ANSWERED = ("no", "yes")
BARE = 4
"""An answer of no more words says nothing but yes or no."""


def _answer_to(indexed: IndexedText, rules: RuleSet, number: int) -> str | None:
    """What the answer to a question comes to: a right `refused`, a burden `required`, or all `free`; else None."""
    context = indexed.contexts[number]
    if not indexed.tree.masked[context.sentence.start : context.sentence.end].rstrip(' *_"”)|').endswith("?"):
        return None
    said = _said(indexed, rules, number + 1)
    asked = _asked(indexed, rules, context)
    if said is None or asked is None:
        return None
    return (
        "free" if said == {"burden": "no", "right": "yes"}[asked] else {"burden": "required", "right": "refused"}[asked]
    )


def _said(indexed: IndexedText, rules: RuleSet, number: int) -> str | None:
    """Whether a sentence begins with a yes or a no."""
    assert rules.ledger is not None
    if number >= len(indexed.contexts):
        return None
    first = indexed.contexts[number].words[0]
    for name in ANSWERED:
        if indexed.begins(rules.ledger.answers[name], first):
            return name
    return None


def _asked(indexed: IndexedText, rules: RuleSet, context: Context) -> str | None:
    """Whether a question is after a burden or after a right."""
    assert rules.ledger is not None
    for name, asked in rules.ledger.questions.items():
        if any(find_hits(indexed, pattern, context) for pattern in asked):
            return name
    return None


def _is_bare_answer(indexed: IndexedText, rules: RuleSet, number: int) -> bool:
    """True for a short answer to the question before, which that question's line tells."""
    first, last = indexed.contexts[number].words
    return (
        last - first <= BARE
        and _said(indexed, rules, number) is not None
        and bool(_answer_to(indexed, rules, number - 1))
    )


def _defines(indexed: IndexedText, rules: RuleSet, context: Context) -> bool:
    """True where a sentence says what a quoted word is, and the word is none for an act or a licensee."""
    assert rules.ledger is not None
    found = _CALLED.match(indexed.tree.masked, context.sentence.start, context.sentence.end)
    if found is None:
        return False
    said = indexed.words.lower[slice(*indexed.word_range(found.end(), context.sentence.end))]
    return not _names_act(indexed, rules, context, found) or bool(load_frame_words()["every"].intersection(said[:2]))


def _names_act(indexed: IndexedText, rules: RuleSet, context: Context, called: re.Match[str]) -> bool:
    """True where the word that a sentence explains is one for an act or a licensee."""
    assert rules.ledger is not None
    named = range(context.words[0], indexed.word_range(context.sentence.start, called.end(1))[1])
    return any(indexed.begins(rules.ledger.acts, word) for word in named)


def _has_bound_subject(indexed: IndexedText, rules: RuleSet, context: Context) -> bool:
    """True where a part of a sentence begins with what a licensee is, does, gets or makes."""
    assert rules.ledger is not None
    parts = sentence_parts(indexed, context, rules.force.sets)
    cells = [
        part
        for part in parts
        if "|" in indexed.tree.masked[context.sentence.start : indexed.words.starts[part.start]].strip("| ")
    ]
    return any(
        indexed.begins(rules.ledger.bound, word)
        for part in cells or parts
        for word in range(part.subject[0], min(part.subject[1] + NEAR_SUBJECT, part.end))
    )


def context_hash(indexed: IndexedText, context: Context) -> str:
    """The hash of a sentence with its lead-ins, by which a reviewed one is known again."""
    return sentence_hash(word for first, last, _ in context.parts for word in indexed.words.lower[first:last])


def _binds(cues: set[str], words: CompiledLedger, *, published: bool, related: bool) -> bool:
    """True where the cues that are left can bind somebody.

    In a sentence that is `related`, since it speaks of the work or the licensee, one cue is enough unless it is weak;
    another sentence needs a second sort of cue, or one that says enough alone, as money that is owed. In what is
    word for word a published license, which was written to be read, only a limit that reaches the use asks.
    """
    if published:
        return REACHES in cues and bool(cues & words.published)
    strong = cues - words.weak
    return RELATION in cues or bool(cues & words.alone) or len(cues) > 1 or (related and bool(strong))


def _disposition(found: list[Found], *, asks: bool) -> Disposition:
    sorts = {one.ready.rule.yields.sort for one in found}
    if asks:
        return Disposition.UNREAD
    for sort in (Disposition.TERM, Disposition.FACT, Disposition.BOILERPLATE):
        if sort.value in sorts:
            return sort
    return Disposition.NO_NORM


def _explained(found: Found, words: CompiledLedger) -> frozenset[str]:
    """The sorts of cues that a match explains wherever they stand in its sentence."""
    stated = found.ready.rule.yields
    names = words.explains.get(stated.name, () if stated.sort == "fact" else ALL)
    if names == ALL:
        return frozenset(words.cues) | {REACHES, BINDS, NORM, SHAPE}
    return frozenset(names) | ({BINDS, NORM, SHAPE} if names else frozenset())


def _force(indexed: IndexedText, rules: RuleSet, context: Context) -> str:
    """What kind of statement the sentence makes: its own first modal before that of its lead-in."""
    clause = context.sentence.clause
    if clause.is_heading:
        return "heading"
    events = force_events(indexed, context, rules.force)
    own = [event for event in events if event[1] > context.own]
    if own:
        return {"permit": PERMISSION}.get(own[0][2], own[0][2])
    if clause.defines:
        return "definition"
    if events:
        return {"permit": PERMISSION}.get(events[-1][2], events[-1][2])
    return "statement"


def _permits_itself(indexed: IndexedText, rules: RuleSet, context: Context) -> bool:
    """True for an item whose own words begin by permitting, whatever its lead-in asks."""
    own = [event for event in force_events(indexed, context, rules.force) if event[0] >= context.own]
    return bool(own) and own[0][2] == "permit"


def _inherited_force(indexed: IndexedText, rules: RuleSet, context: Context, cues: set[str]) -> set[str]:
    """The force that a lead-in or heading gives to an item that has none of its own."""
    if not context.sentence.clause.is_item or cues & {"ban", "duty"}:
        events: list[tuple[int, int, str]] = []
    else:
        events = [e for e in force_events(indexed, context, rules.force) if e[0] < context.own]
    return {events[-1][2]} & {"ban", "duty"} if events else set()
