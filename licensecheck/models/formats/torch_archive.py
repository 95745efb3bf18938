"""What a PyTorch archive states in words: files of text packed with TorchScript, strings of a checkpoint.

Nothing is unpickled: the instructions of the pickle are listed, and a string that follows a key of the wanted names is
its value.
"""

from __future__ import annotations

import json
import pickletools
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from licensecheck.errors import Place, SourceError
from licensecheck.lazy import re, zipfile
from licensecheck.models.formats.tree import Tree
from licensecheck.text.io import open_regular

MAX_ENTRIES = 100_000
"""An archive has one entry a tensor; the largest models have some thousands."""
MAX_EXTRA = 1_000_000
MAX_EXTRAS = 50
MAX_PICKLE = 8_000_000
"""How many bytes of the pickle are walked; the tensors lie in entries of their own."""
_WANTED = re.compile(r"(?:\w+_)?licen[cs]e(?:_name|_id|_link|_url)?$|base_model$|model_name$", re.I)


def read_torch(path: Path) -> Tree:
    """`extra/NAME` with the values or the text of each extra file, and `state` with the wanted keys of the checkpoint.

    Empty for a file that is no ZIP (the older format, or other weights under these endings); SourceError for a ZIP that
    cannot be read.
    """
    with open_regular(path) as file:
        if file.read(4) != b"PK\x03\x04":
            return {}
        try:
            with zipfile.ZipFile(file) as archive:
                return _values(archive)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
            raise SourceError("is no archive of PyTorch", Place(path=str(path))) from None


def _values(archive: zipfile.ZipFile) -> Tree:
    found: Tree = {"extra": {}, "state": {}}
    for entry in archive.infolist()[:MAX_ENTRIES]:
        below = entry.filename.partition("/")[2]
        if below == "data.pkl":
            with archive.open(entry) as opened:
                found["state"] = _pairs(opened.read(MAX_PICKLE))
        elif below.startswith("extra/") and entry.file_size <= MAX_EXTRA and len(found["extra"]) < MAX_EXTRAS:
            text = archive.read(entry).decode("utf-8", errors="replace")
            try:
                found["extra"][below[6:]] = json.loads(text)
            except (ValueError, RecursionError):
                found["extra"][below[6:]] = text
    return found


def _pairs(data: bytes) -> Tree:
    """The strings that stand right behind a wanted key, in the order of the pickle; the first of each key counts."""
    found: Tree = {}
    key = ""
    for value in _strings(data):
        if key and value is not None:
            found.setdefault(key, value)
        key = value if value is not None and not key and _WANTED.match(value) else ""
    return found


def _strings(data: bytes) -> Iterator[str | None]:
    """Each value that the pickle puts on its stack: a string as it is, None for anything else."""
    memo: dict[object, str | None] = {}
    last: str | None = None
    with suppress(Exception):  # a pickle that breaks off says what it said until there
        for code, argument, _ in pickletools.genops(data):
            if code.name in ("BINPUT", "LONG_BINPUT", "PUT", "MEMOIZE"):
                memo[len(memo) if argument is None else argument] = last
                continue
            if code.name in ("BINGET", "LONG_BINGET", "GET"):
                last = memo.get(argument)
            else:
                last = argument if isinstance(argument, str) and "UNICODE" in code.name else None
            yield last
