"""Amounts in legal prose: "700 million", "one million (1,000,000)", "US$10,000,000", "3亿", "一千万"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from licensecheck.load.paths import rules_root
from licensecheck.load.yamlfile import load_yaml

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


@lru_cache(maxsize=1)
def notation() -> Notation:
    """The notation that ships with the project."""
    data = load_yaml(rules_root() / "amounts.yaml", name="rules/amounts.yaml")
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
    powers = _either([name for name in names if name.isascii() and len(name) > 3])
    return (
        rf"(?P<before>{_either(currencies, whole=True)})?\s{{0,3}}"
        rf"(?:(?P<digits>\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
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
        base: float | None = float(re.sub(_GROUP, "", m["digits"]))
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
    for word in re.findall(r"[a-z]+", words.lower()):
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
