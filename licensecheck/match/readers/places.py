"""Countries, states and regions that a text names, as ISO 3166 codes, EU or EEA."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from licensecheck.load.paths import rules_root
from licensecheck.load.yamlfile import load_yaml

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


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The places of `rules/places.yaml`."""
    data: Mapping[str, Any] = load_yaml(rules_root() / "places.yaml")
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
