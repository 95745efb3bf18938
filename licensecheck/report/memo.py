"""The memo for a launch meeting: product, model, decision, conditions, open questions, signature; one page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from licensecheck.domain.findings import Report, Status
from licensecheck.report.reviewed import text_lines
from licensecheck.report.sentences import VERDICT_WORDS, against_title, change_words, made_by
from licensecheck.report.view import Row, TargetView, view_target
from licensecheck.text.markup import plain_line

WIDTH = 88
"""Characters a line: an A4 page in a fixed-width type of 10 points."""
_UNCHANGED = "No finding changed."
_LISTED = 6
"""How many entries of each list stand on the page."""


def render(report: Report) -> str:
    """The memo as plain text; where a list is longer than the page holds, the rest is counted."""
    profile = report.profile
    views = [view_target(target, profile) for target in report.targets]
    lines = ["LICENSE MEMO", "=" * WIDTH]
    facts = [
        ("Product", profile.deployment.product),
        ("Organization", profile.organization.name),
        ("Model" if len(views) == 1 else "Models", ", ".join(view.title for view in views)),
        ("Decision", VERDICT_WORDS[report.verdict].upper()),
        ("Date", report.date),
    ]
    lines += [line for name, value in facts if value for line in _field(name, str(value))]
    for view in views:
        lines += ["", *_target(view, several=len(views) > 1)]
    if report.against is not None:
        lines += [*_list(against_title(report.against), [*map(change_words, report.against.changes)] or [_UNCHANGED])]
    lines += ["", "Reviewed by (name, role): ______________________   Date: ____________   Signature:"]
    lines += ["", "Approved by (name, role): ______________________   Date: ____________   Signature:"]
    lines += ["", *_wrap(made_by(report))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _target(view: TargetView, *, several: bool) -> Iterator[str]:
    if several:
        yield f"{view.title}: {view.verdict}"
    yield from _wrap(view.meaning)
    for text in text_lines(view.report):
        yield from _wrap(", ".join(filter(None, (text.title, text.licensor, text.date, text.file))), first="License: ")
    rows = {section.key: section.rows for section in view.sections}
    yield from _list("What the license does not permit", [_barred(row) for row in rows.get(Status.VIOLATION.value, ())])
    yield from _list("Conditions (owner, due)", [_todo(row) for row in rows.get(Status.ACTION.value, ())])
    yield from _list("Open questions", _questions(view, rows.get(Status.REVIEW.value, ())))


def _barred(row: Row) -> str:
    return f"{row.label}: {row.message} [{row.clause}]"


def _todo(row: Row) -> str:
    return f"[ ] {row.label}: {row.remedy or row.message} [{row.clause}]  Owner: ________  Due: ________"


def _questions(view: TargetView, rows: Iterable[Row]) -> list[str]:
    passages = {text: f" “{quote}”" for text, quote in view.passages.items()}
    asked = [f"{question.text}{passages.get(question.text, '')}" for question, _ in view.pending]
    return [*asked, *dict.fromkeys(f"{row.label}: {row.question}" for row in rows if row.question)]


def _list(title: str, entries: list[str]) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield title if entries == [_UNCHANGED] else f"{title} ({len(entries)})"
    for entry in entries[:_LISTED]:
        yield from _wrap(entry, first="  - ", indent="    ")
    if len(entries) > _LISTED:
        yield f"    and {len(entries) - _LISTED} more: see the full report"


def _field(name: str, value: str) -> list[str]:
    return _wrap(value, first=f"{name}:".ljust(15), indent=" " * 15)


def _wrap(text: str, *, first: str = "", indent: str = "") -> list[str]:
    return textwrap.wrap(
        plain_line(text), width=WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False
    )
