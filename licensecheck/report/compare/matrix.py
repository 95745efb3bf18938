"""The table of a comparison: a row a term, a column a target, rows that differ first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from licensecheck.load.sayings import load_sayings
from licensecheck.model.report import TargetReport
from licensecheck.report.compare.cells import Cell, Key, Stated, make_cell, order_of, terms_by_key
from licensecheck.report.compare.columns import Column, make_columns
from licensecheck.report.sentence import group_of, label_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One term across all targets; `differs` where the targets do not say the same."""

    kind: str
    label: str
    group: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The whole comparison; `judged` is true where a profile was given."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    judged: bool

    def part(self, *, differing: bool) -> tuple[Row, ...]:
        """The rows that differ, or those that do not."""
        return tuple(row for row in self.rows if row.differs is differing)


def build_matrix(targets: Sequence[TargetReport], *, judged: bool) -> Matrix:
    """The comparison of the targets in their order; the first one is what the others are measured against."""
    stated = [terms_by_key(target) for target in targets]
    keys = sorted({key for terms in stated for key in terms}, key=order_of)
    rows = [_row(key, targets, stated) for key in keys]
    ordered = [row for row in rows if row.differs] + [row for row in rows if not row.differs]
    return Matrix(columns=make_columns(targets, judged=judged), rows=tuple(ordered), judged=judged)


def group_title(group: str) -> str:
    """The heading of a group of terms."""
    return load_sayings().group_titles.get(group, group)


def _row(key: Key, targets: Sequence[TargetReport], stated: Sequence[dict[Key, list[Stated]]]) -> Row:
    cells = tuple(make_cell(terms.get(key), key, target) for target, terms in zip(targets, stated, strict=True))
    first = next(terms[key][0][0] for terms in stated if key in terms)
    return Row(
        kind=key[0],
        label=label_of(first),
        group=group_of(key[0]),
        cells=cells,
        differs=len({(cell.state, cell.text) for cell in cells}) > 1,
    )
