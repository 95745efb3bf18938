"""Whether a size lies above a limit that the text names."""

from __future__ import annotations

from math import ceil, inf, log

from licensecheck.engine.case import Case, Fact
from licensecheck.engine.sizes import UNKNOWN, Bounds, count_bounds, money_bounds, number
from licensecheck.engine.truth import Truth, every, some
from licensecheck.model.check import Asking
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
OUTCOMES = {
    "separate-license": " Within it this is met; beyond it the model may not be used without a license of its own.",
    "prohibited": " Within it this is met; beyond it the model may not be used.",
    "display-attribution": " Within it nothing is owed; beyond it a credit line must be shown.",
    "royalty": " Within it nothing is owed; beyond it the licensor must be paid.",
}
"""What the answer decides, by what follows above the limit."""
MONEY = ("annual-revenue", "monthly-revenue", "total-funding")


def over_limit(case: Case) -> Fact:
    """Whether the size is above the limit of this term, and of all that must be exceeded together with it."""
    truth = every((_over(case.term, case), *(_over(term, case) for term in _partners(case))))
    reason = _reason(case.term, case)
    return Fact(value=truth, reason=reason, ask=_ask(case) if truth is None else None, limit=_limit(case.term, case))


def any_over(case: Case) -> Truth:
    """Whether the licensee lies above any size that the text names; not known where the text names none."""
    terms = [term for term in case.reading.terms if term.kind == "scale-threshold"]
    joined = [term for term in terms if term.details.get("join") == "and"]
    together = every(_over(term, case) for term in joined) if joined else False
    alone = some(_over(term, case) for term in terms if term not in joined)
    return some((together, alone)) if terms else None


def counts_here(case: Case) -> Fact:
    """Whether the limit concerns this deployment: some bind commercial use only, some only what runs on devices."""
    deployment = case.profile.deployment
    if case.term.attributes.get("commercial_only") is True:
        known = {"commercial": True, "research": False, "personal": False}.get(deployment.purpose or "")
        reason = "The limit binds commercial use only." if known is False else ""
        return Fact(value=known, reason=reason, ask=case.asking("deployment.purpose") if known is None else None)
    if case.term.details.get("unit") == "devices" and deployment.channels is not None:
        shipped = any(channel in deployment.channels for channel in ("on-device", "weights"))
        return Fact(value=shipped, reason="" if shipped else "Nothing is shipped to devices.")
    return Fact(value=True)


def _partners(case: Case) -> list[Term]:
    """The other thresholds of the text that must be exceeded too."""
    if case.term.details.get("join") != "and":
        return []
    terms = [term for term in case.reading.terms if term.kind == "scale-threshold" and term is not case.term]
    return [term for term in terms if term.details.get("join") == "and"]


def _over(term: Term, case: Case) -> Truth:
    value = term.attributes.get("value")
    if not isinstance(value, (int, float)):
        return None
    return compare(bounds_of(term, case), float(value), operator=term.details.get("operator"))


def compare(size: Bounds, value: float, *, operator: object) -> Truth:
    """Whether the limit is broken; at exactly the limit that depends on the operator (gt, ge, or not known)."""
    if size.low > value or (operator == "ge" and size.low >= value):
        return True
    if size.high < value or (operator == "gt" and size.high <= value):
        return False
    return None


def bounds_of(term: Term, case: Case) -> Bounds:
    """The bounds of the size that the term measures."""
    metric, day = str(term.attributes.get("metric")), _day(term)
    if metric in MONEY:
        currency = term.attributes.get("currency")
        group, product = money_bounds(
            metric, case, day=day, currency=currency if isinstance(currency, str) else None
        )
    else:
        group, product = count_bounds(metric, case, day=day)
    return _scoped(term, case, group=group, product=product)


def _scoped(term: Term, case: Case, *, group: Bounds, product: Bounds) -> Bounds:
    """The bounds in the scope that the text counts; where it is silent, what both figures leave possible."""
    scope = _scope(term, case)
    if scope == "organization":
        return group
    said = product.said or group.said
    if scope == "product":
        return Bounds(low=product.low, high=min(product.high, group.high), said=said)
    return Bounds(low=product.low, high=group.high, said=group.said or said)


def _scope(term: Term, case: Case) -> str | None:
    if term.details.get("scope") == "product" or case.says("threshold-counts-product"):
        return "product"
    if term.attributes.get("includes_affiliates") is True or term.details.get("scope") == "organization":
        return "organization"
    if term.attributes.get("metric") in (*MONEY, "employees"):
        return "organization"
    return None


def _day(term: Term) -> str | None:
    day = term.attributes.get("measured_on")
    return str(day) if day is not None else None


def _reason(term: Term, case: Case) -> str:
    """The figure against the limit, in one or two sentences."""
    size, value = bounds_of(term, case), term.attributes.get("value")
    if size == UNKNOWN or not size.said or not isinstance(value, (int, float)):
        return f"The limit is {_in_words(term)}; no figure is given that decides it."
    share = "" if size.low != size.high or not value else f", {size.low / value * 100:.3g} % of it"
    return f"The limit is {_in_words(term)}; the figure given is {size.said}{share}.{_outlook(term, case, size)}"


def _in_words(term: Term) -> str:
    value = term.attributes.get("value")
    said = number(float(value)) if isinstance(value, (int, float)) else "not stated"
    currency = term.attributes.get("currency")
    metric = str(term.details.get("unit") or term.attributes.get("metric") or "size").replace("-", " ")
    day = _day(term)
    counted = f", measured on {day}" if day else ""
    return f"{said} {currency + ' of ' if isinstance(currency, str) else ''}{metric}{counted}"


def _outlook(term: Term, case: Case, size: Bounds) -> str:
    """When the limit is passed at the expected growth, where it is measured continuously."""
    growth, value = case.profile.organization.growth_per_month, term.attributes.get("value")
    if not growth or growth <= 0 or _day(term) or not isinstance(value, (int, float)):
        return ""
    if not 0 < size.high < value or size.high == inf:
        return ""
    months = ceil(log(value / size.high) / log(1 + growth))
    return f" At {growth:.0%} growth a month it is passed in {months} months."


def _limit(term: Term, case: Case) -> str | None:
    if not isinstance(term.attributes.get("value"), (int, float)):
        return None
    reached = "at" if term.details.get("operator") == "ge" else "above"
    return f"The outcome changes {reached} {_in_words(term)}."


def _ask(case: Case) -> Asking:
    """How to ask for the figure that decides: of the product where that counts, on the day that counts."""
    term = case.term
    field = METRICS.get(str(term.attributes.get("metric")))
    if field is None:
        return Asking(fact=f"size.{case.reading.label}", text=f"Is the limit of {_in_words(term)} exceeded?")
    room = "deployment" if _scope(term, case) != "organization" and _product_asked(field) else "organization"
    asking = case.asking(f"{room}.{field}")
    value, day = term.attributes.get("value"), _day(term)
    limit = f" The limit is {_in_words(term)}." if value is not None else ""
    when = f" What counts is the last count before {day}." if day else ""
    return Asking(
        fact=f"{asking.fact}@{day}" if day else asking.fact,
        text=asking.text + limit + when + OUTCOMES.get(str(term.attributes.get("consequence")), ""),
        field=asking.field,
        type=asking.type,
    )


def _product_asked(field: str) -> bool:
    return field in ("monthly_active_users", "monthly_revenue", "annual_revenue")

