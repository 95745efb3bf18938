"""The fields of a profile, and what each may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from licensecheck.catalog.built_data import load_data, source_names
from licensecheck.catalog.yaml_files import hint, hint_or_all
from licensecheck.domain.licenses import LicenseClass
from licensecheck.domain.profile import Money, Observation
from licensecheck.lazy import re

# Reading the values of a profile: each reader gives the value, or tells what is wrong with it.


KINDS = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
MAX_ITEMS = 500
"""How many entries a list of a profile may have."""


_HASH = re.compile(r"[0-9a-f]{6,40}")


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


def read_hash(value: Any, where: Path, problems: list[Problem]) -> str | None:
    """The hash of a clause, or the beginning of it."""
    if isinstance(value, str) and _HASH.fullmatch(value):
        return value
    tell_wrong(
        value,
        "the hash of a clause as the report gives it, 6 to 40 of the digits 0-9a-f in quotation marks",
        where,
        problems,
    )
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


# Reading the values of a profile that measure or place: numbers, amounts of money, days, countries.


_COUNTRY = re.compile(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")
_REGION_WORDS = ("EU", "EEA", "EFTA", "worldwide")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def read_number(value: Any, where: Path, problems: list[Problem]) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e18:
        return value
    tell_wrong(value, "a number, written 12000000", where, problems)
    return None


def read_country(value: Any, where: Path, problems: list[Problem]) -> str | None:
    """A code in the form of ISO 3166; one that offices write for another is taken for that one (UK for GB)."""
    if isinstance(value, str) and _COUNTRY.match(value.upper()):
        code = value.upper()
        meant = load_data("regions.yaml")["mistaken"].get(code[:2])
        return meant + code[2:] if meant else code
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


# Reading the values of a profile that are words of a closed list: of the project's vocabulary, or of a field.


OPEN_POINT_KINDS = (
    *("policy", "unknown-license", "unread-license", "unread-clause", "unread-language", "unknown-base"),
    *("right-not-granted", "right-presumed", "contradictory-facts"),
    *("proprietary-terms", "extra-restriction", "prose-conflict", "several-licenses"),
    *("modified-license", "unidentified-license", "unread-file"),
    *("provider-agreement", "training-data"),
    "unclear-use",
)
"""Kinds of findings about which no check rule is; a person can clear them too, house rules excepted."""


def one_of(allowed: tuple[str, ...]) -> Reader:
    """One of a few words."""
    return word_of(lambda: allowed, f"one of {', '.join(allowed)}")


def word_of(vocabulary: Callable[[], tuple[str, ...]], what: str) -> Reader:
    """A word of a vocabulary that is read only where a profile uses it; a slip must not make a rule silent."""

    def read(value: Any, where: Path, problems: list[Problem]) -> str | None:
        known = vocabulary()
        if isinstance(value, str) and value in known:
            return value
        tell_wrong(value, f"{what}{hint(value, known)}", where, problems)
        return None

    return read


def term_kinds() -> tuple[str, ...]:
    return tuple(load_data("terms.yaml")["terms"])


def judged_kinds() -> tuple[str, ...]:
    """The kinds of terms, and the facts of a text that are judged like these, about which there are check rules."""
    rules = (load_data(name) for name in source_names() if name.startswith("check/"))
    return tuple(dict.fromkeys(kind for rule in rules for kind in rule["terms"]))


def approvable_kinds() -> tuple[str, ...]:
    return (*judged_kinds(), *OPEN_POINT_KINDS)


def use_categories() -> tuple[str, ...]:
    return tuple(load_data("terms.yaml")["prohibited_use_categories"])


# The fields of a profile, and what each may hold.


PURPOSES = ("commercial", "internal", "research", "personal")
CHANNELS = ("hosted-api", "product", "weights", "on-device", "internal")
MODALITIES = ("text", "image", "audio", "video")


def _approval(value: Any, where: Path, problems: list[Problem]) -> dict[str, Any]:
    values = read_fields(value, APPROVAL, where, problems)
    missing = [name for name in ("license", "kind") if not isinstance(value, dict) or name not in value]
    if missing and isinstance(value, dict):
        problems.append(Problem(where, f"{field_name(where)}: {' and '.join(missing)} missing"))
    return values


def _other(value: Any, where: Path, problems: list[Problem]) -> None:
    """A section of the same file that is for another command."""


APPROVAL: dict[str, Reader] = {
    "license": read_text,
    "kind": word_of(approvable_kinds, "a kind of rules/terms.yaml"),
    "category": word_of(use_categories, "a category of rules/terms.yaml"),
    "reason": read_text,
    "by": read_text,
    "expires": read_day,
    "clauses": list_of(read_hash),
}
ORGANIZATION: dict[str, Reader] = {
    "name": read_text,
    "domicile": read_country,
    "monthly_active_users": read_counts,
    "daily_active_users": read_counts,
    "users": read_counts,
    "annual_revenue": read_amounts,
    "monthly_revenue": read_amounts,
    "total_funding": read_amounts,
    "employees": read_counts,
    "growth_per_month": read_number,
}
DEPLOYMENT: dict[str, Reader] = {
    "product": read_text,
    "purpose": one_of(PURPOSES),
    "channels": some_of(one_of(CHANNELS)),
    "regions": some_of(read_region),
    "modalities": some_of(one_of(MODALITIES)),
    "uses": some_of(read_text),
    "monthly_active_users": read_counts,
    "monthly_revenue": read_amounts,
    "annual_revenue": read_amounts,
    "decided": list_of(word_of(use_categories, "a category of rules/terms.yaml")),
}
DERIVATIVES: dict[str, Reader] = {
    "modifies_model": read_flag,
    "trains_other_models": read_flag,
    "trained_model_released": read_flag,
    "model_name": read_text,
    "license": read_text,
}
MATERIALS: dict[str, Reader] = {
    "license_copy": read_flag_or_path,
    "notice_file": read_flag_or_path,
    "credit_lines": list_of(read_text),
    "change_notice": read_flag_or_path,
    "downstream_terms": read_flag_or_path,
    "source_offered": read_flag_or_path,
    "ai_disclosure": read_flag_or_path,
    "registered": list_of(read_text),
    "use_latest_version": read_flag,
    "notices_kept": read_flag_or_path,
    "risks_disclosed": read_flag_or_path,
}
POLICY: dict[str, Reader] = {
    "allow_classes": list_of(one_of(tuple(each.value for each in LicenseClass))),
    "deny_licenses": list_of(read_text),
    "review_kinds": list_of(word_of(term_kinds, "a kind of rules/terms.yaml")),
}


PARTS: dict[str, Reader] = {
    "scan": _other,
    "version": read_version,
    "organization": section_of(ORGANIZATION),
    "deployment": section_of(DEPLOYMENT),
    "derivatives": section_of(DERIVATIVES),
    "materials": section_of(MATERIALS),
    "approvals": list_of(_approval),
    "policy": section_of(POLICY),
}
"""Every section of a profile and how its fields are read."""
