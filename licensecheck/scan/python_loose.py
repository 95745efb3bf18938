"""Python line by line: what is commented out, and text that cannot be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licensecheck.scan.lines import parse_settings
from licensecheck.scan.slot import Kind, Origin, Setting, Slot, normalise
from licensecheck.scan.tree import walk

_COMMENT = re.compile(r"^[ \t]*#[ \t]?(.*[=:(].*)$", re.M)
_CALL = re.compile(r"""([A-Za-z_][\w.]{0,100})\(\s*["']([^"'\n]+)["']""")
_KEYWORD = re.compile(r"""([A-Za-z_]\w{0,100})\s*=\s*["']([^"'\n]+)["']""")


def comment_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """Settings and calls that are commented out."""
    for found in _COMMENT.finditer(text):
        line = origin.line + text.count("\n", 0, found.start(1))
        yield from line_slots(found.group(1).strip(), Origin(line, Setting.COMMENT, origin.above, origin.depth))


def line_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """The settings and calls that stand whole on a line."""
    for number, line in enumerate(text.splitlines(), origin.line):
        for name, value in _KEYWORD.findall(line):
            yield Slot(normalise(name), value, number, origin.setting, above=origin.above)
        for name, value in _CALL.findall(line):
            yield Slot(name, value, number, origin.setting, Kind.CALL, origin.above, {}, 0)
        if ": " in line and not line.lstrip().startswith(("def ", "class ", "if ", "for ")):
            yield from (slot for slot in walk(parse_settings(line, line=number), origin) if isinstance(slot, Slot))
