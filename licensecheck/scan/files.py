"""Which files of a repository are read: those under version control, without what is binary, huge or ignored."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from licensecheck.errors import SourceError
from licensecheck.place import Place

MAX_BYTES = 2_000_000
_ENVIRONMENTS = frozenset({".venv", "venv", "node_modules", "site-packages", ".tox", ".eggs", ".terraform"})
_CACHES = frozenset({".git", ".hg", ".svn", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".idea"})
SKIPPED = _ENVIRONMENTS | _CACHES
"""Folders that hold what others made, where no version control says so."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to read, relative to `root` and sorted."""

    root: Path
    paths: tuple[str, ...]


def list_files(target: Path) -> Listing:
    """The files of a folder: what git would commit where it is a work tree, else all but the usual caches."""
    if os.path.isfile(target):
        return Listing(target.parent, (target.name,))
    if not os.path.isdir(target):
        raise SourceError("no such file or folder", Place(path=str(target)))
    tracked = _from_git(target)
    return Listing(target, tuple(sorted(tracked if tracked is not None else _walk(target))))


def git_files(root: Path, arguments: Sequence[str]) -> list[str] | None:
    """The paths that a git command lists, relative to `root`; None where there is no git or no work tree."""
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except (OSError, ValueError):
        return None
    if done.returncode:
        return None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


def _from_git(root: Path) -> list[str] | None:
    """What is tracked, or new and not ignored; None outside a work tree or where it holds nothing of the folder."""
    listed = git_files(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])
    return listed or None


def _walk(root: Path) -> Iterator[str]:
    """Every file below a folder; links to folders are not followed, so that no loop can arise."""
    start = len(os.fspath(root))
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in SKIPPED)
        inside = folder[start:].replace(os.sep, "/").strip("/")
        yield from (f"{inside}/{file}" if inside else file for file in files)
