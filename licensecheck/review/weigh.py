"""One model of a repository weighed: what its licenses ask, at each line that loads it, less what was cleared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from licensecheck.checking import gather_readings
from licensecheck.engine.evaluate import evaluate, verdict_of
from licensecheck.model.finding import Finding
from licensecheck.model.profile import Profile
from licensecheck.model.reference import Reference
from licensecheck.model.report import TargetReport
from licensecheck.model.review import LineFinding, ReviewTarget, Standing
from licensecheck.review.baseline import fingerprint
from licensecheck.review.places import Places, credit_places, with_derivative, with_findings_of
from licensecheck.review.ruling import SHOWN, Ruling
from licensecheck.review.targets import subject_of
from licensecheck.review.wording import message_of, source_of
from licensecheck.scan.ignores import Ignore


def review_model(
    references: list[Reference], outputs: Sequence[Reference], profile: Profile, places: Places, ruling: Ruling
) -> tuple[ReviewTarget, list[LineFinding]]:
    """The report on one model, and its findings at each line that loads it; `outputs` name what is made here."""
    subject = subject_of(references[0], ruling.settings.names or {}, places.root)
    readings = gather_readings(subject)
    known, texts = with_findings_of(profile, readings, places)
    known, note = with_derivative(known, references, outputs)
    report = evaluate(subject, readings, known, today=ruling.today, materials=texts)
    if note:
        report = replace(report, notes=(*report.notes, note))
    files = profile.materials.credit_lines or tuple(credit_places(places))
    found = [
        _at_line(finding, reference, report, files, ruling)
        for finding in report.findings
        if finding.status in SHOWN and finding.moves_verdict
        for reference in references
    ]
    verdict = verdict_of(item.finding for item in found if item.standing is Standing.OPEN)
    return ReviewTarget(report=report, references=tuple(references), verdict=verdict), found


def _at_line(
    finding: Finding, reference: Reference, report: TargetReport, files: tuple[str, ...], ruling: Ruling
) -> LineFinding:
    item = LineFinding(
        reference=reference,
        finding=finding,
        message=message_of(finding, model=report.target, credit_files=files),
        license_name=source_of(finding, report.readings),
    )
    for ignore in ruling.ignores.get((reference.path, reference.line), ()):
        if applies(ignore, finding, ruling.today):
            return replace(item, standing=Standing.IGNORED, reason=ignore.reason)
    if fingerprint(reference, finding) in ruling.baseline:
        return replace(item, standing=Standing.BASELINE, reason="known from the baseline")
    return item


def applies(ignore: Ignore, finding: Finding, today: str | None) -> bool:
    """True where the ignore is sound, in force, and names the kind of the finding."""
    ran_out = ignore.until is not None and today is not None and ignore.until < today
    return ignore.fault is None and not ran_out and bool(ignore.kinds & {finding.kind, "all"})
