"""A subject, what its licenses say and a profile, made into a report on the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from licensecheck.engine.approvals import apply_approvals
from licensecheck.engine.bars import stated_bars
from licensecheck.engine.case import Situation
from licensecheck.engine.gaps import gap_findings
from licensecheck.engine.house import house_findings
from licensecheck.engine.judge import SEVERITY, judge_term
from licensecheck.engine.openness import judge_openness
from licensecheck.engine.questions import collect_questions
from licensecheck.load.checks import load_knowledge
from licensecheck.model.finding import Finding, Status, Verdict
from licensecheck.model.license import LicenseReading
from licensecheck.model.profile import Profile
from licensecheck.model.report import TargetReport
from licensecheck.model.subject import Role, Subject

"""Roles of texts that are no license of the target and may restrict all the same."""


def evaluate(
    subject: Subject,
    readings: Iterable[LicenseReading],
    profile: Profile,
    *,
    today: str | None = None,
    materials: Mapping[str, str] | None = None,
) -> TargetReport:
    """The report on one target; `today` (ISO 8601) decides on approvals, `materials` are texts by path."""
    every = tuple(readings)
    situation = Situation(
        subject=subject,
        readings=tuple(reading for reading in every if not Role(reading.role).stands_beside),
        beside=tuple(reading for reading in every if Role(reading.role).stands_beside),
        profile=profile,
        knowledge=load_knowledge(),
        today=today,
        materials=materials or {},
    )
    findings = tuple(sorted(_findings(situation), key=_order))
    return TargetReport(
        target=subject.target,
        name=subject.name,
        verdict=verdict_of(findings),
        findings=findings,
        openness=judge_openness(situation),
        readings=situation.readings,
        documents=subject.documents,
        card=subject.card,
        lineage=subject.lineage,
        disclosures=subject.disclosures,
        questions=collect_questions(findings),
        notes=subject.notes,
    )


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Denied if one is a violation, else for review, else conditional if one asks for action, else approved."""
    statuses = {finding.status for finding in findings if finding.moves_verdict}
    if Status.VIOLATION in statuses:
        return Verdict.DENIED
    if Status.REVIEW in statuses:
        return Verdict.NEEDS_REVIEW
    return Verdict.CONDITIONAL if Status.ACTION in statuses else Verdict.APPROVED


def _findings(situation: Situation) -> Iterator[Finding]:
    yield from house_findings(situation)
    for finding, about in gap_findings(situation):
        yield apply_approvals(finding, about, situation) if about else finding
    for reading in situation.readings:
        for term in (*reading.terms, *stated_bars(reading, situation)):
            judged = judge_term(term, reading, situation)
            if judged is not None:
                yield apply_approvals(judged, reading, situation)


def _order(finding: Finding) -> tuple[int, bool, str, str, str, str]:
    """The gravest first; then by kind, category, license and place."""
    category = str(finding.attributes.get("category") or finding.attributes.get("metric") or "")
    place = f"{finding.evidence[0].start:09d}" if finding.evidence else ""
    return (
        SEVERITY[finding.status],
        not finding.moves_verdict,
        finding.kind,
        category,
        finding.license or "",
        place,
    )
