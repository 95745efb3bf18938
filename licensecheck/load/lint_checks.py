"""Faults in check rule files, all of them, each with file, line and column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from licensecheck.errors import DataError, LicenseCheckError
from licensecheck.load.faults import DataFile, lint_file
from licensecheck.load.paths import rules_root
from licensecheck.load.rules import shown_path
from licensecheck.load.yamlfile import load_yaml


def lint_check(path: Path) -> list[LicenseCheckError]:
    """The faults of one check rule file: of its form, of names that nothing defines, of examples that are missing."""
    return lint_file(path, name=shown_path(path), schema="check", further=lambda file: _name_faults(file, path.stem))


def _name_faults(file: DataFile, stem: str) -> Iterator[DataError]:
    data = file.data
    if data["id"] != stem:
        yield file.fault(["id"], f"id: '{data['id']}' is not the file's name '{stem}'")
    known = load_yaml(rules_root() / "terms.yaml")["terms"]
    for kind in data["terms"]:
        if kind not in known:
            yield file.fault(["terms"], f"terms: '{kind}' is no kind of rules/terms.yaml")
    triggers = load_yaml(rules_root() / "triggers.yaml")["triggers"]
    for key in ("triggers", "barred", "adds"):
        for name in data.get(key, ()):
            if not set(name.split("+")) <= set(triggers):
                yield file.fault([key], f"{key}: '{name}' is no trigger of rules/triggers.yaml")
    yield from _example_faults(file)


def _example_faults(file: DataFile) -> Iterator[DataError]:
    """A rule shows one case that fires, one near miss, and one in which the fact is not known."""
    status = file.data["yields"]
    shown = {example["expect"] for example in file.data["examples"]}
    if status not in shown:
        yield file.fault(["examples"], f"examples: none shows the status {status} that the rule yields")
    if not shown - {status}:
        yield file.fault(["examples"], "examples: needs a near miss, with another status than the rule yields")
