"""From an entry of the model catalog to what is known of the model that somebody named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from licensecheck.load.model_names import ModelName
from licensecheck.model.record import Availability, Channel, ModelEntry, Resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry of the catalog, by what means a name led to it, and what the name adds to it.

    `note` says why the name is not trusted; where it is filled the license of the entry is not taken over.
    """

    data: Mapping[str, Any]
    model: str
    resolved: Resolution
    certain: bool
    relation: str | None = None
    note: str | None = None


def entry_of(
    found: Found, *, asked: str, provider: str | None, channels: Mapping[str, Mapping[str, Any]]
) -> ModelEntry:
    """What is known of a model that was found; `channels` says of each way to get a model what binds."""
    data = found.data
    repeated = found.resolved is Resolution.MIRROR
    gated = data.get("gated") and not repeated
    availability = Availability(data.get("availability", "gated" if gated else "public"))
    copied = "re-upload" if repeated else None
    doubtful = found.note is not None
    return ModelEntry(
        model=found.model,
        asked=asked,
        resolved=found.resolved,
        certain=found.certain,
        licenses=() if doubtful else tuple(data["licenses"]),
        license_is_family=not doubtful and bool(data.get("family")),
        bases=(found.model,) if repeated else tuple(data.get("base", ())),
        relation=found.relation if repeated else data.get("relation"),
        modalities=tuple(data["modalities"]) if "modalities" in data else None,
        availability=None if doubtful else availability,
        channels=() if doubtful else _ways(provider or data.get("channel") or copied, availability, channels),
        since=data.get("since"),
        note=found.note or data.get("note"),
    )


def _ways(
    name: str | None, availability: Availability, channels: Mapping[str, Mapping[str, Any]]
) -> tuple[Channel, ...]:
    """The channel that is known by its name; else the usual ones for a model of this availability."""
    if name and availability is not Availability.API_ONLY:
        return (_way(name, channels[name]),)
    return tuple(_way(usual, data) for usual, data in channels.items() if availability.value in data["usual_for"])


def _way(name: str, data: Mapping[str, Any]) -> Channel:
    return Channel(name=name, binds=tuple(data["binds"]), note=data.get("note"))


def derivative_of(name: ModelName, made_from: str, *, asked: str) -> ModelEntry:
    """An entry without a license for a name that only shows what the model was made from."""
    return ModelEntry(
        model=name.text,
        asked=asked,
        resolved=Resolution.DERIVATIVE,
        certain=False,
        made_from=made_from,
        note="The name shows what the model was made from; which base, under which license, is not known.",
    )
