"""A review of a repository for other programs and for merge requests: JSON, Markdown and SARIF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from licensecheck.domain.findings import Status
from licensecheck.domain.licenses import Term
from licensecheck.domain.repository import (
    LineFinding,
    Notice,
    Reference,
    Review,
    ReviewTarget,
    Standing,
)
from licensecheck.report.extraction import dump_json
from licensecheck.report.json import SCHEMA_VERSION, finding_data, target_data
from licensecheck.report.markdown import code, escape
from licensecheck.report.sarif import Located, render_sarif
from licensecheck.report.scan_text import finding_line
from licensecheck.report.sentences import describe, label_of

# A review of a repository as JSON: the contract of `scan -f json` (`docs/json.md`).


def render_review_json(review: Review) -> str:
    """The review as JSON, keys in a fixed order."""
    return dump_json(review_data(review), indent=2) + "\n"


def review_data(review: Review) -> dict[str, Any]:
    """The review as plain data."""
    return {
        "schema_version": SCHEMA_VERSION,
        "verdict": review.verdict.value,
        "new_verdict": review.new_verdict.value,
        "strict": review.strict,
        "date": review.date,
        "files": review.files,
        "references": [_reference_json(reference) for reference in review.references],
        "targets": [_target(target) for target in review.targets],
        "findings": [_finding(item) for item in review.findings],
        "notices": [_notice(notice) for notice in review.notices],
        "notes": [_notice(note) for note in review.notes],
        "skipped": [{"path": s.path, "kind": s.kind.value, "reason": s.reason} for s in review.skipped],
    }


def _reference_json(reference: Reference) -> dict[str, Any]:
    return {
        "path": reference.path,
        "line": reference.line,
        "model": reference.model,
        "role": reference.role.value,
        "syntax": reference.syntax,
        "name": reference.name,
        "revision": reference.revision,
        **({"library": reference.library, "version": reference.pinned} if reference.library else {}),
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


# A review of a repository as a step summary: a row a model, then what is open.


_OPEN = {Status.VIOLATION: "Violations", Status.ACTION: "To do", Status.REVIEW: "To answer"}
MAX_ROWS = 200


def render_review_markdown(review: Review) -> str:
    """The review as GitHub-flavoured Markdown."""
    lines = [f"## Models in this repository: {escape(review.verdict.value)}", ""]
    if review.targets:
        lines += ["| Model | Verdict | Loaded at |", "| --- | --- | --- |"]
        lines += [_row(target) for target in review.targets[:MAX_ROWS]]
    else:
        lines.append("No model is loaded here.")
    for status, title in _OPEN.items():
        lines.extend(_section(review, status, title))
    lines.extend(f"- {code(f'{notice.path}:{notice.line}')} {escape(notice.message)}" for notice in review.notices)
    return "\n".join(lines) + "\n"


def _row(target: ReviewTarget) -> str:
    first, *more = target.references
    also = f" and {len(more)} more" if more else ""
    return f"| {escape(first.model)} | {target.verdict.value} | {code(f'{first.path}:{first.line}')}{also} |"


def _section(review: Review, status: Status, title: str) -> Iterator[str]:
    rows: dict[tuple[str, str], str] = {}
    for item in review.findings:
        if item.finding.status is status and item.standing is Standing.OPEN:
            where = code(f"{item.reference.path}:{item.reference.line}")
            source = f" ({escape(item.license_name)})" if item.license_name else ""
            text = f"- {where} {escape(item.reference.model)}: {escape(item.message)}{source} {code(item.finding.kind)}"
            rows.setdefault((item.reference.model, item.message), text)
    if rows:
        yield from ("", f"**{title} ({len(rows)})**", "")
        yield from list(rows.values())[:MAX_ROWS]


# A review of a repository as SARIF: one result for each model and line, what was cleared as another, suppressed.


_LEVELS = {Status.VIOLATION: "error", Status.ACTION: "warning", Status.REVIEW: "note", Status.WAIVED: "note"}
_GRAVEST = tuple(_LEVELS)
_SAID = {Status.VIOLATION: "violation", Status.ACTION: "to do", Status.REVIEW: "to answer", Status.WAIVED: "waived"}
MAX_ALSO = 8
"""How many further kinds a result names."""


def render_review_sarif(review: Review) -> str:
    """The review as one SARIF run."""
    return render_sarif(_located(review), tool_version=review.tool_version)


def _located(review: Review) -> Iterator[Located]:
    groups: dict[tuple[str, int, str, bool], list[LineFinding]] = {}
    for item in review.findings:
        reference = item.reference
        cleared = item.standing is not Standing.OPEN or item.finding.status is Status.WAIVED
        groups.setdefault((reference.path, reference.line, reference.model, cleared), []).append(item)
    for (*_, cleared), items in groups.items():
        yield _result(sorted(items, key=_gravity), review.folder, cleared=cleared)
    for notice in review.notices:
        yield Located(
            rule="inline-ignore",
            title="An ignore or a baseline entry that needs mending",
            help="An ignore needs a kind and a reason, is honoured until its day, and has something to ignore.",
            level="note",
            message=notice.message,
            path=_below(review.folder, notice.path),
            line=notice.line,
        )


def _gravity(item: LineFinding) -> tuple[int, str, str]:
    return _GRAVEST.index(item.finding.status), item.finding.kind, item.message


def _below(folder: str, path: str) -> str:
    return f"{folder}/{path}" if folder else path


def _result(items: list[LineFinding], folder: str, *, cleared: bool) -> Located:
    """The gravest finding of a model on a line, and the kinds of the others."""
    first = items[0]
    finding = first.finding
    bare = Term(kind=finding.kind)
    others: dict[str, str] = {}
    for item in items[1:]:
        others.setdefault(item.finding.kind, f"{item.finding.kind} ({_SAID[item.finding.status]})")
    others.pop(finding.kind, None)
    told = list(others.values())
    also = f" Also: {', '.join(told[:MAX_ALSO])}{' and more' if len(told) > MAX_ALSO else ''}." if told else ""
    why = dict.fromkeys(reason for item in items if (reason := item.reason or _waiver(item)))
    return Located(
        rule=finding.kind,
        title=label_of(bare),
        help=" ".join(part for part in (describe(bare), finding.remedy) if part),
        level=_LEVELS[finding.status],
        message=f"{finding_line(first)}{also}",
        path=_below(folder, first.reference.path),
        line=first.reference.line,
        model=first.reference.model,
        term="cleared" if cleared else None,
        suppressed="; ".join(why) if cleared else None,
    )


def _waiver(item: LineFinding) -> str | None:
    return item.finding.message if item.finding.status is Status.WAIVED else None


RENDERERS: dict[str, Callable[[Review], str]] = {
    "json": render_review_json,
    "markdown": render_review_markdown,
    "sarif": render_review_sarif,
}
"""The formats of a review for other programs and for merge requests."""
