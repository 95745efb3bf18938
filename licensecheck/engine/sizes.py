"""How large the licensee is by a metric: as bounds, since a figure may be that of another scope, day or currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol, TypeVar

from licensecheck.engine.case import Case
from licensecheck.model.check import Currency
from licensecheck.model.profile import Money, Observation


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


def pick(figures: Sequence[D] | None, *, day: str | None) -> D | None:
    """The last figure, or where the text measures on a fixed day the last before it."""
    usable = [f for f in figures or () if day is None or f.as_of is None or f.as_of < day]
    return usable[-1] if usable else None


def count_bounds(metric: str, case: Case, *, day: str | None) -> tuple[Bounds, Bounds]:
    """Bounds of a head count: of the organization with its affiliates, and of the product alone."""
    org, product = case.profile.organization, case.profile.deployment
    daily = pick(org.daily_active_users, day=day)
    monthly = pick(org.monthly_active_users, day=day)
    alone = pick(product.monthly_active_users, day=day)
    if metric == "monthly-active-users":
        return _exact(monthly, least=(daily, alone)), _exact(alone, most=monthly)
    if metric == "daily-active-users":
        return _exact(daily, most=monthly), _exact(None, most=daily or monthly)
    if metric == "users":
        total = pick(org.users, day=day)
        return _exact(total, least=(monthly, daily, alone)), _exact(None, least=(alone,), most=total)
    if metric == "employees":
        return _exact(pick(org.employees, day=day)), UNKNOWN
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

    def worth(figures: tuple[Money, ...] | None) -> Bounds | None:
        money = pick(figures, day=day)
        return convert(money, currency=currency, rates=rates) if money is not None else None

    yearly, monthly = worth(org.annual_revenue), worth(org.monthly_revenue)
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
