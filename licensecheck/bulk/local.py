"""The local engine: a pool of processes, a part at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from licensecheck.bulk.inputs import Part, read_part, schema_named
from licensecheck.bulk.kernel import Kernel, Result, Row, load_profiles
from licensecheck.bulk.outputs import Output
from licensecheck.bulk.selection import Selection
from licensecheck.errors import LicenseCheckError
from licensecheck.frozen import dataclass, field, replace

Advance = Callable[[int], None]
"""Told how many rows were done since it was last told."""
ROWS = 2_000
"""How many rows are written at once."""
LEARNT = 5_000
"""How many rows are looked at before the workers begin, which then know most of what the metadata of a list come to."""
MANY = 4
"""From so many parts a worker on that pays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every worker needs to know; small and plain, so that it can be sent."""

    schema: str
    profiles: tuple[str, ...]
    folder: str
    selection: Selection
    today: str | None = None
    known: Mapping[str, Result] = field(default_factory=dict)
    """What was learnt of the metadata before the workers began."""


class Worker:
    """Checks parts; made once in each process."""

    def __init__(self, job: Job) -> None:
        profiles = load_profiles(job.profiles)
        self._schema = schema_named(job.schema)
        self._kernel = Kernel(self._schema, profiles, today=job.today)
        self._kernel.begin_with(job.known)
        self._output = Output(Path(job.folder), tuple(profiles))
        self._selection = job.selection

    def run(self, part: Part, limit: int | None = None) -> int:
        """Check the rows of a part, or the first of them, and write the result; how many there were."""
        rows = islice(read_part(part, self._schema), limit)
        results = self._kernel.rows(rows, takes=self._selection.takes)
        return self._output.write(part, _batches(results))

    def learn(self, part: Part) -> Mapping[str, Result]:
        """What the first rows of a part come to, as far as they say nothing but metadata."""
        return self._kernel.learn(islice(read_part(part, self._schema), LEARNT))


def _batches(results: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(results, ROWS)):
        yield batch


_worker: Worker | None = None
"""That of this process, where it is one of a pool."""


def _start(job: Job) -> None:
    global _worker
    _worker = Worker(job)


def _run(part: Part, limit: int | None) -> int:
    assert _worker is not None
    return _worker.run(part, limit)


def run_local(job: Job, parts: list[tuple[Part, int | None]], *, workers: int, advance: Advance) -> None:
    """Check the parts, each with the number of its rows that count; the first failure ends the run."""
    if workers == 1 or len(parts) == 1:
        worker = Worker(job)
        for part, limit in parts:
            advance(worker.run(part, limit))
        return
    if len(parts) >= MANY * workers:
        job = replace(job, known=Worker(job).learn(parts[0][0]))
    context = get_context("spawn")  # pyarrow has threads, which a forked process would lose
    with ProcessPoolExecutor(min(workers, len(parts)), mp_context=context, initializer=_start, initargs=(job,)) as pool:
        waiting = {pool.submit(_run, part, limit) for part, limit in parts}
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for each in done:
                    advance(each.result())
        except BrokenProcessPool:
            raise LicenseCheckError("a worker was stopped; start the same run again to go on where it ended") from None
        finally:
            for each in waiting:
                each.cancel()
