"""Which rows of a list are checked: the first of them, a sample, or those that meet conditions."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any
from zlib import crc32

from licensecheck.bulk.schemas import Model
from licensecheck.errors import UsageError
from licensecheck.frozen import dataclass

_CONDITION = re.compile(r"\s*(?P<name>[a-z]+)\s*(?P<sign>>=|<=|!=|=|>|<|~)\s*(?P<value>.*\S)\s*")
_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
NAMES = ("id", "downloads", "license", "tags", "gated")
"""What a condition may speak of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A comparison that a row must meet; `~` means that the text contains the value."""

    name: str
    sign: str
    value: str

    def holds(self, model: Model) -> bool:
        """True where the row meets it; what a row does not say meets nothing."""
        found = _value(model, self.name)
        if found is None:
            return False
        if isinstance(found, tuple):
            has = any(self._meets(each, "~" if self.sign == "~" else "=") for each in found)
            return has != (self.sign == "!=")
        return self._meets(found, self.sign)

    def _meets(self, found: Any, sign: str) -> bool:
        if isinstance(found, (int, float)) and not isinstance(found, bool):
            return _SIGNS[sign](found, float(self.value))
        text, value = str(found).lower(), self.value.lower()
        return value in text if sign == "~" else _SIGNS[sign](text, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """`sample` is a share of the rows, told by their ids, so that it is the same in each run."""

    limit: int | None = None
    sample: float | None = None
    where: tuple[Condition, ...] = ()

    def takes(self, model: Model) -> bool:
        """True for a row that is to be checked."""
        if self.sample is not None and crc32(model.described.id.encode()) >= self.sample * 2**32:
            return False
        return all(condition.holds(model) for condition in self.where)


def parse_condition(text: str) -> Condition:
    """A condition such as `downloads >= 1000` or `license ~ llama`; UsageError where it is none."""
    found = _CONDITION.fullmatch(text)
    if found is None or found["name"] not in NAMES:
        raise UsageError(f"--where: '{text}' is not a condition; write NAME OP VALUE with one of {', '.join(NAMES)}")
    if found["name"] == "downloads":
        if found["sign"] == "~":
            raise UsageError("--where: downloads is a number, which ~ does not compare")
        try:
            float(found["value"])
        except ValueError:
            raise UsageError(f"--where: '{found['value']}' is not a number of downloads") from None
    return Condition(name=found["name"], sign=found["sign"], value=found["value"].strip("'\""))


def _value(model: Model, name: str) -> Any:
    if name == "license":
        stated = model.described.metadata.get("license")
        tags = tuple(tag.removeprefix("license:") for tag in model.tags if tag.startswith("license:"))
        return tuple(map(str, stated)) if isinstance(stated, list) else (str(stated),) if stated else tags
    if name == "id":
        return model.described.id
    if name == "gated":
        gated = model.described.gated
        return None if gated is None else str(gated).lower()
    return model.tags if name == "tags" else model.downloads
