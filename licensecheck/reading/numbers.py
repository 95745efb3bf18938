"""Amounts in legal prose: "700 million", "one million (1,000,000)", "US$10,000,000", "3亿", "一千万"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import Value
from licensecheck.lazy import re
from licensecheck.reading.detection import Scope, make_scope

_GROUP = "[,\u00a0 ']"
"""What separates thousands."""
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_HAN = "".join((*_HAN_DIGITS, *_HAN_TENS, *_HAN_MYRIADS))
_REPEATED = 6
"""How many characters may stand between a number in words and the figure in brackets that repeats it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number in a text with its currency (ISO 4217), if any, and its offsets."""

    value: float
    currency: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """How amounts are written, from `rules/amounts.yaml`, and the expression that finds them."""

    words: Mapping[str, int]
    scales: Mapping[str, int]
    currencies: Mapping[str, str]
    amount: re.Pattern[str]
    scale: re.Pattern[str]


@per_catalog
def notation() -> Notation:
    """The notation that ships with the project."""
    data = load_data("amounts.yaml")
    currencies = {mark.lower(): code for code, marks in data["currencies"].items() for mark in marks}
    scales = data["scales"]
    return Notation(
        words=data["words"],
        scales=scales,
        currencies=currencies,
        amount=re.compile(_expression(data["words"], scales, currencies), re.IGNORECASE),
        scale=re.compile(_either(scales)),
    )


def _expression(words: Iterable[str], scales: Iterable[str], currencies: Iterable[str]) -> str:
    spelled_out = _either([*words, "hundred", "a"])
    letters = [scale for scale in scales if len(scale) == 1 and scale.isascii()]
    names = [scale for scale in scales if scale not in letters]
    powers = _either([name for name in names if name[0].isascii() and len(name) > 3])
    return (
        rf"(?P<before>{_either(currencies, whole=True)})?\s{{0,3}}"
        rf"(?:(?P<digits>\d{{1,3}}(?:\.\d{{3}}){{2,}}|\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"|(?P<han>(?:[一二两兩三四五六七八九十]|[百千](?=[{''.join(_HAN_MYRIADS)}]))[{_HAN}]{{1,12}})"
        rf"|\b(?P<words>(?:{spelled_out})(?:[\s-]+(?:and\s+)?(?:{spelled_out})){{0,12}})(?=[\s-]+(?:{powers})\b))"
        rf"(?P<scales>(?:\s{{0,3}}-?\s{{0,3}}(?:{_either(names)})|(?:{_either(letters)})\b)*)"
        rf"\s{{0,3}}(?P<after>{_either(currencies, whole=True)})?"
    )


def _either(names: Iterable[str], *, whole: bool = False) -> str:
    """One of these names, longest first; as whole words where they are words."""
    parts = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        body = r"\s+".join(re.escape(word) for word in name.split())
        left = r"\b" if whole and name[0].isascii() and name[0].isalpha() else ""
        right = r"\b" if whole and name[-1].isascii() and name[-1].isalpha() else ""
        parts.append(left + body + right)
    return "|".join(parts)


def find_amounts(text: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """The amounts between two offsets; a figure in brackets that repeats the words before it counts once."""
    known = notation()
    found: list[Amount] = []
    for m in known.amount.finditer(text, start, len(text) if end is None else end):
        value = _value(m, known)
        if value is None:
            continue
        mark = " ".join((m["before"] or m["after"] or "").lower().split())
        amount = Amount(value=value, currency=known.currencies.get(mark), start=m.start(), end=m.end())
        if found and found[-1].value == value and amount.start - found[-1].end < _REPEATED:
            first = found.pop()
            amount = Amount(value=value, currency=amount.currency or first.currency, start=first.start, end=amount.end)
        found.append(amount)
    return found


def _value(m: re.Match[str], known: Notation) -> float | None:
    if m["digits"]:
        digits = m["digits"].replace(".", "") if m["digits"].count(".") > 1 else m["digits"]
        base: float | None = float(re.sub(_GROUP, "", digits))
    else:
        base = han_value(m["han"]) if m["han"] else spelled(m["words"] or "")
    if base is None:
        return None
    for scale in known.scale.findall(m["scales"].lower()):
        base *= known.scales[scale]
    return base


def han_value(number: str) -> float:
    """The value of a number in Chinese characters ("三千五百万")."""
    total = section = digit = 0
    for c in number:
        if c in _HAN_DIGITS:
            digit = _HAN_DIGITS[c]
        elif c in _HAN_TENS:
            section, digit = section + (digit or 1) * _HAN_TENS[c], 0
        else:
            total, section, digit = (total + section + digit or 1) * _HAN_MYRIADS[c], 0, 0
    return float(total + section + digit)


def spelled(words: str) -> float | None:
    """The value of a number below one thousand in English words ("seven hundred and fifty")."""
    known = notation().words
    total, seen = 0, False
    for word in re.findall(r"[^\W\d_]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word == "a":
            total += 1
        elif word != "and" and word not in known:
            return None
        else:
            total += known.get(word, 0)
        seen = True
    return float(total) if seen else None


# Dates as licenses write them, in ISO 8601.


_NAMES = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
)
_MONTHS = {name: number for names in _NAMES for number, name in enumerate(names.split(), start=1)} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH})\.?,?\s+(?P<y2>\d{{4}})\b"
    r"|\b(?P<y3>(?:19|20)\d{2})\s?[-/.年]\s?(?P<m3>\d{1,2})\s?[-/.月]\s?(?P<d3>\d{1,2})日?",
    re.IGNORECASE,
)


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[tuple[str, int]]:
    """The dates between two offsets as (ISO date, offset), in order."""
    found = []
    for m in _DATE.finditer(text, start, len(text) if end is None else end):
        year = m["y1"] or m["y2"] or m["y3"]
        month = m["m1"] or m["m2"] or m["m3"]
        day = m["d1"] or m["d2"] or m["d3"]
        number = int(month) if month.isdigit() else _MONTHS[month.lower().rstrip(".")]
        try:
            found.append((date(int(year), number, int(day)).isoformat(), m.start()))
        except ValueError:
            continue
    return found


# Sizes above which rights end or duties start: metric, amount, operator, affiliates, date and consequence.


MONEY = frozenset(("annual-revenue", "monthly-revenue", "total-funding"))
ENDED, OFFERED = "prohibited", "separate-license"
"""Consequences: that rights end, and that another license is to be had."""
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_REACH = 260
"""How many characters an amount may stand away from the words that name its metric."""


def read_thresholds(scope: Scope, spec: Mapping[str, Any]) -> list[tuple[dict[str, Value], dict[str, Value]]]:
    """For each metric that the scope names with an amount, the term's attributes and its details."""
    text = scope.indexed.tree.masked
    amounts = [a for a in find_amounts(text, scope.start, scope.end) if _sizeable(text, a)]
    told = scope
    if not amounts:
        scope, amounts = _defined(scope, spec)
    clause = make_scope(scope.indexed, scope.hit, scope.ready, {"scope": "clause"})
    shared = _shared(scope, clause, spec)
    if told is not scope:
        around = make_scope(told.indexed, told.hit, told.ready, {"scope": "clause"})
        shared |= {name: value for name, value in _shared(told, around, spec).items() if value}
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


