"""Texts that reserve the right to modify or redistribute: whether what they do grant settles a use in the house."""

from __future__ import annotations

from licensecheck.engine.case import Situation
from licensecheck.load.records import find_record
from licensecheck.model.license import LicenseClass, LicenseReading, MatchKind

COPYING = frozenset(("reproduce", "modify"))
"""Rights that a license of a work grants, and the terms of a service do not."""


def is_reserved(reading: LicenseReading) -> bool:
    """True by what the text says, or by the record of the license that the text is word for word."""
    if reading.license_class is LicenseClass.PROPRIETARY:
        return True
    name = reading.identity.id if reading.identity.match is MatchKind.EXACT else None
    record = find_record(name) if name else None
    return record is not None and record.license_class is LicenseClass.PROPRIETARY


def is_settled(reading: LicenseReading, situation: Situation) -> bool:
    """True where the text grants use, bars no more than passing the work on, and the work stays in the house."""
    if not _stays_in_house(situation) or not _is_license_of_work(reading):
        return False
    barred = {term.kind for term in reading.terms}
    changed = situation.profile.derivatives.modifies_model is not False
    return "no-distribution" in barred and not (changed and "modify" not in _rights(reading))


def _stays_in_house(situation: Situation) -> bool:
    deployment = situation.profile.deployment
    return deployment.purpose == "internal" and deployment.channels == ("internal",)


def _is_license_of_work(reading: LicenseReading) -> bool:
    """True for a grant of the rights of a copyright owner, or of use without a fee; access to a service is neither."""
    return bool(_rights(reading) & COPYING) or ("use" in _rights(reading) and "royalty-free" in _qualities(reading))


def _rights(reading: LicenseReading) -> frozenset[str]:
    return _listed(reading, "rights")


def _qualities(reading: LicenseReading) -> frozenset[str]:
    return _listed(reading, "qualities")


def _listed(reading: LicenseReading, attribute: str) -> frozenset[str]:
    """The entries of a set attribute of the grants in the text."""
    values = (term.attributes.get(attribute) for term in reading.terms if term.kind == "copyright-grant")
    return frozenset(str(entry) for value in values if isinstance(value, tuple) for entry in value)
