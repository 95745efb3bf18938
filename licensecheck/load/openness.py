"""The criteria by which openness is judged, from `rules/openness/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from licensecheck.load.built import load_data


@dataclass(frozen=True, slots=True, kw_only=True)
class OsdCriterion:
    """A criterion of the Open Source Definition and the terms that fail it."""

    id: str
    title: str
    kinds: frozenset[str]
    thresholds: frozenset[str]
    """The consequences of a size limit that fail it."""
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of a release that a definition asks for, and what shows it."""

    id: str
    title: str
    axis: str
    topics: tuple[str, ...] = ()
    mof_class: str | None = None


@lru_cache(maxsize=1)
def load_osd() -> tuple[OsdCriterion, ...]:
    """The criteria of the Open Source Definition that a term can fail."""
    data = load_data("openness/osd.yaml")
    return tuple(
        OsdCriterion(
            id=entry["id"],
            title=entry["title"],
            kinds=frozenset(entry["kinds"]),
            thresholds=frozenset(entry.get("thresholds", ())),
            says=entry["says"],
        )
        for entry in data["criteria"]
    )


@lru_cache(maxsize=2)
def load_components(name: str) -> tuple[Component, ...]:
    """The components of one definition: `osaid` or `mof`."""
    data = load_data("openness/components.yaml")
    return tuple(
        Component(
            id=entry["id"],
            title=entry["title"],
            axis=entry["axis"],
            topics=tuple(entry.get("topics", ())),
            mof_class=entry.get("class"),
        )
        for entry in data[name]
    )
