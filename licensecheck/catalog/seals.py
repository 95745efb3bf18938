"""A digest on each line of a built file, checked when the line is read: an edited record is a fault, not an answer."""

from __future__ import annotations

from licensecheck.errors import DataError, Place
from licensecheck.lazy import sha256

_LENGTH = 32
"""Characters of the digest of a line: 128 bits of its SHA-256."""


def sealed(line: str) -> str:
    """A line, without its end, with its digest behind a tab, and the end."""
    return f"{line}\t{_digest(line.encode())}\n"


def unsealed(line: bytes, *, name: str) -> bytes:
    """The line without its digest; DataError where it is not what was written."""
    text, _, digest = line.rstrip(b"\n").rpartition(b"\t")
    if _digest(text).encode() != digest:
        command = "rules" if name.startswith("rules/") else "catalog"
        message = f"was changed after it was built: install the package again, or run `licensecheck {command} build`"
        raise DataError(message, Place(path=name))
    return text


def file_seal(data: bytes | memoryview) -> str:
    """The digest of a file, or of a block of it, that is read as it is."""
    return sha256(data).hexdigest()[:_LENGTH]


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:_LENGTH]