def _defined(scope: Scope, spec: Mapping[str, Any]) -> tuple[Scope, list[Amount]]:
    """Where a sentence names its size by a defined word, the sentence that gives the amount, and the amounts in it."""
    text = scope.indexed.tree.masked
    for context in scope.indexed.contexts if scope.has(spec.get("defined", ())) else ():
        other = replace(scope, contexts=(context,), start=context.sentence.start, end=context.sentence.end)
        if context.sentence.clause.defines is None or not other.has(spec["defined"]):
            continue
        amounts = [a for a in find_amounts(text, other.start, other.end) if _sizeable(text, a)]
        if amounts:
            return other, amounts
    return scope, []


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
    elif scope.has(spec["affiliates"]) or _counts_group(scope, spec):
        affiliates = True
    return {
        "includes_affiliates": affiliates,
        "commercial_only": clause.has(spec["commercial"]) and not clause.has(spec["all_rights"]),
        "measured_on": _fixed_date(scope, spec),
        "consequence": _consequence(scope, spec),
    }


def _counts_group(scope: Scope, spec: Mapping[str, Any]) -> bool:
    """True where a word of the scope, no name of the licensor, is defined as a body with those that it controls."""
    low = scope.text.casefold()
    for context in scope.indexed.contexts:
        name = context.sentence.clause.defines
        if name is None or not _speaks_of(low, name.casefold()):
            continue
        definition = replace(scope, contexts=(context,))
        if definition.has(spec["group"]) and not definition.has(spec["licensors"]):
            return True
    return False


def _speaks_of(low: str, name: str) -> bool:
    """True for a text with the word or its plural."""
    plurals = (f"{name[:-1]}ies",) if name.endswith("y") else (f"{name}s", f"{name}es")
    return any(_holds_whole(low, form) for form in (name, *plurals))


def _holds_whole(low: str, words: str) -> bool:
    """True where the words stand in the text and no letter or digit touches them."""
    at = low.find(words)
    while at >= 0:
        if not low[at - 1 : at].isalnum() and not low[at + len(words) : at + len(words) + 1].isalnum():
            return True
        at = low.find(words, at + 1)
    return False


def _consequence(scope: Scope, spec: Mapping[str, Any]) -> str | None:
    """What follows: an end of rights is softened by a sentence after it that offers a license of its own."""
    found = _named_consequence(scope, spec)
    if found == ENDED and _named_consequence(_wider(scope, "next"), spec) == OFFERED:
        return OFFERED
    return found or _named_consequence(_wider(scope, "clause"), spec)


def _wider(scope: Scope, name: str) -> Scope:
    return make_scope(scope.indexed, scope.hit, scope.ready, {"scope": name})


def _named_consequence(scope: Scope, spec: Mapping[str, Any]) -> str | None:
    return next((name for name, patterns in spec["consequences"].items() if scope.has(patterns)), None)


def _fixed_date(scope: Scope, spec: Mapping[str, Any]) -> str | None:
    """The release date, where the size is measured on it; the document's own date where the sentence gives none."""
    if not scope.has(spec["fixed"]):
        return None
    text = scope.indexed.tree.masked
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
