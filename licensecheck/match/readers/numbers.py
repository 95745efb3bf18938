"""Amounts in legal prose: "700 million", "one million (1,000,000)", "US$10,000,000", "RMB 1 billion", "3亿"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "mio": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
    "trillion": 10**12,
    "crore": 10_000_000,
    "lakh": 100_000,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "萬": 10_000,
    "亿": 10**8,
    "億": 10**8,
    "만": 10_000,
    "억": 10**8,
    "百万": 1_000_000,
    "千万": 10_000_000,
}
_CURRENCIES = {
    "us$": "USD",
    "usd": "USD",
    "$": "USD",
    "u.s. dollars": "USD",
    "us dollars": "USD",
    "dollars": "USD",
    "united states dollars": "USD",
    "美元": "USD",
    "달러": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "rmb": "CNY",
    "cny": "CNY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "元": "CNY",
    "人民币": "CNY",
    "¥": "JPY",
    "jpy": "JPY",
    "yen": "JPY",
    "krw": "KRW",
    "won": "KRW",
    "₩": "KRW",
    "원": "KRW",
    "inr": "INR",
    "₹": "INR",
    "aed": "AED",
    "chf": "CHF",
    "cad": "CAD",
    "c$": "CAD",
    "aud": "AUD",
    "a$": "AUD",
    "sgd": "SGD",
    "s$": "SGD",
    "hk$": "HKD",
    "hkd": "HKD",
}
_WORD_NUMBER = "|".join([*_UNITS, *_TENS, "hundred", "a"])
_AMOUNT = re.compile(
    r"(?P<before>(?:US|HK|[ACS])?\$|[€£¥₩₹]|\b(?:USD|EUR|GBP|RMB|CNY|JPY|KRW|INR|AED|CHF|CAD|AUD|SGD|HKD)\b|人民币)?\s{0,3}"
    r"(?:(?P<digits>\d{1,3}(?:[,  ']\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|\b(?P<words>(?:{_WORD_NUMBER})(?:[\s-]+(?:and\s+)?(?:{_WORD_NUMBER}))*)(?=[\s-]+(?:hundred|thousand|million|billion|trillion)\b))"
    r"(?P<scales>(?:\s{0,3}-?\s{0,3}(?:hundred|thousand|million|billion|trillion|crore|lakh|mio|mn|bn|百万|千万|[百千万萬亿億만억])|[kKmMbB]\b)*)"
    r"\s{0,3}(?P<after>(?:U\.?S\.?|United\s+States)\s+dollars|dollars|euros?|pounds|yuan|renminbi|yen|won\b|(?:USD|EUR|GBP|RMB|CNY|JPY|KRW)\b|美元|元|원|달러)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number in a text with its currency (ISO 4217), if any, and its offsets."""

    value: float
    currency: str | None
    start: int
    end: int


def find_amounts(text: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """The amounts between two offsets; a figure in brackets that repeats the words before it counts once."""
    found: list[Amount] = []
    for m in _AMOUNT.finditer(text, start, len(text) if end is None else end):
        value = _value(m)
        if value is None:
            continue
        mark = (m["before"] or m["after"] or "").lower()
        currency = _CURRENCIES.get(" ".join(mark.split())) if mark else None
        amount = Amount(value=value, currency=currency, start=m.start(), end=m.end())
        if found and found[-1].value == value and amount.start - found[-1].end < 6:
            previous = found.pop()
            amount = Amount(value=value, currency=currency or previous.currency, start=previous.start, end=amount.end)
        found.append(amount)
    return found


def _value(m: re.Match[str]) -> float | None:
    base = float(re.sub(r"[,  ']", "", m["digits"])) if m["digits"] else spelled(m["words"] or "")
    if base is None:
        return None
    for scale in re.findall(r"[a-z]+|百万|千万|[百千万萬亿億만억]", m["scales"].lower()):
        base *= _SCALES[scale]
    return base


def spelled(words: str) -> float | None:
    """The value of a number below one thousand in English words ("seven hundred and fifty")."""
    total, seen = 0, False
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in _UNITS:
            total += _UNITS[word]
        elif word in _TENS:
            total += _TENS[word]
        elif word == "a":
            total += 1
        elif word != "and":
            return None
        seen = True
    return float(total) if seen else None
