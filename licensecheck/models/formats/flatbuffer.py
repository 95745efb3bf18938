"""The metadata of LiteRT (TFLite) files and of the bundles of MediaPipe and LiteRT-LM, read by offsets alone."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from licensecheck.errors import Place, SourceError
from licensecheck.lazy import zipfile
from licensecheck.models.formats.tree import Tree
from licensecheck.text.io import open_regular

# Tables of offsets in a part of an open file; every offset is checked against the part before it is followed.


MAX_STRING = 4_000_000
MAX_ENTRIES = 10_000
"""How many entries of one list are looked at; models have some dozens of metadata entries, if any."""
MAX_METADATA = 8_000_000
"""The largest metadata buffer that is read; those with license texts take some hundred kilobytes."""


class _Flat:
    """A flat buffer that lies in a file from `start` on."""

    def __init__(self, file: BinaryIO, path: Path, *, start: int = 0, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._place = Place(path=str(path))

    def identifier(self) -> bytes:
        return self.take(4, 4) if self._size >= 8 else b""

    def root(self) -> int:
        return self._at(self._number("I", 0), 0)

    def field(self, table: int, index: int) -> int | None:
        """Where a field of a table stands; None where the table does not have it."""
        vtable = table - self._number("i", table)
        if not 0 <= vtable < self._size - 4:
            raise self.fault("is not a flat buffer")
        length = self._number("H", vtable)
        slot = 4 + 2 * index
        offset = self._number("H", vtable + slot) if slot + 2 <= length else 0
        return table + offset if offset else None

    def follow(self, position: int) -> int:
        """Where the table, list or string begins whose offset stands here."""
        return self._at(self._number("I", position), position)

    def number(self, table: int, index: int, form: str = "I") -> int:
        found = self.field(table, index)
        return self._number(form, found) if found is not None else 0

    def text(self, table: int, index: int) -> str | None:
        found = self.field(table, index)
        if found is None:
            return None
        start = self.follow(found)
        length = self._number("I", start)
        if length > MAX_STRING:
            raise self.fault(f"claims a string of {length} bytes")
        return self.take(start + 4, length).decode("utf-8", errors="replace")

    def tables(self, table: int, index: int) -> Iterator[int]:
        """The tables of a list of tables."""
        found = self.field(table, index)
        if found is None:
            return
        start = self.follow(found)
        count = self._number("I", start)
        if count * 4 > self._size:
            raise self.fault(f"claims a list of {count} entries")
        for number in range(min(count, MAX_ENTRIES)):
            yield self.follow(start + 4 + 4 * number)

    def entry(self, table: int, index: int, number: int) -> int | None:
        """One table of a list of tables, whatever its place."""
        found = self.field(table, index)
        if found is None:
            return None
        start = self.follow(found)
        return self.follow(start + 4 + 4 * number) if number < self._number("I", start) else None

    def run(self, table: int, index: int) -> tuple[int, int]:
        """Where a list of bytes stands, and its length."""
        found = self.field(table, index)
        if found is None:
            return 0, 0
        start = self.follow(found)
        return start + 4, self._number("I", start)

    def take(self, position: int, length: int) -> bytes:
        if position < 0 or position + length > self._size:
            raise self.fault("claims more than the file holds")
        self._file.seek(self._start + position)
        data = self._file.read(length)
        if len(data) < length:
            raise self.fault("ends within its header")
        return data

    def part(self, position: int, length: int) -> _Flat:
        """The flat buffer that lies within this one."""
        if position < 0 or position + length > self._size:
            raise self.fault("claims more than the file holds")
        return _Flat(self._file, Path(self._place.path or ""), start=self._start + position, size=length)

    def fault(self, message: str) -> SourceError:
        return SourceError(message, self._place)

    def _number(self, form: str, position: int) -> int:
        number: int = struct.unpack("<" + form, self.take(position, struct.calcsize("<" + form)))[0]
        return number

    def _at(self, offset: int, position: int) -> int:
        target = position + offset
        if not offset or target >= self._size:
            raise self.fault("is not a flat buffer")
        return target


# LiteRT: a Model whose list of metadata names a buffer with a ModelMetadata.


_MODEL, _METADATA = b"TFL3", b"M001"
_ENTRY = "TFLITE_METADATA"
_STRINGS = {0: "name", 1: "description", 2: "version", 4: "author", 5: "license"}


def read_tflite(path: Path) -> Tree:
    """The `TFLITE_METADATA` of a LiteRT model, with the description of the model itself."""
    with open_regular(path) as file:
        return _model(_Flat(file, path, size=os.fstat(file.fileno()).st_size))


def _model(flat: _Flat) -> Tree:
    if flat.identifier() != _MODEL:
        raise flat.fault("is not a LiteRT model")
    root = flat.root()
    found: Tree = {"description": flat.text(root, 3)}
    for entry in flat.tables(root, 6):
        buffer = flat.entry(root, 4, flat.number(entry, 1)) if flat.text(entry, 0) == _ENTRY else None
        if buffer is not None:
            found[_ENTRY] = _metadata(flat, buffer)
    return found


def _metadata(flat: _Flat, buffer: int) -> Tree:
    """The buffer stands in the file itself, or behind it where the file grew beyond what offsets reach."""
    start, length = flat.run(buffer, 0)
    if not length:
        start, length = flat.number(buffer, 1, "Q"), flat.number(buffer, 2, "Q")
    if not 8 <= length <= MAX_METADATA:
        return {}
    part = flat.part(start, length)
    if part.identifier() != _METADATA:
        return {}
    root = part.root()
    return {name: value for index, name in _STRINGS.items() if (value := part.text(root, index)) is not None}


# A LiteRT-LM bundle: a header that describes the file as a whole and each section, then the sections.


_BUNDLE = struct.Struct("<8s16xQ")
_HEADER = _BUNDLE.size
_LITERT_MODEL, _STRING_VALUE = 3, 9
"""The number of a section that is a LiteRT model, and that of a value that is a string."""


def read_litertlm(path: Path) -> Tree:
    """What the header of a LiteRT-LM bundle says under `system` and under `sections`, and what its models say."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        head = file.read(_HEADER)
        magic, end = _BUNDLE.unpack(head) if len(head) == _HEADER else (b"", 0)
        whole = _Flat(file, path, size=size)
        if magic != b"LITERTLM" or not _HEADER < end <= min(size, MAX_METADATA):
            raise whole.fault("is no LiteRT-LM bundle")
        flat = whole.part(_HEADER, end - _HEADER)
        root = flat.root()
        system, sections = flat.field(root, 0), flat.field(root, 1)
        found: Tree = {"system": _pairs(flat, flat.tables(flat.follow(system), 0)) if system is not None else {}}
        objects = flat.tables(flat.follow(sections), 0) if sections is not None else ()
        found["sections"] = [_section(whole, flat, section) for section in objects]
        return found


