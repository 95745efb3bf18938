"""The text of a file by its form: as it is, or taken out of a PDF or a DOCX."""

from __future__ import annotations

import hashlib
from pathlib import Path

from licensecheck.text.decode import SourceText, decode
from licensecheck.text.docx import docx_text
from licensecheck.text.pdf import pdf_text
from licensecheck.text.regular import read_bytes


def read_any_text(path: Path, *, name: str | None = None) -> SourceText:
    """The text of a license file. Offsets in a PDF or DOCX count characters of the text taken out of it."""
    return text_of(read_bytes(path), path=name or str(path))


def text_of(data: bytes, *, path: str) -> SourceText:
    """The text that the bytes of a file hold; `path` is the one to show."""
    if data.startswith(b"%PDF-"):
        return _packed(pdf_text(data, path), data, path)
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return _packed(docx_text(data, path), data, path)
    return decode(data, path=path)


def _packed(text: str, data: bytes, path: str) -> SourceText:
    return SourceText(path=path, text=text, sha256=hashlib.sha256(data).hexdigest())
