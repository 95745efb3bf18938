"""What is wrong with a YAML file of the project, each fault with file, line and column."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from licensecheck.catalog.profile_fields import DEPLOYMENT, DERIVATIVES, MATERIALS, ORGANIZATION, approvable_kinds
from licensecheck.catalog.yaml_files import compose_yaml, find_line, hint, hint_or_all, parse_yaml
from licensecheck.errors import DataError, Place
from licensecheck.lazy import re, yaml
from licensecheck.text.io import read_text

# The names that files under `rules/` define and to which others refer, by what each is the name of.


SECTIONS = {"organization": ORGANIZATION, "deployment": DEPLOYMENT, "derivatives": DERIVATIVES, "materials": MATERIALS}
DEFINING = (
    *("terms.yaml", "triggers.yaml", "lexicon.yaml", "ledger.yaml", "places.yaml", "regions.yaml", "currencies.yaml"),
    *("sentences.yaml", "uses/_harmless.yaml", "uses/_sets.yaml", "cards/spdx.yaml", "cards/disclosures.yaml"),
    "openness/parts.yaml",
)
"""The files that define names, below `rules/`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Definitions:
    """What the project defines: `names` by their sort, `homes` the file of each sort."""

    names: Mapping[str, frozenset[str]]
    homes: Mapping[str, str]
    attributes: Mapping[str, Mapping[str, Any]]
    """The attributes of each kind of term, as `rules/terms.yaml` describes them."""
    categories: Collection[str]
    """The categories of prohibited use, which are the values of an attribute too."""


def make_definitions(files: Mapping[str, Any], *, computed: Iterable[str], licenses: Iterable[str]) -> Definitions:
    """The definitions of the `DEFINING` files and of the profile, with what other layers and the catalog define."""
    terms, triggers = files["terms.yaml"], files["triggers.yaml"]
    attributes = {kind: term["attributes"] for kind, term in terms["terms"].items()}
    fields = frozenset(f"{section}.{field}" for section, known in SECTIONS.items() for field in known)
    spdx = {name.lower() for name in files["cards/spdx.yaml"]["ids"]}
    own = (kind.removeprefix("no-") for kind in terms["terms"] if kind.startswith("no-"))
    defined: dict[str, tuple[str, Collection[str]]] = {
        "kind": ("terms.yaml", terms["terms"]),
        "kind or fact": ("terms.yaml", {*terms["terms"], *triggers["facts"]}),
        "kind of finding": ("check", approvable_kinds()),
        "category": ("terms.yaml", terms["prohibited_use_categories"]),
        "use": ("terms.yaml", {*terms["prohibited_use_categories"], *own}),
        "class": ("terms.yaml", terms["license_classes"]),
        "kind or category": ("terms.yaml", {*terms["terms"], *terms["prohibited_use_categories"]}),
        "metric": ("terms.yaml", attributes["scale-threshold"]["metric"]["of"]),
        "consequence": ("terms.yaml", attributes["scale-threshold"]["consequence"]["of"]),
        "group": ("sentences.yaml", files["sentences.yaml"]["groups"]),
        "trigger": ("triggers.yaml", triggers["triggers"]),
        "proviso": ("triggers.yaml", triggers["provisos"]),
        "fact": ("triggers.yaml", triggers["facts"]),
        "example fact": ("triggers.yaml", {*triggers["facts"], *(f"also:{kind}" for kind in terms["terms"])}),
        "detail": ("triggers.yaml", triggers["details"]),
        "boilerplate": ("ledger.yaml", files["ledger.yaml"]["boilerplate"]),
        "cue": (
            "ledger.yaml",
            {*files["ledger.yaml"]["cues"], "reach", "binds", "norm", "shape", "part", "sentence", "all"},
        ),
        "lexicon set": ("lexicon.yaml", files["lexicon.yaml"]["sets"]),
        "word set": ("uses/_sets.yaml", files["uses/_sets.yaml"]["sets"]),
        "list": ("uses/_harmless.yaml", files["uses/_harmless.yaml"]["lists"]),
        "release part": ("openness/parts.yaml", files["openness/parts.yaml"]["parts"]),
        "topic": ("cards/disclosures.yaml", files["cards/disclosures.yaml"]["topics"]),
        "country": ("places.yaml", files["places.yaml"]["countries"]),
        "region": ("regions.yaml", files["regions.yaml"]["regions"]),
        "currency": ("currencies.yaml", files["currencies.yaml"]["usd_per_unit"]),
        "license": ("cards/spdx.yaml", spdx.union(licenses)),
        "profile field": ("profile", fields),
        "condition": ("check", _conditions(terms["terms"], triggers, fields).union(computed)),
    }
    return Definitions(
        names={sort: frozenset(names) for sort, (_, names) in defined.items()},
        homes={sort: f"rules/{home}" for sort, (home, _) in defined.items()},
        attributes=attributes,
        categories=terms["prohibited_use_categories"],
    )


