"""Files made into documents: decoded once, with what cannot be read said and not dropped."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from licensecheck.errors import LicenseCheckError, TextError
from licensecheck.model.subject import Document, Role
from licensecheck.text.decode import read_bytes
from licensecheck.text.files import read_any_text

_EMPTY = 100
"""A file without text that is smaller than this many bytes is taken as empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document, or the reason why there is none."""

    document: Document | None = None
    note: str | None = None


def read_document(path: Path, *, shown: str, role: Role, strict: bool = False) -> Reading:
    """The document in a file; one that is empty or cannot be read gives a note, or an error where `strict`."""
    try:
        source = read_any_text(path, name=shown)
    except TextError as error:
        if strict:
            raise
        return Reading(document=_unread(path, shown, role, error.message), note=f"{shown} {error.message}.")
    except LicenseCheckError as error:
        if strict:
            raise
        return Reading(note=f"{shown} {error.message}.")
    if not source.text.strip("\ufeff \t\r\n\f"):
        return _without_text(path, shown, role)
    return Reading(document=Document(path=shown, role=role, text=source.text, sha256=source.sha256))


def _without_text(path: Path, shown: str, role: Role) -> Reading:
    """An empty file states nothing, though an empty card is a card; a scan states something that nobody has read."""
    if path.stat().st_size < _EMPTY:
        note = f"{shown} is empty: it states no {_WHAT.get(role, 'terms')}."
        return Reading(document=text_document("", shown=shown, role=role) if role is Role.CARD else None, note=note)
    reason = "holds no text that can be read (a scan?)"
    return Reading(document=_unread(path, shown, role, reason), note=f"{shown} {reason}.")


def _unread(path: Path, shown: str, role: Role, reason: str) -> Document:
    """A document that is there and whose text could not be read."""
    digest = hashlib.sha256(read_bytes(path)).hexdigest()
    return Document(path=shown, role=role, text="", sha256=digest, unread=reason)


def text_document(text: str, *, shown: str, role: Role) -> Document:
    """A document from a text that stands within another file (a gate, a license block, a header)."""
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return Document(path=shown, role=role, text=text, sha256=digest)


_WHAT = {Role.LICENSE: "license", Role.CODE_LICENSE: "license", Role.POLICY: "policy", Role.CARD: "license"}
