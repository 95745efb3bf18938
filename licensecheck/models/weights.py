"""The headers of GGUF and safetensors files, read without touching the tensors and whatever sizes they claim."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from licensecheck.errors import Place, SourceError
from licensecheck.frozen import dataclass, field
from licensecheck.lazy import re
from licensecheck.text.io import open_regular

GgufValue = str | int | float | bool | tuple[str, ...]

MAX_HEADER = 256_000_000
"""How many bytes of a header are walked; the largest vocabularies take some tens of megabytes."""
_MAX_KEYS = 100_000
_MAX_KEPT = 4_000_000
"""The longest string that is kept; license texts are below 0.3 MB."""
_FORMATS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_WANTED = re.compile(r"general\.|[^.]*\blicen[cs]e|.*licen[cs]e", re.I)
"""The keys that are kept: what is said of the model as a whole, and every key that speaks of a license."""
_MAX_LISTED = 1_000


def read_gguf(path: Path) -> dict[str, GgufValue]:
    """The `general.*` metadata of a GGUF file; SourceError where the header is none or lies about its sizes."""
    with open_regular(path) as file:
        return _Reader(file, path).read()


class _Reader:
    """Walks a header with a budget of bytes, in the byte order that its version number shows."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file = file
        self._place = Place(path=str(path))
        self._size = os.fstat(file.fileno()).st_size
        self._order = "<"
        self._counts = "Q"

    def read(self) -> dict[str, GgufValue]:
        if self._take(4) != b"GGUF":
            raise self._fault("is not a GGUF file")
        self._read_version()
        self._number(self._counts)
        keys = self._number(self._counts)
        if keys > _MAX_KEYS:
            raise self._fault(f"claims {keys} metadata keys")
        found: dict[str, GgufValue] = {}
        for _ in range(int(keys)):
            key = self._string()
            value = self._value(self._number("I"), keep=bool(_WANTED.match(key)))
            if value is not None:
                found[key] = value
        return found

    def _read_version(self) -> None:
        version = self._number("I")
        if version > 0xFFFF:
            self._order = ">"
            version = int(version) >> 24
        if not 1 <= version <= 9:
            raise self._fault(f"has a GGUF version that is not known ({version})")
        if version == 1:
            self._counts = "I"

    def _value(self, kind: float, *, keep: bool) -> GgufValue | None:
        if kind in _FORMATS:
            number = self._number(_FORMATS[int(kind)])
            return number if keep else None
        if kind == _STRING:
            return self._text(keep=keep)
        if kind == _ARRAY:
            return self._array(keep=keep)
        raise self._fault(f"holds a value of a kind that is not known ({int(kind)})")

    def _array(self, *, keep: bool) -> tuple[str, ...] | None:
        kind, count = int(self._number("I")), int(self._number(self._counts))
        if kind in _FORMATS:
            self._skip(count * struct.calcsize("=" + _FORMATS[kind]))
            return None
        if kind != _STRING:
            raise self._fault("nests arrays")
        if count > self._size // 8:
            raise self._fault(f"claims an array of {count} strings")
        kept: list[str] = []
        for _ in range(count):
            if keep and len(kept) < _MAX_LISTED:
                kept.append(self._string())
            else:
                self._skip_string()
        return tuple(kept) if keep else None

    def _string(self) -> str:
        length = int(self._number(self._counts))
        if length > _MAX_KEPT:
            raise self._fault(f"claims a string of {length} bytes")
        return self._take(length).decode("utf-8", errors="replace")

    def _text(self, *, keep: bool) -> str | None:
        if keep:
            return self._string()
        self._skip_string()
        return None

    def _skip_string(self) -> None:
        self._skip(int(self._number(self._counts)))

    def _skip(self, length: int) -> None:
        if self._file.tell() + length > min(self._size, MAX_HEADER):
            raise self._fault("claims more than the file holds")
        self._file.seek(length, 1)

    def _number(self, form: str) -> int | float | bool:
        number: int | float | bool = struct.unpack(self._order + form, self._take(struct.calcsize("=" + form)))[0]
        return number

    def _take(self, length: int) -> bytes:
        if self._file.tell() + length > MAX_HEADER:
            raise self._fault("has a header that is too large")
        data = self._file.read(length)
        if len(data) < length:
            raise self._fault("ends within its header")
        return data

    def _fault(self, message: str) -> SourceError:
        return SourceError(message, self._place)


# The header of a safetensors file: the free metadata in front of the tensors.


MAX_SAFETENSORS_HEADER = 32_000_000
"""How many bytes of a header are parsed, which can take forty times as much memory; the largest take some megabytes."""


def read_safetensors(path: Path) -> dict[str, str]:
    """The `__metadata__` of a safetensors file; SourceError where the header is none or lies about its size."""
    place = Place(path=str(path))
    with open_regular(path) as file:
        head = file.read(8)
        if len(head) < 8:
            raise SourceError("is not a safetensors file", place)
        length = struct.unpack("<Q", head)[0]
        if length > os.fstat(file.fileno()).st_size - 8:
            raise SourceError(f"claims a header of {length} bytes, more than the file holds", place)
        if length > MAX_SAFETENSORS_HEADER:
            raise SourceError(f"has a header of {length // 1_000_000} MB, too large to read", place)
        return _metadata(file.read(length), place)


def _metadata(data: bytes, place: Place) -> dict[str, str]:
    try:
        header = json.loads(data)
    except (ValueError, RecursionError):
        raise SourceError("has a header that is not JSON", place) from None
    metadata = header.get("__metadata__") if isinstance(header, dict) else None
    if not isinstance(metadata, dict):
        return {}
    return {key: value for key, value in metadata.items() if isinstance(value, str)}


# What one file beside a card declares, in one shape for headers, configurations and packaging recipes.


_MODEL_URL = re.compile(r"^(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]+?)(?:/|$|:)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value of a file and the key under which it stands."""

    key: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The declarations of one file: license names, license texts, a link, base models, and the relation to them.

    `weak` marks base models that the file names in passing only (the path a configuration was loaded from). `names`,
    `sources`, `repositories`, `architectures`, `families` and `tags` tell which model it is; `prose` describes it;
    `limits` are flags that stand for a restriction. `keys` says under which key a license or a base model stands.
    """

    path: str
    licenses: tuple[str, ...] = ()
    license_texts: tuple[str, ...] = ()
    license_link: str | None = None
    base_models: tuple[str, ...] = ()
    relation: str | None = None
    name: str | None = None
    weak: bool = False
    names: tuple[Said, ...] = ()
    sources: tuple[Said, ...] = ()
    repositories: tuple[Said, ...] = ()
    architectures: tuple[Said, ...] = ()
    families: tuple[Said, ...] = ()
    tags: tuple[Said, ...] = ()
    prose: tuple[Said, ...] = ()
    limits: tuple[Said, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)

    def at(self, value: str) -> str:
        """The path of the file, with the key under which a value stands in it."""
        key = self.keys.get(value)
        return f"{self.path}, {key}" if key else self.path


def model_id(url: str) -> str | None:
    """The model id in an address of the hub, or None."""
    found = _MODEL_URL.match(url.strip())
    return found[1] if found and not found[1].startswith(("datasets/", "spaces/", "docs/", "blog/")) else None
