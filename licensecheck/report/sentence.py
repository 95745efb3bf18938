"""One plain sentence, a label and a table cell for a term, from its kind and attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from licensecheck.load.built import load_data
from licensecheck.load.places import place_name
from licensecheck.load.sayings import OF_CHECK, Pattern, load_sayings
from licensecheck.model.term import Value

_FIELD = re.compile(r"\{(\w+)(?:\|(\w+))?\}")


class Stated(Protocol):
    """A term or a finding: whatever has a kind and attributes."""

    @property
    def kind(self) -> str:
        """The kind, as in `rules/terms.yaml`."""

    @property
    def attributes(self) -> Mapping[str, Value]:
        """The attributes of that kind."""


def describe(term: Stated) -> str:
    """What the term says, in one sentence; a kind that has no sentence is named."""
    saying = load_sayings().kinds.get(term.kind)
    if saying is None:
        return f"{label_of(term)}."
    sentence = (_first(saying.says, term) or f"{saying.label}.").replace(".”.", ".”")
    riders = [text for pattern in saying.also if (text := _fill(pattern, term))]
    return f"{sentence.removesuffix('.')} ({'; '.join(riders)})." if riders else sentence


def label_of(term: Stated) -> str:
    """The term's name for headings and rows: its label, and the category of a prohibited use."""
    saying = load_sayings().kinds.get(term.kind)
    label = saying.label if saying else term.kind.replace("-", " ").capitalize()
    category = term.attributes.get("category")
    return f"{label} ({word_for('category', category)})" if isinstance(category, str) else label


def cell_of(term: Stated) -> str:
    """The term in a few words, for a table."""
    saying = load_sayings().kinds.get(term.kind)
    return (_first(saying.cells, term) if saying else None) or "stated"


def is_term(kind: str) -> bool:
    """True for what a license states, false for a finding of the check itself."""
    return kind in load_data("terms.yaml")["terms"]


def group_of(kind: str) -> str:
    """The group of a kind: grant, condition, limit, power or legal."""
    saying = load_sayings().kinds.get(kind)
    return saying.group if saying else OF_CHECK


def rank_of(kind: str) -> int:
    """Where reports list the kind; unknown kinds come last."""
    kinds = list(load_sayings().kinds)
    return kinds.index(kind) if kind in kinds else len(kinds)


def words_for(kind: str, attribute: str, value: Value) -> str:
    """An attribute's value as the sentences of its kind write it."""
    saying = load_sayings().kinds.get(kind)
    for pattern in (*saying.says, *saying.also) if saying else ():
        for found in _FIELD.finditer(pattern.text):
            if found.group(1) == attribute:
                return _show(attribute, value, found.group(2))
    return _show(attribute, value, None)


def word_for(attribute: str, value: str) -> str:
    """The everyday words for an attribute's value."""
    return load_sayings().words.get(attribute, {}).get(value, value)


def _first(patterns: tuple[Pattern, ...], term: Stated) -> str | None:
    return next((text for pattern in patterns if (text := _fill(pattern, term))), None)


def _fill(pattern: Pattern, term: Stated) -> str | None:
    """The pattern with its fields filled; None where it is not for this term or a field is not stated."""
    if any(term.attributes.get(name) != value for name, value in pattern.when.items()):
        return None
    names = [found.group(1) for found in _FIELD.finditer(pattern.text)]
    if any(term.attributes.get(name) in (None, ()) for name in names):
        return None

    def shown(found: re.Match[str]) -> str:
        name, style = found.groups()
        return _show(name, term.attributes[name], style)

    return _FIELD.sub(shown, pattern.text)


def _show(name: str, value: Value, style: str | None) -> str:
    if isinstance(value, tuple):
        return _join([_show(name, item, style) for item in value], last="or" if style == "quoted" else "and")
    if isinstance(value, str):
        return _word(name, value, style)
    if isinstance(value, (int, float)):
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    return str(value)


def _word(name: str, value: str, style: str | None) -> str:
    if style == "quoted":
        return f"“{value}”"
    return place_name(value) if style == "place" else word_for(name, value)


def _join(items: list[str], *, last: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
