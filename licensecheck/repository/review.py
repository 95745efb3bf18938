"""A scan checked against the profile: each model's terms, at the lines that load it, less what was cleared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from licensecheck import __version__
from licensecheck.catalog.profile_fields import approvable_kinds
from licensecheck.catalog.scan_settings import ScanSettings
from licensecheck.catalog.yaml_files import hint
from licensecheck.checking import gather_readings
from licensecheck.domain.findings import Finding, Status, TargetReport
from licensecheck.domain.licenses import Availability, LicenseReading
from licensecheck.domain.profile import Profile
from licensecheck.domain.repository import (
    LineFinding,
    Notice,
    Reference,
    ReferenceRole,
    Review,
    ReviewTarget,
    ScanVerdict,
    Standing,
)
from licensecheck.frozen import dataclass, replace
from licensecheck.judge.evaluate import evaluate, verdict_of
from licensecheck.models.library_weights import load_sentence
from licensecheck.models.license_names import known_model
from licensecheck.repository.baseline import Baseline, baseline_notices
from licensecheck.repository.coverage import UNNAMED, UNREAD, ModelPackage, unnamed_models, unread_files
from licensecheck.repository.ignores import Ignore
from licensecheck.repository.notices import Places, credit_places, with_derivative, with_findings_of
from licensecheck.repository.targets import SYNTAX, subject_of
from licensecheck.repository.walk import Scan

# What findings are weighed with in a repository.


SHOWN = (Status.VIOLATION, Status.REVIEW, Status.ACTION, Status.WAIVED)
"""The statuses that a scan tells, the gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What findings are weighed with: settings, baseline, the ignores by line, and the day."""

    settings: ScanSettings
    baseline: Baseline
    ignores: Mapping[tuple[str, int], tuple[Ignore, ...]]
    today: str | None


# A scan checked against the profile: each model's terms, at the lines that load it, less what was cleared.


def review_scan(
    scan: Scan,
    profile: Profile,
    places: Places,
    *,
    settings: ScanSettings,
    baseline: Baseline | None = None,
    today: str | None = None,
    packages: Iterable[ModelPackage] | None = None,
) -> Review:
    """The review of a scan; `today` (ISO 8601) decides whether ignores, entries and approvals have run out.

    `packages`, those of the manifests that run models, are given where the whole repository was read.
    """
    baseline = baseline or Baseline()
    ruling = Ruling(settings=settings, baseline=baseline, ignores=_by_line(scan.ignores), today=today)
    chosen = [reference for reference in scan.references if reference.role in settings.roles]
    outputs = tuple(reference for reference in scan.references if reference.role is ReferenceRole.OUTPUT)
    targets: list[ReviewTarget] = []
    findings: list[LineFinding] = []
    for references in _group(chosen).values():
        target, found = review_model(references, outputs, profile, places, ruling)
        targets.append(target)
        findings.extend(found)
    unseen = [*unnamed_models(packages or () if settings.models is None else (), chosen)]
    unseen.extend(unread_files(scan.skipped) if settings.strict else ())
    findings.extend(_with_standing(item, ruling) for item in unseen)
    whole = packages is not None
    notices = (
        *_notices(scan.ignores, findings, today),
        *baseline_notices(baseline, findings, whole=whole, today=today),
    )
    return Review(
        verdict=_verdict(targets, findings, (Standing.OPEN, Standing.BASELINE)),
        new_verdict=_verdict(targets, findings, (Standing.OPEN,)),
        references=scan.references,
        targets=tuple(targets),
        findings=tuple(sorted(findings, key=_order)),
        notices=notices,
        notes=tuple(load_notes(chosen)),
        files=scan.files,
        skipped=scan.skipped,
        tool_version=__version__,
        date=today,
        has_profile=profile.path is not None,
        strict=settings.strict,
    )


def _verdict(
    targets: Sequence[ReviewTarget], findings: Iterable[LineFinding], standings: Sequence[Standing]
) -> ScanVerdict:
    """The verdict on findings of these standings: without a model and a question none, and of what is known nothing."""
    counted = [item for item in findings if item.standing in standings]
    known = any(item.standing is Standing.BASELINE for item in findings) and Standing.BASELINE not in standings
    if counted:
        return ScanVerdict.of(verdict_of(item.finding for item in counted))
    if known:
        return ScanVerdict.NOTHING_NEW
    return ScanVerdict.APPROVED if targets else ScanVerdict.NO_MODELS


def _order(item: LineFinding) -> tuple[str, int, str, int, str, str]:
    status = SHOWN.index(item.finding.status)
    return item.reference.path, item.reference.line, item.reference.model, status, item.finding.kind, item.message


OWN_KINDS = ("all", UNNAMED, UNREAD, "policy")
"""The kinds of findings that a scan adds to those of a license, and what stands for any."""


def _by_line(ignores: Iterable[Ignore]) -> dict[tuple[str, int], tuple[Ignore, ...]]:
    lines: dict[tuple[str, int], tuple[Ignore, ...]] = {}
    for ignore in ignores:
        key = ignore.path, ignore.covers
        lines[key] = (*lines.get(key, ()), ignore)
    return lines


def _group(references: Iterable[Reference]) -> dict[str, list[Reference]]:
    """The references by the model that they name, whatever its case; each file of weights by itself."""
    groups: dict[str, list[Reference]] = {}
    for reference in references:
        apart = reference.path if reference.syntax == SYNTAX else reference.library or ""
        groups.setdefault(f"{(reference.name or reference.model).lower()}\0{apart}", []).append(reference)
    return dict(sorted(groups.items()))


def _notices(ignores: Iterable[Ignore], findings: list[LineFinding], today: str | None) -> Iterator[Notice]:
    """What is wrong with ignores: a fault, an end that has passed, nothing to ignore."""
    used = {(f.reference.path, f.reference.line, f.finding.kind) for f in findings if f.standing is Standing.IGNORED}
    for ignore in ignores:
        message = ignore.fault
        if message is None and ignore.until and today and ignore.until < today:
            message = f"ran out on {ignore.until}: look at the finding again, or set a new day"
        if message is None:
            idle = [kind for kind in sorted(ignore.kinds) if not _is_used(kind, ignore, used)]
            message = _unused_words(idle)
        if message:
            yield Notice(path=ignore.path, line=ignore.line, message=f"this ignore {message}")


def _unused_words(kinds: list[str]) -> str | None:
    """What is said of kinds that clear nothing on their line; for one that does not exist what was meant."""
    if not kinds:
        return None
    known = (*approvable_kinds(), *OWN_KINDS)
    wrong = [f"'{kind}' is not a kind of finding{hint(kind, known)}" for kind in kinds if kind not in known]
    return "; ".join(wrong) if wrong else f"ignores nothing here ({', '.join(kinds)}): take it out"


def _is_used(kind: str, ignore: Ignore, used: set[tuple[str, int, str]]) -> bool:
    return any(path == ignore.path and line == ignore.covers and kind in (k, "all") for path, line, k in used)


# Findings in the words of a repository: where a thing would stand and does not, and how to settle what is unknown.


def message_of(finding: Finding, *, model: str, credit_files: Sequence[str]) -> str:
    """The finding's message, said of this repository where it is about what should stand there."""
    if finding.kind == "unknown-license":
        return f"{finding.message} {settle(model)}"
    if finding.status is Status.ACTION and finding.kind == "display-attribution":
        return _missing_credit(finding, credit_files)
    if finding.status is Status.ACTION and finding.kind == "include-license":
        return "no copy of its license was found in the repository"
    if finding.status is Status.ACTION and finding.kind == "notice-file":
        return "no NOTICE with the prescribed text was found in the repository"
    return finding.question if finding.status is Status.REVIEW and finding.question else finding.message


