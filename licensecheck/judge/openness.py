"""How open a model is, on axes that are never averaged: the license, the release, the claim."""

from __future__ import annotations

from licensecheck.catalog.phrasing import Component, OsdCriterion, load_components, load_osd
from licensecheck.domain.findings import Criterion, Openness
from licensecheck.domain.licenses import LicenseClass, LicenseReading, MatchKind, Term
from licensecheck.domain.subject import Subject
from licensecheck.judge.case import Situation

# The criteria of the Open Source Definition that a license fails, each with the clause that fails it.


def failed_criteria(readings: tuple[LicenseReading, ...]) -> tuple[Criterion, ...]:
    """The failed criteria in the order of the definition."""
    return tuple(failed for criterion in load_osd() if (failed := _failed(criterion, readings)) is not None)


def is_ruled_out(term: Term, reading: LicenseReading) -> bool:
    """True for a limit that fails the definition, in an unedited license that was found to meet it."""
    approved = reading.license_class is LicenseClass.OSI_APPROVED and reading.identity.match is MatchKind.EXACT
    return approved and any(_breaks(criterion, term) for criterion in load_osd())


def _failed(criterion: OsdCriterion, readings: tuple[LicenseReading, ...]) -> Criterion | None:
    breaches = [(reading, term) for reading in readings for term in reading.terms if _breaks(criterion, term)]
    if not breaches:
        return None
    kinds = sorted({term.kind.replace("-", " ") for _, term in breaches})
    reading, first = breaches[0]
    return Criterion(
        id=criterion.id,
        title=criterion.title,
        status="not-met",
        message=f"the license {criterion.says} ({', '.join(kinds)})",
        evidence=tuple(evidence for _, term in breaches for evidence in term.evidence[:1]),
        basis=_basis(reading, first),
    )


def _breaks(criterion: OsdCriterion, term: Term) -> bool:
    if term.kind == "scale-threshold":
        return str(term.attributes.get("consequence")) in criterion.thresholds
    return term.kind in criterion.kinds


def _basis(reading: LicenseReading, term: Term) -> str | None:
    clause = term.clause or next((e.section for e in term.evidence if e.section), None)
    return f"{reading.label} {clause}" if clause else reading.label


# What a release holds, as card and folder show it: weights, code, data, papers.


GOT = {"public": True, "gated": True, "api-only": False, "announced": False}
OPEN_CLASSES = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)
MOF_CLASSES = ("III", "II", "I")
"""From the least to the most open; each class asks for all of those before it."""


def is_open_weight(subject: Subject, license_class: LicenseClass | None) -> bool | None:
    """Whether the weights can be had by who accepts the license; a card speaks for weights to be had."""
    if subject.availability is not None:
        return GOT.get(subject.availability)
    if license_class is LicenseClass.PROPRIETARY:
        return None
    return True if subject.card is not None else None


def judge_components(
    name: str, subject: Subject, license_class: LicenseClass | None, weights: bool | None
) -> tuple[Criterion, ...]:
    """The components of a definition, each met, not met or not known."""
    return tuple(_judge(component, subject, license_class, weights) for component in load_components(name))


def _judge(
    component: Component, subject: Subject, license_class: LicenseClass | None, weights: bool | None
) -> Criterion:
    if component.axis == "weights":
        status, message = _weights(license_class, weights)
    elif component.axis == "card":
        status, message = ("met", "A model card is at hand.") if subject.card else ("not-known", "No card is at hand.")
    else:
        status, message = _disclosed(component, subject)
    basis = component.mof_class
    return Criterion(id=component.id, title=component.title, status=status, message=message, basis=basis)


def _weights(license_class: LicenseClass | None, weights: bool | None) -> tuple[str, str]:
    if weights is False:
        return "not-met", "No weights are released."
    if license_class is not None and license_class not in OPEN_CLASSES:
        return "not-met", f"The weights are under a {license_class.value} license."
    if weights and license_class is not None:
        return "met", f"The weights can be had under a license of class {license_class.value}."
    return "not-known", "Whether weights can be had, and under which class of license, is not known."


