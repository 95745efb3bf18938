"""How open a model is, on axes that are never averaged: the license, the release, the claim."""

from __future__ import annotations

from licensecheck.engine.case import Situation
from licensecheck.engine.osd import failed_criteria
from licensecheck.engine.release import is_open_weight, judge_components, mof_class
from licensecheck.model.license import LicenseClass, LicenseReading
from licensecheck.model.report import Criterion, Openness

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
