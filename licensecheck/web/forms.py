"""The facts of a profile as form fields: what is asked, why, and what an answer looks like; and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from licensecheck import api
from licensecheck.report.reviewed import fact_lines

HINTS = {
    "boolean": "yes or no",
    "list": "separate by commas",
    "country": "two letters, such as DE; typing a name lists the codes",
    "countries": "two letters each, such as DE, US",
    "money": "such as 45000000 EUR",
    "number": "such as 12000000",
    "text": "",
}
"""What an answer of each type looks like."""
TITLES = {
    "organization": "The organization, with its affiliates",
    "deployment": "The product and its use",
    "derivatives": "What is made with the model",
    "materials": "What recipients and users get to see",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One fact as a form shows it; `wanted` says what depends on it in the open reviews, empty where nothing does.

    `chosen` are those of the choices that the value of a list names, `explains` says what each choice means.
    """

    name: str
    label: str
    type: str
    choices: tuple[str, ...]
    value: str
    hint: str
    wanted: str
    chosen: frozenset[str] = frozenset()
    explains: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """The fields of one section of the profile, those on which licenses at hand depend first."""

    section: str
    title: str
    fields: tuple[Field, ...]


def fact_fields(profile: api.Profile, wanted: Mapping[str, list[str]]) -> tuple[FieldGroup, ...]:
    """The form of a profile."""
    askings = api.askings()
    fields: list[Field] = []
    for line in fact_lines(profile):
        asking = askings.get(line.field)
        if asking is None and line.field != "deployment.product":
            continue
        kind = asking.type if asking else "text"
        fields.append(
            Field(
                name=line.field,
                label=asking.text if asking else "What is the product called?",
                type=kind,
                choices=asking.choices if asking else (),
                value=typed_value(line.value, kind),
                hint="" if asking and asking.choices else HINTS.get(kind, ""),
                wanted="; ".join(dict.fromkeys(wanted.get(line.field, ()))),
                chosen=frozenset(_parts(line.value)) if kind == "list" else frozenset(),
                explains=dict(asking.explains) if asking else {},
            )
        )
    groups = groupby(fields, key=lambda each: each.name.partition(".")[0])
    return tuple(
        FieldGroup(section=name, title=TITLES[name], fields=tuple(sorted(group, key=lambda each: not each.wanted)))
        for name, group in groups
    )


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def typed_value(value: str, kind: str) -> str:
    """A value as a person would type it."""
    return value.replace(",", "") if kind in ("number", "money") else value


def read_facts(profile: api.Profile, typed: Mapping[str, str]) -> api.Profile:
    """The profile with the fields that were typed differently; ProfileError where one cannot be read."""
    shown = {each.name: each for group in fact_fields(profile, {}) for each in group.fields}
    for name, value in typed.items():
        if name not in shown or value.strip() == shown[name].value.strip():
            continue
        if not shown[name].choices or set(_parts(value)) != shown[name].chosen:
            profile = api.change_profile(profile, name, api.answer_as_yaml(name, value))
    return profile