def _section(whole: _Flat, flat: _Flat, section: int) -> Tree:
    found = _pairs(flat, flat.tables(section, 0))
    begin, end = flat.number(section, 1, "Q"), flat.number(section, 2, "Q")
    if flat.number(section, 3, "B") == _LITERT_MODEL and end - begin > 8:
        model = whole.part(begin, end - begin)
        if model.identifier() == _MODEL:
            found.update(_model(model))
    return found


def _pairs(flat: _Flat, pairs: Iterable[int]) -> Tree:
    """The keys whose values are strings."""
    found: Tree = {}
    for pair in pairs:
        value = flat.field(pair, 2)
        if value is not None and flat.number(pair, 1, "B") == _STRING_VALUE:
            found[flat.text(pair, 0) or ""] = flat.text(flat.follow(value), 0)
    return found


# A MediaPipe bundle: a ZIP with LiteRT models, stored and not packed, so that each can be mapped into memory.


MAX_MODELS = 100
_LOCAL = struct.Struct("<4s22xHH")


def read_task(path: Path) -> Tree:
    """What each LiteRT model in a bundle states, under its name; SourceError where the file is no ZIP."""
    with open_regular(path) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            raise SourceError("is not a bundle of models", Place(path=str(path))) from None
        found: Tree = {}
        for entry in entries[:MAX_MODELS]:
            flat = _stored(file, path, entry)
            if flat is not None and flat.identifier() == _MODEL:
                found[entry.filename] = _model(flat)
        return found


def _stored(file: BinaryIO, path: Path, entry: zipfile.ZipInfo) -> _Flat | None:
    """An entry as it lies in the file; None for one that is packed."""
    if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
        return None
    file.seek(entry.header_offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size:
        return None
    magic, name, extra = _LOCAL.unpack(head)
    start = entry.header_offset + _LOCAL.size + name + extra
    if magic != b"PK\x03\x04" or start + entry.file_size > os.fstat(file.fileno()).st_size:
        return None
    return _Flat(file, path, start=start, size=entry.file_size)
