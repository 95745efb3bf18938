"""The report as a short Markdown comment: what must be done stands open, the rest is folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from licensecheck.domain.findings import Report, Verdict
from licensecheck.report.sentences import VERDICT_WORDS, against_title, change_words, made_by
from licensecheck.report.view import Row, Section, TargetView, view_target
from licensecheck.text.markup import cut_words, plain_line

_SIGNS = {
    Verdict.APPROVED: "✅",
    Verdict.CONDITIONAL: "🔷",
    Verdict.NEEDS_REVIEW: "❓",
    Verdict.DENIED: "⛔",
}
_OPEN = ("review", "violation", "action")
"""Sections whose rows are listed; the others are folded."""
_LISTED = 12
"""How many rows of an open section stand outside the fold."""
_LIMIT = 60_000
"""GitHub takes comments of up to 65,536 characters."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_QUOTE_LENGTH = 600


def render(report: Report) -> str:
    """The report as GitHub-flavoured Markdown; what a comment cannot hold is left out from the end."""
    views = [view_target(target) for target in report.targets]
    whole = _page(report, [_target(view, quotes=True) for view in views])
    if len(whole) <= _LIMIT:
        return whole
    bare = _page(report, [_target(view, quotes=False) for view in views])
    return bare if len(bare) <= _LIMIT else _page(report, [])


def _page(report: Report, targets: Iterable[Iterable[str]]) -> str:
    lines: list[str] = []
    parts = [line for target in targets for line in target]
    if len(report.targets) > 1 or not parts:
        lines += [f"## {_SIGNS[report.verdict]} {VERDICT_WORDS[report.verdict]}: {len(report.targets)} models", ""]
        lines += [*_overview(report), ""]
    if report.against is not None:
        lines += [f"**{escape(against_title(report.against))}**", ""]
        lines += [f"- because {escape(detail)}" for detail in report.against.details]
        lines += [f"- {escape(change_words(change))}" for change in report.against.changes] or ["- No finding changed."]
        lines.append("")
    left_out = "" if parts else " The findings are too many for a comment: see the full report."
    return "\n".join([*lines, *parts, f"<sub>{escape(made_by(report))}{left_out}</sub>"]) + "\n"


def escape(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no link, no mention, on one line."""
    escaped = (
        _SPECIAL.sub(r"\\\1", plain_line(text).replace("&", "&amp;")).replace("\\<", "&lt;").replace("\\>", "&gt;")
    )
    unlinked = escaped.replace("://", "&#58;//").replace("www.", "www&#46;")
    return re.sub(r"@(?=\w)", "@&#8203;", unlinked)


def code(text: str) -> str:
    """Text as a code span, with a fence longer than any run of backticks in it."""
    line = plain_line(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def _overview(report: Report) -> Iterator[str]:
    yield from ("| Model | Verdict | Findings |", "| --- | --- | --- |")
    for target in report.targets:
        view = view_target(target)
        yield f"| {escape(view.title)} | {_SIGNS[target.verdict]} {view.verdict} | {escape(view.counts)} |"


def _target(view: TargetView, *, quotes: bool) -> Iterator[str]:
    yield f"### {_SIGNS[view.report.verdict]} {view.verdict}: {escape(view.title)}"
    yield ""
    yield escape(view.headline)
    yield ""
    for title, asked in (("To answer", view.pending), ("To confirm where a duty is done already", view.settling)):
        if asked:
            yield from (f"**{title}**", "")
            yield from (f"- {escape(question.text)}{f' _({escape(by)})_' if by else ''}" for question, by in asked)
            yield ""
    for section in view.sections:
        yield from _section(section, quotes=quotes)
    yield from _texts(view)


def _section(section: Section, *, quotes: bool) -> Iterator[str]:
    if section.key not in _OPEN:
        yield from _fold(section.title, section.rows, quotes=quotes)
        return
    yield from (f"**{section.title} ({len(section.rows)})**", "")
    box = "- [ ]" if section.key == "action" else "-"
    for row in section.rows[:_LISTED]:
        do = row.message if section.key == "review" else row.remedy or row.message
        yield f"{box} **{escape(row.label)}**: {escape(do)} ({escape(row.source)})"
    if len(section.rows) > _LISTED:
        yield f"- and {len(section.rows) - _LISTED} more, folded below"
    yield ""
    yield from _fold(f"{section.title}: why, with the clauses", section.rows, quotes=quotes)


def _fold(title: str, rows: tuple[Row, ...], *, quotes: bool) -> Iterator[str]:
    yield from (f"<details><summary>{escape(title)} ({len(rows)})</summary>", "")
    for row in rows:
        yield f"- **{escape(row.label)}**: {escape(row.message)} ({escape(row.source)})"
        if quotes and row.quote:
            yield f"  {code(cut_words(row.quote, _QUOTE_LENGTH))}"
    yield from ("", "</details>", "")


def _texts(view: TargetView) -> Iterator[str]:
    if view.texts:
        yield from ("<details><summary>Texts that were read</summary>", "")
        yield from (f"- {escape(text)}" for text in view.texts)
        yield from ("", "</details>", "")
