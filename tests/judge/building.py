"""Small objects from which the tests of the engine build their cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from licensecheck.catalog.profile_files import parse_profile
from licensecheck.domain.findings import Finding, TargetReport
from licensecheck.domain.licenses import Evidence, Grant, Identity, LicenseClass, LicenseReading, MatchKind, Term
from licensecheck.domain.subject import Subject
from licensecheck.judge.evaluate import evaluate

GRANT = Term(kind="copyright-grant", evidence=(Evidence(path="LICENSE", quote="granted", start=0, end=7, line=1),))


def make_term(kind: str, *, triggers: Iterable[str] = (), provisos: Iterable[str] = (), **attributes: Any) -> Term:
    """A term with a quote; attributes by keyword, those of `details` under that keyword."""
    details = attributes.pop("details", {})
    evidence = Evidence(path="LICENSE", quote=kind, start=10, end=10 + len(kind), line=2, section="2")
    return Term(
        kind=kind,
        attributes=attributes,
        evidence=(evidence,),
        triggers=tuple(triggers),
        provisos=tuple(provisos),
        details=details,
    )


def make_reading(*terms: Term, **fields: Any) -> LicenseReading:
    """A license text that grants something and states the terms."""
    known = {
        "path": "LICENSE",
        "sha256": "ab" * 32,
        "identity": Identity(match=MatchKind.EXACT, id="zorp-1.0", ids={"spdx": "Zorp-1.0"}),
        "license_class": LicenseClass.USE_RESTRICTED,
        "terms": (GRANT, *terms),
        "grants": () if "terms" in fields else (Grant(rights=("all",), evidence=GRANT.evidence[0]),),
    }
    return LicenseReading(**{**known, **fields})


def check(
    *readings: LicenseReading,
    profile: dict[str, Any],
    subject: Subject | None = None,
    today: str | None = "2026-11-20",
    materials: dict[str, str] | None = None,
) -> TargetReport:
    """The report on a target with these readings."""
    facts = parse_profile(profile, path="profile.yaml")
    return evaluate(subject or Subject(target="t"), readings, facts, today=today, materials=materials)


def find(report: TargetReport, kind: str) -> Finding:
    """The one finding of that kind."""
    (found,) = [finding for finding in report.findings if finding.kind == kind]
    return found
