"""The house rules of the profile, on top of what the licenses say."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.engine.case import Situation
from licensecheck.engine.licensing import named_by
from licensecheck.model.finding import Finding, Status
from licensecheck.model.license import LicenseReading


def house_findings(situation: Situation) -> Iterator[Finding]:
    """The findings of kind `policy` for each license; an incorporated policy counts as part of its license."""
    for reading in situation.readings:
        if reading.role != "policy" and reading.inherited_from is None:
            yield from _class_findings(reading, situation)
            yield from _denied(reading, situation)


def _class_findings(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    allowed = situation.profile.policy.allow_classes
    if allowed is None:
        return
    listed = ", ".join(allowed) or "none"
    if reading.license_class is None:
        message = f"The class of the license cannot be told; the house rules allow {listed}."
        yield _finding(reading, Status.REVIEW, message, question="Which class is this license of?")
        return
    name = reading.license_class.value
    fits = name in allowed
    message = f"The license is {name}; the house rules allow {listed}."
    yield _finding(reading, Status.MET if fits else Status.VIOLATION, message)


def _denied(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    barred = situation.profile.policy.deny_licenses
    if named_by(barred, reading, families=True):
        yield _finding(reading, Status.VIOLATION, f"The house rules bar {reading.label}.")


def _finding(reading: LicenseReading, status: Status, message: str, *, question: str | None = None) -> Finding:
    return Finding(
        kind="policy",
        status=status,
        message=message,
        license=reading.label,
        question=question,
        question_fact=f"{reading.label}.class" if question else None,
        remedy="Choose a model under another license, or change the house rules." if status is not Status.MET else None,
        rule="house-rule",
    )
