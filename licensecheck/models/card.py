"""A model card's fields, as the contract names them and as they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.subject import Card
from licensecheck.lazy import re
from licensecheck.models.front_matter import FrontMatter, Plain

# How a model descends from its base: as its card says, else as name, tags and library make certain.


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
    if "merge_method" in body and _recipe().search(body):
        return "merge"
    return "finetune" if len(base_models) == 1 else None


def texts(value: Plain) -> tuple[str, ...]:
    """The strings of a value that may be one string or a list of them."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, list):
        return tuple(item for item in value if isinstance(item, str) and item.strip())
    return ()


@per_catalog
def _recipe() -> re.Pattern[str]:
    """A line of the recipe by which a model was merged."""
    return re.compile(load_vocabulary("relations")["merge_recipe"], re.M)


@per_catalog
def _signs() -> dict[str, dict[str, frozenset[str]]]:
    data = load_vocabulary("relations")["relations"]
    kinds = ("marks", "words", "keys")
    return {name: {kind: frozenset(signs.get(kind, ())) for kind in kinds} for name, signs in data.items()}


# A model card's fields, as the contract names them and as they are written.


_HEADING = re.compile(
    r"^[ \t]{0,3}#{1,6}[ \t]+(?P<title>[^ \t\r\n](?:[^\r\n]*[^ \t#\r\n])?)[ \t#]*\r?$"
    r"|<h[1-3][^>]*>(?P<html>.*?)</h[1-3]>",
    re.M | re.S,
)
_FENCE = re.compile(r"^[ \t]{0,3}(```|~~~).*?(?:^[ \t]{0,3}\1|\Z)", re.M | re.S)
_MARKUP = re.compile(r"<[^>]+>|!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}")


def read_card(front: FrontMatter, *, path: str, name: str | None) -> Card:
    """The card's fields; what is wrong with it is found by `licensecheck.models.issues`."""
    values = front.values
    base_models = texts(values.get("base_model"))
    title = find_title(front.body)
    return Card(
        path=path,
        licenses=_licenses(values.get("license")),
        license_name=_text(values.get("license_name")),
        license_link=_text(values.get("license_link")),
        base_models=base_models,
        relation=find_relation(values, name=name or title, base_models=base_models, body=front.body),
        datasets=texts(values.get("datasets")),
        title=title,
        gate_text=_gate_text(values),
        gate_fields=_gate_fields(values.get("extra_gated_fields")),
        gated=True if any(key.startswith("extra_gated") for key in values) else None,
        modalities=_modalities(values.get("pipeline_tag")),
        tags=texts(values.get("tags")),
    )


def find_title(body: str) -> str | None:
    """The text of the first heading outside of code."""
    head = body[:20_000]
    fences = _FENCE.finditer(head) if "```" in head or "~~~" in head else iter(())
    fence = next(fences, None)
    for found in _HEADING.finditer(head):
        while fence is not None and fence.end() <= found.start():
            fence = next(fences, None)
        if fence is not None and fence.start() <= found.start():
            continue
        title = " ".join(_MARKUP.sub(r"\1", found["title"] or found["html"]).split())
        if title:
            return title[:200]
    return None


def _licenses(value: Plain) -> tuple[str, ...]:
    """The values of `license`; of a mapping (code: mit, weights: other) each of them once."""
    if isinstance(value, dict):
        named = value.get("name") or value.get("id") or value.get("spdx_id")
        chosen = texts(named) if named else tuple(text for one in value.values() for text in texts(one))
        return tuple(dict.fromkeys(chosen))
    return texts(value)


def _text(value: Plain) -> str | None:
    found = texts(value)
    return ", ".join(found) if found else None


def _gate_text(values: Mapping[str, Plain]) -> str | None:
    parts = [values.get(f"extra_gated_{part}") for part in ("heading", "prompt", "description")]
    found = [part for part in parts if isinstance(part, str) and part.strip()]
    return "\n\n".join(found) or None


def _gate_fields(value: Plain) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    fields: dict[str, str] = {}
    for name, kind in value.items():
        declared = kind.get("type") if isinstance(kind, dict) else kind
        fields[name] = declared if isinstance(declared, str) else "text"
    return fields


def _modalities(value: Plain) -> tuple[str, ...] | None:
    return _pipelines().get(value.strip().lower()) if isinstance(value, str) else None


@per_catalog
def _pipelines() -> dict[str, tuple[str, ...]]:
    data = load_vocabulary("pipelines")["modalities"]
    return {task: tuple(sorted(kinds.split())) for kinds, tasks in data.items() for task in tasks}
