"""Prohibited uses against the free words in which a product manager says what the model is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from licensecheck.catalog.check_rules import load_harmless, load_purposes, load_uses
from licensecheck.catalog.phrasing import category_words
from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.licenses import LicenseReading, Term
from licensecheck.domain.rules import Asking, UseCategory
from licensecheck.judge.case import Case, Fact, Situation, Truth, some
from licensecheck.judge.purposes import is_ordinary, is_placeholder
from licensecheck.reading.use_phrases import MAX_WORDS, Spot, find_name, find_phrase, holds, tokens
from licensecheck.reading.use_words import Hit, find_hits, is_harmless, other_senses, two_sensed
from licensecheck.text.markup import cut_words

KIND_WORDS = {"no-circumvention": "safeguard-circumvention", "no-reverse-engineering": "reverse-engineering"}
"""Kinds that are no prohibited use by name and are still looked for in the uses."""
UNCLEAR = "unclear-use"
MOST = 3
"""How many of the bans that come near a question names."""


def use_banned(case: Case) -> Fact:
    """Whether one of the uses is what the term forbids; not known where it hangs on how the thing is used."""
    category = str(case.term.attributes.get("category") or KIND_WORDS.get(case.term.kind))
    deployment = case.profile.deployment
    if category in deployment.decided:
        return Fact(value=False, reason="By the profile, a person has ruled this out (deployment.decided).")
    vocabulary = load_uses(category)
    if deployment.uses is None and case.term.kind in KIND_WORDS:
        return Fact(value=False)
    if deployment.uses is None:
        return Fact(value=None, reason="What the model is used for is not stated.", ask=case.asking("deployment.uses"))
    if vocabulary is None:
        text = f"Does the deployment do what is prohibited as {category_words(category)}?"
        asking = Asking(fact=f"use.{category}", text=text, field=None)
        return Fact(value=None, reason=f"No rule tells which uses are {category_words(category)}.", ask=asking)
    return _joined([use_fact(use, vocabulary, case) for use in deployment.uses], category)


def _joined(facts: list[Fact], category: str) -> Fact:
    """The uses' facts as one: banned if one is, else open if one is."""
    truth = some(fact.value if isinstance(fact.value, bool) else None for fact in facts)
    deciding = [fact for fact in facts if fact.value is truth]
    reason = " ".join(dict.fromkeys(fact.reason for fact in deciding if fact.reason))
    return Fact(value=truth, reason=reason, ask=next((fact.ask for fact in deciding if fact.ask), None))


def use_fact(use: str, vocabulary: UseCategory, case: Case) -> Fact:
    """Whether one use falls under the ban on one category."""
    words = tokens(use)
    if len(words) > MAX_WORDS:
        return _told(None, cut_words(use, 80), vocabulary)
    hits = find_hits(words, vocabulary, named=_names(case))
    standing = [hit for hit in hits if not is_harmless(hit, words, vocabulary)]
    if not standing and _is_banned_as_related(words, vocabulary):
        return _told(None, use, vocabulary)
    if not hits:
        return Fact(value=False)
    if not standing:
        return Fact(value=False)
    truth = _evaluate(standing, words, vocabulary, case)
    return _told(truth, use, vocabulary)


def _is_banned_as_related(words: tuple[str, ...], vocabulary: UseCategory) -> bool:
    """True where the use is plainly what a narrower or a neighbouring category names."""
    related = (other for name in vocabulary.related if (other := load_uses(name)) is not None)
    return any(
        hit.plain and not is_harmless(hit, words, other)
        for other in related
        for hit in find_hits(words, other, named="")
    )


def _told(truth: Truth, use: str, vocabulary: UseCategory) -> Fact:
    category = category_words(vocabulary.category)
    if truth is False:
        return Fact(value=False, reason=f'"{use}" is outside the ban on {category}.')
    if truth is True:
        return Fact(value=True, reason=f'"{use}" falls under the ban on {category}.')
    asking = Asking(fact=f"use.{use}", text=f'"{use}": {vocabulary.question}', field=None)
    return Fact(value=None, reason=f'"{use}" may fall under the ban on {category}.', ask=asking)


def _evaluate(hits: list[Hit], words: tuple[str, ...], vocabulary: UseCategory, case: Case) -> Truth:
    """Banned, free or open: by the hits, the provisos of the text, and what the use itself says of them."""
    soft = frozenset(case.term.provisos) - frozenset(vocabulary.inherent)
    if holds(vocabulary.always_banned, words):
        return True
    if any(hit.plain for hit in hits) and not soft:
        return None if _is_in_doubt(hits, words, vocabulary) else True
    return False if holds(vocabulary.exempting, words) else None


def _is_in_doubt(hits: list[Hit], words: tuple[str, ...], vocabulary: UseCategory) -> bool:
    """True where the hits have two senses in a use that is ordinary else, or a word of the opposite stands by."""
    if holds(load_harmless()["undone"], words):
        return False
    spots = {spot for hit in hits for spot in hit.places}
    if set(find_softeners(words, vocabulary)) - spots:
        return True
    return spots <= set(two_sensed(words)) and is_ordinary(words, frozenset(spots))


