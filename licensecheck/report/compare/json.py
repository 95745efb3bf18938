"""A comparison as JSON."""

from __future__ import annotations

from typing import Any

from licensecheck.report.compare.cells import Cell
from licensecheck.report.compare.columns import Column
from licensecheck.report.compare.matrix import Matrix
from licensecheck.report.dump import dump_json

SCHEMA_VERSION = "1"


def render(matrix: Matrix) -> str:
    """The comparison as one object: the targets, then a row a term with a cell for each target."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "targets": [_column(column, judged=matrix.judged) for column in matrix.columns],
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
