"""Find what the model catalog knows of a model name, from the built index alone.

Precedence: an exact name; the same name at a provider or in a local registry; a pattern of the publisher; a re-upload
by a known mirror; and last a word in the name that shows what the model was made from, which gives no license.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
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
    name = parse_model_name(model_id)
    if not name.base:
        return None
    name, provider = _without_provider(name)
    listed = _listed(name) or _converted(name)
    if listed is None:
        return _derivative(name, asked=model_id)
    return _entry(listed, asked=model_id, provider=provider)


class _Listed:
    """An entry of the catalog and by what means a name led to it."""

    __slots__ = ("certain", "data", "model", "relation", "resolved")

    def __init__(self, number: int, model: str, resolved: Resolution, *, certain: bool) -> None:
        self.data: dict[str, Any] = _index()["entries"][number]
        self.model = model
        self.resolved = resolved
        self.certain = certain
        self.relation: str | None = None


def _listed(name: ModelName) -> _Listed | None:
    """The entry that lists the name, or whose pattern fits it."""
    index = _index()
    for key in (name.key, _joined(name)):
        number = index["exact"].get(key)
        if number is not None:
            data = index["entries"][number]
            model = data.get("is") or _spelling(data, key)
            alias = "is" in data or (name.owner is None and "/" in model)
            resolved = Resolution.ALIAS if alias else Resolution.EXACT
            return _Listed(number, model, resolved, certain=data.get("certain", True))
    for literal, regex, number in index["patterns"]:
        if name.key.startswith(literal) and re.fullmatch(regex, name.key):
            data = index["entries"][number]
            return _Listed(number, data.get("is") or name.key, Resolution.PATTERN, certain=data.get("certain", False))
    return None


def _converted(name: ModelName) -> _Listed | None:
    """The listed model of which the name is a re-upload or a conversion; certain for known mirrors only."""
    plain = without_conversion(name.base)
    mirror = name.owner in _index()["mirrors"]
    for base in dict.fromkeys((plain, plain.partition("_")[2], plain.partition(".")[2])):
        target = _index()["bases"].get(base)
        if target is None and name.owner and not mirror:
            target = f"{name.owner}/{base}" if base != name.base else None
        found = _listed(parse_model_name(target)) if target else None
        if found is not None:
            own = found.model.lower().rpartition("/")[0] == name.owner
            found.resolved = Resolution.MIRROR
            found.certain = found.certain and (mirror or own)
            found.relation = "quantized" if plain != name.base else None
            return found
    return None


def _derivative(name: ModelName, *, asked: str) -> ModelEntry | None:
    """An entry without a license for a name that only shows what the model was made from."""
    for regex, made_from in _index()["families"]:
        if re.fullmatch(regex, name.base):
            if made_from is None:
                return None
            return ModelEntry(
                model=name.key,
                asked=asked,
                resolved=Resolution.DERIVATIVE,
                certain=False,
                made_from=made_from,
                note="The name shows what the model was made from; which base, under which license, is not known.",
            )
    return None


def _without_provider(name: ModelName) -> tuple[ModelName, str | None]:
    """The name without the provider or registry that it begins with, and that provider."""
    owner = name.owner or ""
    for prefix, channel in _index()["providers"].items():
        if owner == prefix or owner.startswith(prefix + "/"):
            rest = owner[len(prefix) + 1 :] or None
            return ModelName(owner=rest, base=name.base, tag=name.tag), channel
    return name, None


def _joined(name: ModelName) -> str:
    """The name without its tag: a hub id may carry one that names a file (`hf.co/…-GGUF:Q4_K_M`, `…:free`)."""
    return f"{name.owner}/{name.base}" if name.owner else name.base if name.tag in (None, "latest") else name.key


def _spelling(data: Mapping[str, Any], key: str) -> str:
    for spelt in data["names"]:
        if spelt.lower() == key:
            text: str = spelt
            return text
    return key


def _entry(listed: _Listed, *, asked: str, provider: str | None) -> ModelEntry:
    data = listed.data
    availability = Availability(data.get("availability", "gated" if data.get("gated") else "public"))
    bases = tuple(data.get("base", ()))
    repeated = listed.resolved is Resolution.MIRROR
    trusted = listed.certain or not repeated
    return ModelEntry(
        model=listed.model,
        asked=asked,
        resolved=listed.resolved,
        certain=listed.certain,
        licenses=tuple(data["licenses"]) if trusted else (),
        license_is_family=bool(data.get("family")),
        bases=(listed.model,) if repeated else bases,
        relation=listed.relation if repeated else data.get("relation"),
        modalities=tuple(data["modalities"]) if "modalities" in data else None,
        availability=availability if trusted else None,
        channels=_channels(provider, availability),
        since=data.get("since"),
        note=data.get("note") if trusted else f"The name repeats {listed.model}; the uploader is not a known mirror.",
    )


def _channels(provider: str | None, availability: Availability) -> tuple[Channel, ...]:
    """The provider that the name begins with; else the usual ways for a model of this availability."""
    channels = _index()["channels"]
    if provider:
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
    return data
