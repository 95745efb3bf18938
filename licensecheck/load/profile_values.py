"""Reading the values of a profile: each reader gives the value, or tells what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from licensecheck.load.guesses import hint_or_all

KINDS = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
MAX_ITEMS = 500
"""How many entries a list of a profile may have."""


class Problem(NamedTuple):
    """A fault and the keys and indexes that lead to it."""

    where: tuple[str | int, ...]
    message: str


Path = tuple[str | int, ...]
Reader = Callable[[Any, Path, list[Problem]], Any]


def read_fields(data: Any, fields: Mapping[str, Reader], where: Path, problems: list[Problem]) -> dict[str, Any]:
    """The values of a section; null counts as not stated, an unknown key as a slip."""
    if not isinstance(data, dict):
        problems.append(Problem(where, f"{field_name(where)} is {_kind(data)}, expected a mapping of fields"))
        return {}
    values = {}
    for key, value in data.items():
        if key not in fields:
            problems.append(Problem((*where, key), _unknown(key, fields, where)))
        elif value is not None:
            values[key] = fields[key](value, (*where, key), problems)
    return values


def _unknown(key: object, fields: Mapping[str, Reader], where: Path) -> str:
    return f"{field_name((*where, str(key)))}: no such field{hint_or_all(key, fields)}"


def field_name(where: Path) -> str:
    return ".".join(str(step) for step in where) or "the profile"


def _kind(value: object) -> str:
    return "empty" if value is None else KINDS.get(type(value), type(value).__name__)


def tell_wrong(value: object, expected: str, where: Path, problems: list[Problem]) -> None:
    """Add the problem of a value that is not what was expected."""
    shown = f"'{value}'" if isinstance(value, (str, int, float)) and not isinstance(value, bool) else _kind(value)
    problems.append(Problem(where, f"{field_name(where)}: {shown} is not {expected}"))


def read_text(value: Any, where: Path, problems: list[Problem]) -> str | None:
    if isinstance(value, str) and value.strip():
        return value
    tell_wrong(value, "a text", where, problems)
    return None


def read_flag(value: Any, where: Path, problems: list[Problem]) -> bool | None:
    if isinstance(value, bool):
        return value
    tell_wrong(value, "true or false", where, problems)
    return None


def read_flag_or_path(value: Any, where: Path, problems: list[Problem]) -> bool | str | None:
    if isinstance(value, bool) or (isinstance(value, str) and value.strip()):
        return value
    tell_wrong(value, "true, false, or the path of the file to look into", where, problems)
    return None


def list_of(item: Reader) -> Reader:
    def read(value: Any, where: Path, problems: list[Problem]) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            tell_wrong(value, "a list, written [one, two]", where, problems)
            return None
        if len(value) > MAX_ITEMS:
            message = f"{field_name(where)}: {len(value)} entries, more than the {MAX_ITEMS} that are read"
            problems.append(Problem(where, message))
            return None
        return tuple(item(entry, (*where, i), problems) for i, entry in enumerate(value))

    return read


def some_of(item: Reader) -> Reader:
    """A list in which no entry means that nothing is stated, rather than that there is none."""
    read_list = list_of(item)

    def read(value: Any, where: Path, problems: list[Problem]) -> tuple[Any, ...] | None:
        return read_list(value, where, problems) or None

    return read


def section_of(fields: Mapping[str, Reader]) -> Reader:
    def read(value: Any, where: Path, problems: list[Problem]) -> dict[str, Any]:
        return read_fields(value, fields, where, problems)

    return read


def read_version(value: Any, where: Path, problems: list[Problem]) -> int | None:
    if value == 1 and not isinstance(value, bool):
        return 1
    tell_wrong(value, "1, the only version of the profile that there is", where, problems)
    return None
