"""A review of a repository as JSON: the contract of `scan -f json` (`docs/json.md`)."""

from __future__ import annotations

from typing import Any

from licensecheck.model.reference import Reference
from licensecheck.model.review import LineFinding, Notice, Review, ReviewTarget
from licensecheck.report.dump import dump_json
from licensecheck.report.json import SCHEMA_VERSION, finding_data, target_data


def render(review: Review) -> str:
    """The review as JSON, keys in a fixed order."""
    return dump_json(review_data(review), indent=2) + "\n"


def review_data(review: Review) -> dict[str, Any]:
    """The review as plain data."""
    return {
        "schema_version": SCHEMA_VERSION,
        "verdict": review.verdict.value,
        "date": review.date,
        "files": review.files,
        "references": [_reference(reference) for reference in review.references],
        "targets": [_target(target) for target in review.targets],
        "findings": [_finding(item) for item in review.findings],
        "notices": [_notice(notice) for notice in review.notices],
        "skipped": [{"path": path, "reason": reason} for path, reason in review.skipped],
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "path": reference.path,
        "line": reference.line,
        "model": reference.model,
        "role": reference.role.value,
        "syntax": reference.syntax,
        "name": reference.name,
        "revision": reference.revision,
    }


def _target(target: ReviewTarget) -> dict[str, Any]:
    data = target_data(target.report)
    places = [{"path": each.path, "line": each.line} for each in target.references]
    return {**data, "verdict": target.verdict.value, "references": places}


def _finding(item: LineFinding) -> dict[str, Any]:
    data = finding_data(item.finding)
    return {
        "path": item.reference.path,
        "line": item.reference.line,
        "model": item.reference.model,
        "kind": data["kind"],
        "status": data["status"],
        "message": item.message,
        "license": data["license"],
        "basis": data.get("basis"),
        "remedy": data.get("remedy"),
        "standing": item.standing.value,
        "reason": item.reason,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {"path": notice.path, "line": notice.line, "message": notice.message}
