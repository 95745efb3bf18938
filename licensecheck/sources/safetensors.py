"""The header of a safetensors file: the free metadata in front of the tensors."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path

from licensecheck.errors import SourceError
from licensecheck.place import Place
from licensecheck.text.regular import open_regular

MAX_HEADER = 32_000_000
"""How many bytes of a header are parsed, which can take forty times as much memory; the largest take some megabytes."""


def read_safetensors(path: Path) -> dict[str, str]:
    """The `__metadata__` of a safetensors file; SourceError where the header is none or lies about its size."""
    place = Place(path=str(path))
    with open_regular(path) as file:
        head = file.read(8)
        if len(head) < 8:
            raise SourceError("is no safetensors file", place)
        length = struct.unpack("<Q", head)[0]
        if length > os.fstat(file.fileno()).st_size - 8:
            raise SourceError(f"claims a header of {length} bytes, more than the file holds", place)
        if length > MAX_HEADER:
            raise SourceError(f"has a header of {length // 1_000_000} MB, too large to read", place)
        return _metadata(file.read(length), place)


def _metadata(data: bytes, place: Place) -> dict[str, str]:
    try:
        header = json.loads(data)
    except (ValueError, RecursionError):
        raise SourceError("has a header that is no JSON", place) from None
    metadata = header.get("__metadata__") if isinstance(header, dict) else None
    if not isinstance(metadata, dict):
        return {}
    return {key: value for key, value in metadata.items() if isinstance(value, str)}
