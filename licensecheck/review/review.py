"""A scan checked against the profile: each model's terms, at the lines that load it, less what was cleared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from licensecheck import __version__
from licensecheck.checking import gather_readings
from licensecheck.engine.evaluate import evaluate, verdict_of
from licensecheck.load.scan_settings import ScanSettings
from licensecheck.model.finding import Finding, Status, Verdict
from licensecheck.model.profile import Profile
from licensecheck.model.reference import Reference
from licensecheck.model.report import TargetReport
from licensecheck.model.review import LineFinding, Notice, Review, ReviewTarget, Standing
from licensecheck.review.baseline import Fingerprint, fingerprint
from licensecheck.review.places import Places, credit_places, with_derivative, with_findings_of
from licensecheck.review.targets import group, subject_of
from licensecheck.review.wording import message_of, source_of
from licensecheck.scan.ignores import Ignore
from licensecheck.scan.scan import Scan

_SHOWN = (Status.VIOLATION, Status.REVIEW, Status.ACTION, Status.WAIVED)
_MOVING = (Status.VIOLATION, Status.REVIEW, Status.ACTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What findings are weighed with: settings, baseline, the ignores by line, and the day."""

    settings: ScanSettings
    baseline: frozenset[Fingerprint]
    ignores: Mapping[tuple[str, int], tuple[Ignore, ...]]
    today: str | None


def review_scan(
    scan: Scan,
    profile: Profile,
    places: Places,
    *,
    settings: ScanSettings,
    baseline: frozenset[Fingerprint] = frozenset(),
    today: str | None = None,
) -> Review:
    """The review of a scan; `today` (ISO 8601) decides whether ignores and approvals have run out."""
    ruling = Ruling(settings=settings, baseline=baseline, ignores=_by_line(scan.ignores), today=today)
    chosen = [reference for reference in scan.references if reference.role in settings.roles]
    targets: list[ReviewTarget] = []
    findings: list[LineFinding] = []
    for references in group(chosen).values():
        report, found = _review_model(references, scan, profile, places, ruling)
        kept = tuple(item for item in found if item.standing is Standing.OPEN)
        verdict = verdict_of(item.finding for item in kept)
        targets.append(ReviewTarget(report=report, references=tuple(references), verdict=verdict))
        findings.extend(found)
    return Review(
        verdict=max((target.verdict for target in targets), key=_level, default=Verdict.APPROVED),
        references=scan.references,
        targets=tuple(targets),
        findings=tuple(sorted(findings, key=_order)),
        notices=tuple(_notices(scan.ignores, findings, today)),
        files=scan.files,
        skipped=scan.skipped,
        tool_version=__version__,
        date=today,
    )


def _level(verdict: Verdict) -> int:
    return verdict.level


def _order(item: LineFinding) -> tuple[str, int, str, int, str, str]:
    status = _SHOWN.index(item.finding.status)
    return item.reference.path, item.reference.line, item.reference.model, status, item.finding.kind, item.message


def _by_line(ignores: Iterable[Ignore]) -> dict[tuple[str, int], tuple[Ignore, ...]]:
    lines: dict[tuple[str, int], tuple[Ignore, ...]] = {}
    for ignore in ignores:
        key = ignore.path, ignore.covers
        lines[key] = (*lines.get(key, ()), ignore)
    return lines


def _review_model(
    references: list[Reference], scan: Scan, profile: Profile, places: Places, ruling: Ruling
) -> tuple[TargetReport, list[LineFinding]]:
    """The report on one model, and its findings at each line that loads it."""
    subject = subject_of(references[0], ruling.settings.names or {}, places.root)
    readings = gather_readings(subject)
    known, texts = with_findings_of(profile, readings, places)
    known, note = with_derivative(known, references, scan.references)
    report = evaluate(subject, readings, known, today=ruling.today, materials=texts)
    if note:
        report = replace(report, notes=(*report.notes, note))
    files = profile.materials.credit_lines or tuple(credit_places(places))
    found = [
        _at_line(finding, reference, report, files, ruling)
        for finding in report.findings
        if finding.status in _SHOWN and finding.moves_verdict
        for reference in references
    ]
    return report, found


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


def _notices(ignores: Iterable[Ignore], findings: list[LineFinding], today: str | None) -> Iterator[Notice]:
    """What is wrong with ignores: a fault, an end that has passed, nothing to ignore."""
    used = {(f.reference.path, f.reference.line, f.finding.kind) for f in findings if f.standing is Standing.IGNORED}
    for ignore in ignores:
        message = ignore.fault
        if message is None and ignore.until and today and ignore.until < today:
            message = f"ran out on {ignore.until}: look at the finding again, or set a new day"
        if message is None:
            idle = [kind for kind in sorted(ignore.kinds) if not _is_used(kind, ignore, used)]
            message = f"ignores nothing here ({', '.join(idle)}): take it out" if idle else None
        if message:
            yield Notice(path=ignore.path, line=ignore.line, message=f"this ignore {message}")


def _is_used(kind: str, ignore: Ignore, used: set[tuple[str, int, str]]) -> bool:
    return any(path == ignore.path and line == ignore.covers and kind in (k, "all") for path, line, k in used)
