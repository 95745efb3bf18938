"""What a text grants: for each sentence that grants, the rights it names and by what it limits them.

A grant is proof, so a sentence is taken for one as far as all its words are understood: what stands in no list of
`rules/grants.yaml` is a limit that nobody has read, and a negation takes the grant away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from licensecheck.catalog.built_data import load_data
from licensecheck.domain.licenses import Grant
from licensecheck.lazy import re
from licensecheck.reading.detection import RuleSet
from licensecheck.reading.force import force_at, force_events
from licensecheck.reading.grant_frees import (
    NEEDLESS,
    find_freed,
    find_orders,
    find_relatives,
    find_waivers,
    speaks_of_part,
)
from licensecheck.reading.grant_roles import (
    find_further_acts,
    find_makers,
    find_named,
    find_other_subjects,
    find_purposes,
    find_ties,
)
from licensecheck.reading.grant_words import (
    GrantWords,
    Mark,
    SentenceWords,
    find_marks,
    load_grant_words,
    marks_apart,
)
from licensecheck.reading.indexed_text import Context, IndexedText
from licensecheck.reading.provisos import holds_term, is_of_risk, is_understood
from licensecheck.reading.terms import Quoter, Statement

_WRITING = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


# The grant of one sentence.


_ACTIVE = frozenset(("grant", "grants", "give", "gives"))
_SUBJECT = frozenset(("grants", "hereby", "permits", "gives", "licenses", "grant", "inc", "corporation", "allows"))
"""Verbs whose subject is the licensor, so that a capitalized word before them is its name."""
_PURPOSE = frozenset(("for", "only", "solely", "exclusively", "purpose", "purposes", "use", "basis"))
_BETWEEN = frozenset(("hereby", "shall", "will", "must", "also", "automatically", "agree", "to"))
_POINTING = frozenset(("the", "this", "these", "our", "any", "all", "such", "of", "said", "other"))
_ADDING = frozenset(("other", "another"))
"""Words that add to what is granted, whatever they stand before."""
_LICENSEE = frozenset(("you", "licensee", "user", "users", "licensees", "customer", "contributor"))
_TO_LICENSEE = (["to", "you"], ["to", "licensee"], ["to", "recipient"], ["to", "each"], ["to", "any"], ["to", "every"])
"""Words after "grants": a contributor gives to the licensee too."""
_ARTICLES = frozenset(("the", "a", "an", "any", "this", "these", "that", "such", "our", "your", "its", "all", "you"))
_OWNED = "copyright"
"""The word with which a line begins whose names are those of owners."""
_PATENT = frozenset(("patent", "patents"))
_COPYRIGHT = frozenset(("copyright", "copyrights", "intellectual", "deal", "database", "neighboring", "neighbouring"))
"""A grant that names patents and none of these is one of patents alone."""
_TAKING = frozenset(("but", "however", "except"))
"""Words that begin what takes from a grant, where a condition would ask something."""
_RELATIVE = (["that", "you"], ["which", "you"])
"""Words before "may" that say which things are spoken of."""
_MEANS = frozenset(("means", "mean"))
_NO_DEFINITION = frozenset(("this", "that", "which", "by", "any", "other", "all", "reasonable"))
_PLAIN = frozenset(("use", "copy", "distribute", "redistribute", "modify", "share", "change", "sell", "reuse"))
"""Verbs with which a sentence can begin as an order, and as no noun."""
_SPARING = frozenset(("no", "need", "needs", "do", "does", "don't", "doesn't"))
"""First words of frames that deny a burden: "no limits are placed on", "need not ask before"."""
_POINTERS = frozenset(("they", "he", "she"))
_ANYBODY = frozenset(
    (
        "anyone",
        "anybody",
        "everyone",
        "everybody",
        "user",
        "users",
        "you",
        "recipient",
        "recipients",
        "licensee",
        "licensees",
        "person",
        "persons",
        "people",
        "public",
        "whoever",
        "any",
        "every",
    )
)
_TRANSITIVE = frozenset(("use", "reproduce", "modify", "distribute", "sublicense", "sell", "perform", "host"))
"""Acts that are done with something."""
_USING = frozenset(("use", "used", "using", "usage"))
_JOINS = frozenset(("of", "and", "or"))
"""Words before the article of an object that is not the first one."""
_BINDS = frozenset(
    (
        "within",
        "during",
        "on",
        "at",
        "until",
        "for",
        "in",
        "outside",
        "while",
        "through",
        "via",
        "against",
        "who",
        "whose",
        "unless",
    )
)
_TIES = _BINDS | frozenset(
    (
        "by",
        "with",
        "from",
        "to",
        "under",
        "if",
        "when",
        "where",
        "that",
        "which",
        "as",
        "after",
        "before",
        "because",
        "every",
        "each",
    )
)
"""Words by which what follows may tie the grant to a place, time, person or purpose."""
NAME = 6
"""How many words the name of an object has at most."""
REACH = 14
"""How many words after "may" the first act stands that it permits."""
NEAR = 4
"""How many words before "may" its subject is looked for."""
PURPOSES = frozenset(
    ("noncommercial", "research", "evaluation", "internal", "personal", "one-copy", "one-machine", "payment", "term")
)
"""Limiters that limit in a condition too: "provided that it is used for research"."""
CONDITION = "condition"
USE, ANY_USE = "use", "any-use"
"""Use for any purpose takes in what use alone does not."""
UNREAD = "not-understood"
OTHER_TERMS = "other-terms"
_OTHER_LICENSE = re.compile(
    r"\b(?:under|of|by|with|to|per)\s+(?:the\s+|an?\s+)?"
    r"((?:(?!This\b|The\b|Such\b|Your\b|Our\b)[A-Z][\w.+-]*\s+){1,6}(?:License|Licence|Agreement))\b"
)
"""A license that a grant names: "under the terms of the Zorp Public License"."""
NEGATED = "negated"


def read_grants(
    indexed: IndexedText, rules: RuleSet, quoter: Quoter, *, read: Iterable[tuple[int, int]] = ()
) -> tuple[Grant, ...]:
    """The grants of a text in their order; `read` are the word ranges in which rules found terms of other kinds."""
    words = load_grant_words()
    known = sorted(read)
    leads = {start: any(_goes_on(indexed, item) for item in items) for start, _, items in indexed.leads}
    grants = []
    for context in indexed.contexts:
        goes_on = leads.get(context.words[0])
        if goes_on is not None and _is_open(indexed, context, words, goes_on=goes_on):
            continue
        grant = _read(indexed, rules, context, words, quoter, known)
        if grant is not None:
            grants.append(grant)
    return tuple(grants)


def _goes_on(indexed: IndexedText, item: Context) -> bool:
    """True for an item that goes on with its lead-in: "… the right to change it: (a) in schools"."""
    return indexed.words.lower[item.words[0]] in _BINDS


def _is_open(indexed: IndexedText, context: Context, words: GrantWords, *, goes_on: bool) -> bool:
    """True for a lead-in that is no grant without its items: they go on with it, or say what it is done with.

    "The right to copy: (a) the program when built into a device" gives no right to copy whatever else there is. A
    lead-in that sets a condition is whole: its items tell the conditions.
    """
    row = SentenceWords(indexed, context)
    if find_marks(row, words.provisos):
        return False
    ends = any(end == len(row.words) and name in _TRANSITIVE for _, end, name in find_marks(row, words.acts))
    return goes_on or (
        ends and indexed.tree.masked[context.sentence.start : context.sentence.end].rstrip().endswith(":")
    )


def written_grants(statements: Iterable[Statement]) -> Iterator[Grant]:
    """The grants in a writing without spaces: the rights that the rules read, limited by the words beside them."""
    limits = load_data("grants.yaml")["written_limits"]
    for statement in statements:
        rights, quote = statement.attributes.get("rights"), statement.evidence.quote
        if statement.kind == "copyright-grant" and isinstance(rights, tuple) and rights and _WRITING.search(quote):
            found = (name for name, words in limits.items() if any(word in quote for word in words))
            yield Grant(rights=rights, limits=tuple(sorted(found)), evidence=statement.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A sentence that may grant, as a row, with the phrases that stand in it."""

    context: Context
    row: SentenceWords
    frames: list[Mark]
    acts: list[Mark]
    neutral: list[Mark]
    limiters: list[Mark]
    negations: list[Mark]


