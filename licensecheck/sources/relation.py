"""How a model descends from its base: as its card says, else as name, tags and library make certain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.sources.block import Plain

RELATIONS = ("adapter", "finetune", "merge", "quantized")


def find_relation(
    values: Mapping[str, Plain], *, name: str | None, base_models: Sequence[str], body: str = ""
) -> str | None:
    """adapter, finetune, merge or quantized; None where the card leaves it open."""
    written = values.get("base_model_relation")
    if isinstance(written, str) and written.strip().lower() in RELATIONS:
        return written.strip().lower()
    marks = {mark.lower() for mark in texts(values.get("tags"))}
    marks |= {mark.lower() for key in ("library_name", "library") for mark in texts(values.get(key))}
    words = set(re.split(r"[-_. /]+", (name or "").lower())) | set((name or "").lower().split("-"))
    for relation, signs in _signs().items():
        if marks & signs["marks"] or words & signs["words"] or signs["keys"] & values.keys():
            return relation
    if _recipe().search(body):
        return "merge"
    return "finetune" if len(base_models) == 1 else None


def texts(value: Plain) -> tuple[str, ...]:
    """The strings of a value that may be one string or a list of them."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, list):
        return tuple(item for item in value if isinstance(item, str) and item.strip())
    return ()


@lru_cache(maxsize=1)
def _recipe() -> re.Pattern[str]:
    """A line of the recipe by which a model was merged."""
    return re.compile(load_vocabulary("relations")["merge_recipe"], re.M)


@lru_cache(maxsize=1)
def _signs() -> dict[str, dict[str, frozenset[str]]]:
    data = load_vocabulary("relations")["relations"]
    kinds = ("marks", "words", "keys")
    return {name: {kind: frozenset(signs.get(kind, ())) for kind in kinds} for name, signs in data.items()}
