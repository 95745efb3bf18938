"""How each kind of term is said to a person, from `rules/sentences.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.frozen import dataclass, field

OF_CHECK = "limit"
"""The group of findings that are of the check itself, not of a license."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A text with attributes in braces, the attribute values that it is for, and the proviso that the term has then."""

    text: str
    when: Mapping[str, Any] = field(default_factory=dict)
    proviso: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPhrasing:
    """The words for one kind of term; patterns in the order in which they are tried.

    `todo` says what is to be done, with what the text prescribes, in place of the general remedy of a check rule.
    """

    label: str
    group: str
    says: tuple[Pattern, ...]
    also: tuple[Pattern, ...] = ()
    cells: tuple[Pattern, ...] = ()
    todo: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """The whole file: kinds in the order of reports, titles of groups, everyday words for ids."""

    kinds: Mapping[str, KindPhrasing]
    group_titles: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]


@per_catalog
def load_phrasing() -> Phrasing:
    """The sentences, labels and cells that ship with the project."""
    data = load_data("sentences.yaml")
    groups, terms = data["groups"], load_data("terms.yaml")["terms"]
    cells = {group: entry["cell"] for group, entry in groups.items()}
    unsaid = {kind: _by_vocabulary(kind, entry) for kind, entry in terms.items() if kind not in data["kinds"]}
    return Phrasing(
        kinds={
            kind: _saying(entry, group=terms[kind]["group"] if kind in terms else OF_CHECK, cells=cells)
            for kind, entry in {**data["kinds"], **unsaid}.items()
        },
        group_titles={group: entry["title"] for group, entry in groups.items()},
        words=data["words"],
    )


def _by_vocabulary(kind: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The words for a kind that has no sentence yet, as one of house rules may: what the vocabulary says of it."""
    return {"label": kind.replace("-", " ").capitalize(), "says": [entry["says"]]}


def _saying(entry: dict[str, Any], *, group: str, cells: Mapping[str, str]) -> KindPhrasing:
    return KindPhrasing(
        label=entry["label"],
        group=group,
        says=_patterns(entry["says"]),
        also=_patterns(entry.get("also", [])),
        todo=_patterns(entry.get("todo", [])),
        cells=(*_patterns(entry.get("cell", [])), Pattern(text=cells[group])),
    )


def _patterns(entries: Any) -> tuple[Pattern, ...]:
    listed = entries if isinstance(entries, list) else [entries]
    return tuple(Pattern(text=entry) if isinstance(entry, str) else Pattern(**entry) for entry in listed)


# The name of a place for a person, from its code.


def place_name(code: str) -> str:
    """The name that `rules/places.yaml` gives first for an ISO 3166 code, EU or EEA; another word as it is."""
    return _names().get(code.upper(), code)


def place_code(name: str) -> str:
    """The code of a country or region named by code or by any name of `rules/places.yaml`; another word as it is."""
    word = " ".join(name.split())
    return _codes().get(word.casefold(), word)


def country_codes() -> tuple[str, ...]:
    """The ISO 3166-1 codes of `rules/places.yaml`."""
    return tuple(load_data("places.yaml")["countries"])


@per_catalog
def _codes() -> dict[str, str]:
    tables = load_data("places.yaml")
    found: dict[str, str] = {}
    for group in ("countries", "regions"):
        for code, names in tables[group].items():
            found.update({name.casefold(): code for name in reversed(names)})
    return found


@per_catalog
def _names() -> dict[str, str]:
    tables = load_data("places.yaml")
    groups = ("countries", "subdivisions", "regions")
    return {code: names[0] for group in groups for code, names in tables[group].items() if names}


# The criteria by which openness is judged, from `rules/openness/`.


@dataclass(frozen=True, slots=True, kw_only=True)
class OsdCriterion:
    """A criterion of the Open Source Definition and the terms that fail it."""

    id: str
    title: str
    kinds: frozenset[str]
    thresholds: frozenset[str]
    """The consequences of a size limit that fail it."""
    when: Mapping[str, tuple[str, frozenset[str]]]
    """By kind of term, the attribute and its values for which alone it fails the criterion."""
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of a release that a definition asks for, and what shows it."""

    id: str
    title: str
    axis: str
    parts: tuple[str, ...] = ()
    """The parts of `rules/openness/parts.yaml` that it needs, each of them."""
    instead: str | None = None
    """A part that stands in for all of them."""
    mof_class: str | None = None


@per_catalog
def load_osd() -> tuple[OsdCriterion, ...]:
    """The criteria of the Open Source Definition that a term can fail."""
    data = load_data("openness/osd.yaml")
    return tuple(
        OsdCriterion(
            id=entry["id"],
            title=entry["title"],
            kinds=frozenset(entry["kinds"]),
            thresholds=frozenset(entry.get("thresholds", ())),
            when={one["kind"]: (one["attribute"], frozenset(one["values"])) for one in entry.get("when", ())},
            says=entry["says"],
        )
        for entry in data["criteria"]
    )


@per_catalog
def load_components(name: str) -> tuple[Component, ...]:
    """The components of one definition: `osaid` or `mof`."""
    data = load_data("openness/components.yaml")
    return tuple(
        Component(
            id=entry["id"],
            title=entry["title"],
            axis=entry["axis"],
            parts=tuple(entry.get("parts", ())),
            instead=entry.get("or"),
            mof_class=entry.get("class"),
        )
        for entry in data[name]
    )


@per_catalog
def load_part_scopes() -> Mapping[str, str]:
    """For each part of a release what kind of license covers it: code, data, document or weights."""
    return {name: entry["scope"] for name, entry in load_data("openness/parts.yaml")["parts"].items()}


def kind_label(kind: str) -> str:
    """What reports call a kind of term; its id in words where no label is known."""
    saying = load_phrasing().kinds.get(kind)
    return saying.label if saying is not None else kind.replace("-", " ")


def category_words(category: str) -> str:
    """A category of prohibited use in everyday words."""
    return load_phrasing().words.get("category", {}).get(category, category.replace("-", " "))
