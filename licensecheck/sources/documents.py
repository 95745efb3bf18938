"""Files made into documents: decoded once, with what cannot be read said and not dropped."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from licensecheck.errors import LicenseCheckError
from licensecheck.model.subject import Document, Role
from licensecheck.text.decode import read_bytes, read_text

_PACKED = {".pdf": "PDF", ".docx": "Word", ".rtf": "RTF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document, or the reason why there is none."""

    document: Document | None = None
    note: str | None = None


def read_document(path: Path, *, shown: str, role: Role, strict: bool = False) -> Reading:
    """The document in a file; one that is empty or cannot be read gives a note, or an error where `strict`."""
    packed = _PACKED.get(path.suffix.lower())
    try:
        if packed is not None:
            digest = hashlib.sha256(read_bytes(path)).hexdigest()
            document = Document(path=shown, role=role, text="", sha256=digest, unread=f"is a {packed} file")
            return Reading(document=document, note=f"{shown} is a {packed} file whose text was not read.")
        source = read_text(path, name=shown)
    except LicenseCheckError as error:
        if strict:
            raise
        return Reading(note=f"{shown} {error.message}.")
    if not source.text.strip("\ufeff \t\r\n"):
        return Reading(note=f"{shown} is empty: it states no {_WHAT.get(role, 'terms')}.")
    return Reading(document=Document(path=shown, role=role, text=source.text, sha256=source.sha256))


def text_document(text: str, *, shown: str, role: Role) -> Document:
    """A document from a text that stands within another file (a gate, a license block, a header)."""
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return Document(path=shown, role=role, text=text, sha256=digest)


_WHAT = {Role.LICENSE: "license", Role.CODE_LICENSE: "license", Role.POLICY: "policy", Role.CARD: "license"}