def _disclosed(component: Component, subject: Subject) -> tuple[str, str]:
    for disclosure in subject.disclosures:
        if disclosure.topic in component.topics:
            status = {"disclosed": "met", "not-disclosed": "not-met"}.get(disclosure.status, "not-known")
            return status, disclosure.message
    looked = bool(component.topics)
    return "not-known", "The card does not say." if looked else "Neither card nor folder was looked into for it."


def mof_class(components: tuple[Criterion, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The highest class of the Model Openness Framework that is shown, and what the next one still needs."""
    reached = None
    for name in MOF_CLASSES:
        missing = tuple(c.title for c in components if c.basis == name and c.status != "met")
        if missing:
            return reached, missing
        reached = name
    return reached, ()


# How open a model is, on axes that are never averaged: the license, the release, the claim.


LICENSE_WORDS = {
    LicenseClass.OSI_APPROVED: "under an OSI-approved license",
    LicenseClass.OPEN: "under an open license that is not on the OSI's list",
    LicenseClass.USE_RESTRICTED: "use-restricted license, not open source",
    LicenseClass.NONCOMMERCIAL: "noncommercial license, not open source",
    LicenseClass.PROPRIETARY: "proprietary license, not open source",
}
CLAIM = "open-source-claim"


def judge_openness(situation: Situation) -> Openness:
    """The axes of openness of one target."""
    readings = tuple(r for r in situation.readings if r.role in ("license", "policy"))
    license_class = governing_class(readings)
    failed = () if license_class is LicenseClass.OSI_APPROVED else failed_criteria(readings)
    weights = is_open_weight(situation.subject, license_class)
    osaid = judge_components("osaid", situation.subject, license_class, weights)
    mof, missing = mof_class(judge_components("mof", situation.subject, license_class, weights))
    return Openness(
        license_class=license_class,
        open_source=None if license_class is None else license_class is LicenseClass.OSI_APPROVED,
        open_weight=weights,
        headline=headline(license_class, weights, osaid, situation.subject.availability),
        reasons=tuple(f"{criterion.title}: {criterion.message}" for criterion in failed),
        osd=failed,
        osaid=osaid,
        mof_class=mof,
        mof_missing=missing,
        release=situation.subject.availability,
        claim=_claim(situation),
    )


def governing_class(readings: tuple[LicenseReading, ...]) -> LicenseClass | None:
    """The strictest class of the licenses; not known where that of one of them is not."""
    classes = [reading.license_class for reading in readings if reading.role == "license"]
    known = [c for c in classes if c is not None]
    return None if not known or len(known) < len(classes) else max(known, key=_level)


def _level(license_class: LicenseClass) -> int:
    return license_class.level


def headline(
    license_class: LicenseClass | None, weights: bool | None, osaid: tuple[Criterion, ...], availability: str | None
) -> str:
    """The openness in the words that the field uses."""
    if availability == "announced":
        return "announced, not released: there is nothing to license"
    if availability == "api-only":
        return "offered as a service only, no weights: not open-weight, not open source"
    if license_class is None:
        return "license class not known"
    words = LICENSE_WORDS[license_class]
    joined = f"open-weight{' ' if words.startswith('under') else ', '}{words}" if weights else words
    return joined + (_source_ai(license_class, osaid) if weights is not None else "")


def _source_ai(license_class: LicenseClass, osaid: tuple[Criterion, ...]) -> str:
    """What keeps a model under an open license from being Open Source AI, as far as that is known."""
    if license_class not in (LicenseClass.OSI_APPROVED, LicenseClass.OPEN):
        return ""
    lacking = [c.title.lower() for c in osaid if c.status == "not-met"]
    if lacking:
        return f"; not Open Source AI: no {', no '.join(lacking)}"
    open_points = [c.title.lower() for c in osaid if c.status == "not-known"]
    return f"; Open Source AI only if shown: {', '.join(open_points)}" if open_points else "; Open Source AI"


def _claim(situation: Situation) -> str | None:
    """What the card claims where it calls the model open source and its license is not."""
    card = situation.subject.card
    return next((issue.message for issue in card.issues if issue.kind == CLAIM), None) if card else None
