"""Bounds on YAML from strangers, held on its events before anything is built: depth, aliases, endless numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_DEPTH = 200
"""How deep a file may nest; the fast loader recurses in C with no limit of its own, and would take the process down."""
MAX_ALIASES = 100
"""How many aliases a file may use; more is taken for an alias bomb."""
MAX_ALIASED = 10_000
"""How many values all aliases of a file may stand for: a few that nest stand for billions."""
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEP = re.compile(rf"(?<![ ?:-])[ ?:-]{{{MAX_DEPTH}}}")
"""A run of what nests without brackets; YAML has more kinds of line breaks than an expression knows, so anywhere."""
_SIXTIES = re.compile(r"(?::[\d_]+){20}")
"""A number written by sixties, as `1:30:00`, of so many parts that no time of the day has them."""


def check_depth(text: str) -> None:
    """Raise a YAMLError where a text nests too deep; only one with the marks of it is looked at closely."""
    if text.count("[") + text.count("{") < MAX_DEPTH and not _DEEP.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
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
    for event in yaml.parse(text, Loader=LOADER):
        count.add(event)


def check_numbers(text: str) -> None:
    """Raise a YAMLError where a number takes longer to read than its length allows for."""
    if _SIXTIES.search(text):
        raise yaml.YAMLError("holds a number of more than 20 parts by sixties")


@dataclass(slots=True)
class _Count:
    """How many values each anchor stands for, those of the aliases within it counted."""

    aliases: int = 0
    aliased: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    open: list[tuple[str | None, int]] = field(default_factory=lambda: [(None, 0)])

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
