"""Names and texts that a license sets in quotation marks."""

from __future__ import annotations

import re

_PAIRS = [("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("„", "“"), ("``", "''")]
_QUOTED = re.compile(
    "|".join(f"{re.escape(a)}((?:(?!{re.escape(a)}|{re.escape(b)}).){{1,600}}?){re.escape(b)}" for a, b in _PAIRS)
    + r'|"([^"]{1,600}?)"'
    + r"|(?<![\w])['‘]([^'‘’\n]{2,200}?)['’](?![\w])",
    re.DOTALL,
)


def find_quoted(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The quoted strings between two offsets, white space folded, with the offsets of what is inside the marks."""
    found = []
    for m in _QUOTED.finditer(text, start, end):
        group = next(i for i in range(1, (m.lastindex or 0) + 1) if m[i] is not None)
        inner = " ".join(m[group].split())
        if inner:
            found.append((inner, m.start(group), m.end(group)))
    return found
