"""Attribute values from the specification in a rule: the one place that knows which reader is which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import Value
from licensecheck.lazy import re
from licensecheck.reading.detection import ReadyRule, Scope, make_scope
from licensecheck.reading.indexed_text import Hit, IndexedText
from licensecheck.reading.numbers import find_amounts, find_dates

# Words that a license prescribes without quotation marks: they stand on their own below a colon.


_COLONS = (":", "：")
_MARKS = "\"'“”‘’«»「」"


def line_below(scope: Scope, options: Mapping[str, Any]) -> tuple[str, ...]:
    """The sentence after one that ends in a colon, as a set of one; none where it is quoted, too short or too long.

    A placeholder is no wording: a line that asks the licensee to fill something in gives nothing.
    """
    text, above = scope.indexed.tree.masked, scope.contexts[0].sentence
    if len(scope.contexts) < 2 or not text[above.start : above.end].rstrip().endswith(_COLONS):
        return ()
    below = scope.contexts[1].sentence
    words = text[below.start : below.end].split()
    line = " ".join(words).rstrip(".")
    fits = options.get("min_words", 1) <= len(words) <= options.get("max_words", 60)
    if below.clause is above.clause or not fits or any(mark in line for mark in _MARKS + "[<{"):
        return ()
    return (line,)


# Countries, states and regions that a text names, as ISO 3166 codes, EU or EEA.


_SHORT = re.compile(r"[A-Z.]{2,6}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The names of places in one expression, longest first, and the code of each."""

    names: re.Pattern[str]
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A place named in a text: its code and offsets."""

    code: str
    start: int
    end: int


@per_catalog
def gazetteer() -> Gazetteer:
    """The places of `rules/places.yaml`."""
    data: Mapping[str, Any] = load_data("places.yaml")
    codes: dict[str, str] = {}
    for group in ("countries", "subdivisions", "regions"):
        for code, names in data[group].items():
            codes.update({_key(name): code for name in names})
    alternatives = "|".join(_expression(name) for name in sorted(codes, key=len, reverse=True))
    return Gazetteer(names=re.compile(alternatives), codes=codes)


def _key(name: str) -> str:
    """Short names count in capitals only ("US" is no pronoun); others in any case."""
    return name if _SHORT.match(name) else name.lower()


def _expression(name: str) -> str:
    body = re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]")
    if name[0] > "\u2e80":
        return body
    return rf"(?<![\w.]){body}(?!\w)" if _SHORT.match(name) else rf"(?i:\b{body}\b)"


def find_places(text: str, start: int, end: int) -> list[PlaceName]:
    """The places named between two offsets, in order."""
    known = gazetteer()
    found = []
    for m in known.names.finditer(text, start, end):
        name = " ".join(m.group().replace("’", "'").split())
        code = known.codes.get(name) or known.codes.get(name.lower())
        if code:
            found.append(PlaceName(code=code, start=m.start(), end=m.end()))
    return found


# Names and texts that a license sets in quotation marks.


_PAIRS = [("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("„", "“"), ("``", "''")]


def _pair(opens: str, closes: str) -> str:
    """The pattern of what stands between two marks; it may hold one shorter quotation in the same marks."""
    plain, before, after = f"[^{opens[0]}{closes[0]}]", re.escape(opens), re.escape(closes)
    return f"{before}((?:{plain}|{before}{plain}{{1,200}}{after}){{1,600}}){after}"


_QUOTED = re.compile(
    r"\"([^\"“”]{1,600}?)”|“([^\"“”]{1,600}?)\"|"
    + "|".join(_pair(opens, closes) for opens, closes in _PAIRS)
    + r'|"([^"]{1,600}?)"'
    + r"|(?<![\w])['‘]([^'‘’\n]{2,200}?)['’](?![\w])",
    re.DOTALL,
)
"""A mark of one kind may close what another opened."""


def find_quoted(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The quoted strings between two offsets, white space folded, with the offsets of what is inside the marks."""
    found = []
    for m in _QUOTED.finditer(text, start, end):
        group = next(i for i in range(1, (m.lastindex or 0) + 1) if m[i] is not None)
        inner = " ".join(m[group].split())
        if inner:
            found.append((inner, m.start(group), m.end(group)))
    return found


# Web addresses as written, without a trailing period.