def _missing_credit(finding: Finding, files: Sequence[str]) -> str:
    texts = finding.attributes.get("texts")
    lines = texts if isinstance(texts, tuple) else ()
    wanted = " or ".join(f"'{line}'" for line in lines) or "the prescribed credit line"
    where = " or ".join(files) if files else "README or interface"
    return f"{wanted} is not in {where}"


def settle(model: str) -> str:
    """How a person settles which license an unknown model bears."""
    return (
        f"To settle it: look the license up, for example with `licensecheck check {model} --online`, and write it "
        f"under `scan: names:` in licensecheck.yaml, as `{model}: apache-2.0` or the model that this one is; "
        "or put `# licensecheck: ignore[unknown-license] reason=...` on the line."
    )


def source_of(finding: Finding, readings: Sequence[LicenseReading]) -> str | None:
    """The license and the clause, as in "Llama 3.1 license, 1.b.i"."""
    reading = next((r for r in readings if finding.license and r.identity.id == finding.license), None)
    name = reading.identity.name if reading and reading.identity.name else finding.license
    if name is None:
        return None
    clause = (finding.basis or "").removeprefix(finding.license or "").strip()
    return f"{name}, {clause}" if clause else name


def load_notes(loads: Iterable[Reference]) -> Iterator[Notice]:
    """What a line that loads a model leaves open though its license does not ask: the revision, and who may get it."""
    for reference in loads:
        name = reference.name or reference.model
        if reference.library is not None or "://" in name or name.count("/") != 1:
            continue
        told = [] if reference.revision else ["no revision is pinned"]
        entry = known_model(name)
        if entry is not None and entry.availability is Availability.GATED:
            told.append("it is gated: who loads it has accepted its terms on the hub")
        if told:
            yield Notice(path=reference.path, line=reference.line, message=f"{reference.model}: {'; '.join(told)}")


