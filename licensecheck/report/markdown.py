"""The report as a short Markdown comment: what must be done stands open, the rest is folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from licensecheck.domain.findings import Question, Report, Verdict
from licensecheck.report.reviewed import (
    facts_by_section,
    grouped_rights,
    open_facts,
    profile_line,
    right_lines,
    text_lines,
    unread_files,
)
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
    views = [view_target(target, report.profile) for target in report.targets]
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
    yield from (escape(f"{view.meaning} ({view.counts})"), "")
    if view.growth:
        yield from (escape(f"If the company grows: {' '.join(view.growth)}"), "")
    rest = list(view.sections)
    if rest and rest[0].key == "violation":
        yield from _section(rest.pop(0), quotes=quotes)
    yield from _asked("To answer", view, view.pending)
    while rest and rest[0].key in _OPEN:
        yield from _section(rest.pop(0), quotes=quotes)
    yield from _asked("To confirm where a duty is done already", view, view.settling)
    yield from _rights(view, quotes=quotes)
    for section in rest:
        yield from _section(section, quotes=quotes)
    yield from _facts(view)
    yield from _texts(view)


def _asked(title: str, view: TargetView, asked: Sequence[tuple[Question, str]]) -> Iterator[str]:
    if not asked:
        return
    yield from (f"**{title}**", "")
    for question, by in asked:
        quote = f" “{view.passages[question.text]}”" if question.text in view.passages else ""
        yield f"- {escape(question.text + quote)}{f' _({escape(by)})_' if by else ''}"
    yield ""


def _rights(view: TargetView, *, quotes: bool) -> Iterator[str]:
    grouped = grouped_rights(right_lines(view.report))
    if not grouped:
        return
    yield from ("<details><summary>Rights that the deployment needs</summary>", "")
    for same in grouped:
        line = same[0]
        limits = f"; {line.limits}" if line.limits else ""
        named = "; ".join(each.right for each in same)
        yield f"- {escape(line.status)}: {escape(named)} ({escape(line.granted_by + limits)})"
        if quotes and line.quote:
            yield f"  {code(cut_words(line.quote, _QUOTE_LENGTH))}"
    yield from ("", "</details>", "")


def _facts(view: TargetView) -> Iterator[str]:
    yield from ("<details><summary>Facts that this rests on</summary>", "")
    yield from (f"- **{section}**: {escape(told)}" for section, told in facts_by_section(view.profile))
    yield f"- Not stated: {escape('; '.join(open_facts(view.profile)) or 'nothing')}"
    if view.profile.sha256:
        yield f"- {escape(profile_line(view.profile))}"
    yield from ("", "</details>", "")


def _section(section: Section, *, quotes: bool) -> Iterator[str]:
    if section.key not in _OPEN:
        yield from _fold(section.title, section.rows, quotes=quotes)
        return
    listed = [row for row in section.rows if section.key != "review" or row.question]
    yield from (f"**{section.title} ({len(section.rows)})**", "") if listed else ()
    box = "- [ ]" if section.key == "action" else "-"
    for row in listed[:_LISTED]:
        do = row.remedy or row.message if section.key == "action" else row.message
        yield f"{box} **{escape(row.label)}**: {escape(do)} ({escape(row.source)})"
    if len(listed) > _LISTED:
        yield f"- and {len(listed) - _LISTED} more, folded below"
    yield from [""] if listed else ()
    yield from _fold(f"{section.title}: why, with the clauses", section.rows, quotes=quotes)


def _fold(title: str, rows: tuple[Row, ...], *, quotes: bool) -> Iterator[str]:
    yield from (f"<details><summary>{escape(title)} ({len(rows)})</summary>", "")
    for row in rows:
        yield f"- **{escape(row.label)}**: {escape(row.message)} ({escape(row.source)})"
        if quotes and row.quote:
            yield f"  {code(cut_words(row.quote, _QUOTE_LENGTH))}"
    yield from ("", "</details>", "")


def _texts(view: TargetView) -> Iterator[str]:
    lines = list(text_lines(view.report))
    unread = unread_files(view.report)
    if not lines and not unread:
        return
    yield from ("<details><summary>Texts that were read</summary>", "")
    for text in lines:
        version = f"version {text.version}" if text.version else ""
        hashed = f"sha256:{text.sha256}" if text.sha256 else ""
        about = ", ".join(filter(None, (text.licensor, version, text.date, text.file, text.match, hashed)))
        yield f"- **{escape(text.title)}**: {escape(about)}"
    yield from (f"- Not read: {escape(each)}" for each in unread)
    yield from ("", "</details>", "")
