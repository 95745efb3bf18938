"""Approvals: what a person has cleared, for which text, and until when."""

from __future__ import annotations

from dataclasses import replace

from licensecheck.engine.case import Situation
from licensecheck.engine.licensing import fold, is_named
from licensecheck.model.finding import Finding, Status
from licensecheck.model.license import LicenseReading, MatchKind
from licensecheck.model.profile import Approval

WAIVABLE = (Status.VIOLATION, Status.REVIEW, Status.ACTION)


def apply_approvals(finding: Finding, reading: LicenseReading, situation: Situation) -> Finding:
    """The finding as waived by an approval in force; else the finding, saying why an approval for it does not count."""
    if finding.status not in WAIVABLE:
        return finding
    remarks = []
    for approval in situation.profile.approvals:
        if not _clears(approval, finding):
            continue
        obstacle = _obstacle(approval, reading, situation)
        if obstacle is None:
            return _waived(finding, approval)
        remarks.append(obstacle)
    return replace(finding, message=" ".join((finding.message, *remarks))) if remarks else finding


def _clears(approval: Approval, finding: Finding) -> bool:
    """True where kind and, for a prohibited use, category are those of the finding."""
    return approval.kind == finding.kind and approval.category == finding.attributes.get("category")


def _obstacle(approval: Approval, reading: LicenseReading, situation: Situation) -> str | None:
    """Why the approval does not cover a finding of this reading; None where it does."""
    names = [r for r in _covered(reading, situation) if is_named(approval.license, r)]
    if not names:
        return f"An approval of {approval.kind} is for another license or text ({approval.license})."
    by_hash = fold(approval.license).startswith("sha256:")
    if not by_hash and all(r.source == "text" and r.identity.match is MatchKind.MODIFIED for r in names):
        return f"The approval for {approval.license} does not count: the text at hand differs from that license."
    if approval.expires is not None and (situation.today is None or approval.expires < situation.today):
        return f"The approval by {approval.by or 'a person'} expired on {approval.expires} and no longer counts."
    return None


def _covered(reading: LicenseReading, situation: Situation) -> list[LicenseReading]:
    """The texts whose approval covers this one: itself, and for a policy the license that it is part of."""
    if reading.role != "policy":
        return [reading]
    return [reading, *(r for r in situation.readings if r.role != "policy")]


def _waived(finding: Finding, approval: Approval) -> Finding:
    until = f" until {approval.expires}" if approval.expires else ""
    by = f" by {approval.by}" if approval.by else ""
    return replace(
        finding,
        status=Status.WAIVED,
        message=f"Cleared{by}{until}: {approval.reason or 'no reason recorded'}. {finding.message}",
        question=None,
        question_fact=None,
        remedy=None,
    )
