"""YAML from files of the project and of users: fast, safe, and with places for the messages."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError, LicenseCheckError, Place
from licensecheck.lazy import re, yaml
from licensecheck.text.io import read_text

# Bounds on YAML from strangers, held on its events before anything is built: depth, aliases, endless numbers.


MAX_DEPTH = 200
"""How deep a file may nest; the fast loader recurses in C with no limit of its own, and would take the process down."""
MAX_ALIASES = 100
"""How many aliases a file may use; more is taken for an alias bomb."""
MAX_ALIASED = 10_000
"""How many values all aliases of a file may stand for: a few that nest stand for billions."""
_DEEP = re.compile(rf"(?<![ ?:-])[ ?:-]{{{MAX_DEPTH}}}")
"""A run of what nests without brackets; YAML has more kinds of line breaks than an expression knows, so anywhere."""
_SIXTIES = re.compile(r"(?::[\d_]+){20}")
"""A number written by sixties, as `1:30:00`, of so many parts that no time of the day has them."""


def yaml_loader() -> Any:
    """The fast loader where PyYAML was built with it."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def check_depth(text: str) -> None:
    """Raise a YAMLError where a text nests too deep; only one with the marks of it is looked at closely."""
    if text.count("[") + text.count("{") < MAX_DEPTH and not _DEEP.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml_loader()):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise yaml.YAMLError(f"nests deeper than {MAX_DEPTH} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def check_aliases(text: str) -> None:
    """Raise a YAMLError where a text has too many aliases, or they stand for too much or for themselves."""
    if "*" not in text or "&" not in text:
        return
    count = _Count()
    for event in yaml.parse(text, Loader=yaml_loader()):
        count.add(event)


def check_numbers(text: str) -> None:
    """Raise a YAMLError where a number takes longer to read than its length allows for."""
    if _SIXTIES.search(text):
        raise yaml.YAMLError("holds a number of more than 20 parts by sixties")


class _Count:
    """How many values each anchor stands for, those of the aliases within it counted."""

    def __init__(self) -> None:
        self.aliases = 0
        self.aliased = 0
        self.sizes: dict[str, int] = {}
        self.open: list[tuple[str | None, int]] = [(None, 0)]

    def add(self, event: yaml.Event) -> None:
        """Count one event, which must come in the order of the file."""
        if isinstance(event, yaml.AliasEvent):
            self._alias(str(event.anchor))
        elif isinstance(event, yaml.ScalarEvent):
            self._close(event.anchor, 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.open.append((event.anchor, 1))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(*self.open.pop())

    def _alias(self, anchor: str) -> None:
        if any(anchor == name for name, _ in self.open):
            raise yaml.YAMLError(f"the alias *{anchor} stands within what it stands for")
        size = self.sizes.get(anchor, 1)
        self.aliases += 1
        self.aliased += size
        if self.aliases > MAX_ALIASES:
            raise yaml.YAMLError(f"uses more than the {MAX_ALIASES} aliases that are read")
        if self.aliased > MAX_ALIASED:
            raise yaml.YAMLError(f"its aliases stand for more than {MAX_ALIASED} values")
        self._close(None, size)

    def _close(self, anchor: str | None, size: int) -> None:
        """Count a value that is complete, within the one that is open."""
        if anchor is not None:
            self.sizes[anchor] = size
        name, so_far = self.open[-1]
        self.open[-1] = (name, so_far + size)


# YAML from files of the project and of users: fast, safe, and with places for the messages.


_ODD = (ArithmeticError, AttributeError, LookupError, TypeError)
"""What the loader stumbles over where a value is not what its tag says: it looks at few of them itself."""


def parse_yaml(text: str, *, path: str, error: type[LicenseCheckError] = DataError) -> Any:
    """The data of one YAML document; `error` with line and column where it is no YAML."""
    text = text.removeprefix("\ufeff")
    try:
        check_depth(text)
        check_aliases(text)
        check_numbers(text)
        return yaml.load(text, Loader=yaml_loader())
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
        node: yaml.Node | None = yaml.compose(text, Loader=yaml_loader())
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


# TOML from files of users.


def parse_toml(text: str, *, path: str, error: type[LicenseCheckError]) -> dict[str, Any]:
    """The data of a TOML document; `error` where it is none."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        data: dict[str, Any] = tomllib.loads(text)
        return data
    except (ValueError, RecursionError) as fault:
        raise error(f"no valid TOML: {fault}", Place(path=path)) from None


def parse_section(text: str, *, path: str, error: type[LicenseCheckError]) -> dict[str, Any]:
    """The table `[tool.licensecheck]` of a `pyproject.toml`, empty where there is none."""
    table: Any = parse_toml(text, path=path, error=error)
    for name in ("tool", "licensecheck"):
        table = table.get(name, {})
        if not isinstance(table, dict):
            raise error(f"{name}: not a table", Place(path=path))
    section: dict[str, Any] = table
    return section


# What somebody may have meant who wrote a name that is not known.


def hint(name: object, known: Iterable[str]) -> str:
    """The name that was meant, as far as that can be guessed."""
    from difflib import get_close_matches

    close = get_close_matches(str(name), sorted(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def hint_or_all(name: object, known: Iterable[str]) -> str:
    """The name that was meant, or all that are known."""
    return hint(name, known) or f"; known are {', '.join(sorted(known))}"
