"""A scan of many files by several processes, which start as copies of this one and have the detectors at hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from licensecheck.scan.detector_files import load_detectors
from licensecheck.scan.own import without_own
from licensecheck.scan.scan import Scan, scan_files

MANY = 400
"""From how many files on it pays to start processes."""
CHUNK = 40


def scan_all(root: Path, paths: Sequence[str], *, workers: int = 1, tick: Callable[[], None] | None = None) -> Scan:
    """The scan of these files, the same whatever the number of workers."""
    if workers < 2 or len(paths) < MANY or sys.platform != "linux":
        return _joined([scan_files(root, paths, tick=tick)])
    import multiprocessing

    load_detectors()
    chunks = [(root, paths[i : i + CHUNK]) for i in range(0, len(paths), CHUNK)]
    parts: list[Scan] = []
    with multiprocessing.get_context("fork").Pool(min(workers, 8)) as pool:
        for part, (_, chunk) in zip(pool.imap(_scan_chunk, chunks), chunks, strict=True):
            parts.append(part)
            for _ in chunk if tick else ():
                tick()  # type: ignore[misc]  # it is one where there is something to iterate over
    return _joined(parts)


def _scan_chunk(chunk: tuple[Path, Sequence[str]]) -> Scan:
    return scan_files(*chunk)


def _joined(parts: Sequence[Scan]) -> Scan:
    return Scan(
        references=without_own(each for part in parts for each in part.references),
        files=sum(part.files for part in parts),
        skipped=tuple(each for part in parts for each in part.skipped),
        ignores=tuple(each for part in parts for each in part.ignores),
    )
