"""The schemas of lists, recognised by their columns, and how a row of each becomes a model that is described."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from licensecheck.errors import UsageError
from licensecheck.frozen import dataclass, field
from licensecheck.models.described import Described

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model of a list: what is described of it, and what a selection or a summary may ask for.

    `said` is what the row itself says of the metadata, where that is short: rows of which it is equal are alike.
    """

    described: Described
    downloads: int | None = None
    tags: tuple[str, ...] = ()
    said: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A form of lists. It is taken where a file has all columns of `needs`, the first that fits."""

    id: str
    title: str
    needs: frozenset[str]
    reads: tuple[str, ...]
    """The columns that are read, those that may be missing among them."""
    model: Callable[[Raw], Model] = field(compare=False)


def _own(row: Raw) -> Model:
    files = _mapping(row.get("files"))
    described = Described(
        id=_id(row["id"]),
        card=_text(row.get("card")),
        metadata=_mapping(row.get("metadata")),
        files={str(name): str(text) for name, text in files.items() if text is not None},
        gated=_gated(row.get("gated")),
    )
    return Model(described=described, downloads=_number(row.get("downloads")), tags=_texts(row.get("tags")))


def _hub_statistics(row: Raw) -> Model:
    """A row of a dump of hub statistics: metadata as a JSON string, no prose."""
    metadata = dict(_mapping(row.get("cardData")))
    tags = _texts(row.get("tags"))
    bases = _mapping(row.get("baseModels"))
    if "base_model" not in metadata and bases.get("models"):
        metadata["base_model"] = [str(_mapping(model).get("id") or model) for model in bases["models"]]
        if bases.get("relation"):
            metadata["base_model_relation"] = str(bases["relation"])
    described = Described(id=_id(row["id"]), metadata=_with_tags(metadata, tags), gated=_gated(row.get("gated")))
    data = row.get("cardData")
    said = None
    if isinstance(data, str) and len(data) < _SHORT and not bases:
        said = (data, *(tag for tag in tags if tag.startswith(_TELLING)))
    return Model(described=described, downloads=_number(row.get("downloads")), tags=tags, said=said)


_SHORT = 4_000
"""Of so many characters and more no metadata are remembered."""
_TELLING = ("license:", "base_model:")
"""How the tags begin that are read."""


def _card_dump(row: Raw) -> Model:
    """A row of a dump of cards: the card as it is, and the tags that the hub gave."""
    tags = _texts(row.get("tags"))
    card = _text(row.get("card"))
    metadata = {} if card else _with_tags({}, tags)
    described = Described(id=_id(row["modelId"]), card=card, metadata=metadata, gated=_gated(row.get("gated")))
    return Model(described=described, downloads=_number(row.get("downloads")), tags=tags)


def _component(row: Raw) -> Model:
    """A component of a CycloneDX file."""
    owner = row.get("group")
    licenses = [_mapping(entry.get("license")) for entry in map(_mapping, row.get("licenses") or ())]
    names = [str(license.get("id") or license.get("name")) for license in licenses if license]
    names += [str(entry["expression"]) for entry in map(_mapping, row.get("licenses") or ()) if entry.get("expression")]
    pedigree = _mapping(row.get("pedigree"))
    bases = [_full_name(_mapping(ancestor)) for ancestor in pedigree.get("ancestors") or ()]
    metadata: dict[str, Any] = {"license": names} if names else {}
    if bases:
        metadata["base_model"] = bases
    return Model(described=Described(id=_full_name({"group": owner, "name": row["name"]}), metadata=metadata))


SCHEMAS = (
    Schema(
        id="hub-statistics",
        title="dump of hub statistics: one row a model, its metadata as JSON",
        needs=frozenset({"id", "cardData"}),
        reads=("id", "cardData", "baseModels", "tags", "downloads", "gated"),
        model=_hub_statistics,
    ),
    Schema(
        id="card-dump",
        title="dump of model cards: one row a card",
        needs=frozenset({"modelId", "card"}),
        reads=("modelId", "card", "tags", "downloads", "gated"),
        model=_card_dump,
    ),
    Schema(
        id="licensecheck",
        title="licensecheck's own: id, and any of card, files (texts by path), metadata, gated, downloads, tags",
        needs=frozenset({"id"}),
        reads=("id", "card", "files", "metadata", "gated", "downloads", "tags"),
        model=_own,
    ),
    Schema(
        id="cyclonedx",
        title="CycloneDX file (JSON): its components of the type machine-learning-model",
        needs=frozenset({"bomFormat", "components"}),
        reads=("group", "name", "licenses", "pedigree"),
        model=_component,
    ),
)
"""All schemas, the more particular before the more general."""


def schema_of(columns: Collection[str], *, path: str) -> Schema:
    """The schema that fits these columns; UsageError that says which are known."""
    for schema in SCHEMAS:
        if schema.needs <= set(columns):
            return schema
    found = ", ".join(sorted(columns)[:12]) or "none"
    raise UsageError(f"{path}: no known schema has its columns ({found}); `licensecheck bulk --schema` shows them")


def describe_schemas() -> str:
    """The schemas for a reader, a line each and their columns below."""
    lines: list[str] = []
    for schema in SCHEMAS:
        columns = (f"{name} (needed)" if name in schema.needs else name for name in schema.reads)
        lines += [f"{schema.id}: {schema.title}", f"    {', '.join(columns)}"]
    return "\n".join(lines) + "\n"


def _with_tags(metadata: dict[str, Any], tags: Collection[str]) -> dict[str, Any]:
    """The metadata with the license and the base models that the hub's own tags name where it names none."""
    if "license" not in metadata:
        licenses = [tag.removeprefix("license:") for tag in tags if tag.startswith("license:")]
        metadata |= {"license": licenses} if licenses else {}
    if "base_model" not in metadata:
        bases = list(dict.fromkeys(_base_of_tag(tag) for tag in tags if tag.startswith("base_model:")))
        metadata |= {"base_model": bases} if bases else {}
    return metadata