# One model of a repository weighed: what its licenses ask, at each line that loads it, less what was cleared.


def review_model(
    references: list[Reference], outputs: Sequence[Reference], profile: Profile, places: Places, ruling: Ruling
) -> tuple[ReviewTarget, list[LineFinding]]:
    """The report on one model, and its findings at each line that loads it; `outputs` name what is made here."""
    subject = subject_of(references[0], ruling.settings.names or {}, places.root)
    readings = gather_readings(subject)
    known, texts = with_findings_of(profile, readings, places)
    known, note = with_derivative(known, references, outputs)
    report = evaluate(subject, readings, known, today=ruling.today, materials=texts, strict=ruling.settings.strict)
    if note:
        report = replace(report, notes=(*report.notes, note))
    files = profile.materials.credit_lines or tuple(credit_places(places))
    told = [finding for finding in report.findings if finding.status in SHOWN and finding.moves_verdict]
    found = [item for finding in told for item in _at_lines(finding, references, report, files, ruling)]
    verdict = verdict_of(item.finding for item in found if item.standing is not Standing.IGNORED)
    return ReviewTarget(report=report, references=tuple(references), verdict=verdict), found


def _at_lines(
    finding: Finding, references: Iterable[Reference], report: TargetReport, files: tuple[str, ...], ruling: Ruling
) -> Iterator[LineFinding]:
    """A finding at each line that loads the model."""
    message = message_of(finding, model=report.target, credit_files=files)
    name = source_of(finding, report.readings)
    for reference in references:
        library = reference.library or reference.listed_by
        lead = load_sentence(library, reference.model, reference.pinned) if library else ""
        item = LineFinding(
            reference=reference,
            finding=finding,
            message=f"{lead} {message}" if lead else message,
            lead=lead,
            license_name=name,
        )
        yield _with_standing(item, ruling)


def _with_standing(item: LineFinding, ruling: Ruling) -> LineFinding:
    """The finding with what the repository has said of it, on its line or in the baseline."""
    for ignore in ruling.ignores.get((item.reference.path, item.reference.line), ()):
        if applies(ignore, item.finding, ruling.today):
            return replace(item, standing=Standing.IGNORED, reason=ignore.reason)
    entry = ruling.baseline.find(item.reference, item.finding, ruling.today)
    if entry is not None:
        decided = ", ".join(part for part in (entry.reason, f"by {entry.by}" if entry.by else None) if part)
        return replace(item, standing=Standing.BASELINE, reason=decided or "known from the baseline")
    return item


def applies(ignore: Ignore, finding: Finding, today: str | None) -> bool:
    """True where the ignore is sound, in force, and names the kind of the finding."""
    ran_out = ignore.until is not None and today is not None and ignore.until < today
    return ignore.fault is None and not ran_out and bool(ignore.kinds & {finding.kind, "all"})
