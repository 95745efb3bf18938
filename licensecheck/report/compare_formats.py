"""A comparison on the terminal: a table while it fits, else each term with who says what."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from licensecheck.report.compare_matrix import Cell, Column, Matrix, Row, cost_words, group_title, verdict_words
from licensecheck.report.extraction import dump_json
from licensecheck.report.html import render_page
from licensecheck.text.markup import plain_line

_NARROWEST = 20
_LABEL = 26
_VALUE = 44


def render_text(matrix: Matrix, *, width: int = 100) -> str:
    """The comparison in lines of at most `width`."""
    columns = len(matrix.columns)
    room = (max(width, 40) - _LABEL) // columns - 2
    lines = [*_table(matrix, room)] if room >= _NARROWEST else [*_blocks(matrix, max(width, 40))]
    lines += _costs(matrix, max(width, 40))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(matrix: Matrix, room: int) -> Iterator[str]:
    yield from _line("", [column.title for column in matrix.columns], room)
    yield from _line("License", ["; ".join(column.licenses) for column in matrix.columns], room)
    yield from _line("Class", [column.license_class for column in matrix.columns], room)
    if matrix.judged:
        yield from _line("Verdict", [verdict_words(column) for column in matrix.columns], room)
    for name, cells in matrix.verdicts[1:]:
        yield from _line(f"Verdict for {name}", cells, room)
    if matrix.answers:
        yield from ("", "What a buyer asks first")
        for question, cells in matrix.answers:
            yield from _line(question, cells, room)
    for title, rows in _parts(matrix):
        yield from ("", title)
        for row in rows:
            yield from _line(row.label, [cell.short for cell in row.cells], room)


def _line(label: str, values: Sequence[str], room: int) -> Iterator[str]:
    """One row of the table, its cells wrapped side by side."""
    cells = [_wrap(label, _LABEL - 2), *(_wrap(value, room) for value in values)]
    widths = [_LABEL, *(room + 2 for _ in values)]
    for pieces in zip_longest(*cells, fillvalue=""):
        yield "".join(piece.ljust(size) for piece, size in zip(pieces, widths, strict=True))


def _blocks(matrix: Matrix, width: int) -> Iterator[str]:
    """For many targets: under each term the values, and after each value who has it."""
    for column in matrix.columns:
        verdict = f": {verdict_words(column)}" if matrix.judged else ""
        yield from _wrap(f"{column.title}{verdict}; {'; '.join(column.licenses)}, {column.license_class}", width)
    for name, cells in matrix.verdicts[1:]:
        yield plain_line(f"Verdict for {name}")
        for column, cell in zip(matrix.columns, cells, strict=True):
            yield from _wrap(f"  {column.title}: {cell}", width)
    if matrix.answers:
        yield from ("", "What a buyer asks first")
        for question, cells in matrix.answers:
            yield plain_line(question)
            for column, cell in zip(matrix.columns, cells, strict=True):
                yield from _wrap(f"{column.title}: {cell}", width)
    for title, rows in _parts(matrix):
        yield from ("", title)
        for row in rows:
            yield plain_line(row.label)
            yield from _values(matrix, row, width)


def _values(matrix: Matrix, row: Row, width: int) -> Iterator[str]:
    held: dict[str, list[str]] = {}
    for column, cell in zip(matrix.columns, row.cells, strict=True):
        held.setdefault(cell.text, []).append(_named(column.title, cell))
    for value, names in held.items():
        left, right = _wrap(value, _VALUE - 4), _wrap(", ".join(names), width - _VALUE)
        for first, second in zip_longest(left, right, fillvalue=""):
            yield f"  {first:<{_VALUE - 2}}{second}"


def _named(title: str, cell: Cell) -> str:
    return f"{title} [{cell.clause}]" if cell.clause else title


def _parts(matrix: Matrix) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Headings with their rows: what differs by group, then what is the same."""
    for differing, word in ((True, "differs"), (False, "the same in all")):
        rows = matrix.part(differing=differing)
        for group in dict.fromkeys(row.group for row in rows):
            chosen = tuple(row for row in rows if row.group == group)
            yield f"== {group_title(group)}: {word} ({len(chosen)})", chosen


def _costs(matrix: Matrix, width: int) -> Iterator[str]:
    if not matrix.judged or len(matrix.columns) < 2:
        return
    yield from ("", f"== To move from {plain_line(matrix.columns[0].title)}: duties and limits")
    for column in matrix.columns[1:]:
        yield plain_line(f"to {column.title}")
        for word, labels in (("adds", column.gained), ("drops", column.lost)):
            yield from textwrap.wrap(
                plain_line(cost_words(column, labels)),
                width,
                initial_indent=f"  {word}: ".ljust(9),
                subsequent_indent=" " * 9,
            )


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(plain_line(text), width, break_on_hyphens=False) or [""]


# A comparison as JSON.


SCHEMA_VERSION = "1"


def render_json(matrix: Matrix) -> str:
    """The comparison as one object: the targets, then a row a term with a cell for each target."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "targets": [_column(column, judged=matrix.judged) for column in matrix.columns],
        "verdicts": [{"profile": name, "cells": list(cells)} for name, cells in matrix.verdicts],
        "answers": [{"question": question, "cells": list(cells)} for question, cells in matrix.answers],
        "rows": [
            {
                "kind": row.kind,
                "label": row.label,
                "group": row.group,
                "differs": row.differs,
                "cells": [_cell(cell) for cell in row.cells],
            }
            for row in matrix.rows
        ],
    }
    return dump_json(data, indent=2) + "\n"


def _column(column: Column, *, judged: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "target": column.target,
        "name": column.title,
        "licenses": list(column.licenses),
        "license_class": column.license_class,
    }
    if judged and column.verdict:
        data["verdict"] = column.verdict.value
        data["gained"] = list(column.gained) if column.read else None
        data["lost"] = list(column.lost) if column.read else None
    return data


def _cell(cell: Cell) -> dict[str, Any]:
    return {"state": cell.state.value, "text": cell.text, "clause": cell.clause, "quotes": list(cell.quotes)}


# A comparison as one HTML page.


def render_html(matrix: Matrix, *, made: str) -> str:
    """The page; `made` says by which version it was made."""
    return render_page(
        "compare.html.j2",
        matrix=matrix,
        made=made,
        cost_words=cost_words,
        group_title=group_title,
        verdict_words=verdict_words,
    )
