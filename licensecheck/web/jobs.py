"""Long work in a thread of its own: one job after the other, with progress, cancelled on demand, resumed at start."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence

from sqlalchemy import select, update

from licensecheck.errors import LicenseCheckError
from licensecheck.web.database import Database
from licensecheck.web.register import Register
from licensecheck.web.tables import Job

Tick = Callable[[int, int], bool]
"""Told how much of how much is done; false where the job is to stop."""
Work = Callable[[str, str, Tick], str]
"""Does a job: its argument, who asked for it, and where to tell the progress; gives back what came of it."""
WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"


class Jobs:
    """The queue of one server. Its state is in the database, so that a restart loses none."""

    def __init__(self, database: Database, register: Register, kinds: dict[str, Work]) -> None:
        self._database = database
        self._register = register
        self._kinds = kinds
        self._queue: queue.Queue[int | None] = queue.Queue()
        self._cancelled: set[int] = set()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Take up what a stop left undone, and begin."""
        with self._database.transaction() as work:
            work.execute(update(Job).where(Job.state == RUNNING).values(state=WAITING, done=0))
            left = work.scalars(select(Job.id).where(Job.state == WAITING).order_by(Job.id)).all()
        for job in left:
            self._queue.put(job)
        self._thread.start()

    def stop(self) -> None:
        """End after the piece of work under way; what is not done is taken up at the next start."""
        self._queue.put(None)

    def add(self, kind: str, argument: str, *, by: str) -> int:
        """Put a job into the queue; its id."""
        with self._database.transaction() as work:
            job = Job(kind=kind, argument=argument, by=by, created=self._register.clock())
            work.add(job)
            work.flush()
            number = job.id
        self._queue.put(number)
        return number

    def cancel(self, job: int) -> None:
        """Stop a job as soon as it can be."""
        self._cancelled.add(job)

    def find(self, job: int) -> Job | None:
        """The job as it stands."""
        with self._database.reading() as found:
            return found.get(Job, job)

    def recent(self) -> Sequence[Job]:
        """The last jobs, newest first."""
        with self._database.reading() as found:
            return found.scalars(select(Job).order_by(Job.id.desc()).limit(20)).all()

    def _run(self) -> None:
        while (number := self._queue.get()) is not None:
            job = self.find(number)
            if job is not None and job.state == WAITING:
                self._do(job)

    def _do(self, job: Job) -> None:
        self._set(job.id, state=RUNNING)

        def tick(done: int, total: int) -> bool:
            self._set(job.id, done=done, total=total)
            return job.id not in self._cancelled

        try:
            message = self._kinds[job.kind](job.argument, job.by, tick)
            state = CANCELLED if job.id in self._cancelled else DONE
        except LicenseCheckError as fault:
            state, message = CANCELLED if job.id in self._cancelled else FAILED, str(fault)
        except Exception as fault:
            state, message = FAILED, f"internal fault: {type(fault).__name__}: {fault}"
        self._set(job.id, state=state, message=message)

    def _set(self, job: int, **values: object) -> None:
        with self._database.transaction() as work:
            work.execute(update(Job).where(Job.id == job).values(**values))
