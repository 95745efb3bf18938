"""The process that reads one PDF from standard input and writes its text to standard output, within bounds."""

from __future__ import annotations

import io
import sys
from typing import Any

from licensecheck.text.formats import REFUSED
from licensecheck.text.io import MAX_BYTES

MAX_PAGES = 400
MAX_MEMORY = 2_000_000_000
"""Bytes of address space, where the system can bound them."""


class _RefusedError(Exception):
    """Why there is no text."""


def main() -> None:
    """Exits with 0 behind the text, with `REFUSED` behind the reason why there is none."""
    _bound_memory()
    try:
        text, status = pages_text(sys.stdin.buffer.read()), 0
    except _RefusedError as refusal:
        text, status = str(refusal), REFUSED
    except Exception as fault:  # pypdf lets through whatever a broken file makes it stumble over
        text, status = f"is a PDF that cannot be read ({type(fault).__name__})", REFUSED
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.flush()
    sys.exit(status)


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    except (ImportError, OSError, ValueError):
        return


def pages_text(data: bytes) -> str:
    """The text of all pages, with a blank line between two."""
    import pypdf

    reader: Any = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _RefusedError("is a PDF locked with a password")
    if len(reader.pages) > MAX_PAGES:
        raise _RefusedError(f"is a PDF of {len(reader.pages)} pages, more than the {MAX_PAGES} that are read")
    pages = []
    for page in reader.pages:
        pages.append(page.extract_text() or "")
        if sum(map(len, pages)) > MAX_BYTES:
            raise _RefusedError(f"is a PDF with more than {MAX_BYTES // 1_000_000} MB of text, too large to read")
    return "\n\n".join(pages)
