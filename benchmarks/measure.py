"""Measuring: processor time of this process, and time and memory of a new one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a new process took: seconds of processor time, seconds that passed, megabytes at its peak."""

    cpu: float
    wall: float
    peak_mb: float


def cpu_seconds(work: Callable[[], object], *, runs: int = 3) -> float:
    """The least processor time of some runs: other processes lengthen a run, none shortens it."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def process_cost(command: Sequence[str], *, cwd: Path | None = None, runs: int = 5) -> Cost:
    """The least that a new process took, start of the interpreter and end included."""
    costs = [_once(command, cwd) for _ in range(runs)]
    return Cost(
        cpu=min(cost.cpu for cost in costs),
        wall=min(cost.wall for cost in costs),
        peak_mb=min(cost.peak_mb for cost in costs),
    )


def _once(command: Sequence[str], cwd: Path | None) -> Cost:
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    passed = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return Cost(cpu=used.ru_utime + used.ru_stime, wall=passed, peak_mb=used.ru_maxrss / unit)