def _read(
    indexed: IndexedText,
    rules: RuleSet,
    context: Context,
    words: GrantWords,
    quoter: Quoter,
    known: list[tuple[int, int]],
) -> Grant | None:
    """The grant of a sentence; None where it gives nothing."""
    sentence = _sentence(indexed, context, words)
    if sentence is None or not _grants(indexed, rules, sentence, words):
        return None
    begun, ended = _proviso(sentence, sentence.frames, words)
    if _is_of_patents(sentence.row):
        return None
    frames = [f for f in sentence.frames if _gives(indexed, rules, sentence, f, words, asked=begun)]
    acts = sentence.acts or [m for m in find_marks(sentence.row, words.unnamed) if any(f[2] == "given" for f in frames)]
    begun, ended = _proviso(sentence, frames, words)
    rights = {name for at, _, name in acts if not begun <= at < ended}
    rights |= {name for _, _, name in frames if name == "all"}
    rights |= {USE for at, end, name in acts if name == ANY_USE and _USING.intersection(sentence.row.words[at:end])}
    rights -= {"none"}
    if ANY_USE in rights and USE not in rights:
        rights = (rights - {ANY_USE}) | {"commercial-use"}
    if not frames or not rights:
        return None
    limits, unread = _limits(sentence, begun, ended, words, known)
    if _points_at_some(indexed, sentence, frames, words):
        limits, unread = {*limits, UNREAD}, (*unread, "they")
    if _points_elsewhere(indexed, sentence):
        limits = {*limits, OTHER_TERMS}
    place = context.sentence
    return Grant(
        rights=tuple(sorted(rights)),
        limits=tuple(sorted(limits)),
        unread=unread,
        evidence=quoter.passage(place.start, place.end, place.clause.section),
    )


