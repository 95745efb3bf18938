"""Which files of a model folder speak about its license, and what each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from licensecheck.errors import SourceError
from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.place import Place
from licensecheck.sources.header import header_reader

MAX_HEADERS = 4
"""How many weight files of each kind have their header read: the shards of a model say the same."""
DATA_LICENSE = "data-license"
BINDING = ("license", "code-license", "policy", "notice")
"""The roles of files that count in a folder of weights too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRole:
    """What a file is by its name; `model` marks a license that says in its name that it is the weights'."""

    role: str
    model: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFile:
    """A file of a folder, its path as shown, and its role: None for one whose header or settings are read."""

    path: Path
    shown: str
    role: FileRole | None


def role_of(name: str) -> FileRole | None:
    """The role of a document by its file name, or None."""
    low = name.lower()
    if Path(low).suffix not in _suffixes() and not re.match(r"\.\d", Path(low).suffix):
        return None
    for pattern, role in _roles():
        if pattern.match(low):
            return role
    return None


def list_files(folder: Path) -> Iterator[FolderFile]:
    """The files of a folder, and of its folders of licenses and weights, that speak of the license, ordered by name."""
    heads: dict[str, int] = {}
    for path in _entries(folder):
        role = role_of(path.name)
        if path.name.lower() in load_vocabulary("files")["folders"] and path.is_dir():
            yield from _documents(path, prefix=f"{path.name}/")
            continue
        if path.name.lower() in load_vocabulary("files")["weights"] and path.is_dir():
            yield from _of_weights(path, prefix=f"{path.name}/")
            continue
        if (role is not None or header_reader(path.name) is not None) and path.is_dir():
            continue
        if role is not None:
            yield FolderFile(path=path, shown=path.name, role=role)
        elif header_reader(path.name) is not None:
            heads[path.suffix.lower()] = heads.get(path.suffix.lower(), 0) + 1
            if heads[path.suffix.lower()] <= MAX_HEADERS:
                yield FolderFile(path=path, shown=path.name, role=None)


def _documents(folder: Path, *, prefix: str) -> Iterator[FolderFile]:
    for path in _entries(folder):
        if path.is_file() and path.suffix.lower() in _suffixes():
            role = role_of(path.name) or FileRole(role="license")
            yield FolderFile(path=path, shown=prefix + path.name, role=role)


def _of_weights(folder: Path, *, prefix: str) -> Iterator[FolderFile]:
    """The licenses and policies that lie with the weights; what else lies there is not looked at."""
    for path in _entries(folder):
        role = role_of(path.name)
        if role is not None and role.role in BINDING and path.is_file():
            own = FileRole(role=role.role, model=role.role == "license")
            yield FolderFile(path=path, shown=prefix + path.name, role=own)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=_by_name)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", Place(path=str(folder))) from None


def _by_name(path: Path) -> tuple[str, str]:
    return path.name.lower(), path.name


@lru_cache(maxsize=1)
def _suffixes() -> frozenset[str]:
    return frozenset(load_vocabulary("files")["suffixes"])


@lru_cache(maxsize=1)
def _roles() -> tuple[tuple[re.Pattern[str], FileRole], ...]:
    return tuple(
        (re.compile(pattern), FileRole(role=entry["role"], model=entry.get("model", False)))
        for entry in load_vocabulary("files")["roles"]
        for pattern in entry["names"]
    )