def _base_of_tag(tag: str) -> str:
    """The model of a tag such as base_model:quantized:owner/name."""
    return tag.rpartition(":")[2]


def _full_name(component: Raw) -> str:
    group, name = component.get("group"), str(component.get("name") or "")
    return f"{group}/{name}" if group else name


def _id(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("the id is not text")
    return value.strip()


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("the card is not text")
    return value if value.strip() else None


def _mapping(value: Any) -> Mapping[str, Any]:
    """A mapping, or what a JSON string holds; Parquet gives maps as pairs."""
    if isinstance(value, str):
        return _parsed(value) if len(value) < _SHORT else _mapping(json.loads(value))
    if isinstance(value, list) and all(isinstance(pair, tuple) and len(pair) == 2 for pair in value):
        value = dict(value)
    return {key: each for key, each in value.items() if each is not None} if isinstance(value, Mapping) else {}


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Mapping[str, Any]:
    """The mapping that JSON holds; rows repeat each other."""
    return _mapping(json.loads(text)) if text.strip() else {}


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str) and value.startswith("["):
        value = json.loads(value)
    return tuple(str(each) for each in value) if isinstance(value, (list, tuple)) else ()


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, (int, float)) and value == value else None


def _gated(value: Any) -> bool | None:
    """Whether the weights are gated; a row that does not say leaves it open."""
    if isinstance(value, str):
        return {"false": False, "": None}.get(value.lower(), True)
    return value if isinstance(value, bool) else None


def components(bom: Raw) -> Iterator[Raw]:
    """The models among the components of a CycloneDX file, nested ones too."""
    for component in bom.get("components") or ():
        if component.get("type") == "machine-learning-model":
            yield component
        yield from components(component)
