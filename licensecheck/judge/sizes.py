"""How large the licensee is by a metric: as bounds, since a figure may be that of another scope, day or currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, inf, log
from typing import Protocol, TypeVar

from licensecheck.catalog.phrasing import load_phrasing
from licensecheck.domain.licenses import Term
from licensecheck.domain.profile import Money, Observation
from licensecheck.domain.rules import Asking, Currency
from licensecheck.frozen import dataclass, replace
from licensecheck.judge.case import Case, Fact, Truth, every, is_commercial, some


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The size lies between `low` and `high`, both included; `said` is the figure it rests on, in words."""

    low: float
    high: float
    said: str = ""


UNKNOWN = Bounds(low=0.0, high=inf)


class _Dated(Protocol):
    @property
    def as_of(self) -> str | None: ...


D = TypeVar("D", bound=_Dated)


YEARS = 2
"""A figure that was taken so many years before the day that counts says nothing of it."""


def pick(figures: Sequence[D] | None, *, day: str | None, today: str | None = None) -> D | None:
    """The last figure, or where the text measures on a fixed day the last before it; none that is years old."""
    usable = [f for f in figures or () if day is None or f.as_of is None or f.as_of < day]
    return usable[-1] if usable and not _is_years_old(usable[-1].as_of, day or today) else None


def _is_years_old(taken: str | None, day: str | None) -> bool:
    return taken is not None and day is not None and f"{int(taken[:4]) + YEARS:04d}{taken[4:]}" < day


def count_bounds(metric: str, case: Case, *, day: str | None) -> tuple[Bounds, Bounds]:
    """Bounds of a head count: of the organization with its affiliates, and of the product alone."""
    org, product = case.profile.organization, case.profile.deployment
    daily = pick(org.daily_active_users, day=day, today=case.situation.today)
    monthly = pick(org.monthly_active_users, day=day, today=case.situation.today)
    alone = pick(product.monthly_active_users, day=day, today=case.situation.today)
    if metric == "monthly-active-users":
        return _exact(monthly, least=(daily, alone)), _exact(alone, most=monthly)
    if metric == "daily-active-users":
        return _exact(daily, most=monthly), _exact(None, most=daily or monthly)
    if metric == "users":
        total = pick(org.users, day=day, today=case.situation.today)
        return _exact(total, least=(monthly, daily, alone)), _exact(None, least=(alone,), most=total)
    if metric == "employees":
        return _exact(pick(org.employees, day=day, today=case.situation.today)), UNKNOWN
    return UNKNOWN, UNKNOWN


def _exact(
    figure: Observation | None, *, least: tuple[Observation | None, ...] = (), most: Observation | None = None
) -> Bounds:
    """The figure itself; without one, what other figures leave possible."""
    if figure is not None:
        return Bounds(low=figure.value, high=figure.value, said=_count(figure))
    low = max((f.value for f in least if f is not None), default=0.0)
    high = most.value if most is not None else inf
    used = most if most is not None else next((f for f in least if f is not None and f.value == low), None)
    return Bounds(low=low, high=max(low, high), said=_count(used) if used else "")


def _count(figure: Observation) -> str:
    return number(figure.value) + (f" (counted {figure.as_of})" if figure.as_of else "")


def money_bounds(metric: str, case: Case, *, day: str | None, currency: str | None) -> tuple[Bounds, Bounds]:
    """Bounds of an amount in the limit's currency: of the organization, and of the product alone."""
    org, product = case.profile.organization, case.profile.deployment
    rates = case.situation.knowledge.currencies

    def worth(figures: tuple[Money, ...] | None, period: str = "") -> Bounds | None:
        money = pick(figures, day=day, today=case.situation.today)
        if money is None:
            return None
        bounds = convert(money, currency=currency, rates=rates)
        return (
            bounds if period in ("", metric) else replace(bounds, said=f"{bounds.said} of {period.replace('-', ' ')}")
        )

    yearly, monthly = worth(org.annual_revenue, "annual-revenue"), worth(org.monthly_revenue, "monthly-revenue")
    if metric == "annual-revenue":
        return _joined(yearly, least=monthly), _joined(worth(product.annual_revenue), most=yearly)
    if metric == "monthly-revenue":
        return _joined(monthly, most=yearly), _joined(worth(product.monthly_revenue), most=monthly or yearly)
    if metric == "total-funding":
        return _joined(worth(org.total_funding)), UNKNOWN
    return UNKNOWN, UNKNOWN


