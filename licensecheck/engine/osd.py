"""The criteria of the Open Source Definition that a license fails, each with the clause that fails it."""

from __future__ import annotations

from licensecheck.load.openness import OsdCriterion, load_osd
from licensecheck.model.license import LicenseClass, LicenseReading, MatchKind
from licensecheck.model.report import Criterion
from licensecheck.model.term import Term


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
