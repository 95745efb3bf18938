"""The header of a safetensors file: the free metadata in front of the tensors."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from licensecheck.errors import SourceError
from licensecheck.place import Place

MAX_HEADER = 100_000_000
"""The limit of the format itself."""


def read_safetensors(path: Path) -> dict[str, str]:
    """The `__metadata__` of a safetensors file; SourceError where the header is none or lies about its size."""
    place = Place(path=str(path))
    try:
        with path.open("rb") as file:
            head = file.read(8)
            if len(head) < 8:
                raise SourceError("is no safetensors file", place)
            length = struct.unpack("<Q", head)[0]
            if length > min(MAX_HEADER, path.stat().st_size - 8):
                raise SourceError(f"claims a header of {length} bytes, more than the file holds", place)
            data = file.read(length)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", place) from None
    return _metadata(data, place)


def _metadata(data: bytes, place: Place) -> dict[str, str]:
    try:
        header = json.loads(data)
    except (ValueError, RecursionError):
        raise SourceError("has a header that is no JSON", place) from None
    metadata = header.get("__metadata__") if isinstance(header, dict) else None
    if not isinstance(metadata, dict):
        return {}
    return {key: value for key, value in metadata.items() if isinstance(value, str)}
