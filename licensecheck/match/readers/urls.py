"""Web addresses as written, without a trailing period."""

from __future__ import annotations

import re

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”‘’\]）)}，。；、]+|\b[a-z0-9][a-z0-9.-]{1,60}\.(?:com|org|ai|io|net|dev)/[^\s<>\"'“”\]）)}，。；、]+",
    re.I,
)


def find_urls(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The addresses between two offsets with their offsets, in order."""
    return [(m.group().rstrip(".,;:*_"), m.start()) for m in _URL.finditer(text, start, end)]