_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”‘’\]）)}，。；、]+"
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{0,40}\.){1,4}(?:com|org|ai|io|net|dev|ae|cn|kr|eu|co|app|google)\b"
    r"(?:/[^\s<>\"'“”\]）)}，。；、]*)?",
    re.IGNORECASE,
)


def find_urls(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The addresses between two offsets with their offsets, in order."""
    return [(m.group().rstrip(".,;:*_"), m.start()) for m in _URL.finditer(text, start, end)]


# Attribute values from the specification in a rule: the one place that knows which reader is which.


LONG_QUOTE = 600
"""How far a quotation that begins in the scope may go on beyond it: its own full stops end sentences."""
_WIDE = 120
"""Characters that a number in words may take."""

Reader = Callable[[Scope, Any], Value]


def read_value(indexed: IndexedText, hit: Hit, ready: ReadyRule, spec: Mapping[str, Any]) -> Value:
    """The value of one attribute: the specification names a reader and, if need be, the scope it looks in.

    Many matches share a wide scope: each is read once, or a long text would cost matches times length.
    """
    scope = make_scope(indexed, hit, ready, spec)
    key = ready.rule.id, id(spec), scope.start, scope.end
    if key not in indexed.readings:
        indexed.readings[key] = _read(scope, spec)
    return indexed.readings[key]


def _read(scope: Scope, spec: Mapping[str, Any]) -> Value:
    for name, reader in READERS.items():
        if name in spec:
            return reader(scope, spec[name])
    return None


def _each(scope: Scope, choices: Mapping[str, list[str]]) -> Value:
    """The names whose patterns stand in the scope, as a set."""
    return tuple(sorted(name for name, patterns in choices.items() if scope.has(patterns)))


def _beyond(scope: Scope, options: Mapping[str, list[str]]) -> Value:
    """True where the sentence holds words that neither `known` patterns nor those of its `frame` explain."""
    spans = scope.places((*options["known"], *options["frame"]), own=True)
    words = scope.indexed.words
    first, last = scope.indexed.word_range(scope.start, scope.end)
    rest = (i for i in range(first, last) if not words.lower[i].isdigit())
    return any(not any(start <= words.starts[i] < end for start, end in spans) for i in rest) or None


def _first(scope: Scope, choices: list[Mapping[str, Any]]) -> Value:
    """The value of the first choice whose patterns (`if`) stand in the scope; a choice without `if` always holds."""
    for choice in choices:
        if "if" not in choice or scope.has(choice["if"]):
            value: Value = choice["value"]
            return value
    return None


def _quoted(scope: Scope, options: Mapping[str, Any]) -> Value:
    """Quoted strings; `after` asks that a pattern precedes, `many` gives a set, `max_words`, `min_words` bound them."""
    text = scope.indexed.tree.masked
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
    found = find_urls(scope.indexed.tree.text, scope.start, scope.end)
    if not isinstance(options, Mapping) or "near" not in options:
        return found[0][0] if found else None
    places, within = scope.places(options["near"]), options.get("within", 10**9)
    by_distance = sorted(
        (min((max(at - end, start - at) for start, end in places), default=within), at, url) for url, at in found
    )
    return by_distance[0][2] if by_distance and by_distance[0][0] < within else None


def _place(scope: Scope, options: Mapping[str, Any] | bool) -> Value:
    """One place's code: the most precise one named after the `near` patterns."""
    text = scope.indexed.tree.masked
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
    text = scope.indexed.tree.masked
    found = find_places(text, scope.start, scope.end)
    if isinstance(options, Mapping) and "near" in options:
        ends = [end for _, end in scope.places(options["near"])]
        found = [p for p in found if any(0 <= p.start - end <= options.get("reach", 240) for end in ends)]
    return tuple(sorted({p.code for p in found}))


def _number(scope: Scope, options: Mapping[str, Any]) -> Value:
    """The number closest to the `near` patterns ("within 30 days")."""
    text, reach = scope.indexed.tree.masked, options.get("reach", 40)
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
    found = find_dates(scope.indexed.tree.masked, scope.start, scope.end)
    return found[0][0] if found else None


READERS: Mapping[str, Reader] = {
    "each": _each,
    "beyond": _beyond,
    "first": _first,
    "quoted": _quoted,
    "line": line_below,
    "url": _url,
    "place": _place,
    "places": _places,
    "number": _number,
    "date": _date,
}
