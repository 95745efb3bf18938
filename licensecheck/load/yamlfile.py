"""YAML from files of the project and of users: fast, safe, and with places for the messages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from licensecheck.errors import DataError, LicenseCheckError
from licensecheck.place import Place
from licensecheck.text.decode import read_text

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_ALIASES = 100
"""How many aliases a file may use; more is taken for an alias bomb."""
MAX_DEPTH = 200
"""How deep a file may nest; the fast loader recurses in C with no limit of its own, and would take the process down."""
_INDENTED = re.compile(rf"^[ ?:-]{{{MAX_DEPTH}}}", re.M)


def parse_yaml(text: str, *, path: str, error: type[LicenseCheckError] = DataError) -> Any:
    """The data of one YAML document; `error` with line and column where it is no YAML."""
    text = text.removeprefix("\ufeff")
    try:
        if text.count("*") > MAX_ALIASES:
            _check_aliases(text, path=path, error=error)
        check_depth(text)
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = Place(path=path, line=mark.line + 1, column=mark.column + 1) if mark else Place(path=path)
        raise error(f"no valid YAML: {fault.problem or fault.context}", place) from None
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        raise error(f"no valid YAML: {fault}", Place(path=path)) from None


def check_depth(text: str) -> None:
    """Raise a YAMLError where a text nests too deep; only one with the marks of it is looked at closely."""
    if text.count("[") + text.count("{") < MAX_DEPTH and not _INDENTED.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise yaml.YAMLError(f"nests deeper than {MAX_DEPTH} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def load_yaml(path: Path, *, name: str | None = None, error: type[LicenseCheckError] = DataError) -> Any:
    """The data of a YAML file."""
    return parse_yaml(read_text(path).text, path=name or str(path), error=error)


def find_line(text: str, *, path: list[str | int]) -> tuple[int, int] | None:
    """Line and column (from 1) of the node that `path` (keys and indexes) leads to, or of its nearest parent."""
    try:
        check_depth(text)
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError):
        return None
    for step in path:
        child = _child(node, step)
        if child is None:
            break
        node = child
    return (node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else None


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                found: yaml.Node = value
                return found
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None


def _check_aliases(text: str, *, path: str, error: type[LicenseCheckError]) -> None:
    aliases = sum(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader))
    if aliases > MAX_ALIASES:
        raise error(f"uses {aliases} YAML aliases, more than the {MAX_ALIASES} that are read", Place(path=path))
