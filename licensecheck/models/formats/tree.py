"""What a metadata file holds, whatever its format: nested names with plain values, and paths that pick some of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from licensecheck.catalog.yaml_files import parse_yaml
from licensecheck.errors import LicenseCheckError, Place, SourceError
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.text.io import decode, open_regular, read_bytes

Tree = dict[str, Any]
"""Mappings, lists, strings and numbers, as JSON has them."""

MAX_PICKED = 2_000
"""How many values one path may pick from one file."""


@dataclass(frozen=True, slots=True)
class Picked:
    """One string of a tree, with the keys that lead to it."""

    key: str
    value: str


def pick(tree: Any, path: str) -> Iterator[Picked]:
    """The strings at a path such as `model/parts/*/license`; each of a list of strings, and case does not count."""
    for count, found in enumerate(_walk(tree, path.lower().split("/"), ())):
        if count == MAX_PICKED:
            return
        yield found


def _walk(node: Any, path: Sequence[str], keys: tuple[str, ...]) -> Iterator[Picked]:
    if not path:
        yield from _strings(node, ".".join(keys))
    elif isinstance(node, dict):
        for key, value in node.items():
            if fnmatchcase(str(key).lower(), path[0]):
                yield from _walk(value, path[1:], (*keys, str(key)))
    elif isinstance(node, list) and path[0] == "*":
        for number, value in enumerate(node):
            yield from _walk(value, path[1:], (*keys, str(number)))


def _strings(node: Any, key: str) -> Iterator[Picked]:
    """The words of a value: a truth value counts as the word that stands for it."""
    if isinstance(node, (list, tuple)):
        for item in node:
            if not isinstance(item, (list, tuple)):
                yield from _strings(item, key)
    elif isinstance(node, bool):
        yield Picked(key, "true" if node else "false")
    elif isinstance(node, str) and node.strip():
        yield Picked(key, node.strip())
    elif isinstance(node, dict):
        names = (node.get(part) for part in ("id", "@id", "name", "url", "path"))
        yield from (Picked(key, name.strip()) for name in names if isinstance(name, str) and name.strip())


# JSON and YAML.


def read_json(path: Path) -> Tree:
    """The values of a JSON file; a list at the top stands under `items`."""
    text = decode(read_bytes(path), path=str(path)).text
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise SourceError("is no JSON", Place(path=str(path))) from None
    return _mapping(found)


def read_yaml(path: Path) -> Tree:
    """The values of a YAML file; SourceError where it is none."""
    text = decode(read_bytes(path), path=str(path)).text
    return _mapping(parse_yaml(text.lstrip("\ufeff"), path=str(path), error=SourceError))


def read_toml(path: Path) -> Tree:
    """The values of a TOML file; SourceError where it is none."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    text = decode(read_bytes(path), path=str(path)).text
    try:
        found: Tree = tomllib.loads(text.lstrip("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError):
        raise SourceError("is no TOML", Place(path=str(path))) from None
    return found


def read_ini(path: Path) -> Tree:
    """The values of a file of sections such as setup.cfg, one list of lines a key; SourceError where it is none."""
    from configparser import Error, RawConfigParser  # few folders hold such a file

    parser = RawConfigParser(strict=False, allow_no_value=True)
    try:
        parser.read_string(decode(read_bytes(path), path=str(path)).text.lstrip("\ufeff"))
    except Error:
        raise SourceError("is no file of sections", Place(path=str(path))) from None
    return {
        name: {key: (value or "").splitlines() for key, value in parser[name].items()} for name in parser.sections()
    }


def _mapping(value: Any) -> Tree:
    if isinstance(value, list):
        return {"items": value}
    return value if isinstance(value, dict) else {}


# The instructions of an Ollama Modelfile.


_INSTRUCTION = re.compile(
    r'^[ \t]*(FROM|LICENSE|ADAPTER|SYSTEM)[ \t]+(?:"""([\S\s]*?)"""|"((?:[^"\n])*)"|([^\r\n]*))', re.M | re.I
)


def read_modelfile(path: Path) -> Tree:
    """The values of each instruction of a Modelfile, in their order."""
    found: dict[str, list[str]] = {}
    for match in _INSTRUCTION.finditer(decode(read_bytes(path), path=str(path)).text):
        value = next((part for part in match.groups()[1:] if part is not None), "").strip()
        if value:
            found.setdefault(match[1].upper(), []).append(value)
    return dict(found)


# The `rt_info` of an OpenVINO model: the last element of the XML, so that layers before it need not be read.


MAX_INFO = 4_000_000
"""How many bytes at the end of an XML file are looked through for `rt_info`."""
_OPEN, _CLOSE = b"<rt_info", b"</rt_info>"


def read_openvino(path: Path) -> Tree:
    """The values of `rt_info` as nested names; empty where the XML is that of no OpenVINO model, or has none."""
    with open_regular(path) as file:
        head = file.read(4_096)
        if b"<net" not in head:
            return {}
        size = file.seek(0, 2)
        file.seek(max(0, size - MAX_INFO))
        tail = file.read(MAX_INFO)
    start, end = tail.rfind(_OPEN), tail.rfind(_CLOSE)
    if start < 0 or end < start:
        return {}
    return {"rt_info": _elements(tail[start : end + len(_CLOSE)], path)}


def _elements(xml: bytes, path: Path) -> Tree:
    """Elements as nested names; the attribute `value` is the value, `name` takes the place of the tag `info`."""
    top: Tree = {}
    stack: list[Tree] = []

    def opened(tag: str, attributes: dict[str, str]) -> None:
        if not stack:
            stack.append(top)
            return
        name = attributes.get("name", tag) if tag == "info" else tag
        inner: Tree = {}
        stack[-1].setdefault(name, attributes.get("value", inner))
        stack.append(inner)

    def closed(tag: str) -> None:
        stack.pop()

    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError):
        fault: LicenseCheckError = SourceError("has an rt_info that is no XML", Place(path=str(path)))
        raise fault from None
    return top


def _refuse(*_: object) -> None:
    raise ValueError("a document type is defined")