def _sentence(indexed: IndexedText, context: Context, words: GrantWords) -> _Sentence | None:
    """The sentence with what stands in it; its lead-ins count where the sentence grants nothing without them."""
    row = SentenceWords(indexed, context)
    frames = _frames(row, words)
    if len(context.parts) > 1 and frames and frames[0][0] >= row.own:
        context = Context(sentence=context.sentence, parts=[(*context.words, 0)])
        row = SentenceWords(indexed, context)
        frames = _frames(row, words)
    acts = find_marks(row, words.acts)
    if not frames and not acts:
        return None
    acts = [act for act in acts if not _is_derived(row, act)]
    frames = frames or _imperative(row, acts) or find_orders(row, acts, words)
    frames = [frame for frame in frames if frame[2] != "may" or _reaches(frame, acts)]
    frames = [frame for frame in frames if not _is_bare_praise(row, frame, acts)]
    if not frames:
        return None
    freed = _freed(row, frames, words)
    acts = [act for act in acts if not any(a <= act[0] < b for a, b, name in freed if name == NEEDLESS)]
    neutral = sorted([*find_marks(row, words.neutral), *freed])
    return _Sentence(
        context=context,
        row=row,
        frames=frames,
        acts=acts,
        neutral=neutral,
        limiters=marks_apart(find_marks(row, words.limiters), neutral),
        negations=marks_apart(find_marks(row, words.negations), [*neutral, *frames]),
    )


def _frames(row: SentenceWords, words: GrantWords) -> list[Mark]:
    """By what a sentence shows that it grants: the phrases of `frames`, and where all rights are given up."""
    found = [*find_marks(row, words.frames), *find_waivers(row, words)]
    found = [frame for frame in found if frame[2] != "all" or not speaks_of_part(row, frame, words)]
    taken = {i for start, end, _ in found for i in range(start, end)}
    praise = find_marks(row, words.praise)
    return sorted([*found, *(mark for mark in praise if taken.isdisjoint(range(mark[0], mark[1])))])


def _freed(row: SentenceWords, frames: list[Mark], words: GrantWords) -> list[Mark]:
    """What takes a burden away in what is granted; in a condition it asks something: "provided no fee is charged"."""
    begins = {frame[0] for frame in frames}
    provisos = marks_apart(find_marks(row, words.provisos), find_marks(row, words.neutral))
    asked = provisos[0][0] if provisos else len(row.words)
    granted = next((frame[0] for frame in frames if frame[0] > asked), len(row.words))
    if any(frame[0] < asked for frame in frames):
        granted = len(row.words)
    return [mark for mark in find_freed(row, words) if mark[0] not in begins and not asked <= mark[0] < granted]


