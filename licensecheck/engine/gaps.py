"""What could not be told about a target; none of it is ever approved unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licensecheck.engine.beside import beside_findings
from licensecheck.engine.case import Situation
from licensecheck.engine.gap import make_gap
from licensecheck.engine.language import foreign_passages, language_of
from licensecheck.engine.reserved import is_reserved, is_settled
from licensecheck.load.records import find_record
from licensecheck.model.finding import Finding
from licensecheck.model.license import LicenseClass, LicenseReading, MatchKind
from licensecheck.model.subject import Ancestor
from licensecheck.model.term import Evidence

SEEM_OPEN = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)
FILLERS = frozenset(("license", "licence", "licensed", "the", "version", "v", "0"))
"""Words that names of licenses share."""
_NAME_WORD = re.compile(r"[^\W\d_]+?(?=v?\d|[\W_]|$)|\d+")
FEW = 3
"""A text that is no known license and states fewer kinds of terms was hardly understood."""


def gap_findings(situation: Situation) -> Iterator[tuple[Finding, LicenseReading | None]]:
    """Findings for a license that cannot be told, a text in which nothing is granted, a base that is not known.

    Each with the text that it is about, if it is about one: an approval of another text does not clear it.
    """
    for finding in _unnamed(situation):
        yield finding, None
    for reading in situation.readings:
        for finding in _ill_read(reading, situation):
            yield finding, reading
    own = next((r for r in situation.readings if r.inherited_from is None), None)
    for finding in beside_findings(situation, own):
        yield finding, own
    for ancestor in situation.subject.lineage:
        for finding in _unknown_base(ancestor, situation):
            yield finding, None


def _unnamed(situation: Situation) -> Iterator[Finding]:
    """Which license it is, where that cannot be told."""
    licenses = [r for r in situation.readings if r.role != "policy"]
    if not any(r.inherited_from is None for r in licenses):
        yield _unknown_license(situation)
    elif not any(r.source == "text" for r in licenses):
        yield from _unknown_beside(situation)
    elif _is_of_another(licenses, situation):
        yield _unmatched(situation)


def _ill_read(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    """What one text leaves open; of a text in another language nothing more is to be said."""
    foreign = tuple(_foreign(reading, situation))
    yield from foreign
    if reading.role != "policy":
        if reading.terms or not foreign:
            yield from _unread(reading, situation)
        if is_reserved(reading) and not is_settled(reading, situation):
            yield _proprietary(reading, situation)
    if reading.added:
        yield _added_clause(reading)


def _unknown_license(situation: Situation) -> Finding:
    declared = ", ".join(situation.subject.declared)
    told = f"Declared is {declared}, of which neither text nor record is at hand." if declared else "None is declared."
    return make_gap(
        "unknown-license",
        f"Which license the model bears cannot be told. {told}",
        "Under which license, with which text, is the model offered?",
        key=situation.subject.target,
    )


def _unknown_beside(situation: Situation) -> Iterator[Finding]:
    """A license that is declared beside known ones (in a header, say) and of which nothing is at hand."""
    names = [name for name in situation.subject.declared if find_record(name) is None]
    if names:
        yield make_gap(
            "unknown-license",
            f"Declared beside the known license is {', '.join(names)}, of which neither text nor record is at hand.",
            "Under which license, with which text, is the model offered?",
            key=situation.subject.target,
        )


def _is_of_another(licenses: list[LicenseReading], situation: Situation) -> bool:
    """True where the card names a license that nobody knows, and the texts at hand are open ones that everybody knows.

    Such a text is that of the code more often than that of the weights.
    """
    subject = situation.subject
    own = [r for r in licenses if r.inherited_from is None]
    known = all(r.identity.match is MatchKind.EXACT and r.license_class in SEEM_OPEN for r in own)
    if not known or not subject.declared or subject.record_ids:
        return False
    names = " ".join(name for r in own for name in (r.label, r.identity.name or "", *r.identity.ids.values()))
    return any(not _name_words(name) <= _name_words(names) for name in subject.declared)


def _name_words(name: str) -> set[str]:
    """What tells one license's name from another's."""
    return set(_NAME_WORD.findall(name.casefold())) - FILLERS


def _unmatched(situation: Situation) -> Finding:
    declared = ", ".join(situation.subject.declared)
    return make_gap(
        "unknown-license",
        f"The card declares {declared}, which is not known here, beside the text of another license.",
        "Is the text at hand that of the declared license, and does it cover the weights?",
        key=situation.subject.target,
    )


def _unknown_base(ancestor: Ancestor, situation: Situation) -> Iterator[Finding]:
    """A base without a license, or under one of which nothing is at hand; what the target declares is judged there."""
    own = {name.casefold() for name in situation.subject.declared}
    names = ancestor.licenses or ((ancestor.license,) if ancestor.license else ())
    unknown = [name for name in names if name.casefold() not in own and find_record(name) is None]
    if unknown or not (names or ancestor.known):
        named = f" ({', '.join(unknown)})" if unknown else ""
        yield make_gap(
            "unknown-base",
            f"The model descends from {ancestor.model}, whose license{named} is not known here.",
            "Which license does the base model bear, and what does it hand on?",
            key=ancestor.model,
        )


def _proprietary(reading: LicenseReading, situation: Situation) -> Finding:
    """Terms that reserve the rights: what they leave to this deployment is for a person to say."""
    return make_gap(
        "proprietary-terms",
        f"{reading.label} is proprietary: it gives no right to modify or redistribute, or is the terms of a service.",
        "Do these terms, or a contract beside them, permit this use?",
        key=reading.label,
        license=reading.label,
        evidence=_opening(reading, situation),
    )


def _added_clause(reading: LicenseReading) -> Finding:
    """What somebody wrote into a known license, and what no rule could read."""
    return make_gap(
        "unread-clause",
        f"{reading.path} holds passages that {reading.label} does not have and in which no term could be read.",
        "What do these passages ask, allow or forbid?",
        key=reading.label,
        license=reading.label,
        evidence=reading.added,
        remedy="Let a person read these passages and record an approval of this text.",
    )


def _unread(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    """A text that grants nothing that could be read, or hardly says a thing, is no license to rely on."""
    what = _lack(reading)
    if what is not None:
        yield make_gap(
            "unread-license",
            f"In {reading.path} {what} could be read.",
            "What does this text permit?",
            key=reading.label,
            license=reading.label,
            evidence=_opening(reading, situation),
            remedy="Let a person read the text and record an approval of it.",
        )


def _lack(reading: LicenseReading) -> str | None:
    """What a text lacks to be relied on; None for one that says enough."""
    exact = reading.identity.match is MatchKind.EXACT
    if reading.terms and (
        reading.inherited_from is not None or (exact and reading.license_class is LicenseClass.OSI_APPROVED)
    ):
        return None
    kinds = {term.kind for term in reading.terms}
    if "copyright-grant" not in kinds:
        return "no right that it grants" if kinds else "no term at all"
    return None if exact or len(kinds) >= FEW else "hardly more than a grant"


def _foreign(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    """Passages in a language that the rules do not read may hold whatever they hold."""
    document = next((d for d in situation.subject.documents if d.path == reading.path), None)
    passages = foreign_passages(reading, len(document.text)) if document is not None else ()
    if passages:
        yield make_gap(
            "unread-language",
            f"{reading.path} holds passages in a language that is not read here ({language_of(passages[0].quote)}).",
            "What do these passages ask, allow or forbid?",
            key=reading.label,
            license=reading.label,
            evidence=passages[:3],
            remedy="Get the text in English, or let somebody who knows the language read it; then record an approval.",
        )


def _opening(reading: LicenseReading, situation: Situation) -> tuple[Evidence, ...]:
    """The first line of the text, so that a person finds it."""
    document = next((d for d in situation.subject.documents if d.path == reading.path), None)
    if document is None or not document.text.strip():
        return ()
    start = len(document.text) - len(document.text.lstrip())
    quote = document.text[start:].split("\n", 1)[0].rstrip()[:200]
    return (document.passage(start, start + len(quote)),)
