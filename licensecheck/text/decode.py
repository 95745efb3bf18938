"""Bytes to characters, once and for all: every offset in the project counts characters of this decoding."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from licensecheck.errors import TextError
from licensecheck.place import Place
from licensecheck.text.regular import read_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A file as decoded. Line ends, tabs and a leading byte order mark stay, so that offsets hold for the file."""

    path: str
    text: str
    sha256: str


def decode(data: bytes, *, path: str) -> SourceText:
    """The characters of a text file: UTF-8, UTF-16 with a mark, else Windows-1252; TextError for binary data."""
    digest = hashlib.sha256(data).hexdigest()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return SourceText(path=path, text=data.decode("utf-16"), sha256=digest)
        except UnicodeDecodeError:
            raise TextError("starts like UTF-16 but is not", Place(path=path)) from None
    if b"\x00" in data:
        raise TextError("holds binary data, not text", Place(path=path))
    try:
        return SourceText(path=path, text=data.decode("utf-8"), sha256=digest)
    except UnicodeDecodeError:
        pass
    for encoding in ("gb18030", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" or _mostly_chinese(text):
            return SourceText(path=path, text=text, sha256=digest)
    return SourceText(path=path, text=data.decode("latin-1"), sha256=digest)


def _mostly_chinese(text: str) -> bool:
    """True where a decoding of legacy bytes gives plausible Chinese and not a few stray characters."""
    beyond = [c for c in text if c > "\x7f"]
    han = sum("\u4e00" <= c <= "\u9fff" for c in beyond)
    return han > 20 and han > 0.7 * len(beyond)


def read_text(path: Path, *, name: str | None = None) -> SourceText:
    """The decoded text of a file; `name` is the path to show, the file's own by default."""
    return decode(read_bytes(path), path=name or str(path))
