"""No name is defined under `rules/` that nothing uses: it would look as if it had an effect."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from licensecheck.catalog.built_data import rules_root
from licensecheck.catalog.lint import read_definitions, rule_files

DEFINITIONS = read_definitions()
MENTIONED = ("lexicon set", "word set")
"""Sorts of names that stand in angle brackets where they are used."""
NAMED = ("kind", "category", "trigger", "proviso", "fact", "detail", "list", "metric", "consequence")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """All rule files and modules by their paths."""
    modules = (rules_root().parent / "licensecheck").rglob("*.py")
    return {path.as_posix(): path.read_text(encoding="utf-8") for path in (*rule_files(), *modules)}


def _users(name: str, home: str, texts: dict[str, str]) -> list[str]:
    """The files that hold the name: rules as a word, modules as a literal; the one that defines it is none."""
    word, literal = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])"), f'"{name}"'
    passive = (Path(home).name, "sentences.yaml")
    return [
        path
        for path, text in texts.items()
        if Path(path).name not in passive and (literal in text if path.endswith(".py") else word.search(text))
    ]


@pytest.mark.parametrize("sort", NAMED)
def test_every_name_is_used_beside_its_definition(sort: str, texts: dict[str, str]) -> None:
    names = DEFINITIONS.names[sort]
    assert names
    assert [name for name in sorted(names) if not _users(name, DEFINITIONS.homes[sort], texts)] == []


@pytest.mark.parametrize("sort", MENTIONED)
def test_every_set_of_words_is_used(sort: str, texts: dict[str, str]) -> None:
    names = DEFINITIONS.names[sort]
    assert names
    joined = "\n".join(texts.values())
    assert [name for name in sorted(names) if f"<{name}>" not in joined and f'"{name}"' not in joined] == []
