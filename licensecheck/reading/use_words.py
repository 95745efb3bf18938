"""The everyday words of prohibited uses, found in a use that somebody states or in an item of a list of bans."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from licensecheck.catalog.check_rules import load_harmless, load_homonyms, load_uses
from licensecheck.domain.rules import Topic, UseCategory
from licensecheck.frozen import dataclass
from licensecheck.reading.detection import Found, ReadyRule, RuleSet, is_listed
from licensecheck.reading.detection import holds as holds_around
from licensecheck.reading.force import force_at
from licensecheck.reading.indexed_text import Hit as RowHit
from licensecheck.reading.indexed_text import IndexedText
from licensecheck.reading.use_phrases import Spot, beside, find_name, find_phrase, governs, holds, tokens

APART = 2
"""How many words of weight may stand between a word of two senses and the thing that tells which it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A phrase of the vocabulary found in a use: the banned thing itself, or something that may be it."""

    phrase: str
    plain: bool
    places: Spot


def find_hits(words: tuple[str, ...], vocabulary: UseCategory, *, named: str) -> list[Hit]:
    """All phrases of the vocabulary in the words; a topic that the text does not name counts as 'may be'."""
    hits = []
    for topic in vocabulary.topics:
        certain = _is_named(topic, named)
        if topic.named_only and named and not certain:
            continue
        for phrases, plain in ((topic.plain, certain), (topic.maybe, False)):
            for phrase in phrases:
                places = find_phrase(phrase, words)
                if places is not None:
                    hits.append(Hit(phrase=phrase, plain=plain, places=places))
    return hits


def _is_named(topic: Topic, named: str) -> bool:
    return not topic.named or topic.name in named or any(word in named for word in topic.named)


def is_harmless(hit: Hit, words: tuple[str, ...], vocabulary: UseCategory) -> bool:
    """True where words that govern the hit, or name it, show the opposite or a mere subject: detection, history."""
    harmless = load_harmless()
    if holds(harmless["undone"], words):
        return False
    near = (place for phrase in vocabulary.near if (place := find_name(phrase, words)) is not None)
    if any(_names_another(place, hit, words) for place in near):
        return True
    if _is_of_another_sense(hit, words):
        return True
    for name in vocabulary.harmless:
        for phrase in harmless[name]:
            place = find_phrase(phrase, words)
            if place is not None and not set(place) <= set(hit.places) and governs(place, hit.places, words):
                return True
    return False


@lru_cache(maxsize=1024)
def two_sensed(words: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """The places of words that mean something else beside the things that are given with them."""
    found: dict[int, tuple[str, ...]] = {}
    for word, objects in load_homonyms().items():
        for spot in find_name(word, words) or ():
            found[spot] = (*found.get(spot, ()), *objects)
    return found


@lru_cache(maxsize=1024)
def other_senses(words: tuple[str, ...]) -> dict[int, frozenset[int]]:
    """The places of words of two senses, each with those of the things beside it that show the harmless sense."""
    found: dict[int, frozenset[int]] = {}
    for spot, objects in two_sensed(words).items():
        places = (place for thing in objects if (place := find_name(thing, words)) is not None and spot not in place)
        shown = frozenset(i for place in places if beside((spot,), place, words, gap=APART) for i in place)
        if shown:
            found[spot] = shown
    return found


def _is_of_another_sense(hit: Hit, words: tuple[str, ...]) -> bool:
    """True where a thing beside a word of the hit, and not itself of the hit, shows that the word is harmless."""
    senses = other_senses(words)
    return any(shown - set(hit.places) for spot, shown in senses.items() if spot in hit.places)


def _names_another(place: Spot, hit: Hit, words: tuple[str, ...]) -> bool:
    """True where a near phrase shares a word with the hit; beside one that only may be banned it is enough to stand."""
    return bool(set(place) & set(hit.places)) or (not hit.plain and beside(place, hit.places, words, gap=1))


# Items of a list of bans that no rule explains, by the everyday words of the categories.


USE = "prohibited-use"
LONGEST_ITEM = 40
"""An item with more words says more than what is banned."""


MARKS = "no-trademark-use"
"""A list below this ban tells how names and marks may not be used, and bans no field of use."""


def _span(found: Found) -> tuple[int, int]:
    return found.hit.context.sentence.start, found.hit.context.sentence.end


def find_named_uses(page: IndexedText, rules: RuleSet, matches: Iterable[Found]) -> list[Found]:
    """A match of a category's own rule for each item of a list of bans that names the category in everyday words.

    Only items of which no rule says anything are looked at: rules know the words of licenses, and weigh what is around
    them; the vocabulary knows the words of people.
    """
    told = {id(found.hit.context.sentence) for found in matches}
    marks = [_span(found) for found in matches if found.ready.rule.yields.name == MARKS]
    by_category: dict[str, ReadyRule] = {}
    for ready in rules.rules:
        if ready.rule.yields.name == USE and "category" in ready.rule.set:
            by_category.setdefault(str(ready.rule.set["category"]), ready)
    found = []
    for context in page.contexts:
        first, last = context.words
        if id(context.sentence) in told or last - first > LONGEST_ITEM or not is_listed(context, rules.force):
            continue
        if force_at(page, context, rules.force, context.own, context.size) != "ban":
            continue
        if any(start <= lead < end for lead, _ in context.sentence.clause.lead_ins() for start, end in marks):
            continue
        text = page.tree.masked[context.sentence.start : context.sentence.end]
        for category in categories_named(text, among=tuple(by_category)):
            ready = by_category[category]
            if holds_around(page, ready, context, rules.force):
                hit = RowHit(context=context, start=context.own, end=context.size, words=context.words)
                found.append(Found(ready=ready, hit=hit))
    return found


def categories_named(text: str, among: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some categories whose own words stand in a text, and not as the subject of something harmless."""
    words = tokens(text)
    named = []
    for category in among:
        vocabulary = load_uses(category)
        hits = find_hits(words, vocabulary, named="") if vocabulary else []
        if vocabulary and any(hit.plain and not is_harmless(hit, words, vocabulary) for hit in hits):
            named.append(category)
    return tuple(named)
