"""Line numbers of offsets."""

from __future__ import annotations

import re
from bisect import bisect_left

_BREAK = re.compile("\n")


def breaks_of(text: str) -> list[int]:
    """The offsets of the line ends of a text."""
    return [found.start() for found in _BREAK.finditer(text)]


def line_at(breaks: list[int], offset: int) -> int:
    """The number, from 0, of the line that an offset stands on."""
    return bisect_left(breaks, offset)
