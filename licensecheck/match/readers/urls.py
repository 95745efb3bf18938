"""Web addresses as written, without a trailing period."""

from __future__ import annotations

import re

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”‘’\]）)}，。；、]+"
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{0,40}\.){1,4}(?:com|org|ai|io|net|dev|ae|cn|kr|eu|co|app|google)\b"
    r"(?:/[^\s<>\"'“”\]）)}，。；、]*)?",
    re.IGNORECASE,
)


def find_urls(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The addresses between two offsets with their offsets, in order."""
    return [(m.group().rstrip(".,;:*_"), m.start()) for m in _URL.finditer(text, start, end)]
