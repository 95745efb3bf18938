"""Find what the model catalog knows of a model name, from the built index alone.

Precedence: an exact name; the same name at a provider or in a local registry; a pattern of the publisher; a re-upload
by a known mirror; and last a word in the name that shows what the model was made from, which gives no license.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from licensecheck.errors import DataError
from licensecheck.load.model_names import ModelName, parse_model_name, without_conversion
from licensecheck.load.paths import licenses_root
from licensecheck.model.record import Availability, Channel, ModelEntry, Resolution
from licensecheck.place import Place

INDEX = "models.json"


def find_model(model_id: str) -> ModelEntry | None:
    """What is known of the model of this name, or None: an unknown name stays unknown."""
    full = parse_model_name(model_id)
    if not full.base:
        return None
    name, provider = _without_provider(full)
    found = _listed(name) or _repeated(name)
    if found is not None:
        return _entry(found, asked=model_id, provider=provider)
    made_from = _made_from(name)
    return _derivative(name, made_from, asked=model_id) if made_from else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """An entry of the catalog, by what means a name led to it, and what the name adds to it."""

    data: Mapping[str, Any]
    model: str
    resolved: Resolution
    certain: bool
    relation: str | None = None
    note: str | None = None


def _listed(name: ModelName) -> _Found | None:
    """The entry that lists the name, or whose pattern fits it."""
    index = _index()
    for key in (name.key, _without_tag(name)):
        if key in index["exact"]:
            spelt, number = index["exact"][key]
            data = index["entries"][number]
            resolved = Resolution.ALIAS if "is" in data else Resolution.EXACT
            model = data.get("is") or spelt
            return _Found(data=data, model=model, resolved=resolved, certain=data.get("certain", True))
    for literal, regex, number in index["patterns"]:
        if name.key.startswith(literal) and re.fullmatch(regex, name.key):
            data = index["entries"][number]
            resolved = Resolution.ALIAS if "is" in data else Resolution.PATTERN
            model = data.get("is") or name.text
            return _Found(data=data, model=model, resolved=resolved, certain=data.get("certain", False))
    return None


def _repeated(name: ModelName) -> _Found | None:
    """The listed model of which the name is a re-upload or a conversion; certain for known mirrors and publishers."""
    plain = without_conversion(name.base)
    for base in dict.fromkeys((plain, plain.partition("_")[2], plain.partition(".")[2])):
        target = _index()["bases"].get(base)
        found = _listed(parse_model_name(target)) if target else None
        if found is not None:
            trusted = name.owner in (*_index()["mirrors"], target.rpartition("/")[0])
            return replace(
                found,
                resolved=Resolution.MIRROR,
                certain=found.certain and trusted,
                relation="quantized" if plain != name.base else None,
                note=None if trusted else _distrust(name, found.model),
            )
    return None


def _distrust(name: ModelName, model: str) -> str:
    if name.owner is None:
        return f"The name repeats {model}, without its owner: taken for made from it, which is not certain."
    return f"The name repeats {model}; {name.owner} is not a known mirror, so that it counts as made from it."


def _made_from(name: ModelName) -> str | None:
    """The record whose models a word in the name points to."""
    for made_from, words in _index()["families"]:
        if any(word in name.base for word in words):
            record: str | None = made_from
            return record
    return None


def _derivative(name: ModelName, made_from: str, *, asked: str) -> ModelEntry:
    """An entry without a license for a name that only shows what the model was made from."""
    return ModelEntry(
        model=name.text,
        asked=asked,
        resolved=Resolution.DERIVATIVE,
        certain=False,
        made_from=made_from,
        note="The name shows what the model was made from; which base, under which license, is not known.",
    )


def _without_provider(name: ModelName) -> tuple[ModelName, str | None]:
    """The name without the provider or registry that it begins with, and that provider's kind of channel."""
    owner = name.owner or ""
    for prefix, channel in _index()["providers"].items():
        if owner == prefix or owner.startswith(prefix + "/"):
            return parse_model_name(name.text[len(prefix) + 1 :]), channel
    return name, None


def _without_tag(name: ModelName) -> str:
    """The name without a tag that does not choose the model: of a hub id (`…-GGUF:Q4_K_M`, `…:free`), or `latest`."""
    if name.owner:
        return f"{name.owner}/{name.base}"
    return name.base if name.tag == "latest" else name.key


def _entry(found: _Found, *, asked: str, provider: str | None) -> ModelEntry:
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
        channels=() if doubtful else _channels(provider or data.get("channel") or copied, availability),
        since=data.get("since"),
        note=found.note or data.get("note"),
    )


def _channels(provider: str | None, availability: Availability) -> tuple[Channel, ...]:
    """The provider that the name begins with; else the usual ways for a model of this availability."""
    channels = _index()["channels"]
    if provider and availability is not Availability.API_ONLY:
        return (_channel(provider),)
    return tuple(_channel(name) for name, data in channels.items() if availability.value in data["usual_for"])


def _channel(name: str) -> Channel:
    data = _index()["channels"][name]
    return Channel(name=name, binds=tuple(data["binds"]), note=data.get("note"))


@lru_cache(maxsize=1)
def _index() -> dict[str, Any]:
    path = licenses_root() / INDEX
    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as fault:
        message = f"cannot be read ({fault}); run `licensecheck catalog build`"
        raise DataError(message, Place(path=f"licenses/{INDEX}")) from None
    return data | {"exact": {spelt.lower(): (spelt, number) for spelt, number in data["exact"].items()}}
