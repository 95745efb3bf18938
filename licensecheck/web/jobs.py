"""Long work in a thread of its own: one job after the other, with progress, cancelled on demand, resumed at start."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from licensecheck.errors import LicenseCheckError
from licensecheck.web.access import Access
from licensecheck.web.database import Database
from licensecheck.web.register import Register
from licensecheck.web.tables import Job

Tick = Callable[[int, int], bool]
"""Told how much of how much is done; false where the job is to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job, in words, and the page on which to see it."""

    message: str
    link: str = ""


Work = Callable[[str, str, Tick], Outcome]
"""Does a job: its argument, who asked for it, and where to tell the progress."""
WAITING, RUNNING, STOPPING, DONE, FAILED, CANCELLED = "waiting", "running", "stopping", "done", "failed", "cancelled"
PATIENCE = 5
"""Seconds that a stop, and a job that was cancelled, wait for the step under way."""
LOOK = 0.1
"""Seconds after which a job under way is looked at again."""
UNDER_WAY = (WAITING, RUNNING, STOPPING)
"""The states of a job that has not ended."""


class Jobs:
    """The queue of one server. Its state is in the database, so that a restart loses none."""

    def __init__(self, database: Database, register: Register, kinds: dict[str, Work]) -> None:
        self._database = database
        self._register = register
        self._kinds = kinds
        self._queue: queue.Queue[int | None] = queue.Queue()
        self._cancelled: set[int] = set()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> set[tuple[str, str]]:
        """Take up what a stop left undone, and begin; the kind and argument of each of these jobs."""
        with self._database.transaction() as work:
            work.execute(update(Job).where(Job.state == STOPPING).values(state=CANCELLED))
            work.execute(update(Job).where(Job.state == RUNNING).values(state=WAITING, done=0))
            left = work.execute(
                select(Job.id, Job.kind, Job.argument).where(Job.state == WAITING).order_by(Job.id)
            ).all()
        for job in left:
            self._queue.put(job.id)
        self._thread.start()
        return {(job.kind, job.argument) for job in left}

    def stop(self) -> None:
        """End after the piece of work under way; what is not done is taken up at the next start."""
        self._ending = True
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join(PATIENCE)

    def add(self, kind: str, argument: str, *, by: str) -> int:
        """Put a job into the queue; its id."""
        with self._database.transaction() as work:
            job = Job(kind=kind, argument=argument, by=by, created=self._register.clock())
            work.add(job)
            work.flush()
            number = job.id
        self._queue.put(number)
        return number

    def cancel(self, job: int, *, by: str, log: Access) -> None:
        """Stop a job: at once where it has not begun, else at its next step, or without that where it is long."""
        with self._database.transaction() as work:
            found = work.get(Job, job)
            if found is None or found.state not in (WAITING, RUNNING):
                return
            found.state = CANCELLED if found.state == WAITING else STOPPING
            log.log(work, by, "cancelled", f"job {job}: {found.kind}")
        self._cancelled.add(job)

    def find(self, job: int) -> Job | None:
        """The job as it stands."""
        with self._database.reading() as found:
            return found.get(Job, job)

    def recent(self) -> Sequence[Job]:
        """The last jobs that somebody asked for, newest first."""
        asked = select(Job).where(Job.kind != REFRESH).order_by(Job.id.desc()).limit(20)
        with self._database.reading() as found:
            return found.scalars(asked).all()

    def _run(self) -> None:
        while (number := self._queue.get()) is not None and not self._ending:
            try:
                self._do(number)
            except Exception as fault:  # the database is away: the job stays as it is, and the next start takes it up
                print(f"job {number} was not done: {fault}")

    def _do(self, number: int) -> None:
        with self._database.transaction() as work:
            job = work.get(Job, number)
            if job is None or job.state != WAITING:
                return
            job.state = RUNNING
            kind, argument, by = job.kind, job.argument, job.by

        def tick(done: int, total: int) -> bool:
            self._set(number, done=done, total=total)
            return number not in self._cancelled

        state, outcome = self._outcome(number, lambda: self._kinds[kind](argument, by, tick))
        self._set(number, state=state, message=outcome.message, link=outcome.link)

    def _outcome(self, number: int, do: Callable[[], Outcome]) -> tuple[str, Outcome]:
        """How a job ended, and what came of it. One long step of a job that was cancelled is not waited for."""
        ended: list[Outcome | Exception] = []

        def run() -> None:
            try:
                ended.append(do())
            except Exception as fault:  # told to whoever waits
                ended.append(fault)

        thread = threading.Thread(target=run, name=f"job-{number}", daemon=True)
        thread.start()
        left = float(PATIENCE)
        while thread.is_alive() and left > 0:
            thread.join(LOOK)
            left -= LOOK if number in self._cancelled else 0
        cancelled = number in self._cancelled
        if not ended:
            return CANCELLED, Outcome(message="The step under way was not waited for.")
        if isinstance(ended[0], Outcome):
            return CANCELLED if cancelled else DONE, ended[0]
        if isinstance(ended[0], LicenseCheckError):
            return CANCELLED if cancelled else FAILED, Outcome(message=str(ended[0]))
        return FAILED, Outcome(message=f"internal fault: {type(ended[0]).__name__}: {ended[0]}")

    def _set(self, job: int, **values: object) -> None:
        with self._database.transaction() as work:
            work.execute(update(Job).where(Job.id == job).values(**values))


REFRESH = "refresh"
"""The kind of job that checks the reviews of a product again after its facts have changed; nobody asks for it."""
