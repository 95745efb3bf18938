"""YAML from files of the project and of users: fast, safe, and with places for the messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from licensecheck.errors import DataError, LicenseCheckError
from licensecheck.load.bounds import LOADER, check_aliases, check_depth, check_numbers
from licensecheck.place import Place
from licensecheck.text.decode import read_text

_ODD = (ArithmeticError, AttributeError, LookupError, TypeError)
"""What the loader stumbles over where a value is not what its tag says: it looks at few of them itself."""


def parse_yaml(text: str, *, path: str, error: type[LicenseCheckError] = DataError) -> Any:
    """The data of one YAML document; `error` with line and column where it is no YAML."""
    text = text.removeprefix("\ufeff")
    try:
        check_depth(text)
        check_aliases(text)
        check_numbers(text)
        return yaml.load(text, Loader=LOADER)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = Place(path=path, line=mark.line + 1, column=mark.column + 1) if mark else Place(path=path)
        raise error(f"no valid YAML: {fault.problem or fault.context}", place) from None
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        raise error(f"no valid YAML: {fault}", Place(path=path)) from None
    except _ODD:
        raise error("no valid YAML: a value is not what its tag says", Place(path=path)) from None


def load_yaml(path: Path, *, name: str | None = None, error: type[LicenseCheckError] = DataError) -> Any:
    """The data of a YAML file."""
    return parse_yaml(read_text(path).text, path=name or str(path), error=error)


def compose_yaml(text: str) -> yaml.Node | None:
    """The nodes of one YAML document, which know their places; None where it is empty or no YAML."""
    try:
        check_depth(text)
        node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except (yaml.YAMLError, RecursionError):
        return None
    return node


def find_line(text: str, *, path: list[str | int], key: bool = False) -> tuple[int, int] | None:
    """Line and column (from 1) of the node that `path` (keys and indexes) leads to, or of its nearest parent.

    With `key` it is the place of the last key itself, not that of its value.
    """
    node = compose_yaml(text)
    for i, step in enumerate(path, start=1):
        child = _child(node, step, key=key and i == len(path))
        if child is None:
            break
        node = child
    return (node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else None


def _child(node: yaml.Node | None, step: str | int, *, key: bool) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(step):
                found: yaml.Node = name if key else value
                return found
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None
