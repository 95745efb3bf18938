"""What no schema can say of detect and check rules: attributes of terms, the facts of a profile, lopsided examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.errors import DataError
from licensecheck.load.attributes import Keys, allowed_values, attribute_faults, value_faults
from licensecheck.load.definitions import Definitions
from licensecheck.load.faults import DataFile
from licensecheck.load.profile_fields import PARTS
from licensecheck.load.profile_values import Problem, read_fields

_DETAIL = "details."


def detect_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    """Attributes that the kind of term does not have, and examples that show only one side."""
    data = file.data
    ((_, name),) = data["yields"].items()
    yield from attribute_faults(file, ("set",), data.get("set", {}), kinds=[name], definitions=definitions)
    read = {attribute: None for attribute in data.get("read", {}) if attribute != "threshold"}
    yield from attribute_faults(file, ("read",), read, kinds=[name], definitions=definitions)
    for attribute, reader in data.get("read", {}).items():
        yield from _reader_faults(file, attribute, reader, definitions.attributes.get(name, {}), definitions)
    for i, example in enumerate(data["examples"]):
        for j, term in enumerate(example["expect"]):
            yield from _expected_faults(file, ("examples", i, "expect", j), term, name, definitions)
    if len({bool(example["expect"]) for example in data["examples"]}) < 2:
        yield file.fault(["examples"], "examples: needs one that fires and one near miss (expect: [])")


def _reader_faults(
    file: DataFile, attribute: str, reader: Mapping[str, Any], known: Mapping[str, Any], definitions: Definitions
) -> Iterator[DataError]:
    """Values that a reader chooses from and that the attribute cannot have."""
    allowed = allowed_values(known.get(attribute, {}), definitions)
    for value in reader.get("each", ()):
        at: Keys = ("read", attribute, "each", value)
        yield from value_faults(file, at, value, name=attribute, allowed=allowed, key=True)
    for i, choice in enumerate(reader.get("first", ())):
        at = ("read", attribute, "first", i, "value")
        yield from value_faults(file, at, choice["value"], name=attribute, allowed=allowed)


def _expected_faults(
    file: DataFile, keys: Keys, term: Mapping[str, Any], name: str, definitions: Definitions
) -> Iterator[DataError]:
    if term["kind"] != name:
        yield file.fault([*keys, "kind"], f"expect: the rule yields '{name}', not '{term['kind']}'")
    stated = {key: value for key, value in term.items() if key != "kind" and not key.startswith(_DETAIL)}
    yield from attribute_faults(file, keys, stated, kinds=[name], definitions=definitions)
    for key in term:
        if key.startswith(_DETAIL) and key.removeprefix(_DETAIL) not in definitions.names["detail"]:
            yield file.fault([*keys, key], f"expect: '{key}' is no detail of rules/triggers.yaml", key=True)


def check_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    """Values that an attribute cannot have, examples that no term or profile is like, and ones that are missing."""
    data = file.data
    for key in ("where", "when", "unless"):
        yield from _condition_faults(file, (key,), data.get(key, {}), definitions)
    for i, example in enumerate(data["examples"]):
        term = example.get("term", {})
        kinds = [term["kind"]] if "kind" in term else data["terms"]
        at = ("examples", i, "term", "attributes")
        yield from attribute_faults(file, at, term.get("attributes", {}), kinds=kinds, definitions=definitions)
        problems: list[Problem] = []
        read_fields(example["profile"], PARTS, ("examples", i, "profile"), problems)
        for problem in problems:
            yield file.fault(problem.where, problem.message, key=True)
    yield from _lopsided(file)


def _condition_faults(
    file: DataFile, keys: Keys, condition: Mapping[str, Any], definitions: Definitions
) -> Iterator[DataError]:
    """Values that the attributes of the rule's terms, of which a condition asks (`term.scope`), never have."""
    for fact, value in condition.items():
        at = (*keys, fact)
        if fact == "not":
            yield from _condition_faults(file, at, value, definitions)
        elif fact in ("all", "any"):
            for i, part in enumerate(value):
                yield from _condition_faults(file, (*at, i), part, definitions)
        else:
            yield from value_faults(file, at, value, name=fact, allowed=_asked_values(file, fact, definitions))


def _asked_values(file: DataFile, fact: str, definitions: Definitions) -> list[str] | None:
    """What a fact `term.x` can be: the values of the attribute in any of the rule's kinds, or that none is stated."""
    name = fact.removeprefix("term.")
    described = [definitions.attributes.get(kind, {}).get(name) for kind in file.data["terms"]] if name != fact else []
    allowed = [allowed_values(each, definitions) for each in described if each]
    known = [value for values in allowed if values is not None for value in values]
    return [*known, "silent"] if known and None not in allowed else None


def _lopsided(file: DataFile) -> Iterator[DataError]:
    """A rule shows a case that fires and a near miss."""
    status = file.data["yields"]
    shown = {example["expect"] for example in file.data["examples"]}
    if status not in shown:
        yield file.fault(["examples"], f"examples: none shows the status {status} that the rule yields")
    if not shown - {status}:
        yield file.fault(["examples"], "examples: needs a near miss, with another status than the rule yields")
