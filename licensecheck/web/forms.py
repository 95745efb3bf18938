"""The facts of a profile as form fields: what is asked, why, and what an answer looks like; and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from licensecheck import api
from licensecheck.domain.profile import Money, Observation
from licensecheck.errors import UsageError
from licensecheck.report.reviewed import SECTIONS

TITLES = {
    "organization": "The organization, with its affiliates",
    "deployment": "The product and its use",
    "derivatives": "What is made with the model",
    "materials": "What recipients and users get to see",
}
OTHER_LABELS = {
    "organization.name": ("What is the organization called?", "text"),
    "organization.growth_per_month": ("By what share do its user counts grow a month?", "share"),
    "deployment.product": ("What is the product called?", "text"),
    "deployment.decided": ("Which prohibited uses has a person ruled out for this product?", "list"),
}
"""Facts about which no license asks by itself: how the form asks, and the type of the answer."""
HINTS = {
    "list": "One a line.",
    "share": "0.05 stands for 5 % a month.",
    "countries": "Others, and parts of countries such as US-CA, separated by commas.",
}
"""What an answer of a type looks like, where the field does not show it."""
UNITS = (("1", "× 1"), ("1000", "× thousand"), ("1000000", "× million"), ("1000000000", "× billion"))
REGIONS = {
    "worldwide": "everywhere",
    "EU": "European Union",
    "EEA": "European Economic Area",
    "EFTA": "European Free Trade Association",
}
"""What a list of countries may name beside countries."""
_NUMBER = re.compile(r"\d{1,3}(?:[ ,'’_]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_MAX_DIGITS = 24
Typed = Mapping[str, Sequence[str]]
"""What was typed into each field of a form, in the order of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A size or sum as a form shows it; every part is empty where nothing is stated."""

    number: str = ""
    unit: str = "1"
    currency: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Why a fact is asked for: what it decides in a review, by which clauses."""

    review: int
    model: str
    decides: str
    clauses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One fact as a form shows it; `wanted` says what depends on it in the open reviews.

    `chosen` are the items of a list, `amounts` the sizes that are stated, `explains` says what each choice means.
    """

    name: str
    label: str
    type: str
    choices: tuple[str, ...] = ()
    value: str = ""
    hint: str = ""
    wanted: tuple[Wanted, ...] = ()
    chosen: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    explains: Mapping[str, str]

    @property
    def stated(self) -> bool:
        """True where the profile states the fact."""
        return bool(self.value or self.chosen or self.amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """The fields of one section of the profile."""

    title: str
    fields: tuple[Field, ...]

    @property
    def stated(self) -> int:
        """How many of the fields are stated."""
        return sum(each.stated for each in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactForm:
    """The form of a profile: the facts on which the models at hand depend, and all others by section."""

    wanted: tuple[Field, ...]
    groups: tuple[FieldGroup, ...]


def fact_form(profile: api.Profile, wanted: Mapping[str, Sequence[Wanted]]) -> FactForm:
    """The form of a profile; what open reviews ask for comes first, and stands there once."""
    fields = [replace(each, wanted=tuple(wanted.get(each.name, ()))) for each in fact_fields(profile).values()]
    groups = [
        FieldGroup(title=TITLES[section], fields=tuple(each for each in fields if _is_other(each, section)))
        for section in SECTIONS
    ]
    return FactForm(wanted=tuple(each for each in fields if each.wanted), groups=tuple(g for g in groups if g.fields))


def _is_other(field: Field, section: str) -> bool:
    return not field.wanted and field.name.startswith(f"{section}.")


def fact_fields(profile: api.Profile) -> Mapping[str, Field]:
    """Every fact that a profile can state, by the name of its field."""
    askings = api.askings()
    found = {}
    for section in SECTIONS:
        part = getattr(profile, section)
        for name in part.__dataclass_fields__:
            field = f"{section}.{name}"
            asking = askings.get(field)
            label, kind = (
                (asking.text, asking.type) if asking else OTHER_LABELS.get(field, (name.replace("_", " "), "text"))
            )
            found[field] = _field(field, label, kind, asking, getattr(part, name))
    return found


def _field(name: str, label: str, kind: str, asking: Any, value: Any) -> Field:
    explains = api.categories() if name == "deployment.decided" else dict(asking.explains) if asking else {}
    choices = tuple(explains) if name == "deployment.decided" else asking.choices if asking else ()
    listed = kind in ("list", "countries")
    sized = kind in ("number", "money")
    return Field(
        name=name,
        label=label,
        type=kind,
        choices=choices,
        explains=explains,
        hint="" if choices else HINTS.get(kind, ""),
        value="" if listed or sized else _words(value),
        chosen=tuple(value or ()) if listed else (),
        amounts=tuple(map(_amount, value or ())) if sized else (),
    )


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value or "")


def _amount(stated: Observation | Money) -> Amount:
    number = Decimal(str(stated.amount if isinstance(stated, Money) else stated.value))
    unit = max((Decimal(size) for size, _ in UNITS if _is_round(number, Decimal(size))), default=Decimal(1))
    return Amount(
        number=f"{(number / unit).normalize():f}",
        unit=str(unit),
        currency=stated.currency if isinstance(stated, Money) else "",
        day=stated.as_of or "",
    )


def _is_round(number: Decimal, unit: Decimal) -> bool:
    """True where the number is at least one unit, and no digit of it is lost among a few decimals."""
    return number >= unit and number * 1000 % unit == 0


# From the form back to the profile.


def read_facts(profile: api.Profile, typed: Typed) -> api.Profile:
    """The profile with the fields that were typed differently; UsageError or ProfileError where one cannot be read."""
    for field in fact_fields(profile).values():
        if field.name in typed:
            profile = read_fact(profile, field, typed, name=field.name)
    return profile


def read_fact(profile: api.Profile, field: Field, typed: Typed, *, name: str) -> api.Profile:
    """The profile with one field as it was typed under a name; the same profile where nothing else was typed."""
    sent, shown = _sent(field, typed, name), _shown(field)
    if sent == shown or ((field.choices or field.type == "countries") and set(sent) == set(shown)):
        return profile
    return api.change_profile(profile, field.name, _as_yaml(field, sent))


def words_for(field: Field) -> str:
    """The value of a field in words, for the history of the facts."""
    amounts = (
        f"{Decimal(each.number) * Decimal(each.unit):,f} {each.currency} {each.day}".strip() for each in field.amounts
    )
    return field.value or ", ".join([*field.chosen, *amounts]) or "not known"


def _shown(field: Field) -> Any:
    if field.type in ("number", "money"):
        return tuple((Decimal(each.number) * Decimal(each.unit), each.currency, each.day) for each in field.amounts)
    return field.chosen if field.type in ("list", "countries") else field.value


def _sent(field: Field, typed: Typed, name: str) -> Any:
    values = typed.get(name, ())
    if field.type in ("number", "money"):
        return tuple(_amounts(field, typed, name))
    if field.type in ("list", "countries"):
        separated = "\n" if field.type == "list" and not field.choices else ","
        return tuple(dict.fromkeys(_parts(values, separated)))
    return ", ".join(filter(None, map(str.strip, values)))


def _parts(values: Iterable[str], separated: str) -> list[str]:
    return [part.strip() for value in values for part in value.split(separated) if part.strip()]


def _amounts(field: Field, typed: Typed, name: str) -> Iterable[tuple[Decimal, str, str]]:
    """Each size or sum with its currency and day; a row without a number states nothing."""
    for at, number in enumerate(typed.get(name, ())):
        unit, currency, day = (_at(typed.get(f"{name}.{part}", ()), at) for part in ("unit", "currency", "day"))
        if not number.strip():
            continue
        words = number.strip().rpartition(" ")
        if field.type == "money" and not currency and words[2].isalpha():
            number, currency = words[0], words[2].upper()
        if field.type == "money" and not currency:
            raise UsageError(f"{field.label} Choose the currency as well")
        yield _number(number, field.label) * _unit(unit), currency, _day(day)


def _at(values: Sequence[str], at: int) -> str:
    return values[at].strip() if at < len(values) else ""


def _number(text: str, label: str) -> Decimal:
    text = text.strip()
    if len(text) > _MAX_DIGITS or not _NUMBER.fullmatch(text):
        raise UsageError(f"{label} '{text[:40]}' is not a number: write 12000000, 12,000,000 or 1.5")
    return Decimal(re.sub(r"[ ,'’_]", "", text))


def _unit(text: str) -> Decimal:
    return Decimal(text) if text in dict(UNITS) else Decimal(1)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UsageError(f"{text}: not a day; write it as 2026-06-30") from None


def _as_yaml(field: Field, sent: Any) -> str:
    """What was typed as the YAML that profiles hold; nothing typed is not known."""
    if field.type in ("number", "money"):
        return _amounts_as_yaml(field, sent)
    if field.type in ("list", "countries"):
        return json.dumps(list(sent)) if sent or field.name == "deployment.decided" else "null"
    if field.type == "share" and sent:
        return str(float(_number(sent, field.label)))
    return api.answer_as_yaml(field.name, sent) if field.name in api.askings() else json.dumps(sent or None)


def _amounts_as_yaml(field: Field, sent: Sequence[tuple[Decimal, str, str]]) -> str:
    if not sent:
        return "null"
    key = "amount" if field.type == "money" else "value"
    rows = [
        {key: _plain(number)} | ({"currency": currency} if currency else {}) | ({"as_of": day} if day else {})
        for number, currency, day in sent
    ]
    if len(rows) == 1 and set(rows[0]) == {"value"}:
        return json.dumps(rows[0]["value"])
    return json.dumps(rows)


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
