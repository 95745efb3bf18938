"""Profiles: what is read, what is refused, and that the published schema says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from licensecheck.catalog import profile_files as loader
from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.profile_fields import approvable_kinds
from licensecheck.catalog.profile_files import change_profile, find_profile, load_profile, parse_profile
from licensecheck.domain.profile import Money, Observation, Profile
from licensecheck.errors import Faults, LicenseCheckError, ProfileError

SCHEMA = json.loads((Path(loader.__file__).parent / "schemas" / "profile.schema.json").read_text(encoding="utf-8"))

GOOD: dict[str, Any] = {
    "nothing at all": {},
    "a section left empty": {"version": 1, "organization": None},
    "one number": {"organization": {"monthly_active_users": 12}},
    "counts with dates": {"organization": {"employees": [{"as_of": "2026-01-31", "value": 3}, {"value": 2}]}},
    "an amount": {"organization": {"annual_revenue": {"amount": 1.5, "currency": "eur"}}},
    "amounts with dates": {
        "deployment": {"monthly_revenue": [{"amount": 1, "currency": "USD", "as_of": "2026-01-31"}]}
    },
    "regions by name": {"deployment": {"regions": ["EU", "worldwide", "US-CA", "NO"]}},
    "materials by path and flag": {"materials": {"license_copy": "LICENSE", "notice_file": True}},
    "an approval": {"approvals": [{"license": "mit", "kind": "include-license", "expires": "2027-01-31"}]},
    "settings of the scan beside it": {"scan": {"names": []}, "organization": {"name": "Acme"}},
    "house rules": {"policy": {"allow_classes": ["open"], "deny_licenses": ["agpl-3.0"], "review_kinds": ["audit"]}},
}
BAD: dict[str, Any] = {
    "a list": [1],
    "a misspelt section": {"organisation": {}},
    "a misspelt field": {"deployment": {"chanels": ["product"]}},
    "an unknown channel": {"deployment": {"channels": ["web"]}},
    "channels as a text": {"deployment": {"channels": "product"}},
    "a purpose in other words": {"deployment": {"purpose": "business"}},
    "a number as text": {"organization": {"employees": "12"}},
    "a negative number": {"organization": {"employees": -1}},
    "true as a number": {"organization": {"employees": True}},
    "revenue without a currency": {"organization": {"annual_revenue": {"amount": 1}}},
    "a bare revenue": {"organization": {"annual_revenue": 1000000}},
    "a country by name": {"organization": {"domicile": "Germany"}},
    "Norway as false": {"organization": {"domicile": False}},
    "yes as a text": {"derivatives": {"modifies_model": "yes"}},
    "an approval of nothing": {"approvals": [{"license": "mit"}]},
    "a date of another form": {"approvals": [{"license": "mit", "kind": "audit", "expires": "31.1.2027"}]},
    "a kind that is none": {"policy": {"review_kinds": ["governing_law"]}},
    "a category that is none": {"deployment": {"decided": ["child harm"]}},
    "an approval of a kind that is none": {"approvals": [{"license": "mit", "kind": "size"}]},
    "an unknown class": {"policy": {"allow_classes": ["free"]}},
    "another version": {"version": 2},
    "an empty text": {"organization": {"name": " "}},
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_good_profile_is_read(data: Any) -> None:
    assert isinstance(parse_profile(data, path="p.yaml"), Profile)


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_bad_profile_is_refused(data: Any) -> None:
    with pytest.raises(LicenseCheckError):
        parse_profile(data, path="p.yaml")


@pytest.mark.parametrize("data", [*GOOD.values(), *BAD.values()], ids=[*GOOD, *BAD])
def test_published_schema_agrees(data: Any) -> None:
    try:
        parse_profile(data, path="p.yaml")
    except LicenseCheckError:
        refused = True
    else:
        refused = False
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(data) is not refused


def test_schema_lists_the_words_of_the_vocabulary() -> None:
    terms = load_data("terms.yaml")
    policy = SCHEMA["properties"]["policy"]["anyOf"][0]["properties"]
    assert sorted(policy["review_kinds"]["anyOf"][0]["items"]["enum"]) == sorted(terms["terms"])


def test_schema_lists_the_kinds_of_findings_that_can_be_approved() -> None:
    approval = SCHEMA["properties"]["approvals"]["anyOf"][0]["items"]["properties"]
    assert sorted(approval["kind"]["enum"]) == sorted(approvable_kinds())


def test_schema_lists_the_fields_of_the_reader() -> None:
    sections = SCHEMA["properties"]
    names = {
        name: set(part["anyOf"][0]["properties"])
        for name, part in sections.items()
        if "properties" in str(part) and part["anyOf"][0].get("type") == "object"
    }
    readers = {name: set(cls.__slots__) for name, cls in loader.CLASSES.items()}
    assert names == readers


def test_every_fault_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("version: 1\norganization:\n  domicil: DE\ndeployment:\n  channels: [web]\n", encoding="utf-8")
    with pytest.raises(Faults) as caught:
        load_profile(file)
    assert [(f.place.line, f.place.column) for f in caught.value.faults if f.place] == [(3, 12), (5, 14)]


def test_misspelt_key_is_met_with_the_right_one() -> None:
    with pytest.raises(ProfileError, match="did you mean 'domicile'"):
        parse_profile({"organization": {"domicil": "DE"}}, path="p.yaml")


def test_observations_are_ordered_by_date() -> None:
    users = [{"as_of": "2026-06-30", "value": 2}, {"as_of": "2025-03-31", "value": 1}]
    profile = parse_profile({"organization": {"monthly_active_users": users}}, path="p.yaml")
    assert profile.organization.monthly_active_users == (
        Observation(value=1, as_of="2025-03-31"),
        Observation(value=2, as_of="2026-06-30"),
    )


def test_empty_channels_state_nothing() -> None:
    assert parse_profile({"deployment": {"channels": [], "uses": []}}, path="p").deployment.channels is None


def test_unquoted_date_is_read(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("approvals: [{license: mit, kind: audit, expires: 2027-01-31}]", encoding="utf-8")
    assert load_profile(file).approvals[0].expires == "2027-01-31"


def test_profile_under_its_own_key(tmp_path: Path) -> None:
    file = tmp_path / "licensecheck.yaml"
    file.write_text("scan: {}\nprofile:\n  organization: {name: Acme}\n", encoding="utf-8")
    assert load_profile(file).organization.name == "Acme"


def test_profile_in_pyproject(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    revenue = "{amount = 5, currency = 'EUR'}"
    file.write_text(f"[tool.licensecheck.profile.organization]\nannual_revenue = {revenue}\n", encoding="utf-8")
    found = find_profile(tmp_path)
    assert found == file
    assert load_profile(file).organization.annual_revenue == (Money(amount=5, currency="EUR"),)


def test_broken_yaml_is_told_on_one_line(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("organization: {name: [", encoding="utf-8")
    with pytest.raises(ProfileError, match="no valid YAML"):
        load_profile(file)


def test_one_field_can_be_changed() -> None:
    profile = change_profile(Profile(), "organization.monthly_active_users", "800000000")
    assert profile.organization.monthly_active_users == (Observation(value=800000000),)


@pytest.mark.parametrize("path", ["organization.size", "nothing.at_all", "approvals.license"])
def test_unknown_field_cannot_be_changed(path: str) -> None:
    with pytest.raises(ProfileError):
        change_profile(Profile(), path, "1")


def test_contract_profile_is_read(shared: Path) -> None:
    assert load_profile(shared / "contract" / "profile.yaml").organization.domicile == "DE"
