"""A review of a repository as a step summary: a row a model, then what is open."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.model.finding import Status
from licensecheck.model.review import Review, ReviewTarget, Standing
from licensecheck.report.markdown import code, escape

_OPEN = {Status.VIOLATION: "Violations", Status.ACTION: "To do", Status.REVIEW: "To answer"}
MAX_ROWS = 200


def render(review: Review) -> str:
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
