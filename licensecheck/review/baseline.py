"""The baseline: findings that a repository has accepted for now, known by path, model and kind and not by line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from licensecheck.errors import ProfileError, SourceError
from licensecheck.model.finding import Finding
from licensecheck.model.reference import Reference
from licensecheck.model.review import LineFinding
from licensecheck.place import Place
from licensecheck.text.regular import read_bytes

VERSION = 1
Fingerprint = tuple[str, str, str, str]


def fingerprint(reference: Reference, finding: Finding) -> Fingerprint:
    """What makes a finding the same after lines have moved."""
    category = finding.attributes.get("category") or finding.attributes.get("metric") or ""
    kind = f"{finding.kind}/{category}" if category else finding.kind
    return reference.path, reference.model, kind, finding.license or ""


def load_baseline(path: Path) -> frozenset[Fingerprint]:
    """The fingerprints in a baseline file; ProfileError where it is none."""
    try:
        content = read_bytes(path)
    except SourceError as error:
        raise ProfileError(f"{error.message}; write a baseline with --write-baseline", Place(path=str(path))) from None
    try:
        data = json.loads(content)
        entries = data["findings"]
        return frozenset((e["path"], e["model"], e["kind"], e["license"]) for e in entries)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ProfileError("is no baseline; write a new one with --write-baseline", Place(path=str(path))) from None


def render_baseline(findings: Iterable[LineFinding]) -> str:
    """A baseline file that holds these findings."""
    keys = sorted({fingerprint(item.reference, item.finding) for item in findings})
    entries = [{"path": p, "model": m, "kind": k, "license": name} for p, m, k, name in keys]
    return json.dumps({"version": VERSION, "findings": entries}, ensure_ascii=False, indent=2) + "\n"
