"""Reads the XML in which SPDX keeps license texts, with its marks for what may differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from licensecheck.errors import DataError
from licensecheck.identify.blanks import MARK
from licensecheck.place import Place
from licensecheck.text.decode import read_text

_HEADER = "standardLicenseHeader"
_BLOCKS = frozenset(("p", "list", "item", "br", "bullet", "titleText", "optional", _HEADER, "text"))
_ANYTHING = re.compile(r"\.(?:[+*]|\{[0-9,]+\})\??")
OLD_GNU_NAME = re.compile(r"(?:A|L)?GPL-[0-9.]+\+?$|GFDL-[0-9.]+$")
"""Names without "only" or "or later", which SPDX has given up."""
_LONG_OPTION = 20
"""Optional passages from so many words on give a second wording without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpdxEntry:
    """One license or exception of SPDX: its wordings, with blanks marked, and the title that a copy may lack."""

    id: str
    name: str
    bodies: tuple[str, ...]
    title: str
    headers: tuple[str, ...] = ()
    """Notices for the head of a file that say only that the license applies."""


def read_spdx(path: Path) -> SpdxEntry | None:
    """The license of one XML file; None where it is none."""
    try:
        root = ElementTree.fromstring(read_text(path).text.encode())
    except ElementTree.ParseError as fault:
        raise DataError(f"no valid XML: {fault}", Place(path=str(path))) from None
    entry = next((element for element in root if element.get("licenseId")), None)
    text = None if entry is None else next((part for part in entry if _tag(part) == "text"), None)
    if entry is None or text is None or OLD_GNU_NAME.match(entry.get("licenseId", "")):
        return None
    full = "".join(_render(text, keep_options=True))
    short = "".join(_render(text, keep_options=False))
    title = " ".join(" ".join(part.itertext()) for part in text.iter() if _tag(part) == "titleText")
    bodies = (full,) if short.split() == full.split() else (full, short)
    headers = ("".join(_render(part, keep_options=True)) for part in text.iter() if _tag(part) == _HEADER)
    return SpdxEntry(
        id=entry.get("licenseId", ""), name=entry.get("name", ""), bodies=bodies, title=title, headers=tuple(headers)
    )


def _render(element: ElementTree.Element, *, keep_options: bool) -> Iterator[str]:
    """The text of an element without title and copyright line, a block a line."""
    tag = _tag(element)
    if tag in ("titleText", "copyrightText") or (tag == "optional" and not keep_options and _is_long(element)):
        yield "\n"
        return
    if tag == "alt":
        yield _with_blanks(" ".join("".join(element.itertext()).split()), pattern=element.get("match", ""))
        return
    if tag in _BLOCKS and tag != "optional":
        yield "\n"
    yield " ".join((element.text or "").split()) + " "
    for child in element:
        yield from _render(child, keep_options=keep_options)
        yield " " + " ".join((child.tail or "").split()) + " "
    if tag in ("p", "item"):
        yield "\n"


def _with_blanks(default: str, *, pattern: str) -> str:
    """The default wording of a passage that may differ, with a blank where the pattern allows anything."""
    if not _ANYTHING.search(pattern):
        return default
    parts = iter(range(pattern.count(".")))
    named = _ANYTHING.sub(lambda _: f"(?P<blank{next(parts)}>.*)", pattern)
    try:
        found = re.fullmatch(named, default, re.IGNORECASE)
    except re.error:
        return default
    for start, end in sorted((found.span(name) for name in found.groupdict()), reverse=True) if found else ():
        if start >= 0:
            default = f"{default[:start]} {MARK} {default[end:]}"
    return default


def _is_long(element: ElementTree.Element) -> bool:
    return len("".join(element.itertext()).split()) >= _LONG_OPTION


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
