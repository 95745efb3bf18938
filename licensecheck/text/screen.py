"""Making text from an input safe to show on a terminal."""

from __future__ import annotations

import re

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    r"|(?<=#)#(?=\w{0,20}\[)"
)
"""What can move a cursor, turn the order of letters around, not be encoded, or give a build server an order.

`##vso[…]` and `##[…]` are orders of Azure Pipelines wherever they stand in a line, `##teamcity[…]` those of TeamCity.
"""
_ORDER = re.compile(r"^([^\S\n]*):(?=:)", re.M)
"""How a line begins that GitHub takes for an order: `::error::…`."""


def plain(text: str) -> str:
    """The text with control characters, bidirectional overrides and lone surrogates shown as escapes."""
    return UNSAFE.sub(_escape, text)


def plain_line(text: str) -> str:
    """The same on one line, runs of white space folded."""
    return plain(" ".join(text.split()))


def without_orders(text: str) -> str:
    """The text of a standard output, in which no line begins as an order to GitHub."""
    return _ORDER.sub(r"\1\\x3a", text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
