"""Faults in the everyday words of prohibited uses, `rules/uses/`, each with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from licensecheck.errors import DataError, LicenseCheckError
from licensecheck.load.checks import load_word_sets
from licensecheck.load.faults import DataFile, lint_file
from licensecheck.load.paths import rules_root
from licensecheck.load.rules import shown_path

_SET = re.compile(r"<([^<>]*)>")


def use_files() -> list[Path]:
    """The files of use words, in a fixed order."""
    return sorted((rules_root() / "uses").glob("*.yaml"))


def lint_uses(path: Path) -> list[LicenseCheckError]:
    """The faults of one file of use words: its schema, its name, and the word sets that its phrases name."""
    return lint_file(path, name=shown_path(path), schema="uses", further=lambda file: _faults(file, path.stem))


def _faults(file: DataFile, stem: str) -> Iterator[DataError]:
    category = file.data.get("category")
    if category is None:
        return
    if category != stem:
        yield file.fault(["category"], f"category: '{category}' is not the file's name")
    known = load_word_sets()
    for topic, lists in file.data["topics"].items():
        for sort, phrases in lists.items():
            for index, phrase in enumerate(phrases if isinstance(phrases, list) else ()):
                for word in _SET.findall(phrase):
                    if word not in known:
                        message = f"{phrase}: no word set '{word}' in rules/uses/_sets.yaml"
                        yield file.fault(["topics", topic, sort, index], message)
