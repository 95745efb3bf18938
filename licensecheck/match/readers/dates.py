"""Dates as licenses write them, in ISO 8601."""

from __future__ import annotations

import re
from datetime import date

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
