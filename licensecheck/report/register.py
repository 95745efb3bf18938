"""The register of duties, for spreadsheets and other programs: a row a duty, with trigger, evidence and status."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from licensecheck.domain.findings import Report, Since, Status
from licensecheck.report.compare_sheet import safe_cell
from licensecheck.report.reviewed import fact_lines, right_lines, text_lines
from licensecheck.report.sentences import VERDICT_WORDS, finding_key, group_of, made_by
from licensecheck.report.view import Row, TargetView, view_target
from licensecheck.report.workbook import Sheet, write_workbook

HEAD = ("Target", "License", "Clause", "Duty", "What to do", "When", "Status", "Owner", "Due", "Evidence", "Quote")
_DUTIES = frozenset(("condition",))
_ALWAYS = frozenset((Status.ACTION, Status.VIOLATION, Status.REVIEW, Status.WAIVED))


def render_csv(report: Report) -> str:
    """The register as CSV with a head line; fields that a spreadsheet would take for a formula are quoted."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    since = _since(report)
    writer.writerow(HEAD if since is None else (*HEAD, "Since"))
    for row in duty_rows(report):
        told = () if since is None else (since.get((row[0], row[1], row[3]), "unchanged"),)
        writer.writerow([safe_cell(value) for value in (*row, *told)])
    for change in report.against.changes if report.against else ():
        if change.since is Since.CLOSED:
            gone = (change.target, change.license, "", change.label, change.message, "", "", "", "", "", "", "closed")
            writer.writerow([safe_cell(value) for value in gone])
    return buffer.getvalue()


def _since(report: Report) -> dict[tuple[str, str, str], str] | None:
    """What became of each finding since the earlier report, by target, license and label; None where there is none."""
    if report.against is None:
        return None
    names = {target.target: target.name or target.target for target in report.targets}
    return {
        (names.get(change.target, change.target), change.license, change.label): change.since.value
        for change in report.against.changes
    }


def render_xlsx(report: Report) -> bytes:
    """A workbook: the verdicts, the register of duties, the questions, the facts and texts, and what changed."""
    views = _views(report)
    sheets = [
        Sheet(name="Verdicts", rows=tuple(_verdicts(report, views)), widths=(34, 16, 60, 40, 40, 50, 40)),
        Sheet(name="Duties", rows=(HEAD, *duty_rows(report)), widths=(26, 18, 12, 22, 44, 22, 14, 16, 12, 22, 60)),
        Sheet(name="Rights", rows=tuple(_rights(report)), widths=(30, 50, 24, 30, 30, 60)),
        Sheet(name="Questions", rows=tuple(_questions(views)), widths=(30, 70, 40)),
        Sheet(name="Facts", rows=tuple(_facts(report)), widths=(40, 60, 14, 40)),
        Sheet(name="Texts", rows=tuple(_texts(report)), widths=(30, 40, 24, 12, 12, 40, 24, 68)),
    ]
    if report.against is not None:
        sheets.append(Sheet(name="Changes", rows=tuple(_changes(report)), widths=(30, 12, 30, 20, 16, 16, 70)))
    return write_workbook("License review", sheets)


def duty_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """The duties of every target, and all else that is open, in the order of the report."""
    owners = {each.finding: (each.owner, each.due) for each in report.assigned}
    for view in _views(report):
        for row, finding in zip(view.rows, view.findings, strict=True):
            if group_of(row.kind) in _DUTIES or row.status in _ALWAYS:
                yield _duty(view, row, owners.get(finding_key(finding), ("", "")))


def _duty(view: TargetView, row: Row, assigned: tuple[str, str]) -> tuple[str, ...]:
    todo = row.question or row.remedy or row.message
    return (
        view.title,
        row.license or "",
        row.sections,
        row.label,
        todo,
        row.trigger or "",
        row.status_word,
        *assigned,
        row.place or "",
        row.quote,
    )


def _views(report: Report) -> list[TargetView]:
    return [view_target(target, report.profile) for target in report.targets]


def _verdicts(report: Report, views: Sequence[TargetView]) -> Iterator[tuple[str, ...]]:
    yield ("Target", "Verdict", "Why", "Findings", "To do", "If the company grows", "Openness")
    for view in views:
        todo = dict.fromkeys(row.label for row in view.rows if row.status is Status.ACTION and row.moves_verdict)
        yield (
            view.title,
            view.verdict,
            view.meaning,
            view.counts,
            ", ".join(todo),
            " ".join(view.growth),
            view.headline,
        )
    if len(views) > 1:
        yield ("All targets", VERDICT_WORDS[report.verdict], "The strictest verdict holds for all together.", *[""] * 4)
    if report.sign_off is not None:
        signed = report.sign_off
        told = f"{signed.at} UTC, facts version {signed.facts}"
        yield ("Signed", f"{signed.by}, {signed.role}".strip(", "), told, *[""] * 4)
    yield ("", "", made_by(report), *[""] * 4)


def _questions(views: Sequence[TargetView]) -> Iterator[tuple[str, ...]]:
    yield ("Target", "Question", "Decides")
    for view in views:
        for question, decides in (*view.pending, *view.settling):
            yield view.title, question.text, decides
        for row in view.rows:
            if row.status is Status.REVIEW and row.question:
                yield view.title, row.question, row.label


def _rights(report: Report) -> Iterator[tuple[str, ...]]:
    yield ("Target", "Right", "Status", "Clause", "Limits", "Quote")
    for target in report.targets:
        for line in right_lines(target):
            name = target.name or target.target
            yield name, line.right, line.status, line.granted_by, line.limited_by, line.quote


def _facts(report: Report) -> Iterator[tuple[str, ...]]:
    yield ("Fact", "Value", "Source", "Field of the profile")
    for line in fact_lines(report.profile):
        yield line.title, line.words, line.source, line.field
    if report.profile.sha256:
        yield "Profile", report.profile.path or "", "sha256", report.profile.sha256


def _texts(report: Report) -> Iterator[tuple[str, ...]]:
    yield ("Target", "Title", "Licensor", "Version", "Date", "File", "Known text", "SHA-256")
    for target in report.targets:
        for text in text_lines(target):
            yield (
                target.name or target.target,
                text.title,
                text.licensor,
                text.version,
                text.date,
                text.file,
                text.match,
                text.sha256,
            )


def _changes(report: Report) -> Iterator[tuple[str, ...]]:
    yield ("Target", "Since", "Finding", "License", "Before", "Now", "Message")
    for change in report.against.changes if report.against else ():
        yield (
            change.target,
            change.since.value,
            change.label,
            change.license,
            change.before,
            change.after,
            change.message,
        )
