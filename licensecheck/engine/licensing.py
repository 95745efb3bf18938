"""Which license is meant by an id, and whether derivatives may be offered under another."""

from __future__ import annotations

from collections.abc import Iterable

from licensecheck.engine.case import Case, Fact
from licensecheck.load.records import find_record
from licensecheck.model.check import Asking
from licensecheck.model.license import LicenseReading, MatchKind

KEPT_SCOPES = ("file", "library")
"""Copyleft of these scopes leaves the license of a larger work free."""


def ids_of(reading: LicenseReading) -> frozenset[str]:
    """Every id by which the reading's license is known, folded, with the hash of the text."""
    own = {reading.identity.id, *reading.identity.ids.values()} - {None, ""}
    return frozenset(fold(str(name)) for name in own) | {f"sha256:{reading.sha256.casefold()}"}


def fold(name: str) -> str:
    """A license id in the form in which ids are compared."""
    return name.strip().casefold().replace("_", "-").replace(" ", "-")


def named_by(names: Iterable[str], reading: LicenseReading, *, families: bool = False) -> bool:
    """True where one of the names is an id of the reading's license, or the hash of its text.

    `families`: a name that stands for several versions names each of them.
    """
    return any(is_named(name, reading, families=families) for name in names)


def is_named(name: str, reading: LicenseReading, *, families: bool = False) -> bool:
    """True where the name is an id of the reading's license in any scheme, or the hash of its text."""
    if fold(name) in ids_of(reading):
        return True
    own = reading.identity.id
    record = None if own is None or fold(name).startswith("sha256:") else find_record(name)
    if record is None:
        return False
    return record.id == own or (families and any(version.id == own for version in record.versions))


def license_fits(case: Case) -> Fact:
    """Whether the license that the profile names for derivatives is one that this text lets them bear."""
    offered = case.profile.derivatives.license
    if offered is None:
        return Fact(value=None, reason="No license for derivatives is named.", ask=case.asking("derivatives.license"))
    reading = case.reading
    if reading.identity.match is not MatchKind.UNKNOWN and _same_or_compatible(offered, case):
        return Fact(value=True, reason=f"Derivatives are offered under {offered}.")
    if case.term.attributes.get("scope") in KEPT_SCOPES:
        return Fact(value=None, reason=f"Only the files or the library keep this license; the rest may be {offered}.")
    if f"sha256:{reading.sha256}" == fold(offered):
        return Fact(value=True, reason="Derivatives are offered under this very text.")
    if reading.identity.match is MatchKind.UNKNOWN and find_record(offered) is None:
        ask = Asking(fact="derivatives.license", text=f"Is {offered} the license of this very text?", field=None)
        return Fact(value=None, reason=f"Neither this text nor {offered} is known by name.", ask=ask)
    return Fact(value=False, reason=f"Derivatives are offered under {offered}, not under this license.")


def _same_or_compatible(offered: str, case: Case) -> bool:
    also = case.situation.knowledge.compatible
    own = ids_of(case.reading)
    return is_named(offered, case.reading) or any(fold(offered) in also.get(license_id, ()) for license_id in own)


def registered_here(case: Case) -> Fact:
    """Whether registration is done for this license."""
    registered = case.profile.materials.registered
    if registered is None:
        return Fact(value=None, reason="Nothing shows a registration.", ask=case.asking("materials.registered"))
    readings = (case.reading, *case.kin)
    return Fact(value=any(named_by(registered, reading) for reading in readings))