def _joined(bounds: Bounds | None, *, least: Bounds | None = None, most: Bounds | None = None) -> Bounds:
    if bounds is not None:
        return bounds
    low = least.low if least else 0.0
    said = most.said if most else least.said if least else ""
    return Bounds(low=low, high=most.high if most else inf, said=said)


def convert(money: Money, *, currency: str | None, rates: Mapping[str, Currency]) -> Bounds:
    """The amount in the limit's currency, within the bounds in which the two have moved; else open."""
    said = f"{number(money.amount)} {money.currency}" + (f" ({money.as_of})" if money.as_of else "")
    if currency is None:
        return Bounds(low=0.0, high=inf, said=said)
    if money.currency == currency:
        return Bounds(low=money.amount, high=money.amount, said=said)
    own, limit = rates.get(money.currency), rates.get(currency)
    if own is None or limit is None or limit.low <= 0:
        return Bounds(low=0.0, high=inf, said=said)
    return Bounds(low=money.amount * own.low / limit.high, high=money.amount * own.high / limit.low, said=said)


def number(value: float) -> str:
    """A number with commas, without needless decimals."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.2f}"


# What size a threshold measures: its scope, its day, and the bounds that the profile's figures give.


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


# A size limit in words: the figure against it, where the outcome changes, and how to ask for what is missing.


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
    share = "" if size.low != size.high or not value else f", {_share(size.low / value)}"
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
    """Where the outcome changes, and to what: "Above 700 employees a separate license is needed."."""
    if not isinstance(term.attributes.get("value"), (int, float)):
        return None
    reached = "From" if term.details.get("operator") == "ge" else "Above"
    words = load_phrasing().words.get("consequence", {})
    follows = words.get(str(term.attributes.get("consequence")), "the outcome changes")
    return f"{reached} {in_words(term)}{',' if day_of(term) else ''} {follows}."


def _share(ratio: float) -> str:
    """How much of the limit a figure is, in per cent, or as a multiple where it is far beyond."""
    return f"{ratio:,.0f} times the limit" if ratio >= 10 else f"{ratio * 100:.3g} % of the limit"


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


# Whether a size lies above a limit that the text names.


def over_limit(case: Case) -> Fact:
    """Whether the size is above the limit of this term, and of all that must be exceeded together with it."""
    truth = every((_over(case.term, case), *(_over(term, case) for term in _partners(case))))
    if truth is None and any(_over(term, case) for term in _alternatives(case)):
        return Fact(value=True, reason=f"Another limit is passed already; {in_words(case.term)} decides nothing more.")
    reason = reason_of(case.term, case)
    ask = ask_for(case) if truth is None else None
    return Fact(value=truth, reason=reason, ask=ask, limit=limit_of(case.term, case))


def any_over(case: Case) -> Truth:
    """Whether the licensee lies above any size that the text names; not known where the text names none."""
    terms = [term for term in case.reading.terms if term.kind == "scale-threshold"]
    joined = [term for term in terms if _is_joined(term)]
    together = every(_over(term, case) for term in joined) if joined else False
    alone = some(_over(term, case) for term in terms if term not in joined)
    return some((together, alone)) if terms else None


def counts_here(case: Case) -> Fact:
    """Whether the limit concerns this deployment: some bind commercial use only, some only what runs on devices."""
    deployment = case.profile.deployment
    if case.term.attributes.get("commercial_only") is True:
        known = is_commercial(deployment.purpose)
        reason = "The limit binds commercial use only." if known is False else ""
        return Fact(value=known, reason=reason, ask=case.asking("deployment.purpose") if known is None else None)
    if case.term.details.get("unit") == "devices" and deployment.channels is not None:
        shipped = any(channel in deployment.channels for channel in ("on-device", "weights"))
        return Fact(value=shipped, reason="" if shipped else "Nothing is shipped to devices.")
    return Fact(value=True)


def _partners(case: Case) -> list[Term]:
    """The other thresholds of the text that must be exceeded too."""
    return [term for term in _others(case) if _is_joined(case.term) and _is_joined(term)]


def _alternatives(case: Case) -> list[Term]:
    """The other thresholds each of which, passed alone, has the same consequence as this one."""
    consequence = case.term.attributes.get("consequence")
    alone = [term for term in _others(case) if not _is_joined(case.term) and not _is_joined(term)]
    return [term for term in alone if consequence and term.attributes.get("consequence") == consequence]


def _others(case: Case) -> list[Term]:
    return [term for term in case.reading.terms if term.kind == "scale-threshold" and term is not case.term]


def _is_joined(term: Term) -> bool:
    """True where the limit counts only together with the others that are so joined."""
    return term.details.get("join") == "and"


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
