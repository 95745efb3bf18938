"""The review as a Word document: headings, tables, quotes with comments at them, and a conclusion to fill in."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from licensecheck.domain.findings import Question, Report, Status
from licensecheck.errors import ReportError
from licensecheck.report.reviewed import grouped_rights, open_facts, right_lines, stated_facts, text_lines, unread_files
from licensecheck.report.sentences import VERDICT_WORDS, assigned_rows, made_by
from licensecheck.report.view import Row, Section, TargetView, alike, view_target
from licensecheck.text.markup import plain_line

_CREATED = datetime.datetime(2026, 1, 1)  # a fixed day, so that the same report gives the same bytes
_AUTHOR = "licensecheck"
_FULL = (Status.VIOLATION.value, Status.REVIEW.value, Status.ACTION.value)
"""Sections whose findings stand each under a heading of its own, with a conclusion to fill in."""


def render(report: Report) -> bytes:
    """The document; needs python-docx (extra `docx`)."""
    try:
        import docx
    except ImportError:
        raise ReportError("DOCX needs python-docx: pip install 'model-licensecheck[docx]'") from None
    document = docx.Document()
    about = document.core_properties
    about.author, about.title, about.created, about.modified = _AUTHOR, "License review", _CREATED, _CREATED
    about.last_modified_by = _AUTHOR
    _lay_out(document)
    _head(document, report)
    for target in report.targets:
        _target(document, view_target(target, report.profile), several=len(report.targets) > 1)
    facts = [(line.title, line.words, line.source) for line in stated_facts(report.profile)]
    _table(document, ("Fact", "Value", "Source"), facts, title="Facts of the deployment", widths=(6.5, 7, 2.5))
    document.add_paragraph(_plain(f"Not stated: {'; '.join(open_facts(report.profile)) or 'nothing'}."))
    document.add_heading("Signatures", 1)
    _signatures(document, report)
    document.add_paragraph(_plain(made_by(report)))
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _lay_out(document: Any) -> None:
    """A4 with margins for notes, text of ten points, and quotes that stand apart without shouting."""
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.2)
    text, quote = document.styles["Normal"], document.styles["Quote"]
    text.font.size = Pt(10)
    text.paragraph_format.space_after = Pt(4)
    quote.font.size = Pt(9)
    quote.paragraph_format.left_indent = Cm(1)
    quote.paragraph_format.right_indent = Cm(1)


def _head(document: Any, report: Report) -> None:
    profile = report.profile
    product = profile.deployment.product
    document.add_heading(_plain(f"License review: {product}" if product else "License review"), 0)
    stated = f"{profile.path or 'as stated'}, sha256:{profile.sha256}" if profile.sha256 else profile.path
    facts = (
        ("Verdict", VERDICT_WORDS[report.verdict]),
        ("Organization", profile.organization.name),
        ("Product", product),
        ("Model", ", ".join(target.name or target.target for target in report.targets)),
        ("Profile", stated),
        ("Date", report.date),
    )
    _pairs(document, [(label, said) for label, said in facts if said])
    if report.against is not None:
        document.add_heading("What changed", 1)
        document.add_paragraph(_plain(f"Since {report.against.path}, verdict {report.against.verdict.value}."))
        rows = [
            (change.since.value, change.target, change.label, change.before, change.after)
            for change in report.against.changes
        ]
        _table(document, ("Since", "Target", "Finding", "Before", "Now"), rows)


def _pairs(document: Any, pairs: Sequence[tuple[str, str]]) -> None:
    """Labels and what they say, in two columns without lines."""
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (3, 13.6), strict=True):
        column.width = Cm(width)
    for label, said in pairs:
        cells = table.add_row().cells
        for cell, width in zip(cells, (3, 13.6), strict=True):
            cell.width = Cm(width)
        cells[0].text = label
        cells[1].paragraphs[0].add_run(_plain(said)).bold = label == "Verdict"


def _signatures(document: Any, report: Report) -> None:
    """Who has signed, else lines to sign on; and who sees to what."""
    rows = [("Reviewed by", "", "", ""), ("Approved by", "", "", "")]
    if report.sign_off is not None:
        signed = report.sign_off
        rows[0] = (
            "Reviewed by",
            f"{signed.by}, {signed.role}".strip(", "),
            f"{signed.at} UTC",
            "signed in the register",
        )
    _table(document, ("Role", "Name", "Date", "Signature"), rows)
    if report.assigned:
        _table(document, ("Finding", "Owner", "Due"), assigned_rows(report), title="Who sees to what")


def _target(document: Any, view: TargetView, *, several: bool) -> None:
    document.add_heading(_plain(view.title), 1)
    document.add_paragraph(_plain(f"{view.verdict}. {view.meaning}" if several else view.meaning))
    if view.headline:
        document.add_paragraph(_plain(view.headline))
    document.add_paragraph(_plain(view.counts))
    if view.growth:
        document.add_paragraph(_plain(f"If the company grows: {' '.join(view.growth)}"))
    rest = list(view.sections)
    if rest and rest[0].key == Status.VIOLATION.value:
        _section(document, rest.pop(0))
    _asked(document, "Questions", view, view.pending)
    while rest and rest[0].key in _FULL:
        _section(document, rest.pop(0))
    _asked(document, "To confirm where a duty is done already", view, view.settling)
    rights = [
        ("; ".join(line.right for line in same), same[0].status, same[0].granted_by, same[0].limited_by)
        for same in grouped_rights(right_lines(view.report))
    ]
    if rights:
        head = ("Right", "Status", "Clause", "Limits")
        _table(document, head, rights, title="Rights that the deployment needs", widths=(5.5, 2.5, 5, 3))
    for section in rest:
        _section(document, section)
    _texts(document, view)


def _asked(document: Any, title: str, view: TargetView, asked: Sequence[tuple[Question, str]]) -> None:
    if asked:
        document.add_heading(title, 2)
    for question, decides in asked:
        passage = f" “{view.passages[question.text]}”" if question.text in view.passages else ""
        document.add_paragraph(_plain(f"{question.text}{passage} ({decides})"), style="List Bullet")


def _section(document: Any, section: Section) -> None:
    document.add_heading(_plain(f"{section.title} ({len(section.rows)})"), 2)
    if section.key in _FULL:
        for row in section.rows:
            _finding(document, row)
    else:
        rows = [_listed(same) for same in alike(section.rows)]
        _table(document, ("Term", "Why", "Clause"), rows, widths=(4, 8, 4))


def _texts(document: Any, view: TargetView) -> None:
    texts = [
        (text.title, text.licensor, " ".join(filter(None, (text.version, text.date))), text.file, text.sha256)
        for text in text_lines(view.report)
    ]
    _table(
        document,
        ("Text", "Licensor", "Version and date", "File", "SHA-256"),
        texts,
        title="Texts that were read",
        widths=(3.2, 2.5, 2.2, 3.2, 5.5),
    )
    for unread in unread_files(view.report):
        document.add_paragraph(_plain(f"Not read: {unread}"))


def _listed(rows: Sequence[Row]) -> tuple[str, str, str]:
    """Rows that say the same of several categories as one: the categories after the message, the clauses of all."""
    first = rows[0]
    if len(rows) == 1:
        return first.label, first.message, first.clause
    categories = ", ".join(row.category for row in rows if row.category)
    clauses = dict.fromkeys(clause for row in rows for clause in row.sections.split(", "))
    label = f"{first.plain_label} ({len(rows)} categories)"
    return label, f"{first.message} {categories}.", " ".join((first.license or "", ", ".join(clauses))).strip()


def _finding(document: Any, row: Row) -> None:
    """A finding with its quotes; a comment at the first says license, clause and status, where comments can be made."""
    document.add_heading(_plain(row.label), 3)
    document.add_paragraph(_plain(row.message))
    if row.question:
        document.add_paragraph(_plain(f"Question: {row.question}"))
    if row.remedy:
        document.add_paragraph(_plain(f"{row.remedy_word}: {row.remedy}"))
    for at, evidence in enumerate(row.evidence[:3]):
        quote = document.add_paragraph(style="Quote")
        run = quote.add_run(row.quote if at == 0 else _plain(evidence.quote))
        if at == 0:
            note = _plain(f"{row.status_word}: {row.source}")
            document.add_comment(run, text=note, author=_AUTHOR, initials="lc")
    document.add_paragraph(_plain(f"Source: {row.source}"))
    conclusion = document.add_paragraph()
    conclusion.add_run("Conclusion: ").bold = True
    conclusion.add_run("[to be filled in]").italic = True


def _table(
    document: Any,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    widths: Sequence[float] = (),
) -> None:
    """A table with a heading; `widths` are those of its columns in centimetres, all alike where none are given."""
    listed = list(rows)
    if title:
        document.add_heading(_plain(title), 2)
    if not listed:
        document.add_paragraph("None.")
        return
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Light Grid Accent 1"
    if widths:
        from docx.shared import Cm

        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    for row in listed:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(text)
    if widths:
        for added in table.rows:
            for cell, width in zip(added.cells, widths, strict=True):
                cell.width = Cm(width)


def _plain(text: str) -> str:
    """Text on one line without characters that XML cannot hold."""
    return plain_line(text)


def _with_fixed_times(data: bytes) -> bytes:
    """The same archive with the same day on every part, so that the same report gives the same bytes."""
    buffer = io.BytesIO()
    day = (2026, 1, 1, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry.filename)
            if entry.filename == "word/comments.xml":
                part = _without_dates(part)
            info = zipfile.ZipInfo(entry.filename, date_time=day)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return buffer.getvalue()


def _without_dates(part: bytes) -> bytes:
    """Comments without the moment at which they were made."""
    import re

    return re.sub(rb' w:date="[^"]*"', b"", part)
