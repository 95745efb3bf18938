"""What is wrong with a YAML file of the project, each fault with file, line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError
from licensecheck.load.definitions import Definitions
from licensecheck.load.guesses import hint, hint_or_all
from licensecheck.load.yamlfile import find_line, parse_yaml
from licensecheck.place import Place
from licensecheck.text.decode import read_text

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
            message = f"{where or 'the file'}: '{name}' is no key here{hint_or_all(name, known)}"
            yield file.fault([*path, name], message, key=True)
    elif broken.validator == "uniqueItems":
        for i, item in enumerate(broken.instance):
            if item in broken.instance[:i]:
                yield file.fault([*path, i], f"{where}: '{item}' stands here a second time")
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
