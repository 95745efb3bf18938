"""What changes under a supposition, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from licensecheck.model.changes import Change, Changes
from licensecheck.model.finding import Finding
from licensecheck.report.dump import dump_json
from licensecheck.text.screen import plain_line


def render_changes(changes: Changes, supposed: Iterable[str], *, form: str) -> str:
    """The changes in the format asked for; every format but JSON gets the text."""
    return _json(changes, supposed) if form == "json" else _text(changes, supposed)


def _text(changes: Changes, supposed: Iterable[str]) -> str:
    lines = ["Supposing " + plain_line(", ".join(supposed)) + ":"]
    if changes.before is changes.after:
        lines.append(f"  The verdict stays {changes.after.value}.")
    else:
        lines.append(f"  The verdict changes from {changes.before.value} to {changes.after.value}.")
    lines.extend(f"  {_line(change)}" for change in changes.changes)
    if not changes.changes:
        lines.append("  No finding changes.")
    return "\n".join(lines) + "\n"


def _line(change: Change) -> str:
    finding = change.after or change.before
    if finding is None:
        return ""
    category = finding.attributes.get("category")
    name = f"{finding.kind} ({category})" if category else finding.kind
    return plain_line(f"{name}: {_status(change.before)} -> {_status(change.after)}. {finding.message}")


def _status(finding: Finding | None) -> str:
    return finding.status.value if finding else "absent"


def _json(changes: Changes, supposed: Iterable[str]) -> str:
    data = {
        "schema_version": "1",
        "supposed": list(supposed),
        "verdict": {"before": changes.before.value, "after": changes.after.value},
        "changes": [_change(change) for change in changes.changes],
    }
    return dump_json(data, indent=2) + "\n"


def _change(change: Change) -> dict[str, Any]:
    finding = change.after or change.before
    return {
        "target": change.target,
        "kind": finding.kind if finding else None,
        "category": finding.attributes.get("category") if finding else None,
        "before": _status(change.before),
        "after": _status(change.after),
        "message": change.after.message if change.after else None,
    }
