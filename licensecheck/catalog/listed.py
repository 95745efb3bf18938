"""The models that public lists name: their ids, the license that each list declares, and whether that is certain.

The tables of `licenses/listed/` are written by `tools/listed_models.py` from packages and repositories at pinned
versions. What a list declares is hearsay: of 126 ids whose license is known otherwise one list had 16 wrong. So it is
certain only where a list is kept by the publisher of the model, and is a question everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError, Place
from licensecheck.text.io import read_text

FOLDER = "listed"
_COLUMNS = ["id", "license", "base"]
_OWN = {"timm": "timm", "fastembed": "qdrant"}
"""The publishers whose own models a list gives, by the list: what it declares for these is the publisher's word."""
READ = "read"
"""Stands for a list where somebody has read the license of the weights in the library, its card or its text."""
_DATA_FIELD = "package data field"
"""Opens the source of a license that a library only declares in its data, as a list does."""
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
Declared = list[tuple[str, str, str]]
"""For one id what each list says of it: the list with its version, the license (or nothing), the base (or nothing)."""


def listed_paths(root: Path) -> list[Path]:
    """The tables of lists below the folder of the records."""
    return sorted((root / FOLDER).glob("*.tsv"))


def _of_libraries(libraries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """The models of the hub that libraries load: id, whether its license was read, the library, and the license."""
    for data in libraries:
        label = f"{data['library']} {data['version']}, {data['read']}"
        for row in data["weights"]:
            if _HUB_ID.fullmatch(row.get("model", "")):
                license_ = row.get("license", "")
                was_read = license_ and row.get("certain", True) and not row["source"].startswith(_DATA_FIELD)
                yield row["model"], READ if was_read else data["library"], label, license_


def list_sizes(root: Path) -> list[tuple[str, int]]:
    """Each list with its version and day, and how many ids it names."""
    return [(label, len(rows)) for label, rows in map(_read, listed_paths(root))]


def build_listed(
    root: Path,
    *,
    find: Callable[[str], str | None],
    families: Mapping[str, bool],
    made_from: Callable[[str], str | None],
    libraries: Iterable[Mapping[str, Any]] = (),
) -> Iterator[tuple[str, list[Any]]]:
    """For each id in lower case its spelling and its entry; `libraries` count as lists of what they load.

    `find` gives the id of the record that bears a name or address, `families` says of each record whether it is a
    family, `made_from` what a word in a name shows a model to be made from.
    """
    spelt: dict[str, str] = {}
    said: dict[str, list[tuple[str, str, str, str]]] = {}
    for path in listed_paths(root):
        label, rows = _read(path)
        for name, license_, base in rows:
            spelt.setdefault(name.lower(), name)
            said.setdefault(name.lower(), []).append((path.stem, label, license_, base))
    for name, stem, label, license_ in _of_libraries(libraries):
        spelt.setdefault(name.lower(), name)
        said.setdefault(name.lower(), []).append((stem, label, license_, ""))
    for key, lines in sorted(said.items()):
        yield key, [spelt[key], _entry(key, lines, find=find, families=families, made_from=made_from)]


def _read(path: Path) -> tuple[str, list[list[str]]]:
    """The source and version of a table, and its rows; DataError where a line has another form."""
    head, columns, *lines = read_text(path).text.splitlines()
    rows = [line.split("\t") for line in lines]
    wrong = next((number for number, row in enumerate(rows, 3) if len(row) != len(_COLUMNS) or not row[0]), None)
    if columns.split("\t") != _COLUMNS or wrong is not None:
        place = Place(path=f"licenses/{FOLDER}/{path.name}", line=wrong or 2)
        raise DataError(f"expected {', '.join(_COLUMNS)} with tabs between", place)
    return head.removeprefix("# ").partition(";")[0], rows


def _entry(
    key: str,
    lines: list[tuple[str, str, str, str]],
    *,
    find: Callable[[str], str | None],
    families: Mapping[str, bool],
    made_from: Callable[[str], str | None],
) -> dict[str, Any]:
    declared = [(stem, label, one) for stem, label, text, _ in lines for one in text.split(" | ") if one]
    records = {one: find(one) for _, _, one in declared}
    known = sorted({record for record in records.values() if record is not None})
    bases = list(dict.fromkeys(base for *_, text in lines for base in text.split()))
    shown = made_from(key.partition("/")[2])
    agreed = len(known) == 1 and None not in records.values() and not families[known[0]]
    owner = key.partition("/")[0]
    own = agreed and any(_OWN.get(stem) == owner or stem == READ for stem, _, _ in declared)
    return {
        "licenses": known,
        "certain": bool(own and not bases and shown in (None, *known)),
        "listed": list(dict.fromkeys(label for _, label, _, _ in lines)),
        "note": _note(declared, records),
        **({"family": True} if any(families[record] for record in known) else {}),
        **({"base": bases} if bases else {}),
    }


def _note(declared: list[tuple[str, str, str]], records: Mapping[str, str | None]) -> str:
    """What the lists say of the license, in words."""
    if not declared:
        return "Listed without a license."
    by_name: dict[str, list[str]] = {}
    for _, label, one in declared:
        by_name.setdefault(one, []).append(label.partition(",")[0])
    parts = [f"{' and '.join(dict.fromkeys(labels))} gives {name}" for name, labels in sorted(by_name.items())]
    strange = [name for name in sorted(by_name) if records[name] is None]
    text = "; ".join(parts) + "."
    return text + (f" Not known here: {', '.join(strange)}." if strange else "")
