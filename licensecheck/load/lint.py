"""Faults in rule files, all of them, each with file, line and column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError, LicenseCheckError
from licensecheck.load.paths import rules_root
from licensecheck.load.rules import shown_path
from licensecheck.load.yamlfile import find_line, load_yaml, parse_yaml
from licensecheck.place import Place
from licensecheck.text.decode import read_text

_SCHEMAS = Path(__file__).parent / "schemas"


@lru_cache(maxsize=8)
def load_schema(name: str) -> Mapping[str, Any]:
    """One of the JSON Schemas that ship with the project."""
    data: Mapping[str, Any] = json.loads((_SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return data


def schema_faults(data: Any, text: str, *, schema: str, path: str) -> list[DataError]:
    """Where the data of a YAML text breaks a schema, in the order of the file."""
    from jsonschema import Draft202012Validator

    faults = []
    for fault in Draft202012Validator(load_schema(schema)).iter_errors(data):
        at = find_line(text, path=list(fault.absolute_path))
        line, column = at or (1, 1)
        where = ".".join(str(step) for step in fault.absolute_path)
        message = f"{where}: {fault.message}" if where else fault.message
        faults.append(DataError(message[:300], Place(path=path, line=line, column=column)))
    return sorted(faults, key=lambda f: (f.place.line or 0, f.place.column or 0, f.message) if f.place else (0, 0, ""))


def lint_rule(path: Path) -> list[LicenseCheckError]:
    """The faults of one detect rule file."""
    name = shown_path(path)
    try:
        text = read_text(path).text
        data = parse_yaml(text, path=name)
    except LicenseCheckError as fault:
        return [fault]
    faults: list[LicenseCheckError] = list(schema_faults(data, text, schema="detect", path=name))
    if faults:
        return faults
    faults.extend(_vocabulary_faults(data, text, name))
    if data["id"] != path.stem:
        faults.append(_fault(text, name, ["id"], f"id: '{data['id']}' is not the file's name '{path.stem}'"))
    return faults


def _fault(text: str, path: str, keys: list[str | int], message: str) -> DataError:
    line, column = find_line(text, path=keys) or (1, 1)
    return DataError(message, Place(path=path, line=line, column=column))


def _vocabulary_faults(data: Mapping[str, Any], text: str, path: str) -> Iterable[DataError]:
    """Names that no vocabulary knows, and examples that show only one side."""
    ((sort, name),) = data["yields"].items()
    known = _names(sort)
    if not set(name.split("+")) <= known:
        yield _fault(text, path, ["yields", sort], f"yields: '{name}' is no {sort} of rules/{_FILES[sort]}")
    elif sort == "term":
        yield from _attribute_faults(data, text, path, _terms()["terms"][name]["attributes"])
    for key, kind in (("triggers", "trigger"), ("provisos", "proviso")):
        for entry in data.get(key, ()):
            if not set(entry.split("+")) <= _names(kind):
                yield _fault(text, path, [key], f"{key}: '{entry}' is no {kind} of rules/triggers.yaml")
    if all(e["expect"] for e in data["examples"]) or not any(e["expect"] for e in data["examples"]):
        yield _fault(text, path, ["examples"], "examples: needs one that fires and one near miss (expect: [])")


def _attribute_faults(data: Mapping[str, Any], text: str, path: str, allowed: Mapping[str, Any]) -> Iterable[DataError]:
    for key in ("set", "read"):
        for name in data.get(key, {}):
            if name not in allowed and name != "threshold":
                yield _fault(text, path, [key, name], f"{key}: '{name}' is no attribute of {data['yields']['term']}")


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
