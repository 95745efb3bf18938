"""The text of a file by its form: as it is, or taken out of a PDF or a DOCX."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

from licensecheck.errors import TextError
from licensecheck.place import Place
from licensecheck.text.decode import SourceText, decode, read_bytes

MAX_PAGES = 400
MAX_UNPACKED = 40_000_000
"""Bytes that a DOCX may unpack to; more is taken for a zip bomb."""


def read_any_text(path: Path, *, name: str | None = None) -> SourceText:
    """The text of a license file. Offsets in a PDF or DOCX count characters of the text taken out of it."""
    data = read_bytes(path)
    shown = name or str(path)
    if data.startswith(b"%PDF-"):
        return _packed(_pdf_text(data, shown), data, shown)
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return _packed(_docx_text(data, shown), data, shown)
    return decode(data, path=shown)


def _packed(text: str, data: bytes, path: str) -> SourceText:
    return SourceText(path=path, text=text, sha256=hashlib.sha256(data).hexdigest())


def _pdf_text(data: bytes, path: str) -> str:
    pypdf = _module("pypdf", "pdf", path)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise TextError("is a PDF locked with a password", Place(path=path))
        pages = [reader.pages[i].extract_text() or "" for i in range(min(len(reader.pages), MAX_PAGES))]
    except TextError:
        raise
    except Exception as fault:
        raise TextError(f"is a PDF that cannot be read ({type(fault).__name__})", Place(path=path)) from None
    return "\n\n".join(pages)


def _docx_text(data: bytes, path: str) -> str:
    import zipfile

    docx = _module("docx", "docx", path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MAX_UNPACKED:
            raise TextError(f"is a DOCX that unpacks to {size // 1_000_000} MB, too large to read", Place(path=path))
        document = docx.Document(io.BytesIO(data))
        return "\n\n".join(_docx_blocks(document))
    except TextError:
        raise
    except Exception as fault:
        raise TextError(f"is a DOCX that cannot be read ({type(fault).__name__})", Place(path=path)) from None


def _docx_blocks(document: Any) -> list[str]:
    """Paragraphs and table cells in the order of the document; list items get a bullet."""
    blocks: list[str] = []
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            blocks.extend(cell.text for row in item.rows for cell in row.cells)
            continue
        style = (item.style.name or "") if item.style is not None else ""
        mark = "# " if style.startswith("Heading") else "- " if style.startswith("List") else ""
        blocks.append(mark + item.text if item.text.strip() else "")
    return [block for block in blocks if block]


def _module(name: str, extra: str, path: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise TextError(
            f"is a {extra.upper()} file; to read it install the extra: pip install 'model-licensecheck[{extra}]'",
            Place(path=path),
        ) from None