def _is_bare_praise(row: SentenceWords, frame: Mark, acts: list[Mark]) -> bool:
    """True for "is free" of something that is no act: "the program is free" does not say to do what."""
    if frame[2] != "praise":
        return False
    done = any(frame[0] - REACH < end <= frame[0] for _, end, _ in acts)
    return not done or row.words[frame[1] : frame[1] + 1] in (["of"], ["from"])


def _reaches(frame: Mark, acts: list[Mark]) -> bool:
    """True for a frame with an act near after it."""
    following = bisect_left(acts, (frame[1],))
    return following < len(acts) and acts[following][0] <= frame[1] + REACH


def _is_derived(row: SentenceWords, act: Mark) -> bool:
    """True for "the derivative work" as what is spoken of, where to make one would be an act."""
    return act[2] == "modify" and act[1] - act[0] > 1 and act[0] > 0 and row.words[act[0] - 1] in ("the", "said")


def _imperative(row: SentenceWords, acts: list[Mark]) -> list[Mark]:
    """The first word of a sentence that tells everybody to do as they like: "Use and copy it as you like."."""
    begins = [act for act in acts if act[0] == row.own]
    if begins and row.words[row.own] in _PLAIN and any(name == "all" for _, _, name in acts):
        return [(row.own, row.own + 1, "given")]
    return []


def _grants(indexed: IndexedText, rules: RuleSet, sentence: _Sentence, words: GrantWords) -> bool:
    """False for a definition, a sentence about something else than the work, and an item that asks by itself."""
    row = sentence.row
    begun, ended = _proviso(sentence, sentence.frames, words)
    others = (start for start, _, _ in find_marks(row, words.others) if not _stands_with_work(row, start, words))
    if _defines(row, sentence.frames[0][0]) or any(not begun <= at < ended for at in others):
        return False
    if any(word in _ACTIVE and _is_given_by_licensee(row, i) for i, word in enumerate(row.words)):
        return False
    if not any(end > row.own for _, end, _ in (*sentence.acts, *sentence.frames)):
        return False
    leads = all(end <= row.own for _, end, _ in sentence.frames)
    return not (leads and _is_bound(indexed, rules, sentence.context))


def _stands_with_work(row: SentenceWords, at: int, words: GrantWords) -> bool:
    """True for "the weights and their outputs": what is granted is granted for the work too."""
    before = row.words[max(0, at - 3) : at]
    joined = next((n for n, word in enumerate(before) if word in ("and", "or")), None)
    return joined is not None and joined > 0 and before[joined - 1] in words.works


def _is_given_by_licensee(row: SentenceWords, verb: int) -> bool:
    """True for "you (hereby) grant us", which gives the licensor something."""
    before = [word for word in row.words[max(0, verb - 3) : verb] if word not in _BETWEEN]
    to_licensee = row.words[verb + 1 : verb + 3] in _TO_LICENSEE or row.words[verb + 1 : verb + 2] == ["you"]
    return bool(before) and before[-1] in _LICENSEE and not to_licensee


def _limits(
    sentence: _Sentence, begun: int, ended: int, words: GrantWords, known: list[tuple[int, int]]
) -> tuple[set[str], tuple[str, ...]]:
    """By what a sentence limits its grant, and the words in it that nothing explains."""
    row = sentence.row
    inside = range(begun, ended)
    limits = {
        name
        for at, end, name in sentence.limiters
        if at not in inside or (name in PURPOSES and _is_purpose(row, at, end))
    }
    takes = begun < ended and row.words[begun] in _TAKING and not is_of_risk(row, inside, words)
    read = takes and holds_term(row, inside, known)
    if any(at not in inside or takes for at, _, _ in sentence.negations) and not read:
        limits.add(NEGATED)
    strange = list(_strange(sentence, words))
    tied = _tied(sentence, inside, words)
    named = {i for i in strange if i not in tied and _is_object(sentence, i)}
    unread = tuple(
        row.words[i]
        for i in sorted({*strange, *tied})
        if i not in inside and i not in named and not _is_told_before(sentence, i)
    )
    if unread:
        limits.add(UNREAD)
    understood = is_understood(
        row,
        inside,
        words,
        strange={i for i in strange if row.words[i] not in words.condition_words and not row.quoted[i]},
        neutral=sentence.neutral,
        negated={at for at, _, _ in sentence.negations},
        known=known,
    )
    if not understood:
        limits.add(CONDITION)
    return limits, unread


