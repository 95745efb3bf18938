"""Reading the values of a profile that measure or place: numbers, amounts of money, days, countries."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from licensecheck.load.profile_values import Path, Problem, Reader, field_name, read_fields, tell_wrong
from licensecheck.model.profile import Money, Observation

_COUNTRY = re.compile(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")
_REGION_WORDS = ("EU", "EEA", "EFTA", "worldwide")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def read_number(value: Any, where: Path, problems: list[Problem]) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e18:
        return value
    tell_wrong(value, "a number, written 12000000", where, problems)
    return None


def read_country(value: Any, where: Path, problems: list[Problem]) -> str | None:
    if isinstance(value, str) and _COUNTRY.match(value.upper()):
        return value.upper()
    norway = ' (write Norway as "NO", in quotes: YAML reads a bare NO as false)' if value is False else ""
    tell_wrong(value, f"a country code of two letters like DE or US{norway}", where, problems)
    return None


def read_region(value: Any, where: Path, problems: list[Problem]) -> str | None:
    if isinstance(value, str):
        word = next((word for word in _REGION_WORDS if word.casefold() == value.casefold()), None)
        if word:
            return word
    return read_country(value, where, problems)


def read_day(value: Any, where: Path, problems: list[Problem]) -> str | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and _DAY.match(value) and _exists(value):
        return value
    tell_wrong(value, "a day, written 2026-06-30", where, problems)
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
    tell_wrong(value, "a currency code of three letters like EUR or USD", where, problems)
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
