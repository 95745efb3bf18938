"""What changes under a supposition, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import Any

from licensecheck.domain.findings import Change, Changes, Finding
from licensecheck.report.extraction import dump_json
from licensecheck.report.sentences import STATUS_WORDS, VERDICT_WORDS, label_of
from licensecheck.text.markup import plain_line

_WIDTH = 100


def render_changes(changes: Changes, supposed: Iterable[str], *, form: str) -> str:
    """The changes in the format asked for; every format but JSON gets the text."""
    return _json(changes, supposed) if form == "json" else _text(changes, supposed)


def _text(changes: Changes, supposed: Iterable[str]) -> str:
    lines = ["Supposing " + plain_line(", ".join(supposed)) + ":"]
    before, after = VERDICT_WORDS[changes.before].lower(), VERDICT_WORDS[changes.after].lower()
    if changes.before is changes.after:
        lines.append(f"  The verdict stays: {after}.")
    else:
        lines.append(f"  The verdict changes from {before} to {after}.")
    several = len({change.target for change in changes.changes}) > 1
    for change in changes.changes:
        lines += wrap(_line(change, several=several), width=_WIDTH, initial_indent="  - ", subsequent_indent="    ")
    if not changes.changes:
        lines.append("  No finding changes.")
    return "\n".join(lines) + "\n"


def _line(change: Change, *, several: bool) -> str:
    """The finding with its status before and after; the target too, where several change."""
    finding = change.after or change.before
    if finding is None:
        return ""
    name = f"{change.target}: {label_of(finding)}" if several else label_of(finding)
    return plain_line(f"{name}: {_words(change.before)}, then {_words(change.after)}. {finding.message}")


def _words(finding: Finding | None) -> str:
    return STATUS_WORDS[finding.status].lower() if finding else "not there"


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
