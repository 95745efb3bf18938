"""Sizes above which rights end or duties start: metric, amount, operator, affiliates, date and consequence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from licensecheck.match.readers.dates import find_dates
from licensecheck.match.readers.numbers import Amount, find_amounts
from licensecheck.match.readers.scope import Scope, make_scope
from licensecheck.model.term import Value

MONEY = frozenset(("annual-revenue", "monthly-revenue", "total-funding"))
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_REACH = 260
"""How many characters an amount may stand away from the words that name its metric."""


def read_thresholds(scope: Scope, spec: Mapping[str, Any]) -> list[tuple[dict[str, Value], dict[str, Value]]]:
    """For each metric that the scope names with an amount, the term's attributes and its details."""
    text = scope.page.tree.masked
    amounts = [a for a in find_amounts(text, scope.start, scope.end) if _sizeable(text, a)]
    clause = make_scope(scope.page, scope.hit, scope.ready, {"scope": "clause"})
    shared = _shared(scope, clause, spec)
    counts = "product" if scope.has(spec["product"]) and not scope.has(spec["organization"]) else "organization"
    found: list[tuple[dict[str, Value], dict[str, Value]]] = []
    taken: list[tuple[Amount, str]] = []
    for metric, patterns in spec["metrics"].items():
        left = [a for a in amounts if not any(_restates(a, known) for known, _ in taken)]
        nearest = _nearest(scope.places(patterns), left, money=metric in MONEY)
        if nearest is None:
            continue
        operator, _, side = _operator(scope, spec, nearest).partition(" ")
        taken.append((nearest, side))
        attributes: dict[str, Value] = {"metric": metric, "value": _whole(nearest.value), **shared}
        if metric in MONEY:
            attributes["currency"] = nearest.currency
        found.append((attributes, {"operator": operator, "scope": counts}))
    join = _join(text, taken)
    return [(attributes, {**details, "join": join} if join else details) for attributes, details in found]


def _restates(amount: Amount, known: Amount) -> bool:
    """True for the very amount, and for a head count that the sentence gives again."""
    return amount.start == known.start or (not known.currency and amount.value == known.value)


def _join(text: str, taken: list[tuple[Amount, str]]) -> str | None:
    """`or` where each limit binds alone, `and` where all must be passed; "free below A and below B" binds at either."""
    if len(taken) < 2:
        return None
    spans = sorted((amount.start, amount.end) for amount, _ in taken)
    between = text[spans[0][1] : spans[-1][0]].lower()
    both = bool(re.search(r"\band\b|且|并", between)) and not re.search(r"\bor\b|或", between)
    below = all(side == "below" for _, side in taken)
    return "and" if both != below else "or"


def _sizeable(text: str, amount: Amount) -> bool:
    """False for years, clause numbers and percentages."""
    raw = text[amount.start : amount.end].strip()
    if amount.currency:
        return True
    return not _YEAR.fullmatch(raw) and amount.value >= 10 and text[amount.end : amount.end + 2].strip()[:1] != "%"


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _nearest(places: list[tuple[int, int]], amounts: list[Amount], *, money: bool) -> Amount | None:
    """The amount closest to the metric's words; money has a currency, a head count has none."""
    best: tuple[int, Amount] | None = None
    for amount in amounts:
        if bool(amount.currency) != money:
            continue
        for start, end in places:
            distance = max(amount.start - end, start - amount.end, 0)
            if distance <= _REACH and (best is None or distance < best[0]):
                best = (distance, amount)
    return best[1] if best else None


def _shared(scope: Scope, clause: Scope, spec: Mapping[str, Any]) -> dict[str, Value]:
    """The attributes that hold for every metric of the sentence; what follows from the size may stand after it."""
    affiliates: bool | None = None
    if scope.has(spec["excludes_affiliates"]):
        affiliates = False
    elif scope.has(spec["affiliates"]):
        affiliates = True
    return {
        "includes_affiliates": affiliates,
        "commercial_only": clause.has(spec["commercial"]) and not clause.has(spec["all_rights"]),
        "measured_on": _fixed_date(scope, spec),
        "consequence": _consequence(scope, spec) or _consequence(clause, spec),
    }


def _consequence(scope: Scope, spec: Mapping[str, Any]) -> str | None:
    return next((name for name, patterns in spec["consequences"].items() if scope.has(patterns)), None)


def _fixed_date(scope: Scope, spec: Mapping[str, Any]) -> str | None:
    """The release date, where the size is measured on it; the document's own date where the sentence gives none."""
    if not scope.has(spec["fixed"]):
        return None
    text = scope.page.tree.masked
    inside = find_dates(text, scope.start, scope.end)
    return inside[0][0] if inside else document_date(text)


_DATE_LABEL = re.compile(
    r"(?:release|effective|version|last\s+(?:updated|modified)|license|agreement|updated|dated)\s*(?:date)?\W{0,8}$",
    re.IGNORECASE,
)


def document_date(text: str) -> str | None:
    """The date that the head of a license bears: one named as release or effective date, else the first one."""
    dates = find_dates(text, 0, 3000)
    for iso, at in dates:
        if _DATE_LABEL.search(text[max(0, at - 40) : at]):
            return iso
    return dates[0][0] if dates else None


def _operator(scope: Scope, spec: Mapping[str, Any], amount: Amount) -> str:
    """`gt` where the limit binds above the amount only, `ge` where at the amount too; and which side is named."""
    before = [
        (end, name)
        for name, patterns in spec["operators"].items()
        for start, end in scope.places(patterns)
        if amount.start - 90 <= end <= amount.end + 40
    ]
    close = sorted(before, key=lambda e: abs(e[0] - amount.start))
    return close[0][1] if close else "gt above"
