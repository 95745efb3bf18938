"""Facts of a profile that do not fit together, and names in it that do not exist."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.catalog.profile_files import parse_profile
from licensecheck.domain.findings import Status, Verdict
from licensecheck.errors import LicenseCheckError
from tests.judge.building import check, find, make_reading, make_term

COMPANY: dict[str, Any] = {"name": "Acme Inc.", "annual_revenue": {"amount": 90_000_000, "currency": "USD"}}


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        (
            {"organization": {"monthly_active_users": 1000}, "deployment": {"monthly_active_users": 9000}},
            "deployment.monthly_active_users",
        ),
        ({"organization": {"monthly_active_users": 10, "daily_active_users": 11}}, "organization.daily_active_users"),
        (
            {"derivatives": {"modifies_model": False, "trains_other_models": False, "trained_model_released": True}},
            "derivatives.trained_model_released",
        ),
        (
            {"organization": COMPANY, "deployment": {"purpose": "research", "channels": ["product"]}},
            "deployment.purpose",
        ),
    ],
    ids=["product above group", "daily above monthly", "released and not made", "research that sells"],
)
def test_facts_that_clash_are_asked_for(profile: dict[str, Any], field: str) -> None:
    finding = find(check(make_reading(), profile=profile), "contradictory-facts")
    assert finding.status is Status.REVIEW
    assert field in finding.attributes["fields"]


def test_clashing_purpose_permits_nothing() -> None:
    profile = {"organization": COMPANY, "deployment": {"purpose": "research", "channels": ["hosted-api"]}}
    report = check(make_reading(make_term("noncommercial")), profile=profile)
    assert find(report, "noncommercial").status is Status.REVIEW


def test_university_that_offers_its_study_contradicts_nothing() -> None:
    profile = {
        "organization": {"name": "University of Example"},
        "deployment": {"purpose": "research", "channels": ["hosted-api"]},
    }
    assert not [f for f in check(make_reading(), profile=profile).findings if f.kind == "contradictory-facts"]


@pytest.mark.parametrize(("written", "meant"), [("UK", "GB"), ("EL", "GR")])
def test_code_that_offices_write_is_taken_for_that_of_the_country(written: str, meant: str) -> None:
    profile = parse_profile({"organization": {"domicile": written}}, path="profile.yaml")
    assert profile.organization.domicile == meant


def test_code_that_no_country_has_is_a_question() -> None:
    report = check(make_reading(), profile={"deployment": {"regions": ["ZZ"]}})
    assert "ZZ is the code of no country" in find(report, "contradictory-facts").message


def test_banned_license_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(LicenseCheckError, match="did you mean 'gpl-3"):
        parse_profile({"policy": {"deny_licenses": ["gpl-3.o"]}}, path="profile.yaml")


def test_banned_family_bars_its_licenses() -> None:
    assert parse_profile({"policy": {"deny_licenses": ["agpl"]}}, path="p").policy.deny_licenses == ("agpl",)


@pytest.mark.parametrize("lacking", [{"reason": "by letter"}, {"by": "Legal"}])
def test_approval_without_a_name_and_a_reason_does_not_count(lacking: dict[str, str]) -> None:
    profile = {
        "deployment": {"purpose": "commercial"},
        "approvals": [{"license": "zorp-1.0", "kind": "noncommercial", **lacking}],
    }
    report = check(make_reading(make_term("noncommercial")), profile=profile)
    assert report.verdict is Verdict.DENIED


def test_place_under_sanctions_is_a_question_where_the_text_asks_for_sanctions_law() -> None:
    report = check(make_reading(make_term("export-control")), profile={"organization": {"domicile": "KP"}})
    assert find(report, "export-control").status is Status.REVIEW


def test_figure_that_is_years_old_is_not_known() -> None:
    term = make_term(
        "scale-threshold", metric="monthly-active-users", value=700_000_000.0, consequence="separate-license"
    )
    old = {"organization": {"monthly_active_users": [{"as_of": "2020-01-31", "value": 10}]}}
    assert find(check(make_reading(term), profile=old), "scale-threshold").status is Status.REVIEW


def test_question_on_a_clash_and_on_the_term_that_hangs_on_it_is_one() -> None:
    profile = {"organization": COMPANY, "deployment": {"purpose": "research", "channels": ["product"]}}
    report = check(make_reading(make_term("noncommercial")), profile=profile)
    assert [question.fact for question in report.questions if "purpose" in question.fact] == ["deployment.purpose"]
