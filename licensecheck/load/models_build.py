"""Build the index of the model catalog from the lists in `licenses/models/*.yaml`.

A `match` holds names, separated by white space, with alternatives in braces (`Qwen/Qwen2.5-{7B,14B}{,-Instruct}`). One
without a `*` is spelt out into exact names, one with it becomes patterns. Of the patterns that fit a name the first in
the file decides; an exact name comes before all patterns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError
from licensecheck.load.record_files import load_checked
from licensecheck.place import Place

FOLDER = "models"
RESOLVING = "resolving.yaml"
"""The file that lists mirrors, providers and the words that show what a model was made from."""

_BRACES = re.compile(r"\{([^{}]*)\}")


def build_models(root: Path, *, known: Mapping[str, bool]) -> dict[str, Any]:
    """The index: entries, exact names, patterns by the first letters of the name, and how other names are resolved.

    `known` says for each record id whether it is a family.
    """
    folder = root / FOLDER
    resolving = load_checked(folder / RESOLVING, schema="resolving")
    index = _Index(known)
    for path in sorted(folder.glob("*.yaml")):
        if path.name != RESOLVING:
            file = load_checked(path, schema="models")
            usual = {"modalities": file["modalities"]} if "modalities" in file else {}
            for entry in file["models"]:
                index.add(usual | entry, path=path)
    return {
        "entries": index.entries,
        "exact": {index.spelt[key]: number for key, number in sorted(index.exact.items())},
        "patterns": index.patterns,
        "bases": _bases(index),
        "mirrors": sorted(resolving["mirrors"]),
        "providers": resolving["providers"],
        "channels": resolving["channels"],
        "families": [
            [family["made_from"], [word for glob in family["contains"].split() for word in spell_out(glob.lower())]]
            for family in resolving["families"]
        ],
    }


class _Index:
    """Entries and the names that lead to them, as they are collected."""

    def __init__(self, known: Mapping[str, bool]) -> None:
        self.known = known
        self.entries: list[dict[str, Any]] = []
        self.exact: dict[str, int] = {}
        self.spelt: dict[str, str] = {}
        self.patterns: list[tuple[str, str, int]] = []

    def add(self, entry: dict[str, Any], *, path: Path) -> None:
        """Take up one entry of a list."""
        number = len(self.entries)
        self.entries.append(self._data(entry, path=path))
        for glob in _globs(entry):
            for name in spell_out(glob):
                if "*" in name:
                    self.patterns.append((_literal(name.lower()), _regex(name), number))
                    continue
                self.spelt.setdefault(name.lower(), name)
                if self.exact.setdefault(name.lower(), number) != number:
                    raise DataError(f"the model {name} is listed twice", Place(path=str(path)))

    def _data(self, entry: dict[str, Any], *, path: Path) -> dict[str, Any]:
        licenses = entry.get("license", [])
        licenses = [licenses] if isinstance(licenses, str) else licenses
        for record in licenses:
            if record not in self.known:
                raise DataError(f"license: no record has the id {record}", Place(path=str(path)))
        data = {key: value for key, value in entry.items() if key not in ("match", "license")}
        data["licenses"] = licenses
        if any(self.known[record] for record in licenses):
            data["family"] = True
        return data


def spell_out(glob: str) -> list[str]:
    """Every name that the braces of a glob stand for, in their order."""
    found = _BRACES.search(glob)
    if not found:
        return [glob]
    return [
        name
        for choice in found[1].split(",")
        for name in spell_out(glob[: found.start()] + choice + glob[found.end() :])
    ]


def _globs(entry: Mapping[str, Any]) -> list[str]:
    match: str = entry["match"]
    return match.split()


def _regex(glob: str) -> str:
    return "".join(".*" if char == "*" else re.escape(char) for char in glob.lower())


def _literal(glob: str) -> str:
    return glob.split("*", 1)[0]


def _bases(index: _Index) -> dict[str, str]:
    """Each hub name without its owner, and the one full name it stands for; what two publishers use is left out."""
    full: dict[str, list[str]] = {}
    for key, number in index.exact.items():
        owner, _, base = key.rpartition("/")
        if owner and "channel" not in index.entries[number]:
            full.setdefault(base, []).append(key)
    return {base: names[0] for base, names in sorted(full.items()) if len({index.exact[name] for name in names}) == 1}
