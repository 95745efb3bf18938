"""Where the prose or the gate of a card restricts the use of the model, and whether its license does so itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import LicenseClass, Record
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.models.claims import own_name_pattern
from licensecheck.models.cues import bit_of, bits_of, one_line
from licensecheck.models.foreign import find_foreign
from licensecheck.models.license_names import LicenseName
from licensecheck.models.norms import find_norms
from licensecheck.models.prose import Elsewhere, Kind, Sentence

_LISTED = re.compile(r"^[\W_]*(?P<who>\w[\w.+/]{0,80}(?:[- ][\w.+]{1,80}){0,12})\W{0,20}[:：—–-]\s")
_ANY = frozenset(("noncommercial", "research-only", "register", "no-distribution", "acceptable-use-policy"))
"""What a sentence in another language can be about."""
_CLOSED = (LicenseClass.NONCOMMERCIAL, LicenseClass.PROPRIETARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A restriction that a sentence states, as a kind of term; licenses that state one of `covered` have it too.

    One that is not `plain` is asked beside a free license, and is no fault of the card.
    """

    kind: str
    covered: frozenset[str]
    sentence: Sentence
    plain: bool = True


def find_restrictions(
    sentences: Sequence[Sentence], *, name: str | None, title: str | None = None
) -> list[Restriction]:
    """The restrictions on the model that the prose states: first those in set forms, then what binds in other words.

    The prose calls the model by its `name`, or by the `title` of the card where its folder is called otherwise.
    """
    found = _in_forms(sentences, name=name)
    told = {id(restriction.sentence) for restriction in found}
    names = "|".join(dict.fromkeys(own_name_pattern(one) for one in (name, title) if one) or [own_name_pattern(None)])
    for norm, sentence in find_norms(sentences, own=re.compile(names, re.I)):
        if id(sentence) not in told and not _is_of_sibling(sentence, name or ""):
            found.append(Restriction(kind=norm.kind, covered=norm.covered, sentence=sentence, plain=norm.strong))
            told.add(id(sentence))
    for sentence in find_foreign(sentences):
        if id(sentence) not in told:
            found.append(Restriction(kind="other-condition", covered=_ANY, sentence=sentence, plain=False))
    return found


def _in_forms(sentences: Iterable[Sentence], *, name: str | None) -> list[Restriction]:
    words = _words()
    bit = bit_of("restrictions")
    found = []
    for sentence in sentences:
        marks = sentence.marks
        if not marks & bit or not marks & words.able or sentence.kind is Kind.ROW or words.elsewhere.holds(sentence):
            continue
        if marks & words.unlikely and (words.unless.search(sentence.text) or words.others.search(sentence.text)):
            continue
        if _is_of_sibling(sentence, name or ""):
            continue
        for kind, covered, pattern, able in words.kinds:
            match = pattern.search(sentence.text) if marks & able else None
            if match is not None and not words.is_of_data(sentence.text[: match.start()]):
                found.append(Restriction(kind=kind, covered=covered, sentence=sentence))
    return found


def find_extra(restrictions: Iterable[Restriction], declared: Sequence[LicenseName]) -> Restriction | None:
    """The first restriction that no declared license states; None where a declared license is not known."""
    records = [name.record for name in declared if name.record is not None]
    if not records or len(records) < len(declared):
        return None
    for restriction in restrictions:
        if restriction.plain and not any(_covers(record, restriction) for record in records):
            return restriction
    return None


def is_asked(restriction: Restriction, declared: Sequence[LicenseName]) -> bool:
    """True for a restriction to ask about: a plain one, or any beside licenses that are all free, or not known."""
    return restriction.plain or all(name.is_standard or name.record is None for name in declared)


def _covers(record: Record, restriction: Restriction) -> bool:
    if record.license_class in _CLOSED and restriction.covered & {"noncommercial", "research-only"}:
        return True
    if record.license_class is None and not record.is_family:
        return True
    kinds = {term.kind for term in record.terms or ()}
    if record.terms is None and record.license_class is LicenseClass.USE_RESTRICTED:
        return restriction.kind in ("register", "no-hosting", "no-distribution")
    return bool(kinds & restriction.covered)


def _is_of_sibling(sentence: Sentence, name: str) -> bool:
    """True for a list item that speaks of another model of the family: it begins with that model's name."""
    found = _LISTED.match(sentence.lead) if sentence.kind is Kind.ITEM else None
    if found is None or not name:
        return False
    who, own = (part.lower().rpartition("/")[2].replace(".", "") for part in (found["who"], name))
    first, own_first = (re.split(r"[^a-z0-9]", part)[0] for part in (who, own))
    return first == own_first and who != own and who not in own


@dataclass(frozen=True, slots=True)
class _Words:
    kinds: tuple[tuple[str, frozenset[str], re.Pattern[str], int], ...]
    able: int
    unlikely: int
    unless: re.Pattern[str]
    others: re.Pattern[str]
    elsewhere: Elsewhere
    data: re.Pattern[str]
    model: re.Pattern[str]

    def is_of_data(self, before: str) -> bool:
        """True where the words before a restriction speak of data and not of the model."""
        return bool(self.data.search(before)) and not self.model.search(before)


@per_catalog
def _words() -> _Words:
    data = load_vocabulary("restrictions")
    kinds = tuple(
        (entry["kind"], frozenset(entry["covered"]), _compile(entry["find"]), bit_of(f"restrictions/{number}"))
        for number, entry in enumerate(data["restrictions"])
    )
    return _Words(
        kinds=kinds,
        unlikely=bits_of(("restriction-unless", "restriction-others")),
        able=bits_of(tuple(f"restrictions/{number}" for number in range(len(kinds)))),
        unless=_compile(data["unless"]),
        others=_compile(data["others"]),
        elsewhere=Elsewhere(_compile(data["elsewhere"])),
        data=_compile(data["data"]),
        model=_compile(data["model"]),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    """A pattern that stands on several lines, each an alternative."""
    return re.compile(one_line(pattern), re.IGNORECASE)
