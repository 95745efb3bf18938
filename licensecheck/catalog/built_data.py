"""The data of the engine in one file that opens in a millisecond, as long as it is that of the YAML files.

YAML takes tenths of a second for check rules, sentences and vocabularies, too long for a commit hook. `licensecheck
rules build` puts them into one file with the digest of their sources; where one has changed since, the YAML is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.seals import sealed, unsealed
from licensecheck.errors import DataError, Place
from licensecheck.frozen import dataclass
from licensecheck.lazy import re, sha256
from licensecheck.text.io import read_text, write_whole

# Where the data folders `rules/` and `licenses/` lie: inside the wheel, or beside the package in a checkout.


PACKED = "_data"
"""The folder of the data inside a wheel, which nobody is to edit there."""
_PACKAGE = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def data_root() -> Path:
    """The folder that holds `rules/` and `licenses/`."""
    packed = _PACKAGE / PACKED
    return packed if packed.is_dir() else _PACKAGE.parent


def rules_root() -> Path:
    """The folder of the rules that ship with the project."""
    return data_root() / "rules"


def licenses_root() -> Path:
    """The folder of the license records that ship with the project."""
    return data_root() / "licenses"


# The data of the engine in one file of which a run reads the lines that it needs.


BUILT = "built.jsonl"
"""The built file: a line with digests of the sources and where each of them begins, then a line for each."""
STAMP = ".stamp"
"""The built file with the hash of the names, sizes and times of the sources at the last build."""
APART = ("detect/",)
"""What `licensecheck.reading.compiled` builds a file of its own from."""


def load_data(name: str) -> Any:
    """The data of `rules/<name>`, examples left out; from the built file where that is up to date."""
    built = _built()
    if built is not None and name in built.places:
        return _from_built(name)
    return _parse(rules_root() / name)


@per_catalog
def _from_built(name: str) -> Any:
    built = _built()
    assert built is not None
    start, end = built.places[name]
    return json.loads(unsealed(built.lines[start:end], name=f"rules/{BUILT}"))


@lru_cache(maxsize=1)
def source_names() -> tuple[str, ...]:
    """The YAML files that the built file stands for, as paths below `rules/`."""
    built = _built()
    return tuple(built.places) if built is not None else tuple(name for name, _ in _sources())


def _sources() -> list[tuple[str, os.stat_result]]:
    """The YAML files by name, each with its size and time."""
    return sorted(_found(str(rules_root()), ""))


def _found(folder: str, below: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = below + entry.name
            if name.endswith(".yaml"):
                yield name, entry.stat()
            elif entry.is_dir() and name + "/" not in APART:
                yield from _found(entry.path, name + "/")


def is_fresh() -> bool:
    """True where the built file holds what the YAML files say."""
    return _built() is not None


def build() -> str:
    """The text of the built file as it should be."""
    places: dict[str, tuple[int, int]] = {}
    lines: list[str] = []
    at = 0
    for name, _ in _sources():
        data = _parse(rules_root() / name)
        lines.append(sealed(json.dumps(data, ensure_ascii=False, default=str, separators=(",", ":"))))
        size = len(lines[-1].encode())
        places[name] = at, at + size
        at += size
    head = {"digest": _digest(), "sizes": _sizes(_sources()), "places": places}
    return json.dumps(head, separators=(",", ":")) + "\n" + "".join(lines)


def write_built() -> bool:
    """Write the built file where it differs from what it should be; True where it was written."""
    path, text = rules_root() / BUILT, build()
    write_whole(_stamp(_sources()), rules_root() / STAMP)
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    write_whole(text, path)
    return True


def _parse(path: Path) -> Any:
    """The data of one file; examples come last in it and are of no use on a run."""
    from licensecheck.catalog.yaml_files import parse_yaml  # a lookup by id needs no YAML

    return parse_yaml(read_text(path).text.partition("\nexamples:")[0], path=str(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    """Where the line of each source stands, counted from the end of the first line."""

    places: dict[str, tuple[int, int]]
    lines: bytes


@per_catalog
def _built() -> _Built | None:
    try:
        head, _, lines = (rules_root() / BUILT).read_bytes().partition(b"\n")
        data: dict[str, Any] = json.loads(head)
    except (OSError, ValueError):
        return None
    if not _is_current(data):
        if data_root().name == PACKED:
            raise DataError("was changed after the package was built: install it again", Place(path="rules/"))
        return None
    return _Built(places=data["places"], lines=lines)


def _is_current(head: dict[str, Any]) -> bool:
    """True where the sources are those of the built file.

    Inside a wheel by their names and sizes. In a checkout by those and their times at the last build; where they
    differ, what the files hold decides.
    """
    sources = _sources()
    if data_root().name == PACKED:
        return bool(head.get("sizes") == _sizes(sources))
    try:
        kept = (rules_root() / STAMP).read_text(encoding="utf-8")
    except (OSError, ValueError):
        kept = ""
    return (kept == _stamp(sources) and head.get("sizes") == _sizes(sources)) or head["digest"] == _digest()


def _sizes(sources: list[tuple[str, os.stat_result]]) -> str:
    lines = [f"{name}\t{status.st_size}" for name, status in sources]
    return sha256("\n".join(lines).encode()).hexdigest()


def _stamp(sources: list[tuple[str, os.stat_result]]) -> str:
    lines = [f"{name}\t{status.st_size}\t{status.st_mtime_ns}" for name, status in sources]
    return sha256("\n".join(lines).encode()).hexdigest()


def _digest() -> str:
    """The hash of all sources with their names."""
    digest = sha256()
    root = str(rules_root())
    for name, _ in _sources():
        digest.update(name.encode())
        try:
            with open(f"{root}/{name}", "rb") as file:
                digest.update(file.read())
        except OSError as fault:
            raise DataError(f"cannot be read: {fault.strerror or fault}") from None
    return digest.hexdigest()


# The words by which cards and folders are read, from `rules/cards/`.


def load_vocabulary(name: str) -> dict[str, Any]:
    """The data of `rules/cards/<name>.yaml`."""
    data: dict[str, Any] = load_data(f"cards/{name}.yaml")
    return data


REVIEWED = "reviewed"
"""The folder below `licenses/` of the files of reviewed sentences."""


def reviewed_paths(root: Path) -> list[Path]:
    """The files of reviewed sentences below the folder of the records."""
    return sorted((root / REVIEWED).glob("*.txt"))


INDEX = "index.tsv"
"""The built file that says, for each name and each hash, where in `RECORDS` its record stands, and what models are."""
RECORDS = "records.jsonl"
"""The built file with one record a line."""
_GAPS = re.compile(r"[\s_]+")


_PREFIX = re.compile(r"^(?:license:|licenseref-)?(?:scancode-)?")
_OR_LATER = re.compile(r"-(?:only|or-later)(?:---(?:no-)?invariants)?$")
"""What the names of the GNU licenses add to a version: which later ones may be chosen, which parts stay unchanged."""


def name_keys(name: str) -> tuple[str, ...]:
    """The keys under which a name is looked up, in their order: as it is, without a prefix, without "or later"."""
    whole = name_key(name)
    bare = _PREFIX.sub("", whole) if whole.startswith(("license", "scancode-")) else whole
    named = _OR_LATER.sub("", whole) if "-only" in whole or "-or-later" in whole else whole
    return tuple(dict.fromkeys((whole, bare, named)))


def name_key(name: str) -> str:
    """The form in which names are compared: lower case, with hyphens for gaps."""
    return _GAPS.sub("-", name.strip().lower())


def shown_path(path: Path) -> str:
    """A rule file's path as messages show it."""
    root = rules_root()
    return f"rules/{path.relative_to(root).as_posix()}" if path.is_relative_to(root) else str(path)
