"""Names and texts that a license sets in quotation marks."""

from __future__ import annotations

import re

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
