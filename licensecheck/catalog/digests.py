"""A digest of every file of the data, by which `licensecheck catalog verify` tells whether one was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from licensecheck.catalog.built_data import data_root
from licensecheck.errors import DataError, Place
from licensecheck.text.io import write_whole

DIGESTS = "licenses/digests.tsv"
"""The built file with the SHA-256 of every other file of the data, below the folder of the data."""
FOLDERS = ("licenses", "rules")


def make_digests(root: Path) -> str:
    """The digests of all files of the data below `root`, one a line, sorted by path."""
    return "".join(f"{_hash(root / path)}\t{path}\n" for path in _paths(root))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _paths(root: Path) -> list[str]:
    files = (path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file())
    names = (path.relative_to(root).as_posix() for path in files)
    return sorted(name for name in names if name != DIGESTS and "/." not in name)


def write_digests() -> bool:
    """Write the digests of the data as it is now; True where they differ from before."""
    root = data_root()
    path, text = root / DIGESTS, make_digests(root)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    write_whole(text, path)
    return True


def verify_data() -> tuple[str, int, list[str]]:
    """The SHA-256 of the digests, the number of files, and what is wrong with each; DataError without digests."""
    root = data_root()
    try:
        listed = (root / DIGESTS).read_bytes()
    except OSError as fault:
        message = f"cannot be read ({fault.strerror}); run `licensecheck catalog build`"
        raise DataError(message, Place(path=DIGESTS)) from None
    expected = {path: digest for digest, _, path in (line.partition("\t") for line in listed.decode().splitlines())}
    return hashlib.sha256(listed).hexdigest(), len(expected), list(_faults(root, expected))


def _faults(root: Path, expected: dict[str, str]) -> Iterator[str]:
    found = set(_paths(root))
    for path in sorted(found | set(expected)):
        if path not in found:
            yield f"{path}: is missing"
        elif path not in expected:
            yield f"{path}: was added"
        elif _hash(root / path) != expected[path]:
            yield f"{path}: was changed"
