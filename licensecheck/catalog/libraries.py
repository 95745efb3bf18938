"""The libraries that load weights, from `licenses/libraries/*.yaml`, looked up in one built file a line at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import licenses_root
from licensecheck.catalog.seals import sealed, unsealed
from licensecheck.domain.libraries import Default, Library, Load, Weights
from licensecheck.errors import DataError, Place
from licensecheck.lazy import re

FOLDER = "libraries"
LIBRARIES = "libraries.jsonl"
"""The built file: first an index by module, program and id, then a library a line."""


def find_library(name: str) -> Library | None:
    """The library of this id or package name, whatever its case."""
    number = _index()["ids"].get(name.lower())
    return None if number is None else _library(number)


def all_libraries() -> Iterator[Library]:
    """Every library, ordered by id."""
    for number in range(1, len(_lines())):
        yield _library(number)


def libraries_of_module(module: str, ecosystem: str) -> tuple[Library, ...]:
    """The libraries that a module belongs to: by its top name in Python, by the package in JavaScript."""
    return tuple(_library(number) for number in _index()["modules"][ecosystem].get(module, ()))


def libraries_of_program(program: str) -> tuple[Library, ...]:
    """The libraries that a command belongs to."""
    return tuple(_library(number) for number in _index()["programs"].get(program, ()))


@lru_cache(maxsize=1)
def known_modules() -> Mapping[str, frozenset[str]]:
    """By ecosystem, the modules that a reader of calls looks for."""
    return {ecosystem: frozenset(names) for ecosystem, names in _index()["modules"].items()}


@lru_cache(maxsize=512)
def marks_of_module(module: str) -> tuple[bytes, ...]:
    """Words of which a file that calls a library of this module has one; none where any file may."""
    return tuple(word.encode() for word in _index()["marks"].get(module, ()))


@lru_cache(maxsize=1)
def known_programs() -> frozenset[str]:
    """The programs that a reader of commands looks for."""
    return frozenset(_index()["programs"])


def find_weights(library: Library, name: str) -> Weights | None:
    """The weights that a library knows by this name: as written, then whatever its case, then by a glob."""
    full = library.short.get(name, name)
    lower = full.lower()
    globs = []
    for weights in library.weights:
        for each in weights.names:
            if each.lower() == lower or (weights.model and weights.model.lower() == lower):
                return weights
            if "*" in each and fnmatchcase(lower, each.lower()):
                globs.append((len(each), weights))
    return max(globs, key=_length)[1] if globs else None


def _length(item: tuple[int, Weights]) -> int:
    return item[0]


@lru_cache(maxsize=1)
def _lines() -> tuple[bytes, ...]:
    path = licenses_root() / LIBRARIES
    try:
        return tuple(path.read_bytes().splitlines())
    except OSError as fault:
        message = f"cannot be read ({fault.strerror or fault}); run `licensecheck catalog build`"
        raise DataError(message, Place(path=f"licenses/{LIBRARIES}")) from None


@lru_cache(maxsize=1)
def _index() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(unsealed(_lines()[0], name=f"licenses/{LIBRARIES}"))
    return data


@lru_cache(maxsize=256)
def _library(number: int) -> Library:
    return library_from(json.loads(unsealed(_lines()[number], name=f"licenses/{LIBRARIES}")))


def library_from(data: Mapping[str, Any]) -> Library:
    """The library that a file describes."""
    return Library(
        id=data["library"],
        ecosystem=data["ecosystem"],
        packages=tuple(data["packages"]),
        modules=tuple(data.get("modules", ())),
        version=data["version"],
        read=str(data["read"]) if data.get("read") else None,
        code_license=data["code"]["license"],
        short=data.get("short", {}),
        weights=tuple(_weights(each) for each in data["weights"]),
        loads=tuple(_load(each) for each in data["loads"]),
    )


def _weights(data: Mapping[str, Any]) -> Weights:
    return Weights(
        names=tuple(data["names"]),
        model=data.get("model"),
        license=data.get("license"),
        says=data.get("says"),
        source=data["source"],
        certain=data.get("certain", True),
    )


def _load(data: Mapping[str, Any]) -> Load:
    return Load(
        calls=tuple(data.get("calls", ())),
        commands=tuple(data.get("commands", ())),
        first=tuple(data.get("first", ())),
        name=data.get("name"),
        defaults=tuple(_defaults(data.get("default"))),
        when={key: tuple(values) for key, values in data.get("when", {}).items()},
        unless={key: tuple(values) for key, values in data.get("unless", {}).items()},
        listed=data.get("listed", False),
    )


def _defaults(data: Any) -> Iterator[Default]:
    if data is None:
        return
    if isinstance(data, str):
        yield Default(weights=(data,))
    elif isinstance(data[0], str):
        yield Default(weights=tuple(data))
    else:
        for each in data:
            named = each["weights"]
            weights = () if named is None else (named,) if isinstance(named, str) else tuple(named)
            yield Default(weights=weights, since=each.get("since"))


# Build the file from the YAML of each library.


def build_libraries(root: Path, *, known: Mapping[str, bool], load: Callable[..., dict[str, Any]]) -> str:
    """The text of the built file; `known` holds the ids of the license records, `load` reads a file and checks it."""
    libraries: list[dict[str, Any]] = []
    for path in sorted((root / FOLDER).glob("*.yaml")):
        data = load(path, schema="library")
        _check(data, path=path, known=known)
        libraries.append({key: value for key, value in data.items() if key != "note"})
    libraries.sort(key=_id)
    ids: dict[str, int] = {}
    modules: dict[str, dict[str, list[int]]] = {"pypi": {}, "npm": {}, "debian": {}}
    programs: dict[str, list[int]] = {}
    for number, data in enumerate(libraries, 1):
        if ids.get(data["library"]) is not None and libraries[ids[data["library"]] - 1]["library"] == data["library"]:
            raise DataError(f"the library {data['library']} is there twice", Place(path=f"{FOLDER}/"))
        ids[data["library"]] = number
        for name in data["packages"]:
            ids.setdefault(name.lower(), number)
        for module in data.get("modules", ()):
            modules[data["ecosystem"]].setdefault(module, []).append(number)
        for program in sorted({each for load in data["loads"] for each in load.get("commands", ())}):
            programs.setdefault(program, []).append(number)
    marks = {module: _marks(libraries[number - 1] for number in numbers) for module, numbers in modules["pypi"].items()}
    index = {"ids": ids, "modules": modules, "programs": programs, "marks": marks}
    lines = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in (index, *libraries))
    return "".join(sealed(line) for line in lines)


def _marks(libraries: Iterable[Mapping[str, Any]]) -> list[str]:
    """The longest plain part of each call; nothing where a call has none."""
    calls = {call for data in libraries for load in data["loads"] for call in load.get("calls", ())}
    words = {max(re.split(r"[.*()]+", call), key=len) for call in calls}
    return sorted(words) if all(len(word) > 2 for word in words) else []


def _id(data: Mapping[str, Any]) -> str:
    name: str = data["library"]
    return name


def _check(data: Mapping[str, Any], *, path: Path, known: Mapping[str, bool]) -> None:
    """Raise where a license has no record, or a default no row."""
    place = Place(path=str(path))
    for row in data["weights"]:
        if "license" in row and row["license"] not in known:
            raise DataError(f"license: no record has the id {row['license']}", place)
    library = library_from(data)
    for load in library.loads:
        for default in load.defaults:
            for name in default.weights:
                if find_weights(library, name) is None:
                    raise DataError(f"default: no row of weights has the name {name}", place)
