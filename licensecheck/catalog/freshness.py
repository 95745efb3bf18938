"""Whether the built index of the catalog holds what its sources say: one that is older is refused, not believed.

Inside a wheel nobody edits the sources, and nothing is looked at. In a checkout the sizes and times of the sources are
compared with those of the last build; where they differ, what the files hold decides.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from licensecheck.catalog.built_data import PACKED, data_root
from licensecheck.errors import DataError, Place
from licensecheck.lazy import sha256
from licensecheck.text.io import write_whole

STAMP = ".stamp"
"""The built file beside the sources with the hash of their names, sizes and times at the last build."""
_SOURCES = (".yaml", ".tsv", ".txt", ".bin")
_BUILT = frozenset(("index.tsv", "digests.tsv", "fingerprints.tsv"))


def source_digest(root: Path) -> str:
    """The hash of all sources below the folder of the records, with their names."""
    digest = sha256()
    for name in sorted(name for name, _ in _found(str(root), "")):
        digest.update(f"{name}\n".encode())
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def write_stamp(root: Path) -> None:
    """Keep the sizes and times of the sources as they are now."""
    write_whole(_stamp(root), root / STAMP)


def check_fresh(root: Path, built_from: object) -> None:
    """DataError where the sources are others than those that the index was built from."""
    if data_root().name == PACKED:
        return
    try:
        kept = (root / STAMP).read_text(encoding="utf-8")
    except (OSError, ValueError):
        kept = ""
    if kept != _stamp(root) and built_from != source_digest(root):
        message = "is older than the records and lists that it was built from; run `licensecheck catalog build`"
        raise DataError(message, Place(path="licenses/index.tsv"))


def _stamp(root: Path) -> str:
    lines = [f"{name}\t{status.st_size}\t{status.st_mtime_ns}" for name, status in _found(str(root), "")]
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _found(folder: str, below: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_SOURCES):
                if below or entry.name not in _BUILT:
                    yield below + entry.name, entry.stat()
            elif entry.is_dir():
                yield from _found(entry.path, f"{below}{entry.name}/")
