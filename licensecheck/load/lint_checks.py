"""Faults in check rule files, all of them, each with file, line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError, LicenseCheckError
from licensecheck.load.lint import schema_faults
from licensecheck.load.paths import rules_root
from licensecheck.load.rules import shown_path
from licensecheck.load.yamlfile import find_line, load_yaml, parse_yaml
from licensecheck.place import Place
from licensecheck.text.decode import read_text


def lint_check(path: Path) -> list[LicenseCheckError]:
    """The faults of one check rule file: of its form, of names that nothing defines, of examples that are missing."""
    name = shown_path(path)
    try:
        text = read_text(path).text
        data = parse_yaml(text, path=name)
    except LicenseCheckError as fault:
        return [fault]
    faults: list[LicenseCheckError] = list(schema_faults(data, text, schema="check", path=name))
    return faults or list(_name_faults(data, text, name, stem=path.stem))


def _name_faults(data: Mapping[str, Any], text: str, path: str, *, stem: str) -> Iterator[DataError]:
    if data["id"] != stem:
        yield _fault(text, path, "id", f"id: '{data['id']}' is not the file's name '{stem}'")
    known = load_yaml(rules_root() / "terms.yaml")["terms"]
    for kind in data["terms"]:
        if kind not in known:
            yield _fault(text, path, "terms", f"terms: '{kind}' is no kind of rules/terms.yaml")
    triggers = load_yaml(rules_root() / "triggers.yaml")["triggers"]
    for key in ("triggers", "barred", "adds"):
        for name in data.get(key, ()):
            if not set(name.split("+")) <= set(triggers):
                yield _fault(text, path, key, f"{key}: '{name}' is no trigger of rules/triggers.yaml")
    yield from _example_faults(data, text, path)


def _example_faults(data: Mapping[str, Any], text: str, path: str) -> Iterator[DataError]:
    """A rule shows one case that fires, one near miss, and one in which the fact is not known."""
    shown = {example["expect"] for example in data["examples"]}
    if data["yields"] not in shown:
        yield _fault(text, path, "examples", f"examples: none shows the status {data['yields']} that the rule yields")
    if not shown - {data["yields"]}:
        yield _fault(text, path, "examples", "examples: needs a near miss, with another status than the rule yields")


def _fault(text: str, path: str, key: str, message: str) -> DataError:
    line, column = find_line(text, path=[key]) or (1, 1)
    return DataError(message, Place(path=path, line=line, column=column))
