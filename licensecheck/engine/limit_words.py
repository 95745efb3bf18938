"""A size limit in words: the figure against it, where the outcome changes, and how to ask for what is missing."""

from __future__ import annotations

from math import ceil, inf, log

from licensecheck.engine.case import Case
from licensecheck.engine.measure import METRICS, bounds_of, day_of, scope_of
from licensecheck.engine.sizes import UNKNOWN, Bounds, number
from licensecheck.model.check import Asking
from licensecheck.model.term import Term

OUTCOMES = {
    "separate-license": " Within it this is met; beyond it the model may not be used without a license of its own.",
    "prohibited": " Within it this is met; beyond it the model may not be used.",
    "display-attribution": " Within it nothing is owed; beyond it a credit line must be shown.",
    "royalty": " Within it nothing is owed; beyond it the licensor must be paid.",
}
"""What the answer decides, by what follows above the limit."""


def reason_of(term: Term, case: Case) -> str:
    """The figure against the limit, in one or two sentences."""
    size, value = bounds_of(term, case), term.attributes.get("value")
    if size == UNKNOWN or not size.said or not isinstance(value, (int, float)):
        return f"The limit is {in_words(term)}; no figure is given that decides it."
    share = "" if size.low != size.high or not value else f", {size.low / value * 100:.3g} % of it"
    return f"The limit is {in_words(term)}; the figure given is {size.said}{share}.{_outlook(term, case, size)}"


def in_words(term: Term) -> str:
    value = term.attributes.get("value")
    said = number(float(value)) if isinstance(value, (int, float)) else "not stated"
    currency = term.attributes.get("currency")
    metric = str(term.details.get("unit") or term.attributes.get("metric") or "size").replace("-", " ")
    day = day_of(term)
    counted = f", measured on {day}" if day else ""
    return f"{said} {currency + ' of ' if isinstance(currency, str) else ''}{metric}{counted}"


def _outlook(term: Term, case: Case, size: Bounds) -> str:
    """When the limit is passed at the expected growth, where it is measured continuously."""
    growth, value = case.profile.organization.growth_per_month, term.attributes.get("value")
    if not growth or growth <= 0 or day_of(term) or not isinstance(value, (int, float)):
        return ""
    if not 0 < size.high < value or size.high == inf:
        return ""
    months = ceil(log(value / size.high) / log(1 + growth))
    return f" At {growth:.0%} growth a month it is passed in {months} months."


def limit_of(term: Term, case: Case) -> str | None:
    if not isinstance(term.attributes.get("value"), (int, float)):
        return None
    reached = "at" if term.details.get("operator") == "ge" else "above"
    return f"The outcome changes {reached} {in_words(term)}."


def ask_for(case: Case) -> Asking:
    """How to ask for the figure that decides: of the product where that counts, on the day that counts."""
    term = case.term
    field = METRICS.get(str(term.attributes.get("metric")))
    if field is None:
        return Asking(fact=f"size.{case.reading.label}", text=f"Is the limit of {in_words(term)} exceeded?")
    room = "deployment" if scope_of(term, case) != "organization" and _product_asked(field) else "organization"
    asking = case.asking(f"{room}.{field}")
    value, day = term.attributes.get("value"), day_of(term)
    limit = f" The limit is {in_words(term)}." if value is not None else ""
    when = f" What counts is the last count before {day}." if day else ""
    return Asking(
        fact=f"{asking.fact}@{day}" if day else asking.fact,
        text=asking.text + limit + when + OUTCOMES.get(str(term.attributes.get("consequence")), ""),
        field=asking.field,
        type=asking.type,
    )


def _product_asked(field: str) -> bool:
    return field in ("monthly_active_users", "monthly_revenue", "annual_revenue")
