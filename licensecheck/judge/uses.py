"""Prohibited uses against the free words in which a product manager says what the model is for."""

from __future__ import annotations

from licensecheck.catalog.check_rules import load_bodies, load_harmless, load_uses
from licensecheck.domain.rules import Asking, Topic, UseCategory
from licensecheck.frozen import dataclass
from licensecheck.judge.case import Case, Fact, Truth, some
from licensecheck.judge.phrases import MAX_WORDS, Spot, beside, find_name, find_phrase, governs, holds, tokens

KIND_WORDS = {"no-circumvention": "safeguard-circumvention", "no-reverse-engineering": "reverse-engineering"}
"""Kinds that are no prohibited use by name and are still looked for in the uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A phrase of the vocabulary found in a use: the banned thing itself, or something that may be it."""

    phrase: str
    plain: bool
    places: Spot


def use_banned(case: Case) -> Fact:
    """Whether one of the uses is what the term forbids; not known where it hangs on how the thing is used."""
    category = str(case.term.attributes.get("category") or KIND_WORDS.get(case.term.kind))
    deployment = case.profile.deployment
    if category in deployment.decided:
        return Fact(value=False, reason="A person has ruled this out for the deployment.")
    vocabulary = load_uses(category)
    if deployment.uses is None and case.term.kind in KIND_WORDS:
        return Fact(value=False)
    if deployment.uses is None:
        return Fact(value=None, reason="What the model is used for is not stated.", ask=case.asking("deployment.uses"))
    if vocabulary is None:
        text = f"Does the deployment do what is banned as {category}?"
        asking = Asking(fact=f"use.{category}", text=text, field=None)
        return Fact(value=None, reason=f"The project has no words for {category}.", ask=asking)
    return _joined([_use_fact(use, vocabulary, case) for use in deployment.uses], category)


def _joined(facts: list[Fact], category: str) -> Fact:
    """The uses' facts as one: banned if one is, else open if one is."""
    truth = some(fact.value if isinstance(fact.value, bool) else None for fact in facts)
    deciding = [fact for fact in facts if fact.value is truth]
    reason = " ".join(dict.fromkeys(fact.reason for fact in deciding if fact.reason))
    return Fact(value=truth, reason=reason, ask=next((fact.ask for fact in deciding if fact.ask), None))


def _use_fact(use: str, vocabulary: UseCategory, case: Case) -> Fact:
    words = tokens(use)
    if len(words) > MAX_WORDS:
        return _told(None, f"{use[:80]} ...", vocabulary)
    hits = find_hits(words, vocabulary, named=_names(case))
    standing = [hit for hit in hits if not is_harmless(hit, words, vocabulary)]
    if not standing and _is_kin_banned(words, vocabulary):
        return _told(None, use, vocabulary)
    if not hits:
        return Fact(value=False)
    if not standing:
        return Fact(value=False, reason=f'"{use}" deals with {vocabulary.category} without doing it.')
    truth = _weigh(standing, words, vocabulary, case)
    return _told(truth, use, vocabulary)


def _is_kin_banned(words: tuple[str, ...], vocabulary: UseCategory) -> bool:
    """True where the use is plainly what a narrower or a neighbouring category names."""
    related = (kin for name in vocabulary.kin if (kin := load_uses(name)) is not None)
    return any(
        hit.plain and not is_harmless(hit, words, kin) for kin in related for hit in find_hits(words, kin, named="")
    )


def _told(truth: Truth, use: str, vocabulary: UseCategory) -> Fact:
    category = vocabulary.category
    if truth is False:
        return Fact(value=False, reason=f'"{use}" stays outside the ban on {category}.')
    if truth is True:
        return Fact(value=True, reason=f'"{use}" falls under the ban on {category}.')
    asking = Asking(fact=f"use.{category}", text=f'"{use}": {vocabulary.question}', field=None)
    return Fact(value=None, reason=f'"{use}" may fall under the ban on {category}.', ask=asking)


def _weigh(hits: list[Hit], words: tuple[str, ...], vocabulary: UseCategory, case: Case) -> Truth:
    """Banned, free or open: by the hits, the provisos of the text, and what the use itself says of them."""
    soft = frozenset(case.term.provisos) - frozenset(vocabulary.inherent)
    if holds(vocabulary.bites, words):
        return True
    if any(hit.plain for hit in hits) and not soft:
        return True
    return False if holds(vocabulary.frees, words) else None


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


def _names(case: Case) -> str:
    """The words by which the text states the ban: its topics and the quoted passages."""
    topics = case.term.details.get("topics")
    listed = topics if isinstance(topics, tuple) else ()
    return " ".join((*listed, *(evidence.quote for evidence in case.term.evidence))).casefold()


def is_harmless(hit: Hit, words: tuple[str, ...], vocabulary: UseCategory) -> bool:
    """True where words that govern the hit, or name it, show the opposite or a mere subject: detection, history."""
    harmless = load_harmless()
    if holds(harmless["undone"], words):
        return False
    near = (place for phrase in vocabulary.near if (place := find_name(phrase, words)) is not None)
    if any(_names_another(place, hit, words) for place in near):
        return True
    for name in vocabulary.harmless:
        for phrase in harmless[name]:
            place = find_phrase(phrase, words)
            if place is not None and not set(place) <= set(hit.places) and governs(place, hit.places, words):
                return True
    return False


def _names_another(place: Spot, hit: Hit, words: tuple[str, ...]) -> bool:
    """True where a near phrase shares a word with the hit; beside one that only may be banned it is enough to stand."""
    return bool(set(place) & set(hit.places)) or (not hit.plain and beside(place, hit.places, words, gap=1))


# What sort of body the organization is, as far as its stated name tells.


def body_named(case: Case) -> Fact:
    """Academic, public or commercial where the name holds words of one sort only; else not known."""
    name = case.profile.organization.name
    sorts = sort_of(name) if name else frozenset()
    if len(sorts) != 1:
        return Fact(value=None)
    (sort,) = sorts
    return Fact(value=sort, reason=f'By its name "{name}" the organization is {sort}.')


def sort_of(name: str) -> frozenset[str]:
    """The sorts of body whose words the name holds."""
    words = tokens(name.replace(".", ""))
    return frozenset(sort for sort, phrases in load_bodies().items() if any(_holds(p, words) for p in phrases))


def _holds(phrase: str, words: tuple[str, ...]) -> bool:
    """True where the phrase's words stand in the name one after the other."""
    pieces = phrase.split()
    spots = range(len(words) - len(pieces) + 1)
    return any(all(_fits(piece, word) for piece, word in zip(pieces, words[i:], strict=False)) for i in spots)


def _fits(piece: str, word: str) -> bool:
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece
