"""A scan checked against the profile: each model's terms, at the lines that load it, less what was cleared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licensecheck import __version__
from licensecheck.load.scan_settings import ScanSettings
from licensecheck.model.finding import Verdict
from licensecheck.model.profile import Profile
from licensecheck.model.reference import Reference, ReferenceRole
from licensecheck.model.review import LineFinding, Notice, Review, ReviewTarget, Standing
from licensecheck.review.baseline import Fingerprint
from licensecheck.review.places import Places
from licensecheck.review.ruling import SHOWN, Ruling
from licensecheck.review.weights import SYNTAX
from licensecheck.scan.ignores import Ignore
from licensecheck.scan.scan import Scan


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
    outputs = tuple(reference for reference in scan.references if reference.role is ReferenceRole.OUTPUT)
    targets: list[ReviewTarget] = []
    findings: list[LineFinding] = []
    for references in _group(chosen).values():
        from licensecheck.review.weigh import review_model  # the engine, which most commits do not need

        target, found = review_model(references, outputs, profile, places, ruling)
        targets.append(target)
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
    status = SHOWN.index(item.finding.status)
    return item.reference.path, item.reference.line, item.reference.model, status, item.finding.kind, item.message


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
        apart = reference.path if reference.syntax == SYNTAX else ""
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
            message = f"ignores nothing here ({', '.join(idle)}): take it out" if idle else None
        if message:
            yield Notice(path=ignore.path, line=ignore.line, message=f"this ignore {message}")


def _is_used(kind: str, ignore: Ignore, used: set[tuple[str, int, str]]) -> bool:
    return any(path == ignore.path and line == ignore.covers and kind in (k, "all") for path, line, k in used)
