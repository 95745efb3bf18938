"""Places in a license text that names and dates fill, and what may fill them."""

from __future__ import annotations

import re

MARK = "\ue000"
"""Stands for a blank in a text that is about to be indexed."""

_HINT = (
    "name|year|yyyy|owner|holder|organi[sz]ation|author|insert|date|company|corporation|licensor|licensee|address|"
    "e-?mail|program|country|state|jurisdiction|title|url|entity|author|version|your|party|contact"
)
_PLACEHOLDER = re.compile(
    rf"<<var;[^<>]*>>|<[^<>\n]{{0,50}}\b(?:{_HINT})[^<>\n]{{0,50}}>|\[[^\[\]\n]{{0,50}}\b(?:{_HINT})[^\[\]\n]{{0,50}}\](?!\()"
    rf"|\{{{{?[^{{}}\n]{{0,60}}\}}?\}}|_{{4,}}|<year>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z]+[0-9]?(?:\s+[a-z-]+=|>|/>)", re.IGNORECASE)
_WEIGHTY = """
may must shall will not no never except unless only without any use used using commercial commercially
noncommercial distribute modify prohibited permitted provided however if you your users fee royalty payment
require required non restricted evaluation academic forbidden illegal void
"""
WEIGHTY = frozenset(_WEIGHTY.split())
"""Words that no name holds and a condition may: a passage with one of them is never taken for a name."""
MAX_FILL = 16
"""The most words that can be a name."""


def mark_blanks(text: str) -> str:
    """The text with `MARK` for each placeholder such as <year>, [name of copyright owner] or {{organization}}."""
    return _PLACEHOLDER.sub(_mark, text)


def is_fill(words: list[str]) -> bool:
    """True where words can be the name, date or address that fills a blank: few, and none that could be a condition."""
    return len(words) <= MAX_FILL and WEIGHTY.isdisjoint(words)


def _mark(found: re.Match[str]) -> str:
    return found.group() if _TAG.match(found.group()) else f" {MARK} "
