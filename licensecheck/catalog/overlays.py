"""House rules, house licenses and house models: what folders of the user's own add to the built-in data.

An overlay adds and may retire, and never replaces in silence: an id that the built-in data has is a fault, unless the
file says `status: retired` and gives a reason. Reports name what came from where (`Report.knowledge`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from licensecheck.catalog.catalog import Overlay, current, per_catalog
from licensecheck.errors import DataError, Place
from licensecheck.frozen import dataclass, field

GROUP = "licensecheck.data"
"""The entry point group of packages that ship house rules: each point names a package whose folders `rules`, `licenses`
and `models` are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayFiles:
    """The data of the YAML files that overlays add to one section, by path, and the ids that they retire."""

    data: Mapping[Path, Mapping[str, Any]] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)


@per_catalog
def overlay_files(section: str, pattern: str) -> OverlayFiles:
    """The files of a section in the overlays of the catalog in use that fit a pattern, such as `detect/**/*.yaml`."""
    from licensecheck.catalog.yaml_files import load_yaml

    data: dict[Path, Mapping[str, Any]] = {}
    retired: dict[str, str] = {}
    for folder in current().folders(section):
        for path in sorted(folder.glob(pattern)):
            read = load_yaml(path)
            if not isinstance(read, dict) or "id" not in read:
                raise DataError("neither a rule nor a record: it has no id", Place(path=str(path)))
            if read.get("status") == "retired":
                if not read.get("reason"):
                    raise DataError(f"retires {read['id']} without a reason", Place(path=str(path)))
                retired[str(read["id"])] = str(read["reason"])
            else:
                data[path] = read
    return OverlayFiles(data=data, retired=retired)


def check_new_ids(built_in: Iterable[str], files: OverlayFiles, *, what: str) -> None:
    """DataError where an overlay has an id that is taken, or retires one that does not exist."""
    known = set(built_in)
    for path, data in files.data.items():
        if data["id"] in known - set(files.retired):
            remedy = "choose another id, or retire the built-in one (status: retired, with a reason)"
            raise DataError(f"the id {data['id']} belongs to a built-in {what}; {remedy}", Place(path=str(path)))
    for name in files.retired:
        if name not in known:
            raise DataError(f"retires {name}, and there is no such {what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayRecords:
    """The license records that overlays add, by each of their names, by hash and by family."""

    by_name: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    by_sha256: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    by_family: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ordered: tuple[Mapping[str, Any], ...] = ()
    retired: Mapping[str, str] = field(default_factory=dict)


@per_catalog
def overlay_records() -> OverlayRecords:
    """The records of the overlays of the catalog in use, checked as the built-in ones are."""
    folders = current().folders("licenses")
    if not folders:
        return OverlayRecords()
    from licensecheck.catalog.build import build_index, build_records

    names: dict[str, Mapping[str, Any]] = {}
    hashes: dict[str, Mapping[str, Any]] = {}
    families: dict[str, Mapping[str, Any]] = {}
    ordered: list[Mapping[str, Any]] = []
    retired = overlay_files("licenses", "*/*.yaml").retired
    for folder in folders:
        records = build_records(folder, leave=frozenset(retired))
        index = build_index(records)
        for kept, key in ((names, "names"), (hashes, "sha256"), (families, "families")):
            kept.update({name: records[line] for name, line in index[key].items()})
        ordered.extend(records)
    return OverlayRecords(by_name=names, by_sha256=hashes, by_family=families, ordered=tuple(ordered), retired=retired)


def find_overlays(
    folder: Path | None = None,
    *,
    rules: Iterable[str] = (),
    licenses: Iterable[str] = (),
    models: Iterable[str] = (),
) -> tuple[Overlay, ...]:
    """The overlays that hold in a folder: installed packages, then `[tool.licensecheck]`, then those named here."""
    found = list(_of_packages())
    if folder is not None:
        found.extend(_of_project(folder / "pyproject.toml"))
    for section, named in (("rules", rules), ("licenses", licenses), ("models", models)):
        found.extend(_overlay(section, Path(path), source=f"--{section} {path}") for path in named)
    return tuple(found)


def _overlay(section: str, path: Path, *, source: str) -> Overlay:
    match section:
        case "rules":
            return Overlay(rules=path, source=source)
        case "licenses":
            return Overlay(licenses=path, source=source)
        case _:
            return Overlay(models=path, source=source)


def _of_project(path: Path) -> Iterator[Overlay]:
    """The folders under `rules`, `licenses` and `models` of `[tool.licensecheck]`, relative to the file."""
    from licensecheck.text.io import read_text

    if not path.is_file():
        return
    text = read_text(path).text
    if "[tool.licensecheck" not in text:
        return
    from licensecheck.catalog.yaml_files import parse_section

    section = parse_section(text, path=str(path), error=DataError)
    for name in ("rules", "licenses", "models"):
        named = section.get(name, [])
        if not isinstance(named, list) or not all(isinstance(item, str) for item in named):
            raise DataError(f"tool.licensecheck.{name}: a list of folders is expected", Place(path=str(path)))
        yield from (_overlay(name, path.parent / item, source=f"{path.name}: {name} {item}") for item in named)


def _of_packages() -> Iterator[Overlay]:
    """The data of installed packages that declare the entry point group; most installations have none."""
    if not any(_declares(folder) for folder in dict.fromkeys(sys.path)):
        return
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        spec = find_spec(point.module)
        if spec is None or not spec.submodule_search_locations:
            raise DataError(f"the entry point {point.name} of {GROUP} names no package: {point.value}")
        root = Path(next(iter(spec.submodule_search_locations)))
        parts = {name: root / name for name in ("rules", "licenses", "models") if (root / name).is_dir()}
        yield Overlay(**parts, source=f"package {point.module}")


def _declares(folder: str) -> bool:
    """True where a package in the folder may declare the group: a look at the files, far cheaper than the metadata."""
    try:
        with os.scandir(folder or ".") as entries:
            infos = [entry.path for entry in entries if entry.name.endswith(".dist-info")]
    except OSError:
        return False
    wanted = f"[{GROUP}]".encode()
    return any(wanted in _bytes_of(f"{info}/entry_points.txt") for info in infos)


def _bytes_of(path: str) -> bytes:
    """The beginning of a small file, read without the layers of `open`, since there are hundreds; empty without one."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(file, 1 << 20)
    finally:
        os.close(file)
