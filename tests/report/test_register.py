"""Duties as CSV and workbook, the memo, the Word document, and what changed since an earlier report."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from heron import FINDINGS, TARGET, make_report

from licensecheck.domain.findings import Report, Since, Status
from licensecheck.errors import SourceError
from licensecheck.report import against, docx, memo, register
from licensecheck.report import json as json_report


def test_each_duty_is_a_row_with_clause_status_and_evidence(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(register.render_csv(report))))
    assert {row["Status"] for row in rows} >= {"Violation", "Review", "Action"}
    assert all(row["Target"] and row["Duty"] and row["What to do"] for row in rows)


def test_the_workbook_opens_with_its_sheets_and_is_the_same_twice(report: Report) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = register.render_xlsx(report)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Verdicts", "Duties", "Rights", "Questions", "Facts", "Texts"]
    assert book["Verdicts"]["B2"].value == "Denied"
    assert data == register.render_xlsx(report)


def test_the_memo_holds_decision_and_signature_on_one_page(report: Report) -> None:
    text = memo.render(report)
    assert "Decision:      DENIED" in text
    assert "Signature" in text
    assert len(text.splitlines()) <= 62
    assert max(map(len, text.splitlines())) <= memo.WIDTH


def test_the_document_has_comments_at_quotes_and_room_for_conclusions(report: Report) -> None:
    pytest.importorskip("docx")
    import docx as word

    data = docx.render(report)
    document = word.Document(io.BytesIO(data))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Conclusion: [to be filled in]" in text
    assert len(list(document.comments)) > 0
    assert data == docx.render(report)


def kept(report: Report, tmp_path: Path) -> Path:
    """The report as a JSON file."""
    path = tmp_path / "old.json"
    path.write_text(json_report.render(report), encoding="utf-8")
    return path


def test_the_same_report_shows_no_change(report: Report, tmp_path: Path) -> None:
    found = against.compare_with(report, kept(report, tmp_path)).against
    assert found is not None
    assert (found.causes, found.changes) == ((), ())


def test_new_closed_and_changed_findings_are_told_with_their_cause(tmp_path: Path) -> None:
    first, second, *rest = FINDINGS
    old = make_report(replace(TARGET, findings=(first, second)))
    met = replace(second, status=Status.MET, message="Kept now.")
    new = make_report(replace(TARGET, findings=(met, rest[0])))
    found = against.compare_with(replace(new, data_version="2027-01-01"), kept(old, tmp_path)).against
    assert found is not None
    assert sorted(change.since for change in found.changes) == [Since.CHANGED, Since.CLOSED, Since.NEW]
    assert found.causes == ("rules",)


@pytest.mark.parametrize("text", ["{", "[]", "{}", json.dumps({"verdict": "fine", "targets": []})])
def test_what_is_no_report_is_told_in_one_line(text: str, report: Report, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(text)
    with pytest.raises(SourceError, match="name"):
        against.compare_with(report, path)
