"""The data of the engine in one file that opens in a millisecond, as long as it is that of the YAML files.

YAML takes a tenth of a second for the check rules and use words, too long for a commit hook. `licensecheck rules build`
puts them into one JSON file with the digest of their sources; where a source has changed since, the YAML is read.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from licensecheck.catalog.catalog import per_catalog
from licensecheck.errors import DataError
from licensecheck.text.io import read_text, write_whole

# Where the data folders `rules/` and `licenses/` lie: inside the wheel, or beside the package in a checkout.


_PACKAGE = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def data_root() -> Path:
    """The folder that holds `rules/` and `licenses/`."""
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


def rules_root() -> Path:
    """The folder of the rules that ship with the project."""
    return data_root() / "rules"


def licenses_root() -> Path:
    """The folder of the license records that ship with the project."""
    return data_root() / "licenses"


# The data of the engine in one file that opens in a millisecond, as long as it is that of the YAML files.


BUILT = "built.json"
FOLDERS = ("check", "uses", "openness", "scan")
TABLES = (
    *("bodies", "compatible", "currencies", "explanations", "languages"),
    *("places", "questions", "regions", "terms"),
)


def load_data(name: str) -> Any:
    """The data of `rules/<name>`, examples left out; from the built file where that is up to date."""
    built = _built()
    if built is not None and name in built:
        return built[name]
    return _parse(rules_root() / name)


@lru_cache(maxsize=1)
def source_names() -> tuple[str, ...]:
    """The YAML files that the built file stands for, as paths below `rules/`."""
    root = rules_root()
    paths = [path for folder in FOLDERS for path in (root / folder).rglob("*.yaml")]
    paths.extend(root / f"{table}.yaml" for table in TABLES)
    return tuple(sorted(path.relative_to(root).as_posix() for path in paths))


def is_fresh() -> bool:
    """True where the built file holds what the YAML files say."""
    return _built() is not None


def build() -> str:
    """The text of the built file as it should be."""
    data = {name: _parse(rules_root() / name) for name in source_names()}
    built = {"digest": _digest(), "files": data}
    return json.dumps(built, ensure_ascii=False, default=str, separators=(",", ":"), sort_keys=True) + "\n"


def write_built() -> bool:
    """Write the built file where it differs from what it should be; True where it was written."""
    path, text = rules_root() / BUILT, build()
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    write_whole(text, path)
    return True


def _parse(path: Path) -> Any:
    """The data of one file; examples come last in it and are of no use on a run."""
    from licensecheck.catalog.yaml_files import parse_yaml  # a lookup by id needs no YAML

    return parse_yaml(read_text(path).text.partition("\nexamples:")[0], path=str(path))


@per_catalog
def _built() -> dict[str, Any] | None:
    try:
        data: dict[str, Any] = json.loads((rules_root() / BUILT).read_bytes())
    except (OSError, ValueError):
        return None
    files: dict[str, Any] = data["files"]
    return files if data["digest"] == _digest() else None


def _digest() -> str:
    """The hash of all sources with their names."""
    digest = hashlib.sha256()
    for name in source_names():
        digest.update(name.encode())
        try:
            digest.update((rules_root() / name).read_bytes())
        except OSError as fault:
            raise DataError(f"cannot be read: {fault.strerror or fault}") from None
    return digest.hexdigest()


# The words by which cards and folders are read, from `rules/cards/`.


@per_catalog
def load_vocabulary(name: str) -> dict[str, Any]:
    """The data of `rules/cards/<name>.yaml`."""
    from licensecheck.catalog.yaml_files import load_yaml

    data: dict[str, Any] = load_yaml(rules_root() / "cards" / f"{name}.yaml", name=f"rules/cards/{name}.yaml")
    return data
