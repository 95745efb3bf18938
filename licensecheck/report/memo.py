"""The memo for a launch meeting: product, model, decision, conditions, open questions, signature; one page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from licensecheck.catalog.phrasing import place_name
from licensecheck.domain.findings import Report, Status
from licensecheck.domain.profile import Profile
from licensecheck.report.reviewed import profile_line, text_lines
from licensecheck.report.sentences import VERDICT_WORDS, against_title, change_words, made_by
from licensecheck.report.view import Row, TargetView, same_todo, view_target
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
        ("Organization", _named(profile.organization.name, profile.organization.domicile)),
        ("Use", _use(profile)),
        ("Model" if len(views) == 1 else "Models", ", ".join(view.title for view in views)),
        ("Decision", VERDICT_WORDS[report.verdict].upper()),
        ("Date", report.date),
    ]
    lines += [line for name, value in facts if value for line in _field(name, str(value))]
    for view in views:
        lines += ["", *_target(view, several=len(views) > 1)]
    if report.against is not None:
        lines += [*_list(against_title(report.against), [*map(change_words, report.against.changes)] or [_UNCHANGED])]
    lines += ["", f"Reviewed by (name, role): {_SIGNED}", "", f"Approved by (name, role): {_SIGNED}"]
    lines += ["", *_wrap(made_by(report)), *(_wrap(profile_line(profile)) if profile.sha256 else ())]
    return "\n".join(line.rstrip() for line in lines) + "\n"


_SIGNED = "_________________  Date: __________  Signature: _____________"


def _named(name: str | None, domicile: str | None) -> str:
    """The organization and where it is."""
    return ", ".join(filter(None, (name, place_name(domicile) if domicile else None)))


def _use(profile: Profile) -> str:
    """What the decision is for: purpose, channels, places and uses, as far as the profile states them."""
    deployment = profile.deployment
    channels = f"channels: {', '.join(deployment.channels)}" if deployment.channels else None
    places = ", ".join(map(place_name, deployment.regions or ()))
    return "; ".join(filter(None, (deployment.purpose, channels, places, ", ".join(deployment.uses or ()))))


def _target(view: TargetView, *, several: bool) -> Iterator[str]:
    if several:
        yield f"{view.title}: {view.verdict}"
    yield from _wrap(view.meaning)
    for text in text_lines(view.report):
        about = ", ".join(filter(None, (text.title, text.licensor, text.date, text.file)))
        yield from _wrap(about, first="Text: ", indent="      ")
        if text.sha256:
            yield f"      sha256:{text.sha256}"
    rows = {section.key: section.rows for section in view.sections}
    yield from _list("What the license does not permit", [_barred(row) for row in rows.get(Status.VIOLATION.value, ())])
    todo = [_todo(same) for same in same_todo(rows.get(Status.ACTION.value, ()))]
    yield from _list("Conditions", todo, after=_OWNER)
    yield from _list("Open questions", _questions(view, rows.get(Status.REVIEW.value, ())))
    yield from _list("What changes if the company grows", list(view.growth))


def _barred(row: Row) -> str:
    return f"{row.label}: {row.message} [{row.clause}]"


_OWNER = "      Owner: ______________________  Due: ____________"


def _todo(rows: list[Row]) -> str:
    clauses = "; ".join(row.clause for row in rows)
    return f"[ ] {rows[0].label}: {rows[0].remedy or rows[0].message} [{clauses}]"


def _questions(view: TargetView, rows: Iterable[Row]) -> list[str]:
    passages = {text: f" “{quote}”" for text, quote in view.passages.items()}
    asked = [f"{question.text}{passages.get(question.text, '')}" for question, _ in view.pending]
    return [*asked, *dict.fromkeys(f"{row.label}: {row.question}" for row in rows if row.question)]


def _list(title: str, entries: list[str], *, after: str = "") -> Iterator[str]:
    """A list under its title; `after` is a line below each entry."""
    if not entries:
        return
    yield ""
    yield title if entries == [_UNCHANGED] else f"{title} ({len(entries)})"
    for entry in entries[:_LISTED]:
        yield from _wrap(entry, first="  - ", indent="    ")
        if after:
            yield after
    if len(entries) > _LISTED:
        yield f"    and {len(entries) - _LISTED} more: see the full report"


def _field(name: str, value: str) -> list[str]:
    return _wrap(value, first=f"{name}:".ljust(15), indent=" " * 15)


def _wrap(text: str, *, first: str = "", indent: str = "") -> list[str]:
    return textwrap.wrap(
        plain_line(text), width=WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False
    )
