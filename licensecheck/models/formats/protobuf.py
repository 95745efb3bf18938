"""The metadata of ONNX and Core ML files: a walk over protobuf fields that skips graphs and weights unread."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from licensecheck.errors import Place, SourceError
from licensecheck.frozen import dataclass
from licensecheck.models.formats.tree import Tree
from licensecheck.text.io import open_regular

# The wire format: numbered fields, each a number, a run of bytes, or a run of a fixed length.


MAX_STRING = 4_000_000
"""The longest string that is kept; license texts are below 0.3 MB."""
MAX_FIELDS = 200_000
"""How many fields of a file are walked; metadata needs some dozens, and weights are one field each."""
_FIXED = {1: 8, 5: 4}


@dataclass(frozen=True, slots=True)
class _Field:
    """One field with a run of bytes: its number and where the bytes stand."""

    number: int
    start: int
    length: int


class _Wire:
    """Walks messages in an open file, never beyond their ends and never more than a budget of fields."""

    def __init__(self, file: BinaryIO, path: Path, what: str) -> None:
        self._file = file
        self._place = Place(path=str(path))
        self._what = what
        self._left = MAX_FIELDS
        self.size = os.fstat(file.fileno()).st_size

    def fields(self, start: int, end: int) -> Iterator[_Field]:
        """The fields of a message that hold bytes, in their order."""
        position = start
        while position < end:
            self._left -= 1
            if self._left < 0:
                raise self.fault("has more fields than are walked")
            self._file.seek(position)
            key = self._number()
            number, kind = key >> 3, key & 7
            if not number:
                raise self.fault(f"is not a valid {self._what}")
            if kind == 0:
                self._number()
                position = self._file.tell()
                continue
            if kind in _FIXED:
                position = self._file.tell() + _FIXED[kind]
                continue
            if kind != 2:
                raise self.fault(f"is not a valid {self._what}")
            length = self._number()
            position = self._file.tell() + length
            if position > end:
                raise self.fault("claims more than the file holds")
            yield _Field(number, position - length, length)

    def text(self, field: _Field) -> str:
        """The string of a field."""
        if field.length > MAX_STRING:
            raise self.fault(f"claims a string of {field.length} bytes")
        self._file.seek(field.start)
        return self._file.read(field.length).decode("utf-8", errors="replace")

    def pair(self, field: _Field) -> tuple[str, str]:
        """Key and value of one entry of a map."""
        key = value = ""
        for part in self.fields(field.start, field.start + field.length):
            if part.number == 1:
                key = self.text(part)
            elif part.number == 2:
                value = self.text(part)
        return key, value

    def fault(self, message: str) -> SourceError:
        return SourceError(message, self._place)

    def _number(self) -> int:
        number = 0
        for step in range(10):
            byte = self._file.read(1)
            if not byte:
                raise self.fault("ends within its header")
            number |= (byte[0] & 0x7F) << (7 * step)
            if byte[0] < 0x80:
                return number
        raise self.fault(f"is not a valid {self._what}")


# ONNX: a ModelProto; its graph is skipped, what exporters add stands in `metadata_props`.


_ONNX_STRINGS = {2: "producer_name", 4: "domain", 6: "doc_string"}
_ONNX_GRAPH = 7
_ONNX_PROPERTIES = 14


def read_onnx(path: Path) -> Tree:
    """Strings and `metadata_props` of an ONNX model; SourceError where the file is none."""
    with open_regular(path) as file:
        wire = _Wire(file, path, "ONNX model")
        found: Tree = {}
        properties: Tree = {}
        seen_graph = False
        for field in wire.fields(0, wire.size):
            if field.number in _ONNX_STRINGS:
                found[_ONNX_STRINGS[field.number]] = wire.text(field)
            elif field.number == _ONNX_PROPERTIES:
                key, value = wire.pair(field)
                properties[key] = value
            seen_graph = seen_graph or field.number == _ONNX_GRAPH
        if not seen_graph and not properties:
            raise wire.fault("is not an ONNX model")
        return {**found, "metadata_props": properties}


# Core ML: a Model, whose description holds the metadata; an .mlpackage keeps the same file in a folder.


_COREML_DESCRIPTION = 2
_COREML_METADATA = 100
_COREML_STRINGS = {1: "shortDescription", 2: "versionString", 3: "author", 4: "license"}
_COREML_USER = 100
_COREML_PIPELINE = 202
_COREML_WRAPPED = (200, 201)
"""Pipelines that classify or regress: the pipeline itself is their first field."""
_MAX_NESTED = 4


def read_coreml(path: Path) -> Tree:
    """The metadata of a Core ML model, as `description/metadata`; SourceError where the file is none.

    A pipeline bears none of the licenses of its models: their metadata stands under `models`.
    """
    with open_regular(path) as file:
        wire = _Wire(file, path, "Core ML model")
        found = _coreml_model(wire, 0, wire.size, depth=0)
        if "description" not in found:
            raise wire.fault("is not a Core ML model")
        return found


def _coreml_model(wire: _Wire, start: int, end: int, *, depth: int) -> Tree:
    metadata: Tree = {}
    nested: list[Tree] = []
    described = False
    for field in wire.fields(start, end):
        inner = (field.start, field.start + field.length)
        if field.number == _COREML_DESCRIPTION:
            described = True
            for part in wire.fields(*inner):
                if part.number == _COREML_METADATA:
                    metadata.update(_coreml_metadata(wire, part))
        elif depth < _MAX_NESTED and field.number == _COREML_PIPELINE:
            nested += _coreml_parts(wire, *inner, depth=depth)
        elif depth < _MAX_NESTED and field.number in _COREML_WRAPPED:
            for part in wire.fields(*inner):
                if part.number == 1:
                    nested += _coreml_parts(wire, part.start, part.start + part.length, depth=depth)
    return {**({"description": {"metadata": metadata}} if described else {}), "models": nested}


def _coreml_parts(wire: _Wire, start: int, end: int, *, depth: int) -> Iterator[Tree]:
    """The models of a pipeline, and those of pipelines among them."""
    for part in wire.fields(start, end):
        if part.number == 1:
            found = _coreml_model(wire, part.start, part.start + part.length, depth=depth + 1)
            yield found
            yield from found["models"]


def _coreml_metadata(wire: _Wire, field: _Field) -> Tree:
    found: Tree = {}
    user: Tree = {}
    for part in wire.fields(field.start, field.start + field.length):
        if part.number in _COREML_STRINGS:
            found[_COREML_STRINGS[part.number]] = wire.text(part)
        elif part.number == _COREML_USER:
            key, value = wire.pair(part)
            user[key] = value
    return {**found, "userDefined": user}
