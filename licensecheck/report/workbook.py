"""Spreadsheet files: tables of text with frozen heads and filters, the same bytes for the same input."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass

from licensecheck.text.markup import plain_line

_CREATED = datetime.datetime(2026, 1, 1)  # a fixed day, so that the same report gives the same bytes
_LONGEST = 32_767
"""Characters that a cell can hold (Excel specifications and limits)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: its name, its rows with the head first, and the widths of its columns in characters."""

    name: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


def write_workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The workbook; every value is text, so that no formula and no link from an input is ever active."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _CREATED})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for table in sheets:
        sheet = book.add_worksheet(table.name)
        for at, row in enumerate(table.rows):
            for column, value in enumerate(row):
                sheet.write_string(at, column, plain_line(value)[:_LONGEST], head if at == 0 else body)
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        if len(table.rows) > 1:
            sheet.autofilter(0, 0, len(table.rows) - 1, len(table.rows[0]) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()