def _conditions(terms: Mapping[str, Any], triggers: Mapping[str, Any], fields: frozenset[str]) -> frozenset[str]:
    """What a condition of a check rule may ask: `room.name`, or the joints of conditions."""
    stated = {name for term in terms.values() for name in term["attributes"]} | set(triggers["details"])
    rooms = {
        "happens": triggers["triggers"],
        "names-trigger": triggers["triggers"],
        "text": triggers["facts"],
        "proviso": triggers["provisos"],
        "term": stated,
        "refused": MATERIALS,
        "stated": fields,
    }
    asked = (f"{room}.{name}" for room, names in rooms.items() for name in names)
    return fields.union(asked, ("all", "any", "not"))


# What is wrong with a YAML file of the project, each fault with file, line and column.


_SCHEMAS = Path(__file__).parent / "schemas"
_LONGEST = 300
"""Characters of a message; a schema quotes the whole value that breaks it."""
_MENTION = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A YAML file that was read: under which name it is told of, its text and its data."""

    name: str
    text: str
    data: Any

    def fault(self, keys: Iterable[str | int], message: str, *, key: bool = False) -> DataError:
        """A fault at the node that the keys and indexes lead to, or, with `key`, at the last key itself."""
        line, column = find_line(self.text, path=list(keys), key=key) or (1, 1)
        return DataError(message[:_LONGEST], Place(path=self.name, line=line, column=column))


def read_data(path: Path, *, name: str | None = None) -> DataFile:
    """A YAML file, not yet checked; DataError where it is none."""
    text = read_text(path).text
    shown = name or str(path)
    return DataFile(name=shown, text=text, data=parse_yaml(text, path=shown))


def schema_faults(file: DataFile, schema: str, definitions: Definitions | None = None) -> list[DataError]:
    """Where a file breaks the schema of this name, in the order of the file.

    A name `cards#bases` is the definition `bases` in the schema `cards`. Names that a schema holds to refer to others
    (`refersTo`, `mentions`) are looked up in the definitions where these are given.
    """
    found = _validator(schema, definitions).iter_errors(file.data)
    return sorted((fault for broken in found for fault in _faults_of(broken, file)), key=_in_file)


def has_schema(schema: str) -> bool:
    """True where there is a schema of this name."""
    name, _, part = schema.partition("#")
    return not part or part in _document(name)["$defs"]


def _in_file(fault: DataError) -> tuple[int, int, str]:
    place = fault.place
    return (place.line or 0, place.column or 0, fault.message) if place else (0, 0, fault.message)


def _faults_of(broken: Any, file: DataFile) -> Iterator[DataError]:
    """The faults that one error of the validator stands for; those of keys are told at the keys."""
    path = list(broken.absolute_path)
    where = ".".join(str(step) for step in path)
    if broken.validator == "additionalProperties" and broken.validator_value is False:
        known = broken.schema.get("properties", {})
        for name in sorted(set(broken.instance) - set(known), key=str):
            message = f"{where or 'the file'}: '{name}' is not a key here{hint_or_all(name, known)}"
            yield file.fault([*path, name], message, key=True)
    elif broken.validator == "uniqueItems":
        for i, item in enumerate(broken.instance):
            if item in broken.instance[:i]:
                yield file.fault([*path, i], f"{where}: duplicate entry '{item}'; keep one of the two")
    elif "propertyNames" in broken.absolute_schema_path:
        yield file.fault([*path, broken.instance], f"{where}: {broken.message}", key=True)
    else:
        yield file.fault(path, f"{where}: {broken.message}" if where else str(broken.message))


@lru_cache(maxsize=64)
def _validator(schema: str, definitions: Definitions | None) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import extend

    name, _, part = schema.partition("#")
    document = _document(name)
    form = {"$ref": f"#/$defs/{part}", "$defs": document["$defs"]} if part else document
    known = {} if definitions is None else {"refersTo": _reference(definitions), "mentions": _mention(definitions)}
    validator: Any = extend(Draft202012Validator, known)  # type: ignore[no-untyped-call]  # jsonschema's own
    return validator(form, format_checker=FormatChecker(["regex"]))


@lru_cache(maxsize=16)
def _document(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((_SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return document


def _reference(definitions: Definitions) -> Any:
    """The keyword `refersTo`: the value is a name of that sort; with `joinedBy`, several of them in one text."""

    def check(_: Any, sort: str, value: Any, schema: Any) -> Iterator[Any]:
        joint = schema.get("joinedBy")
        for name in str(value).split(joint) if joint else [value]:
            yield from _unknown(name, sort, definitions)

    return check


def _mention(definitions: Definitions) -> Any:
    """The keyword `mentions`: every name in angle brackets in the text is one of that sort."""

    def check(_: Any, sort: str, value: Any, __: Any) -> Iterator[Any]:
        for name in _MENTION.findall(value) if isinstance(value, str) else ():
            yield from _unknown(name, sort, definitions)

    return check


def _unknown(name: Any, sort: str, definitions: Definitions) -> Iterator[Any]:
    from jsonschema.exceptions import ValidationError

    known = definitions.names[sort]
    if name not in known:
        yield ValidationError(f"'{name}' is no {sort} of {definitions.homes[sort]}{hint(name, known)}")


# Whether attributes of a term are such as `rules/terms.yaml` knows for its kind, and have values that it allows.


Keys = tuple[str | int, ...]


def attribute_faults(
    file: DataFile, keys: Keys, stated: Mapping[str, Any], *, kinds: Iterable[str], definitions: Definitions
) -> Iterator[DataError]:
    """The faults of attributes that the file states at these keys for a term of one of the kinds."""
    known: dict[str, Any] = {}
    for kind in kinds:
        known.update(definitions.attributes.get(kind, {}))
    for name, value in stated.items():
        if name not in known:
            message = f"{keys[-1]}: '{name}' is not an attribute of {' or '.join(kinds)}{hint_or_all(name, known)}"
            yield file.fault([*keys, name], message, key=True)
            continue
        allowed = allowed_values(known[name], definitions)
        yield from value_faults(file, (*keys, name), value, name=name, allowed=allowed)


def allowed_values(described: Mapping[str, Any], definitions: Definitions) -> Collection[str] | None:
    """The values that an attribute may have; None where it may have any."""
    of = described.get("of")
    if isinstance(of, list):
        return of
    return definitions.categories if of == "see prohibited_use_categories" else None


def value_faults(
    file: DataFile, keys: Keys, value: Any, *, name: str, allowed: Collection[str] | None, key: bool = False
) -> Iterator[DataError]:
    """A fault for each value (of a list, each of its own) that the attribute cannot have; null says nothing of it.

    With `key` the value is itself the last of the keys.
    """
    for one in value if isinstance(value, list) else [value]:
        if allowed is not None and one is not None and one not in allowed:
            yield file.fault(keys, f"'{one}' is not a value of {name}{hint_or_all(one, allowed)}", key=key)


# Keys that stand twice in one mapping of a YAML file, of which a reader silently takes the last.


def repeated_keys(file: DataFile) -> Iterator[DataError]:
    """A fault at the second place of each key."""
    nodes = [compose_yaml(file.text)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.SequenceNode):
            nodes.extend(node.value)
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                nodes.append(value)
                if key.value in seen:
                    place = Place(path=file.name, line=key.start_mark.line + 1, column=key.start_mark.column + 1)
                    yield DataError(f"duplicate key '{key.value}'; keep one of the two", place)
                seen.add(key.value)
