"""Reading the values of a profile: each reader gives the value, or tells what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple

from licensecheck.load.built import load_data
from licensecheck.model.profile import Money, Observation

COUNTRY = re.compile(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")
REGION_WORDS = ("EU", "EEA", "EFTA", "worldwide")
GAP_KINDS = (
    *("policy", "unknown-license", "unread-license", "unread-clause", "unread-language", "unknown-base"),
    *("proprietary-terms", "extra-restriction", "prose-conflict", "several-licenses"),
    *("offer-for-pay-barred", "part-of-product-only"),
)
"""Kinds of findings that are no term of a license; a person can clear them too, house rules excepted."""
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
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
    close = get_close_matches(str(key), fields, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"known here are {', '.join(sorted(fields))}"
    return f"{field_name((*where, str(key)))}: no such field; {hint}"


def field_name(where: Path) -> str:
    return ".".join(str(step) for step in where) or "the profile"


def _kind(value: object) -> str:
    return "empty" if value is None else KINDS.get(type(value), type(value).__name__)


def _wrong(value: object, expected: str, where: Path, problems: list[Problem]) -> None:
    shown = f"'{value}'" if isinstance(value, (str, int, float)) and not isinstance(value, bool) else _kind(value)
    problems.append(Problem(where, f"{field_name(where)}: {shown} is not {expected}"))


def read_text(value: Any, where: Path, problems: list[Problem]) -> str | None:
    if isinstance(value, str) and value.strip():
        return value
    _wrong(value, "a text", where, problems)
    return None


def read_flag(value: Any, where: Path, problems: list[Problem]) -> bool | None:
    if isinstance(value, bool):
        return value
    _wrong(value, "true or false", where, problems)
    return None


def read_flag_or_path(value: Any, where: Path, problems: list[Problem]) -> bool | str | None:
    if isinstance(value, bool) or (isinstance(value, str) and value.strip()):
        return value
    _wrong(value, "true, false, or the path of the file to look into", where, problems)
    return None


def one_of(allowed: tuple[str, ...]) -> Reader:
    """One of a few words."""
    return word_of(lambda: allowed, f"one of {', '.join(allowed)}")


def word_of(vocabulary: Callable[[], tuple[str, ...]], what: str) -> Reader:
    """A word of a vocabulary that is read only where a profile uses it; a slip must not make a rule silent."""

    def read(value: Any, where: Path, problems: list[Problem]) -> str | None:
        known = vocabulary()
        if isinstance(value, str) and value in known:
            return value
        close = get_close_matches(str(value), known, n=1)
        hint = f"; did you mean '{close[0]}'?" if close else ""
        _wrong(value, f"{what}{hint}", where, problems)
        return None

    return read


def term_kinds() -> tuple[str, ...]:
    return tuple(load_data("terms.yaml")["terms"])


def approvable_kinds() -> tuple[str, ...]:
    return (*term_kinds(), *GAP_KINDS)


def use_categories() -> tuple[str, ...]:
    return tuple(load_data("terms.yaml")["prohibited_use_categories"])


def list_of(item: Reader) -> Reader:
    def read(value: Any, where: Path, problems: list[Problem]) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            _wrong(value, "a list, written [one, two]", where, problems)
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


def read_number(value: Any, where: Path, problems: list[Problem]) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e18:
        return value
    _wrong(value, "a number, written 12000000", where, problems)
    return None


def read_country(value: Any, where: Path, problems: list[Problem]) -> str | None:
    if isinstance(value, str) and COUNTRY.match(value.upper()):
        return value.upper()
    norway = ' (write Norway as "NO", in quotes: YAML reads a bare NO as false)' if value is False else ""
    _wrong(value, f"a country code of two letters like DE or US{norway}", where, problems)
    return None


def read_region(value: Any, where: Path, problems: list[Problem]) -> str | None:
    if isinstance(value, str):
        word = next((word for word in REGION_WORDS if word.casefold() == value.casefold()), None)
        if word:
            return word
    return read_country(value, where, problems)


def read_day(value: Any, where: Path, problems: list[Problem]) -> str | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and DAY.match(value) and _exists(value):
        return value
    _wrong(value, "a day, written 2026-06-30", where, problems)
    return None


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def read_counts(value: Any, where: Path, problems: list[Problem]) -> tuple[Observation, ...] | None:
    """One number, or observations with dates."""
    if not isinstance(value, list):
        number = read_number(value, where, problems)
        return None if number is None else (Observation(value=number),)
    return _dated(value, where, problems, {"as_of": read_day, "value": read_number}, ("value",), Observation)


def read_amounts(value: Any, where: Path, problems: list[Problem]) -> tuple[Money, ...] | None:
    """One amount with its currency, or several with dates."""
    entries = value if isinstance(value, list) else [value]
    fields: dict[str, Reader] = {"amount": read_number, "currency": _currency, "as_of": read_day}
    return _dated(entries, where, problems, fields, ("amount", "currency"), Money, single=not isinstance(value, list))


def _currency(value: Any, where: Path, problems: list[Problem]) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{3}", value):
        return value.upper()
    _wrong(value, "a currency code of three letters like EUR or USD", where, problems)
    return None


def _dated(
    entries: list[Any],
    where: Path,
    problems: list[Problem],
    fields: dict[str, Reader],
    needed: tuple[str, ...],
    make: type[Any],
    *,
    single: bool = False,
) -> tuple[Any, ...] | None:
    """Observations in the order of their dates, undated ones first."""
    before = len(problems)
    found = []
    for i, entry in enumerate(entries):
        spot = where if single else (*where, i)
        values = read_fields(entry, fields, spot, problems)
        missing = [name for name in needed if name not in values]
        if missing and isinstance(entry, dict):
            problems.append(Problem(spot, f"{field_name(spot)}: {' and '.join(missing)} missing"))
        found.append(values)
    if len(problems) > before:
        return None
    return tuple(sorted((make(**values) for values in found), key=_as_of)) or None


def _as_of(observation: Observation | Money) -> str:
    return observation.as_of or ""


def section_of(fields: Mapping[str, Reader]) -> Reader:
    def read(value: Any, where: Path, problems: list[Problem]) -> dict[str, Any]:
        return read_fields(value, fields, where, problems)

    return read


def read_version(value: Any, where: Path, problems: list[Problem]) -> int | None:
    if value == 1 and not isinstance(value, bool):
        return 1
    _wrong(value, "1, the only version of the profile that there is", where, problems)
    return None
