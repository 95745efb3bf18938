"""Faults in the everyday words of prohibited uses, `rules/uses/`, each with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError, LicenseCheckError
from licensecheck.load.checks import load_word_sets
from licensecheck.load.lint import schema_faults
from licensecheck.load.paths import rules_root
from licensecheck.load.rules import shown_path
from licensecheck.load.yamlfile import find_line, parse_yaml
from licensecheck.place import Place
from licensecheck.text.decode import read_text

_SET = re.compile(r"<([^<>]*)>")


def use_files() -> list[Path]:
    """The files of use words, in a fixed order."""
    return sorted((rules_root() / "uses").glob("*.yaml"))


def lint_uses(path: Path) -> list[LicenseCheckError]:
    """The faults of one file of use words: its schema, its name, and the word sets that its phrases name."""
    name = shown_path(path)
    try:
        text = read_text(path).text
        data = parse_yaml(text, path=name)
    except LicenseCheckError as fault:
        return [fault]
    faults: list[LicenseCheckError] = list(schema_faults(data, text, schema="uses", path=name))
    if faults or "category" not in data:
        return faults
    if data["category"] != path.stem:
        faults.append(_fault(text, name, ["category"], f"category: '{data['category']}' is not the file's name"))
    faults.extend(_unknown_sets(data, text, name))
    return faults


def _unknown_sets(data: Mapping[str, Any], text: str, path: str) -> Iterator[DataError]:
    known = load_word_sets()
    for topic, lists in data["topics"].items():
        for sort, phrases in lists.items():
            for index, phrase in enumerate(phrases if isinstance(phrases, list) else ()):
                for word in _SET.findall(phrase):
                    if word not in known:
                        keys: list[str | int] = ["topics", topic, sort, index]
                        yield _fault(text, path, keys, f"{phrase}: no word set '{word}' in rules/uses/_sets.yaml")


def _fault(text: str, path: str, keys: list[str | int], message: str) -> DataError:
    line, column = find_line(text, path=keys) or (1, 1)
    return DataError(message, Place(path=path, line=line, column=column))
