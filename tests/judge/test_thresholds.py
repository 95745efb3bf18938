"""Size limits: which figure counts, when it was counted, in which currency, and what happens at the limit."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.domain.findings import Finding, Status

from .building import check, find, make_reading, make_term

CREDIT = "display-attribution"
USERS = {"metric": "monthly-active-users", "value": 700_000_000, "consequence": "separate-license"}


def judge(profile: dict[str, Any], **fields: Any) -> Finding:
    """The finding on a limit of monthly users, with other attributes by keyword."""
    details = {"operator": "gt", **fields.pop("details", {})}
    term = make_term("scale-threshold", details=details, **{**USERS, **fields})
    return find(check(make_reading(term), profile=profile), "scale-threshold")


def users(*counts: tuple[str, int]) -> dict[str, Any]:
    return {"organization": {"monthly_active_users": [{"as_of": day, "value": n} for day, n in counts]}}


def test_fixed_date_takes_the_last_count_before_it() -> None:
    grown = users(("2025-03-31", 610_000_000), ("2026-06-30", 940_000_000))
    assert judge(grown, includes_affiliates=True, measured_on="2025-04-05").status is Status.MET


def test_shrinking_after_the_date_does_not_help() -> None:
    shrunk = users(("2025-03-31", 760_000_000), ("2026-06-30", 430_000_000))
    assert judge(shrunk, includes_affiliates=True, measured_on="2025-04-05").status is Status.VIOLATION


def test_counts_after_the_date_say_nothing() -> None:
    finding = judge(users(("2025-01-31", 655_000_000)), includes_affiliates=True, measured_on="2024-07-23")
    assert finding.status is Status.REVIEW
    assert finding.question_fact == "organization.monthly_active_users@2024-07-23"


def test_continuous_limit_takes_the_newest_count() -> None:
    back = users(("2024-06-30", 800_000_000), ("2026-06-30", 700_000_000))
    assert judge(back, includes_affiliates=True).status is Status.MET


@pytest.mark.parametrize(("operator", "status"), [("gt", Status.MET), ("ge", Status.VIOLATION), (None, Status.REVIEW)])
def test_exactly_at_the_limit(operator: str | None, status: Status) -> None:
    profile = {"organization": {"monthly_active_users": 700_000_000}}
    assert judge(profile, includes_affiliates=True, details={"operator": operator}).status is status


def test_group_figure_above_a_product_limit_is_a_question() -> None:
    finding = judge({"organization": {"monthly_active_users": 900_000_000}}, details={"scope": "product"})
    assert (finding.status, finding.question_fact) == (Status.REVIEW, "deployment.monthly_active_users")


def test_product_figure_decides_a_product_limit() -> None:
    profile = {"organization": {"monthly_active_users": 900_000_000}, "deployment": {"monthly_active_users": 5}}
    assert judge(profile, details={"scope": "product"}).status is Status.MET


def test_product_figure_says_nothing_of_the_organization() -> None:
    profile = {"deployment": {"monthly_active_users": 5}}
    assert judge(profile, includes_affiliates=True).status is Status.REVIEW


def test_daily_users_are_no_more_than_monthly_ones() -> None:
    profile = {"organization": {"monthly_active_users": 5}}
    assert judge(profile, metric="daily-active-users", value=10, includes_affiliates=True).status is Status.MET


@pytest.mark.parametrize(
    ("amount", "currency", "status"),
    [
        (55_000_000, "JPY", Status.MET),
        (410_000_000, "KRW", Status.MET),
        (930_000, "EUR", Status.REVIEW),
        (9_000_000, "EUR", Status.VIOLATION),
        (1_000_000, "USD", Status.MET),
        (1_000_001, "USD", Status.VIOLATION),
        (5, "XTS", Status.REVIEW),
    ],
)
def test_money_is_compared_within_the_bounds_of_its_currency(amount: int, currency: str, status: Status) -> None:
    profile = {"organization": {"annual_revenue": {"amount": amount, "currency": currency}}}
    assert judge(profile, metric="annual-revenue", value=1_000_000, currency="USD").status is status


def test_limit_without_a_currency_is_a_question() -> None:
    profile = {"organization": {"annual_revenue": {"amount": 5, "currency": "USD"}}}
    assert judge(profile, metric="annual-revenue", value=1_000_000).status is Status.REVIEW


def test_limits_that_must_be_exceeded_together() -> None:
    both = {"details": {"join": "and", "operator": "gt"}, "includes_affiliates": True}
    one = make_term("scale-threshold", **{**USERS, "value": 100, **both})
    other = make_term("scale-threshold", metric="employees", value=50, consequence="separate-license", **both)
    report = check(make_reading(one, other), profile={"organization": {"monthly_active_users": 200, "employees": 20}})
    assert {f.status for f in report.findings if f.kind == "scale-threshold"} == {Status.MET}


def test_distance_and_growth_are_said() -> None:
    profile = {"organization": {"monthly_active_users": 301_000_000, "growth_per_month": 0.12}}
    message = judge(profile, includes_affiliates=True).message
    assert "43 % of the limit" in message
    assert "At 12% growth a month it is passed in 8 months." in message


def test_where_the_outcome_changes_is_said() -> None:
    finding = judge({"organization": {"monthly_active_users": 5}}, includes_affiliates=True)
    assert finding.limit == "Above 700,000,000 monthly active users a separate license is needed."


def test_limit_on_devices_does_not_concern_a_service() -> None:
    profile = {"deployment": {"channels": ["hosted-api"]}}
    assert judge(profile, metric="other", value=5000, details={"unit": "devices"}).status is Status.NOT_APPLICABLE


def credit_limits(join: str | None = None, *, other: str = "display-attribution") -> list[Status]:
    """The statuses of a limit of revenue that is not known beside one of users that is passed."""
    details = {"operator": "gt", "scope": "organization", **({"join": join} if join else {})}
    limits = (
        make_term("scale-threshold", metric="users", value=10, consequence=other, details=details),
        make_term("scale-threshold", metric="annual-revenue", value=10, consequence=CREDIT, details=details),
    )
    profile = {"organization": {"users": 20}, "materials": {"credit_lines": []}}
    report = check(make_reading(*limits), profile=profile)
    found = {f.attributes["metric"]: f.status for f in report.findings if f.kind == "scale-threshold"}
    return [found["users"], found["annual-revenue"]]


def test_limit_passed_already_needs_no_second_figure() -> None:
    assert credit_limits() == [Status.ACTION, Status.ACTION]


def test_limits_that_count_together_need_both_figures() -> None:
    assert credit_limits("and") == [Status.REVIEW, Status.REVIEW]


def test_limit_with_another_consequence_needs_its_own_figure() -> None:
    assert credit_limits(other="separate-license") == [Status.VIOLATION, Status.REVIEW]


def test_count_of_the_day_itself_is_none_before_it() -> None:
    finding = judge(users(("2025-04-05", 5)), includes_affiliates=True, measured_on="2025-04-05")
    assert finding.status is Status.REVIEW


@pytest.mark.parametrize(
    ("purpose", "status"),
    [
        ("commercial", Status.VIOLATION),
        ("research", Status.NOT_APPLICABLE),
        ("personal", Status.NOT_APPLICABLE),
        ("internal", Status.REVIEW),
    ],
)
def test_limit_that_binds_commercial_use_only(purpose: str, status: Status) -> None:
    profile = {"organization": {"monthly_active_users": 800_000_000}, "deployment": {"purpose": purpose}}
    assert judge(profile, includes_affiliates=True, commercial_only=True).status is status


@pytest.mark.parametrize(
    ("users_of", "status"),
    [
        ({"organization": 800_000_000}, Status.REVIEW),
        ({"organization": 600_000_000}, Status.MET),
        ({"organization": 800_000_000, "deployment": 750_000_000}, Status.VIOLATION),
    ],
    ids=["group above", "group below", "product above"],
)
def test_text_that_names_no_scope_leaves_both_open(users_of: dict[str, int], status: Status) -> None:
    profile = {section: {"monthly_active_users": count} for section, count in users_of.items()}
    assert judge(profile).status is status


@pytest.mark.parametrize(("yen", "status"), [(55_000_000, Status.MET), (130_000_000, Status.REVIEW)])
def test_money_near_the_limit_in_another_currency_is_a_question(yen: int, status: Status) -> None:
    profile = {"organization": {"annual_revenue": {"amount": yen, "currency": "JPY"}}}
    finding = judge(profile, metric="annual-revenue", value=1_000_000, currency="USD")
    assert finding.status is status


def test_limit_in_a_currency_that_moves_is_held_against_both_its_bounds() -> None:
    profile = {"organization": {"annual_revenue": {"amount": 1_050_000, "currency": "USD"}}}
    finding = judge(profile, metric="annual-revenue", value=1_000_000, currency="EUR")
    assert finding.status is Status.REVIEW


def test_credit_above_sizes_that_count_together_needs_both() -> None:
    both = {"join": "and", "operator": "gt", "scope": "organization"}
    limits = (
        make_term("scale-threshold", metric="users", value=10, consequence=CREDIT, details=both),
        make_term("scale-threshold", metric="employees", value=10, consequence=CREDIT, details=both),
    )
    line = make_term("display-attribution", triggers=("above-threshold",), texts=("Zorp",), required=True)
    profile = {
        "organization": {"users": 20, "employees": 5},
        "deployment": {"channels": ["product"]},
        "materials": {"credit_lines": []},
    }
    report = check(make_reading(*limits, line), profile=profile)
    assert find(report, "display-attribution").status is Status.NOT_APPLICABLE
