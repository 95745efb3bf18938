"""The comparison puts a row for each term, and tells silent from not read."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest
from heron import READING, TARGET, TERMS, make_other, make_trio

from licensecheck.domain.findings import Finding, Status, TargetReport
from licensecheck.domain.licenses import Term
from licensecheck.report import compare_formats as as_json
from licensecheck.report import compare_formats as html
from licensecheck.report import compare_formats as text
from licensecheck.report import compare_sheet as sheet
from licensecheck.report.compare_matrix import Matrix, State, build_matrix
from licensecheck.report.sentences import triggers_words


@pytest.fixture
def matrix() -> Matrix:
    return build_matrix(make_trio(), judged=True)


def row_of(matrix: Matrix, kind: str) -> tuple[State, ...]:
    return next(tuple(cell.state for cell in row.cells) for row in matrix.rows if row.kind == kind)


def test_silent_is_told_from_not_read(matrix: Matrix) -> None:
    assert row_of(matrix, "governing-law") == (State.STATED, State.SILENT, State.NOT_READ)


def test_a_policy_that_is_not_at_hand_is_not_silent() -> None:
    pointing = make_other(
        "plover-1", Term(kind="acceptable-use-policy", attributes={"url": "https://p.example"}, clause="2")
    )

    matrix = build_matrix((TARGET, pointing), judged=False)

    cells = next(row.cells for row in matrix.rows if row.kind == "prohibited-use")
    assert cells[1].text == "policy not read"


def test_rows_that_differ_come_first() -> None:
    same = make_other("a", *TERMS[:4]), make_other("b", *TERMS[1:5])

    differs = [row.differs for row in build_matrix(same, judged=False).rows]

    assert differs == sorted(differs, reverse=True)
    assert {True, False} == set(differs)


def test_a_cell_is_short_and_names_its_clause(matrix: Matrix) -> None:
    cell = next(row.cells[0] for row in matrix.rows if row.kind == "scale-threshold")

    assert cell.short == "> 500,000,000 monthly active users [3]"


def test_one_term_stated_by_license_and_policy_is_one_cell() -> None:
    other = replace(READING, path="heron-9/POLICY", role="policy", terms=(TERMS[6],))
    both = replace(TARGET, readings=(READING, other))

    matrix = build_matrix((both, make_other("plover-1")), judged=False)

    weapons = [row for row in matrix.rows if row.label == "Prohibited use (weapons)"]
    assert [row.cells[0].text for row in weapons] == ["not allowed"]


def test_the_move_to_a_shorter_license_loses_its_duties(matrix: Matrix) -> None:
    assert "Credit line" in matrix.columns[1].lost
    assert matrix.columns[1].gained == ()


def test_the_move_to_the_longer_license_gains_its_duties() -> None:
    matrix = build_matrix((make_other("plover-1"), TARGET), judged=True)

    assert "Notice file" in matrix.columns[1].gained


def test_what_a_move_to_an_unread_license_costs_is_not_known(matrix: Matrix) -> None:
    data = json.loads(as_json.render_json(matrix))

    assert data["targets"][2]["lost"] is None
    assert "not known" in text.render_text(matrix)


def test_without_a_profile_nothing_is_judged() -> None:
    matrix = build_matrix(make_trio(), judged=False)

    assert "verdict" not in json.loads(as_json.render_json(matrix))["targets"][0]
    assert "Verdict" not in text.render_text(matrix)
    assert "Verdict" not in html.render_html(matrix, made="x")


def ten() -> tuple[TargetReport, ...]:
    return (*make_trio(), *(make_other(f"egret-{n}", *TERMS[n : n + 3]) for n in range(7)))


@pytest.mark.parametrize("width", [60, 100, 160])
def test_ten_licenses_stay_within_the_width(width: int) -> None:
    shown = text.render_text(build_matrix(ten(), judged=True), width=width)

    assert max(map(len, shown.splitlines())) <= width
    assert "egret-6" in shown


def test_the_csv_has_a_row_a_term(matrix: Matrix) -> None:
    rows = list(csv.reader(io.StringIO(sheet.render_csv(matrix))))

    assert rows[0] == ["Term", "Group", "Differs", "wader/Heron-9", "plover-1", "stilt-2"]
    assert len(rows) == 6 + len(matrix.shown)


def test_the_workbook_has_frozen_panes_and_filters_and_the_same_bytes_each_time(matrix: Matrix) -> None:
    data = sheet.render_xlsx(matrix)

    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == f"A1:F{6 + len(matrix.shown)}"
    assert data == sheet.render_xlsx(matrix)


def test_what_a_move_brings_says_of_a_ban_that_it_is_one() -> None:
    finding = Finding(kind="noncommercial", status=Status.VIOLATION, message="No.")
    closed = replace(make_other("closed"), findings=(finding,), readings=make_other("c", TERMS[0]).readings)
    assert build_matrix((TARGET, closed), judged=True).columns[1].gained == ("No commercial use",)


def test_size_goes_with_the_act_that_it_bounds() -> None:
    assert triggers_words(("above-threshold", "commercial-use")) == "commercial use above the size limit"


def test_bans_of_which_all_say_the_same_stand_in_one_row() -> None:
    bans = tuple(replace(TERMS[6], attributes={"category": name}) for name in ("weapons", "spam", "gambling"))
    both = replace(TARGET, readings=(replace(READING, terms=bans),))

    shown = build_matrix((both, make_other("plover-1")), judged=False).shown

    assert [row.label for row in shown if row.kind == "prohibited-use"] == [
        "Prohibited uses (3): gambling, spam and fake engagement, weapons"
    ]


def test_the_verdict_names_what_decides_it() -> None:
    column = build_matrix((TARGET, make_other("plover-1")), judged=True).columns[0]
    assert column.decided_by
    assert column.decided_by[0] in text.render_text(build_matrix((TARGET, make_other("plover-1")), judged=True))
