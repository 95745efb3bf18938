"""Attribute values from the specification in a rule: the one place that knows which reader is which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from licensecheck.match.compile import ReadyRule
from licensecheck.match.page import Hit, Page
from licensecheck.match.readers.dates import find_dates
from licensecheck.match.readers.lines import line_below
from licensecheck.match.readers.numbers import find_amounts
from licensecheck.match.readers.places import find_places
from licensecheck.match.readers.quotes import find_quoted
from licensecheck.match.readers.scope import Scope, make_scope
from licensecheck.match.readers.urls import find_urls
from licensecheck.model.term import Value

LONG_QUOTE = 600
"""How far a quotation that begins in the scope may go on beyond it: its own full stops end sentences."""
_WIDE = 120
"""Characters that a number in words may take."""

Reader = Callable[[Scope, Any], Value]


def read_value(page: Page, hit: Hit, ready: ReadyRule, spec: Mapping[str, Any]) -> Value:
    """The value of one attribute: the specification names a reader and, if need be, the scope it looks in.

    Many matches share a wide scope: each is read once, or a long text would cost matches times length.
    """
    scope = make_scope(page, hit, ready, spec)
    key = ready.rule.id, id(spec), scope.start, scope.end
    if key not in page.readings:
        page.readings[key] = _read(scope, spec)
    return page.readings[key]


def _read(scope: Scope, spec: Mapping[str, Any]) -> Value:
    for name, reader in READERS.items():
        if name in spec:
            return reader(scope, spec[name])
    return None


def _each(scope: Scope, choices: Mapping[str, list[str]]) -> Value:
    """The names whose patterns stand in the scope, as a set."""
    return tuple(sorted(name for name, patterns in choices.items() if scope.has(patterns)))


def _first(scope: Scope, choices: list[Mapping[str, Any]]) -> Value:
    """The value of the first choice whose patterns (`if`) stand in the scope; a choice without `if` always holds."""
    for choice in choices:
        if "if" not in choice or scope.has(choice["if"]):
            value: Value = choice["value"]
            return value
    return None


def _quoted(scope: Scope, options: Mapping[str, Any]) -> Value:
    """Quoted strings; `after` asks that a pattern precedes, `many` gives a set, `max_words`, `min_words` bound them."""
    text = scope.page.tree.masked
    found = [q for q in find_quoted(text, scope.start, min(scope.end + LONG_QUOTE, len(text))) if q[1] <= scope.end]
    low, high = options.get("min_words", 1), options.get("max_words", 60)
    found = [q for q in found if low <= len(q[0].split()) <= high]
    if "after" in options:
        places = scope.places(options["after"])
        reach = options.get("reach", 200)
        found = [q for q in found if any(0 <= q[1] - end <= reach for _, end in places)]
    if "near" in options:
        places = scope.places(options["near"])
        found.sort(key=lambda q: min((abs(q[1] - end) for _, end in places), default=10**9))
    names = [q[0].rstrip(",;") for q in found]
    if options.get("many"):
        return tuple(sorted(dict.fromkeys(names)))
    if options.get("longest"):
        return max(names, key=len, default=None)
    return names[0] if names else None


def _url(scope: Scope, options: Mapping[str, Any] | bool) -> Value:
    """The first address; with `near` patterns the closest to them, if it stands `within` so many characters."""
    found = find_urls(scope.page.tree.text, scope.start, scope.end)
    if not isinstance(options, Mapping) or "near" not in options:
        return found[0][0] if found else None
    places, within = scope.places(options["near"]), options.get("within", 10**9)
    by_distance = sorted(
        (min((max(at - end, start - at) for start, end in places), default=within), at, url) for url, at in found
    )
    return by_distance[0][2] if by_distance and by_distance[0][0] < within else None


def _place(scope: Scope, options: Mapping[str, Any] | bool) -> Value:
    """One place's code: the most precise one named after the `near` patterns."""
    text = scope.page.tree.masked
    found = find_places(text, scope.start, scope.end)
    if isinstance(options, Mapping) and "near" in options:
        ends = [end for _, end in scope.places(options["near"])]
        after = [p for p in found if any(p.start >= end - 1 for end in ends)]
        found = after or found
    if not found:
        return None
    first = found[0]
    finer = [p for p in found[:3] if p.code.startswith(first.code + "-") and p.start - first.end < 40]
    return (finer or [first])[0].code


def _places(scope: Scope, options: Mapping[str, Any] | bool) -> Value:
    """The codes of all places named, as a set; `near` limits them to those after one of the patterns."""
    text = scope.page.tree.masked
    found = find_places(text, scope.start, scope.end)
    if isinstance(options, Mapping) and "near" in options:
        ends = [end for _, end in scope.places(options["near"])]
        found = [p for p in found if any(0 <= p.start - end <= options.get("reach", 240) for end in ends)]
    return tuple(sorted({p.code for p in found}))


def _number(scope: Scope, options: Mapping[str, Any]) -> Value:
    """The number closest to the `near` patterns ("within 30 days")."""
    text, reach = scope.page.tree.masked, options.get("reach", 40)
    close = sorted(
        (max(amount.start - end, start - amount.end, 0), amount.start, amount.value)
        for start, end in scope.places(options["near"])
        for amount in find_amounts(text, max(scope.start, start - reach - _WIDE), min(scope.end, end + reach + _WIDE))
        if not amount.currency
    )
    if not close or close[0][0] > reach:
        return None
    value = close[0][2]
    return int(value) if value == int(value) else value


def _date(scope: Scope, options: Mapping[str, Any] | bool) -> Value:
    found = find_dates(scope.page.tree.masked, scope.start, scope.end)
    return found[0][0] if found else None


READERS: Mapping[str, Reader] = {
    "each": _each,
    "first": _first,
    "quoted": _quoted,
    "line": line_below,
    "url": _url,
    "place": _place,
    "places": _places,
    "number": _number,
    "date": _date,
}
