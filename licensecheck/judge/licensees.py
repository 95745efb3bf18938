"""Who may be a licensee: the classes of users that a text shuts out, and what sort of body the organization is."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.check_rules import load_bodies
from licensecheck.catalog.phrasing import load_phrasing
from licensecheck.domain.licenses import Evidence, Term
from licensecheck.frozen import replace
from licensecheck.judge.case import Case, Fact
from licensecheck.lazy import re
from licensecheck.reading.use_phrases import tokens

EXCLUDED = "excluded-users"
OTHER = "other"
"""The class of those whom the text describes in words for which there is no class."""
COMPANIES, COMMERCIAL = "companies", "commercial-entities"
CLASS_WORDS = {
    "commercial-entities": "user-commercial",
    "public-bodies": "user-public",
    "police": "user-police",
    "military": "user-military",
    "suppliers": "user-supplier",
    "intelligence": "user-intelligence",
    "competitors": "user-competitor",
    "minors": "user-minor",
    "sanctioned": "user-sanctioned",
}
"""The set of `rules/lexicon.yaml` that holds the names of a class."""
LEGAL_FORM = re.compile(
    r"(?i)\b(?:inc|incorporated|corp|corporation|gmbh|llc|ltd|limited|plc|ag|se|sa|bv|nv|oy|ab|sarl|srl|co|kg)\b"
)

# The classes that one clause shuts out, each for itself.


def by_class(term: Term) -> Iterator[Term]:
    """The term once for each class of users that it shuts out; any other term as it is."""
    if term.kind != EXCLUDED:
        yield term
        return
    for name in _classes(term):
        details = {**term.details, "who": name, "others": name == OTHER}
        attributes = {**term.attributes, "who": name}
        yield replace(term, attributes=attributes, details=details, evidence=_passages(name, term))


def _classes(term: Term) -> Iterator[str]:
    """The classes; companies are all of them where the text names nothing else, and some of them else."""
    who, others = term.details.get("who"), bool(term.details.get("others"))
    named = who if isinstance(who, tuple) else (str(who),) if who else ()
    if named == (COMPANIES,) and not others:
        yield COMMERCIAL
        return
    yield from (name for name in named if name not in (COMPANIES, OTHER))
    if others or not named or {COMPANIES, OTHER}.intersection(named):
        yield OTHER


def _passages(name: str, term: Term) -> tuple[Evidence, ...]:
    """The passages that name the class; for those without a class, the ones that name none. All, where none does so."""
    sets = load_data("lexicon.yaml")["sets"]
    named = {each: [p for p in term.evidence if _names_class(p, sets[words])] for each, words in CLASS_WORDS.items()}
    if name != OTHER:
        return tuple(named.get(name, ())) or term.evidence
    told = [passage for passages in named.values() for passage in passages]
    return tuple(passage for passage in term.evidence if passage not in told) or term.evidence


def _names_class(passage: Evidence, phrases: list[str]) -> bool:
    said = " ".join(passage.quote.casefold().split())
    return any(phrase.strip("=") in said for phrase in phrases)


def class_words(name: str) -> str:
    """A class of users in everyday words."""
    return load_phrasing().words.get("who", {}).get(name, name.replace("-", " "))


def who_excluded(case: Case) -> Fact:
    """The class that the term shuts out, with its name as the reason."""
    who = case.term.details.get("who") or OTHER
    return Fact(value=str(who), reason=f"The clause means {class_words(str(who))}.", of_text=True)


def organization_named(case: Case) -> Fact:
    """Whether the clause names the organization itself; an affiliate of a company that it names is not known."""
    name = case.profile.organization.name
    if not name or not case.term.evidence:
        return Fact(value=None)
    own = tokens(LEGAL_FORM.sub(" ", name))
    if own and any(_stands(own, passage) for passage in case.term.evidence):
        return Fact(value=True, reason=f"The clause names {name}.")
    return Fact(value=None)


def _stands(own: tuple[str, ...], passage: Evidence) -> bool:
    """True where the words stand in the passage one after the other."""
    words = tokens(passage.quote)
    return any(words[i : i + len(own)] == own for i in range(len(words)))


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
