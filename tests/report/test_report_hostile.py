"""Whatever an input holds, every format shows it as text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest
from heron import FINDINGS, LICENSE_TEXT, PROFILE, READING, TARGET, TERMS, make_other

from licensecheck.domain.findings import Report, Verdict
from licensecheck.domain.profile import Deployment
from licensecheck.domain.subject import Ancestor, CardIssue, Disclosure, Document, Role
from licensecheck.report import bom as cyclonedx
from licensecheck.report import bom as spdx
from licensecheck.report import compare_formats as compare_html
from licensecheck.report import compare_formats as compare_json
from licensecheck.report import compare_formats as compare_text
from licensecheck.report import compare_sheet as sheet
from licensecheck.report import html, markdown, sarif, text
from licensecheck.report.compare_matrix import Matrix, build_matrix

EVIL = (
    '=HYPERLINK("http://e.example")<script>alert(1)</script><img src=x onerror=alert(1)>'
    "[x](javascript:alert(1))|`a`@octocat \x1b[31mred\x1b]8;;http://e.example\x07 \u202egnp.exe {{7*7}} \x00 \ud800"
)


def hostile() -> Report:
    """A report in which every text of an input is hostile."""
    evidence = replace(TERMS[5].evidence[0], quote=EVIL, start=0, end=len(EVIL), line=1, section=EVIL, path=EVIL)
    finding = replace(
        FINDINGS[0],
        message=EVIL,
        question=EVIL,
        remedy=EVIL,
        limit=EVIL,
        license=EVIL,
        evidence=(evidence,),
        basis=EVIL,
    )
    term = replace(TERMS[2], attributes={"texts": (EVIL,), "required": True}, evidence=(evidence,))
    reading = replace(READING, path=EVIL, identity=replace(READING.identity, name=EVIL, id=EVIL), terms=(term,))
    assert TARGET.card
    target = replace(
        TARGET,
        target=EVIL,
        name=EVIL,
        findings=(finding, replace(finding, status=FINDINGS[2].status), replace(finding, status=FINDINGS[5].status)),
        readings=(reading,),
        documents=(Document(path=EVIL, role=Role.LICENSE, text=EVIL + LICENSE_TEXT, sha256="0"),),
        card=replace(TARGET.card, path=EVIL, licenses=(EVIL,), datasets=(EVIL,), license_name=EVIL,
                     issues=(CardIssue(kind=EVIL, message=EVIL, quote=EVIL),)),
        lineage=(Ancestor(model=EVIL, relation=EVIL, license=EVIL, declared_in=EVIL),),
        disclosures=(Disclosure(topic=EVIL, status=EVIL, message=EVIL, quotes=(EVIL,)),),
        questions=(replace(TARGET.questions[0], text=EVIL, decides=(EVIL,)),),
        notes=(EVIL,),
        openness=replace(TARGET.openness, headline=EVIL, reasons=(EVIL,), claim=EVIL),
    )  # fmt: skip
    profile = replace(PROFILE, deployment=Deployment(product=EVIL), path=EVIL)
    return Report(
        verdict=Verdict.DENIED, targets=(target,), profile=profile, tool_version="1", data_version="1", date=None
    )


REPORT = hostile()
MATRIX: Matrix = build_matrix((*REPORT.targets, make_other("plover-1")), judged=True)
PAGES = {"report": html.render(REPORT), "compare": compare_html.render_html(MATRIX, made=EVIL)}
LINES = {
    "text": text.render(REPORT, full=True),
    "markdown": markdown.render(REPORT),
    "compare text": compare_text.render_text(MATRIX),
    "csv": sheet.render_csv(MATRIX),
    **PAGES,
}


@pytest.mark.parametrize("name", LINES)
def test_no_control_character_and_no_override_of_direction_gets_through(name: str) -> None:
    shown = LINES[name].replace("\r\n", "\n") if name == "csv" else LINES[name]

    assert not {char for char in shown if (ord(char) < 32 and char != "\n") or char in "\u202e\x7f\ud800"}


@pytest.mark.parametrize("name", PAGES)
def test_markup_of_an_input_is_text_in_html(name: str) -> None:
    assert "<script" not in PAGES[name]
    assert "<img" not in PAGES[name]
    assert "49" not in PAGES[name].split("</style>")[1]
    assert "&lt;script&gt;" in PAGES[name]


def test_markup_links_and_mentions_of_an_input_are_text_in_markdown() -> None:
    shown = LINES["markdown"]
    outside_code = "".join(part for part in shown.split("``")[::2])

    assert "<script" not in outside_code
    assert "](javascript" not in outside_code.replace("\\](", "")
    assert "@octocat" not in outside_code
    assert "http://e" not in outside_code


def test_no_cell_of_the_csv_is_a_formula() -> None:
    cells = [cell for row in csv.reader(io.StringIO(LINES["csv"])) for cell in row]

    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"])
def test_what_a_spreadsheet_takes_for_a_formula_is_quoted(value: str) -> None:
    assert sheet.safe_cell(value).startswith("'")


def test_no_cell_of_the_workbook_is_a_formula_or_a_link() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet.render_xlsx(MATRIX)))
    cells = [cell for row in book.active.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


@pytest.mark.parametrize(
    "shown",
    [
        sarif.render(REPORT),
        cyclonedx.render_cyclonedx(REPORT),
        spdx.render_spdx(REPORT),
        compare_json.render_json(MATRIX),
    ],
    ids=["sarif", "cyclonedx", "spdx", "compare"],
)
def test_json_of_a_hostile_input_is_json_that_can_be_written(shown: str) -> None:
    json.loads(shown)
    shown.encode("utf-8", "backslashreplace")
