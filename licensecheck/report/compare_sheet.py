"""A comparison for a spreadsheet: the cells, as CSV and as XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from licensecheck.report.compare_matrix import Matrix, State, cost_words, group_title, verdict_words
from licensecheck.text.markup import plain_line

_FORMULA = tuple("=+-@＝＋－＠\t\r")
_LONGEST = 32_000
_CREATED = datetime(2020, 1, 1)
"""A fixed day: the same input gives the same bytes."""


def sheet_rows(matrix: Matrix) -> Iterator[list[str]]:
    """Head and body of the sheet: term, group, whether it differs, then a cell for each target."""
    yield ["Term", "Group", "Differs", *(column.title for column in matrix.columns)]
    yield ["License", "", "", *("; ".join(column.licenses) for column in matrix.columns)]
    yield ["License class", "", "", *(column.license_class for column in matrix.columns)]
    if matrix.judged:
        yield ["Verdict", "", "", *(verdict_words(column) for column in matrix.columns)]
        for name, cells in matrix.verdicts[1:]:
            yield [f"Verdict for {name}", "", "", *cells]
        yield ["Duties and limits added", "", "", *(cost_words(column, column.gained) for column in matrix.columns)]
        yield ["Duties and limits dropped", "", "", *(cost_words(column, column.lost) for column in matrix.columns)]
    for question, cells in matrix.answers:
        yield [question, "What a buyer asks first", "no" if len(set(cells)) == 1 else "yes", *cells]
    for row in matrix.shown:
        differs = "yes" if row.differs else "no"
        yield [row.label, group_title(row.group), differs, *(cell.short for cell in row.cells)]


def render_csv(matrix: Matrix) -> str:
    """Comma-separated values; no cell can become a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in sheet_rows(matrix):
        writer.writerow([safe_cell(value) for value in row])
    return buffer.getvalue()


def safe_cell(value: str) -> str:
    """The value on one line, with an apostrophe before what a spreadsheet would take for a formula."""
    line = plain_line(value)
    return f"'{line}" if line.startswith(_FORMULA) else line


def render_xlsx(matrix: Matrix) -> bytes:
    """A workbook with frozen head and first columns, filters, and colours for what is silent or not read."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "License comparison", "created": _CREATED})
    sheet = book.add_worksheet("Comparison")
    rows = list(sheet_rows(matrix))
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}),
        State.STATED.value: book.add_format({"text_wrap": True, "valign": "top"}),
        State.SILENT.value: book.add_format(
            {"text_wrap": True, "valign": "top", "italic": True, "font_color": "#666666"}
        ),
        State.NOT_READ.value: book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF2CC"}),
    }
    above = len(rows) - len(matrix.shown)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            look = "head" if at == 0 else _state(matrix, at - above, column - 3)
            sheet.write_string(at, column, plain_line(value)[:_LONGEST], looks[look])
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 2, 14)
    sheet.set_column(3, 2 + len(matrix.columns), 34)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    book.close()
    return buffer.getvalue()


def _state(matrix: Matrix, row: int, column: int) -> str:
    """How a body cell looks; the rows above the terms and the label columns look as stated."""
    inside = row >= 0 and column >= 0
    return matrix.shown[row].cells[column].state.value if inside else State.STATED.value
