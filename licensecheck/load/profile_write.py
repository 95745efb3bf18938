"""A profile as YAML that a person can go on editing."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import yaml

from licensecheck.model.profile import Money, Observation, Profile

SECTIONS = ("organization", "deployment", "derivatives", "materials", "policy")
HEAD = "# A deployment profile. Every field is optional; what is not given is unknown and becomes a question.\n"


def render_profile(profile: Profile) -> str:
    """The stated fields of a profile as YAML, sections in their usual order."""
    data: dict[str, Any] = {"version": 1}
    for name in SECTIONS:
        section = _stated(getattr(profile, name))
        if section:
            data[name] = section
    if profile.approvals:
        data["approvals"] = [_stated(approval) for approval in profile.approvals]
    return HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)


def _stated(part: Any) -> dict[str, Any]:
    """The fields of a dataclass that hold something; an empty tuple that is a default says nothing."""
    values = {field.name: (getattr(part, field.name), field.default) for field in fields(part)}
    return {name: _plain(value) for name, (value, default) in values.items() if value is not None and value != default}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        alone = value[0] if len(value) == 1 else None
        if isinstance(alone, Observation) and alone.as_of is None:
            return alone.value
        if isinstance(alone, Money) and alone.as_of is None:
            return _stated(alone)
        return [_plain(item) for item in value]
    return _stated(value) if isinstance(value, (Observation, Money)) else value
