"""Reading the values of a profile that are words of a closed list: of the project's vocabulary, or of a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from licensecheck.load.built import load_data, source_names
from licensecheck.load.guesses import hint
from licensecheck.load.profile_values import Path, Problem, Reader, tell_wrong

GAP_KINDS = (
    *("policy", "unknown-license", "unread-license", "unread-clause", "unread-language", "unknown-base"),
    *("proprietary-terms", "extra-restriction", "prose-conflict", "several-licenses"),
)
"""Kinds of findings about which no check rule is; a person can clear them too, house rules excepted."""


def one_of(allowed: tuple[str, ...]) -> Reader:
    """One of a few words."""
    return word_of(lambda: allowed, f"one of {', '.join(allowed)}")


def word_of(vocabulary: Callable[[], tuple[str, ...]], what: str) -> Reader:
    """A word of a vocabulary that is read only where a profile uses it; a slip must not make a rule silent."""

    def read(value: Any, where: Path, problems: list[Problem]) -> str | None:
        known = vocabulary()
        if isinstance(value, str) and value in known:
            return value
        tell_wrong(value, f"{what}{hint(value, known)}", where, problems)
        return None

    return read


def term_kinds() -> tuple[str, ...]:
    return tuple(load_data("terms.yaml")["terms"])


def judged_kinds() -> tuple[str, ...]:
    """The kinds of terms, and the facts of a text that are judged like these, about which there are check rules."""
    rules = (load_data(name) for name in source_names() if name.startswith("check/"))
    return tuple(dict.fromkeys(kind for rule in rules for kind in rule["terms"]))


def approvable_kinds() -> tuple[str, ...]:
    return (*judged_kinds(), *GAP_KINDS)


def use_categories() -> tuple[str, ...]:
    return tuple(load_data("terms.yaml")["prohibited_use_categories"])