def _points_elsewhere(indexed: IndexedText, sentence: _Sentence) -> bool:
    """True for a grant under a license that the text names here alone: its terms stand in another text."""
    text, place = indexed.tree.masked, sentence.context.sentence
    own = text[place.start : place.end]
    if own.isupper():
        return False
    rest = " ".join(f"{text[: place.start]} {text[place.end :]}".casefold().split())
    return any(" ".join(found[1].casefold().split()) not in rest for found in _OTHER_LICENSE.finditer(own))


def _points_at_some(indexed: IndexedText, sentence: _Sentence, frames: list[Mark], words: GrantWords) -> bool:
    """True for "they may …" where the sentence before does not speak of everyone."""
    row = sentence.row
    for start, end, _ in frames:
        subject = start - 2 if row.words[start - 1 : start] in (["may"], ["can"]) else start - 1
        if row.words[end : end + 1] == ["be"] or subject < row.own or row.words[subject] not in _POINTERS:
            continue
        before = indexed.context_at(row.numbers[row.own] - 1) if row.numbers[row.own] else None
        told = {*row.words[row.own : subject], *(indexed.words.lower[slice(*before.words)] if before else ())}
        if not told & _ANYBODY or told & words.someones:
            return True
    return False


def _tied(sentence: _Sentence, inside: range, words: GrantWords) -> set[int]:
    """The positions of words that tie the grant to somebody or something by where they stand."""
    told = (*sentence.neutral, *sentence.limiters, *sentence.negations)
    covered = {i for start, end, _ in told for i in range(start, end)}
    ties = find_ties(
        sentence.row, words, frames=sentence.frames, acts=sentence.acts, neutral=sentence.neutral, skip=inside
    )
    subjects = find_other_subjects(sentence.row, words, frames=sentence.frames, neutral=covered)
    purposes = find_purposes(sentence.row, acts=sentence.acts, frames=sentence.frames, skip=inside)
    makers = find_makers(sentence.row, words, frames=sentence.frames, acts=sentence.acts)
    relatives = set(find_relatives(sentence.row, words, skip=inside))
    return ((ties | subjects | purposes | relatives) - covered) | set(makers)


def _strange(sentence: _Sentence, words: GrantWords) -> Iterator[int]:
    """The positions of the words that no list knows."""
    spans = (*sentence.neutral, *sentence.frames, *sentence.acts, *sentence.limiters, *sentence.negations)
    read = {i for start, end, _ in spans for i in range(start, end)}
    read.update(find_further_acts(sentence.row, sentence.acts))
    read.update(find_named(sentence.row, words, frames=sentence.frames))
    for i, word in enumerate(sentence.row.words):
        if i not in read and word not in words.words and not _is_known(sentence, i, words):
            yield i


def _is_object(sentence: _Sentence, at: int) -> bool:
    """True for a word in the name of what an act is done with: "modify the sound bank", "copy this or that zorp"."""
    row = sentence.row
    for start in range(at - 1, max(-1, at - NAME), -1):
        if row.words[start] in _ADDING:
            return True
        if row.words[start] in _POINTING:
            joined = start > 0 and (row.words[start - 1] in _JOINS or any(end == start for _, end, _ in sentence.acts))
            within = row.words[start - 1] in ("in", "of", "within") and row.words[start] in ("this", "these")
            if within and row.own < start < sentence.frames[0][0]:
                return True
            return joined or any(end in (start, start - 1) and name == "all" for _, end, name in sentence.frames)
        if row.words[start] in _TIES or row.marked[start + 1]:
            return False
    return False


def _is_told_before(sentence: _Sentence, at: int) -> bool:
    """True for a word of what is told before the licensor grants: "the authors wish it well, and so we grant …".

    What stands before "may" is the licensee, and what follows a preposition at the beginning is a place or time.
    """
    row = sentence.row
    frame = sentence.frames[0]
    begins = row.own if at >= row.own else 0
    if any(begins <= start < at for start, _, _ in sentence.acts):
        return False
    return at < frame[0] and frame[2] != "may" and row.words[begins] not in _TIES and not _lies_near(row, at)