def _names(case: Case) -> str:
    """The words by which the text states the ban: its topics and the quoted passages."""
    topics = case.term.details.get("topics")
    listed = topics if isinstance(topics, tuple) else ()
    return " ".join((*listed, *(evidence.quote for evidence in case.term.evidence))).casefold()


def find_softeners(words: tuple[str, ...], vocabulary: UseCategory) -> Spot:
    """The places of words that may show the opposite of the category, or a mere subject."""
    harmless = load_harmless()
    listed = (phrase for name in vocabulary.harmless for phrase in harmless[name])
    near = (place for phrase in vocabulary.near if (place := find_name(phrase, words)) is not None)
    found = (place for phrase in listed if (place := find_phrase(phrase, words)) is not None)
    return tuple(sorted({spot for place in (*near, *found) for spot in place}))


# What brings a ban near without naming what it bans.


def find_hints(words: tuple[str, ...], category: str) -> list[Hit]:
    """The hints at a category that no word of the opposite governs."""
    vocabulary = load_uses(category)
    found = []
    for phrase in load_purposes().hints.get(category, ()):
        place = find_phrase(phrase, words) if "+" in phrase else find_name(phrase, words)
        hint = Hit(phrase=phrase, plain=False, places=place) if place is not None else None
        if hint is not None and not (vocabulary and is_harmless(hint, words, vocabulary)):
            found.append(hint)
    return found


# The uses of a deployment, each under all the bans of its texts.


Ban = tuple[Term, LicenseReading]


def use_findings(situation: Situation) -> Iterator[tuple[Finding, LicenseReading]]:
    """A finding for each use of which no ban says anything and that is not known to be harmless."""
    bans = _bans(situation)
    for use in (situation.profile.deployment.uses or ()) if bans else ():
        words = tokens(use)
        if is_placeholder(words):
            yield _placeholder(use, bans)
        elif len(words) <= MAX_WORDS and not _is_told(use, bans, situation):
            near = [category for category in bans if find_hints(words, category)]
            if near or not is_ordinary(words, _settled(words)):
                yield _unclear(use, near, bans)


def _bans(situation: Situation) -> dict[str, Ban]:
    """The categories that the texts ban and on which nobody has decided, each with the first term that bans it."""
    bans: dict[str, Ban] = {}
    for reading in situation.readings:
        for term in reading.terms:
            category = term.attributes.get("category")
            if term.kind == "prohibited-use" and isinstance(category, str):
                bans.setdefault(category, (term, reading))
    return {category: ban for category, ban in bans.items() if category not in situation.profile.deployment.decided}


def _is_told(use: str, bans: Mapping[str, Ban], situation: Situation) -> bool:
    """True where a ban itself says something of the use: it is banned, or asked about there."""
    for category, (term, reading) in bans.items():
        vocabulary = load_uses(category)
        case = Case(term=term, reading=reading, situation=situation)
        if vocabulary is not None and use_fact(use, vocabulary, case).value is not False:
            return True
    return False


@lru_cache(maxsize=1024)
def _settled(words: tuple[str, ...]) -> frozenset[int]:
    """The places of words that the vocabularies of the bans know, be it for what is banned or for its opposite."""
    places: set[int] = set()
    for category in load_purposes().hints:
        vocabulary = load_uses(category)
        if vocabulary is None:
            continue
        places.update(find_softeners(words, vocabulary))
        places.update(spot for word, shown in other_senses(words).items() for spot in (word, *shown))
        for hit in find_hits(words, vocabulary, named=""):
            places.update(hit.places)
    return frozenset(places)


def _placeholder(use: str, bans: Mapping[str, Ban]) -> tuple[Finding, LicenseReading]:
    return _asked(
        use,
        f'"{use}" does not say what the model is used for.',
        f'What is the model used for, in place of "{use}"? The license bans some uses.',
        next(iter(bans.values())),
    )


def _unclear(use: str, near: list[str], bans: Mapping[str, Ban]) -> tuple[Finding, LicenseReading]:
    named = " or ".join(map(category_words, near[:MOST]))
    return _asked(
        use,
        f'"{use}" is not known to be harmless{f"; it may be {named}" if near else ""}.',
        f'Does "{use}" fall under a use that the license bans{f", such as {named}" if near else ""}?',
        bans[near[0]] if near else next(iter(bans.values())),
    )


def _asked(use: str, message: str, question: str, ban: Ban) -> tuple[Finding, LicenseReading]:
    term, reading = ban
    finding = Finding(
        kind=UNCLEAR,
        status=Status.REVIEW,
        message=message,
        license=reading.label,
        question=question,
        question_fact=f"use.{use}",
        remedy="Say in other words what the model does there, or let a person rule the banned uses out.",
        evidence=term.evidence,
        rule=UNCLEAR,
    )
    return finding, reading
