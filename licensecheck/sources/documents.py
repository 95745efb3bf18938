"""Files made into documents: decoded once, with what cannot be read said and not dropped."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from licensecheck.errors import LicenseCheckError, SourceError, TextError
from licensecheck.model.subject import Document, Role
from licensecheck.text.files import text_of
from licensecheck.text.regular import read_bytes

_EMPTY = 100
"""A file without text that is smaller than this many bytes is taken as empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document, or the reason why there is none."""

    document: Document | None = None
    note: str | None = None


def read_document(path: Path, *, shown: str, role: Role, strict: bool = False) -> Reading:
    """The document in a file; one that is empty or cannot be read gives a note, or an error where `strict`.

    The file is read once, so that text, offsets and hash are those of the same bytes.
    """
    data = b""
    try:
        data = read_bytes(path)
        source = text_of(data, path=shown)
    except (SourceError, TextError) as error:
        if strict:
            raise
        return _unread(data, shown, role, error)
    if source.text.strip("\ufeff \t\r\n\f"):
        return Reading(document=Document(path=shown, role=role, text=source.text, sha256=source.sha256))
    if len(data) < _EMPTY:
        return _empty(shown, role)
    return _unread(data, shown, role, TextError("holds no text that can be read (a scan?)"))


def _empty(shown: str, role: Role) -> Reading:
    """An empty file states nothing, though an empty card is a card."""
    note = f"{shown} is empty: it states no {_WHAT.get(role, 'terms')}."
    return Reading(document=text_document("", shown=shown, role=role) if role is Role.CARD else None, note=note)


def _unread(data: bytes, shown: str, role: Role, error: LicenseCheckError) -> Reading:
    """A document that is there and states something that nobody has read: it must not pass for one that is absent."""
    digest = hashlib.sha256(data).hexdigest() if data else ""
    document = Document(path=shown, role=role, text="", sha256=digest, unread=error.message)
    return Reading(document=document, note=f"{shown} {error.message}.")


def text_document(text: str, *, shown: str, role: Role) -> Document:
    """A document from a text that stands within another file (a gate, a license block, a header)."""
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return Document(path=shown, role=role, text=text, sha256=digest)


_WHAT = {Role.LICENSE: "license", Role.CODE_LICENSE: "license", Role.POLICY: "policy", Role.CARD: "license"}
