"""The baseline: findings that a repository has accepted for now, each with its status, its reason and its end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.repository import Accepted, LineFinding, Notice, Reference, Standing
from licensecheck.errors import Place, ProfileError, SourceError
from licensecheck.frozen import dataclass, field, replace
from licensecheck.text.io import read_bytes

VERSION = 2
Key = tuple[str, str, str, str]
_GRAVITY = (Status.NOT_APPLICABLE, Status.MET, Status.WAIVED, Status.ACTION, Status.REVIEW, Status.VIOLATION)


def key_of(reference: Reference, finding: Finding) -> Key:
    """What makes a finding the same after lines have moved."""
    kind = f"{finding.kind}/{finding.about}" if finding.about else finding.kind
    return reference.path, reference.model, kind, finding.license or ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings by their key, and the file that holds them."""

    path: str = ""
    entries: Mapping[Key, Accepted] = field(default_factory=dict)

    def find(self, reference: Reference, finding: Finding, today: str | None) -> Accepted | None:
        """The entry that knows this finding; none for one that became worse, or whose entry has run out."""
        entry = self.entries.get(key_of(reference, finding)) if self.entries else None
        if entry is None or has_run_out(entry, today):
            return None
        return entry if _GRAVITY.index(finding.status) <= _GRAVITY.index(entry.status) else None


def has_run_out(entry: Accepted, today: str | None) -> bool:
    """True from the day after the one that the entry names."""
    return entry.expires is not None and today is not None and entry.expires < today


def load_baseline(path: Path) -> Baseline:
    """The baseline in a file; ProfileError where it is none."""
    try:
        content = read_bytes(path)
    except SourceError as error:
        raise ProfileError(f"{error.message}; write a baseline with --write-baseline", Place(path=str(path))) from None
    try:
        entries = [_entry(each) for each in json.loads(content)["findings"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ProfileError("not a baseline; write a new one with --write-baseline", Place(path=str(path))) from None
    return Baseline(path=str(path), entries={entry.key: entry for entry in entries})


def _entry(data: dict[str, Any]) -> Accepted:
    """An entry; one of the first version has no status, and stands for a question."""
    return Accepted(
        path=data["path"],
        model=data["model"],
        kind=data["kind"],
        license=data["license"],
        status=Status(data.get("status", Status.REVIEW.value)),
        reason=data.get("reason") or None,
        by=data.get("by") or None,
        expires=str(data["expires"]) if data.get("expires") else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is written down with entries that are new: why they are accepted, by whom, and until when."""

    reason: str | None = None
    by: str | None = None
    expires: str | None = None


def accept(findings: Iterable[LineFinding], known: Baseline, decision: Decision) -> tuple[Accepted, ...]:
    """An entry for each finding, the gravest where several share one; what is known keeps what was said of it."""
    entries: dict[Key, Accepted] = {}
    for item in findings:
        key = key_of(item.reference, item.finding)
        path, model, kind, license_id = key
        status = item.finding.status
        if key in entries and _GRAVITY.index(entries[key].status) >= _GRAVITY.index(status):
            continue
        entry = Accepted(path=path, model=model, kind=kind, license=license_id, status=status)
        old = known.entries.get(key)
        if old is not None and item.standing is Standing.BASELINE:
            entry = replace(entry, reason=old.reason, by=old.by, expires=old.expires)
        entries[key] = replace(
            entry,
            reason=decision.reason or entry.reason,
            by=decision.by or entry.by,
            expires=decision.expires or entry.expires,
        )
    return tuple(entries[key] for key in sorted(entries))


def render_baseline(entries: Iterable[Accepted]) -> str:
    """A baseline file with these entries."""
    rows = [
        {
            "path": entry.path,
            "model": entry.model,
            "kind": entry.kind,
            "license": entry.license,
            "status": entry.status.value,
            "reason": entry.reason,
            "by": entry.by,
            "expires": entry.expires,
        }
        for entry in entries
    ]
    return json.dumps({"version": VERSION, "findings": rows}, ensure_ascii=False, indent=2) + "\n"


def baseline_notices(
    baseline: Baseline, findings: Iterable[LineFinding], *, whole: bool, today: str | None
) -> Iterator[Notice]:
    """Entries that ran out, that became worse, and, after a scan of everything, those that nothing needs any more."""
    now: dict[Key, Status] = {}
    for item in findings if baseline.entries else ():
        key = key_of(item.reference, item.finding)
        status = item.finding.status
        now[key] = max(now.get(key, status), status, key=_GRAVITY.index)
    for key, entry in sorted(baseline.entries.items()):
        told = _told(entry, now.get(key), whole=whole, today=today)
        if told:
            what = f"the baseline entry for {entry.kind} of {entry.model} in {entry.path}"
            yield Notice(path=baseline.path, line=1, message=f"{what} {told}")


def _told(entry: Accepted, status: Status | None, *, whole: bool, today: str | None) -> str | None:
    if status is None:
        return "matches nothing any more: take it out" if whole else None
    if has_run_out(entry, today):
        return f"ran out on {entry.expires}: look at the finding again, or set a new day"
    if _GRAVITY.index(status) > _GRAVITY.index(entry.status):
        return f"was accepted as {entry.status.value} and is {status.value} now: it no longer counts"
    return None
