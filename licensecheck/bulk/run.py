"""A bulk run from its input to its output: what is left to do, by which engine, and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from licensecheck import DATA_VERSION, __version__
from licensecheck.bulk.inputs import Input, Part, open_input
from licensecheck.bulk.kernel import load_profiles
from licensecheck.bulk.local import Job, run_local
from licensecheck.bulk.outputs import Output
from licensecheck.bulk.selection import Selection
from licensecheck.frozen import dataclass

Progress = Callable[[int | None], Callable[[int], None]]
"""Told how many rows there are, if that is known; gives what is told of rows that were done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is asked for."""

    source: Path
    folder: Path
    profiles: tuple[str, ...] = ()
    engine: str = "local"
    workers: int = 1
    selection: Selection = Selection()
    today: str | None = None


def run_bulk(task: Task, *, progress: Progress) -> Output:
    """Check a list, or go on with a run that was stopped; the output that holds a row for each row of the list."""
    given = open_input(task.source)
    profiles = load_profiles(task.profiles)
    output = Output(task.folder, tuple(profiles))
    output.begin(_note(task, given))
    todo = [(part, limit) for part, limit in _limited(given.parts, task.selection.limit) if not output.has(part)]
    rows = [part.rows if limit is None else limit for part, limit in todo]
    advance = progress(None if None in rows else sum(count or 0 for count in rows))
    job = Job(
        schema=given.schema.id,
        profiles=task.profiles,
        folder=str(task.folder),
        selection=task.selection,
        today=task.today,
    )
    if todo and task.engine == "ray":
        from licensecheck.bulk.on_ray import run_ray

        run_ray(job, todo, advance=advance)
    elif todo:
        run_local(job, todo, workers=task.workers, advance=advance)
    return output


def _limited(parts: tuple[Part, ...], limit: int | None) -> Iterator[tuple[Part, int | None]]:
    """The parts with the number of their rows that count: the first of the list, as many as the limit allows."""
    left = limit
    for part in parts:
        if left is None:
            yield part, None
        elif left > 0:
            count = left if part.rows is None else min(left, part.rows)
            left -= count
            yield part, count


def _note(task: Task, given: Input) -> dict[str, Any]:
    """What makes two runs the same."""
    files = sorted({part.path for part in given.parts})
    return {
        "tool": {"version": __version__, "data": DATA_VERSION},
        "schema": given.schema.id,
        "files": [{"path": path, "bytes": Path(path).stat().st_size} for path in files],
        "profiles": {path: hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in task.profiles},
        "limit": task.selection.limit,
        "sample": task.selection.sample,
        "where": [f"{each.name} {each.sign} {each.value}" for each in task.selection.where],
        "date": task.today,
    }
