"""What size a threshold measures: its scope, its day, and the bounds that the profile's figures give."""

from __future__ import annotations

from licensecheck.engine.case import Case
from licensecheck.engine.sizes import Bounds, count_bounds, money_bounds
from licensecheck.model.term import Term

METRICS = {
    "monthly-active-users": "monthly_active_users",
    "daily-active-users": "daily_active_users",
    "users": "users",
    "annual-revenue": "annual_revenue",
    "monthly-revenue": "monthly_revenue",
    "total-funding": "total_funding",
    "employees": "employees",
}
"""Each metric's field in the profile."""
MONEY = ("annual-revenue", "monthly-revenue", "total-funding")


def bounds_of(term: Term, case: Case) -> Bounds:
    """The bounds of the size that the term measures."""
    metric, day = str(term.attributes.get("metric")), day_of(term)
    if metric in MONEY:
        currency = term.attributes.get("currency")
        group, product = money_bounds(metric, case, day=day, currency=currency if isinstance(currency, str) else None)
    else:
        group, product = count_bounds(metric, case, day=day)
    return _scoped(term, case, group=group, product=product)


def _scoped(term: Term, case: Case, *, group: Bounds, product: Bounds) -> Bounds:
    """The bounds in the scope that the text counts; where it is silent, what both figures leave possible."""
    scope = scope_of(term, case)
    if scope == "organization":
        return group
    said = product.said or group.said
    if scope == "product":
        return Bounds(low=product.low, high=min(product.high, group.high), said=said)
    return Bounds(low=product.low, high=group.high, said=group.said or said)


def scope_of(term: Term, case: Case) -> str | None:
    if term.details.get("scope") == "product" or case.says("threshold-counts-product"):
        return "product"
    if term.attributes.get("includes_affiliates") is True or term.details.get("scope") == "organization":
        return "organization"
    if term.attributes.get("metric") in (*MONEY, "employees"):
        return "organization"
    return None


def day_of(term: Term) -> str | None:
    day = term.attributes.get("measured_on")
    return str(day) if day is not None else None
