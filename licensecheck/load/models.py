"""Find what the model catalog knows of a model name, from the built index alone.

Precedence: an exact name; the same name at a provider or in a local registry; a pattern of the publisher; a re-upload
by a known mirror; and last a word in the name that shows what the model was made from, which gives no license.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from licensecheck.errors import DataError
from licensecheck.load.model_entries import Found, derivative_of, entry_of
from licensecheck.load.model_names import ModelName, parse_model_name, without_conversion
from licensecheck.load.paths import licenses_root
from licensecheck.model.record import ModelEntry, Resolution
from licensecheck.place import Place

MODELS = "models.json"
"""The built file of the model catalog."""


def find_model(model_id: str) -> ModelEntry | None:
    """What is known of the model of this name, or None: an unknown name stays unknown."""
    full = parse_model_name(model_id)
    if not full.base:
        return None
    name, provider = _without_provider(full)
    found = _listed(name) or _repeated(name)
    if found is not None:
        return entry_of(found, asked=model_id, provider=provider, channels=_index()["channels"])
    made_from = _made_from(name)
    return derivative_of(name, made_from, asked=model_id) if made_from else None


def _listed(name: ModelName) -> Found | None:
    """The entry that lists the name, or whose pattern fits it."""
    index = _index()
    for key in (name.key, _without_tag(name)):
        if key in index["exact"]:
            spelt, number = index["exact"][key]
            data = index["entries"][number]
            resolved = Resolution.ALIAS if "is" in data else Resolution.EXACT
            model = data.get("is") or spelt
            return Found(data=data, model=model, resolved=resolved, certain=data.get("certain", True))
    for literal, regex, number in index["patterns"]:
        if name.key.startswith(literal) and re.fullmatch(regex, name.key):
            data = index["entries"][number]
            resolved = Resolution.ALIAS if "is" in data else Resolution.PATTERN
            model = data.get("is") or name.text
            return Found(data=data, model=model, resolved=resolved, certain=data.get("certain", False))
    return None


def _repeated(name: ModelName) -> Found | None:
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


@lru_cache(maxsize=1)
def _index() -> dict[str, Any]:
    path = licenses_root() / MODELS
    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as fault:
        message = f"cannot be read ({fault}); run `licensecheck catalog build`"
        raise DataError(message, Place(path=f"licenses/{MODELS}")) from None
    return data | {"exact": {spelt.lower(): (spelt, number) for spelt, number in data["exact"].items()}}