def _lies_near(row: SentenceWords, at: int) -> bool:
    """True for a word that a preposition of place, time or person binds."""
    return any(word in _BINDS for word in row.words[max(0, at - 3) : at])


def _gives(
    indexed: IndexedText, rules: RuleSet, sentence: _Sentence, frame: Mark, words: GrantWords, *, asked: int
) -> bool:
    """True for a frame that is neither denied nor a duty, by which the licensor gives and not the licensee.

    From the position `asked` on stands what the grant depends on, whose duties are none of the grant.
    """
    row = sentence.row
    before = row.words[max(0, frame[0] - NEAR) : frame[0]]
    if frame[2] == "may" and words.grantors.intersection(before):
        return False
    if frame[2] == "may" and before[-2:] in _RELATIVE:
        return False
    if row.words[frame[1] - 1] == "to" and row.words[frame[1] : frame[1] + 1] and row.words[frame[1]] in _ARTICLES:
        return False
    if row.words[frame[0]] in _SPARING:
        return True
    if frame[1] <= asked and all(event[0] >= asked for event in force_events(indexed, sentence.context, rules.force)):
        return True
    return force_at(indexed, sentence.context, rules.force, frame[0], frame[1]) not in ("ban", "duty")


def _is_of_patents(row: SentenceWords) -> bool:
    """True for a sentence about patents and about no other right."""
    return not _PATENT.isdisjoint(row.words) and _COPYRIGHT.isdisjoint(row.words)


def _defines(row: SentenceWords, frame: int) -> bool:
    """True where a frame stands in the definition of a name, which grants nothing."""
    named = (i for i, word in enumerate(row.words[:frame]) if word in _MEANS and i > 0)
    return any(row.words[i - 1] not in _NO_DEFINITION for i in named)


def _is_bound(indexed: IndexedText, rules: RuleSet, context: Context) -> bool:
    """True for an item that asks or forbids by itself, whatever its lead-in grants."""
    return any(
        start >= context.own and force != "permit" for start, _, force in force_events(indexed, context, rules.force)
    )


def _is_purpose(row: SentenceWords, start: int, end: int) -> bool:
    """True where a limiting word stands for a purpose: "for research", "research purposes only"."""
    near = (*row.words[max(0, start - 3) : start], *row.words[end : end + 2])
    return bool(_PURPOSE.intersection(near))


def _proviso(sentence: _Sentence, frames: list[Mark], words: GrantWords) -> tuple[int, int]:
    """The positions of what the grant is made to depend on; an empty range where it is not."""
    row = sentence.row
    provisos = marks_apart(find_marks(row, words.provisos), sentence.neutral)
    if not provisos:
        return len(row.words), len(row.words)
    at = provisos[0][0]
    later = [f[0] for f in frames if f[0] > at]
    return (at, later[0]) if later and not any(f[0] < at for f in frames) else (at, len(row.words))


def _is_known(sentence: _Sentence, at: int, words: GrantWords) -> bool:
    """True for a word that limits nothing: a small word, a right, a work; and for a name that is no place or time."""
    row = sentence.row
    word = row.words[at]
    if word in words.words or len(word) < 2 or word.replace(".", "").isdigit():
        return True
    if _describes_work(row, at, words):
        return True
    tied = at > 0 and row.words[at - 1] in words.places and not any(b == at for _, b, _ in sentence.neutral)
    if not row.capital[at] or tied:
        return False
    if at > 0 and len(row.words[at - 1]) == 1 and row.capital[at - 1]:
        return True
    begins = at == 0 or row.marked[at]
    if row.words[row.own] == _OWNED and at < sentence.frames[0][0]:
        return True
    return not begins or row.acronym[at] or bool(_SUBJECT.intersection(row.words[at + 1 : at + 9]))


def _describes_work(row: SentenceWords, at: int, words: GrantWords) -> bool:
    """True for a word that stands before the name of the work, as part of it: "the zorp program"."""
    after = row.words[at + 1 : at + 4]
    until = next((i for i, word in enumerate(after) if word in words.works), None)
    if until is None or any(row.marked[at + 1 : at + 2 + until]) or any(w in words.words for w in after[:until]):
        return False
    before = row.words[max(0, at - 3) : at]
    return bool(_POINTING.intersection(before))
