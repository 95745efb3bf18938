"""Faults in detect rule files, all of them, each with file, line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError, LicenseCheckError
from licensecheck.load.faults import DataFile, lint_file
from licensecheck.load.paths import rules_root
from licensecheck.load.rules import shown_path
from licensecheck.load.yamlfile import load_yaml


def lint_rule(path: Path) -> list[LicenseCheckError]:
    """The faults of one detect rule file: of its form, its name, names that no vocabulary knows, lopsided examples."""
    return lint_file(path, name=shown_path(path), schema="detect", further=lambda file: _faults(file, path.stem))


def _faults(file: DataFile, stem: str) -> Iterator[DataError]:
    yield from _vocabulary_faults(file)
    if file.data["id"] != stem:
        yield file.fault(["id"], f"id: '{file.data['id']}' is not the file's name '{stem}'")


def _vocabulary_faults(file: DataFile) -> Iterator[DataError]:
    """Names that no vocabulary knows, and examples that show only one side."""
    data = file.data
    ((sort, name),) = data["yields"].items()
    if not set(name.split("+")) <= _names(sort):
        yield file.fault(["yields", sort], f"yields: '{name}' is no {sort} of rules/{_FILES[sort]}")
    elif sort == "term":
        yield from _attribute_faults(file, _terms()["terms"][name]["attributes"])
    for key, kind in (("triggers", "trigger"), ("provisos", "proviso")):
        for entry in data.get(key, ()):
            if not set(entry.split("+")) <= _names(kind):
                yield file.fault([key], f"{key}: '{entry}' is no {kind} of rules/triggers.yaml")
    if all(e["expect"] for e in data["examples"]) or not any(e["expect"] for e in data["examples"]):
        yield file.fault(["examples"], "examples: needs one that fires and one near miss (expect: [])")


def _attribute_faults(file: DataFile, allowed: Mapping[str, Any]) -> Iterator[DataError]:
    for key in ("set", "read"):
        for name in file.data.get(key, {}):
            if name not in allowed and name != "threshold":
                yield file.fault([key, name], f"{key}: '{name}' is no attribute of {file.data['yields']['term']}")


_FILES = {"term": "terms.yaml", "fact": "triggers.yaml", "trigger": "triggers.yaml", "proviso": "triggers.yaml"}


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_yaml(rules_root() / "terms.yaml", name="rules/terms.yaml")
    return data


@lru_cache(maxsize=4)
def _names(sort: str) -> frozenset[str]:
    if sort == "term":
        return frozenset(_terms()["terms"])
    data = load_yaml(rules_root() / "triggers.yaml", name="rules/triggers.yaml")
    return frozenset(data[sort + "s"])
