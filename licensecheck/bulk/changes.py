"""What changed between two bulk runs: models that came, went, or have another license."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from licensecheck.bulk.outputs import read_parts
from licensecheck.frozen import dataclass
from licensecheck.text.markup import counted

_COLUMNS = ("id", "declared_license", "concluded_license", "base_licenses", "gated", "downloads", "error")
_COMPARED = ("declared_license", "concluded_license", "base_licenses", "gated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A model that differs: the column, and what stood there and stands there."""

    id: str
    downloads: int
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChanges:
    """Two runs side by side; rows with an error on either side are left out, and counted."""

    changed: tuple[Changed, ...]
    added: int
    removed: int
    failed: int


def compare_runs(old: Path, new: Path) -> RunChanges:
    """What differs between two runs, the models with the most downloads first."""
    before, after = _by_id(old), _by_id(new)
    both = before.keys() & after.keys()
    failed = {name for name in both if before[name]["error"] or after[name]["error"]}
    changed = [each for name in both - failed for each in _differences(name, before[name], after[name])]
    return RunChanges(
        changed=tuple(sorted(changed, key=_order)),
        added=len(after.keys() - before.keys()),
        removed=len(before.keys() - after.keys()),
        failed=len(failed),
    )


def _by_id(folder: Path) -> dict[str, dict[str, Any]]:
    tables = read_parts(folder, _COLUMNS)
    return {row["id"]: row for table in tables for row in table.to_pylist() if row["id"] is not None}


def _differences(name: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Changed]:
    for column in _COMPARED:
        if before[column] != after[column]:
            downloads = after["downloads"] or 0
            texts = (_say(before[column]), _say(after[column]))
            yield Changed(id=name, downloads=downloads, column=column, before=texts[0], after=texts[1])


def _say(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return {True: "yes", False: "no", None: "not known"}[value]


def _order(change: Changed) -> tuple[int, str, str]:
    return -change.downloads, change.id, change.column


def render_changes(changes: RunChanges, *, most: int) -> str:
    """The changes for a terminal, a line each."""
    shown = changes.changed[:most]
    lines = [f"{each.id}: {each.column.replace('_', ' ')}: {each.before} -> {each.after}" for each in shown]
    if len(changes.changed) > most:
        lines.append(f"and {counted(len(changes.changed) - most, 'more change')}")
    lines.append(
        f"{counted(len(changes.changed), 'change')}, {counted(changes.added, 'model')} added, "
        f"{changes.removed:,} removed, {changes.failed:,} not compared for an error"
    )
    return "\n".join(lines) + "\n"
