"""Trees: what YAML, JSON and Python literals have in common, each value with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from licensecheck.scan.slot import Origin, Setting, Slot, normalise

NAMERS = ("name", "key")
GIVERS = ("value", "default")
COMMAND_KEYS = ("entrypoint", "command", "cmd", "args")
MAX_DEPTH = 60
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
"""A variable of the environment: such stand side by side by chance, and say nothing about one another."""
_ASSIGNED = re.compile(r"([A-Z_][A-Z0-9_]*)=(\S+)$")
"""An item of an `environment` list."""


@dataclass(slots=True)
class Node:
    """A scalar (`text`), a mapping (`pairs`) or a list (`items`). `block`: the text starts on the line below `line`."""

    line: int
    text: str | None = None
    pairs: list[tuple[str, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    block: bool = False
    comment: bool = False


def walk(node: Node, origin: Origin) -> Iterator[Slot | list[Node]]:
    """Every scalar of a tree as a slot; lists that look like a command line come as the list of their nodes."""
    yield from _walk(node, origin, 0)


def _walk(node: Node, origin: Origin, level: int) -> Iterator[Slot | list[Node]]:
    if level > MAX_DEPTH:
        return
    if node.pairs:
        yield from _mapping(node, origin, level)
    if node.items:
        yield from _sequence(node, origin, level)


def _mapping(node: Node, origin: Origin, level: int) -> Iterator[Slot | list[Node]]:
    keys = [key for key, child in node.pairs if not child.comment]
    by_chance = len(keys) > 1 and all(_VARIABLE.fullmatch(key) for key in keys)
    beside = {
        normalise(key): child.text or "" for key, child in node.pairs if not by_chance or "REV" in key or "TYPE" in key
    }
    yield from _named_value(node, origin, beside)
    program = _image_program(node)
    argv = _command_line(node, program)
    if argv:
        yield argv
    for key, child in node.pairs:
        name = normalise(key)
        if child.text is not None:
            yield _slot(name, _run_by(program, child) if name in COMMAND_KEYS else child, origin, beside)
        elif argv and name in COMMAND_KEYS:
            continue
        if child.pairs or child.items:
            yield from _walk(child, _under(origin, (name, *origin.above)), level + 1)


def _named_value(node: Node, origin: Origin, beside: dict[str, str]) -> Iterator[Slot]:
    """`{name: MODEL_ID, value: org/name}` says what `MODEL_ID: org/name` says."""
    name = next((beside[key] for key in NAMERS if beside.get(key)), None)
    if name is None:
        return
    for key, child in node.pairs:
        if normalise(key) in GIVERS and child.text:
            yield _slot(normalise(name), child, origin, beside)


def _command_line(node: Node, program: str | None) -> list[Node]:
    """The words of `command` and `args` lists in the order in which they are run."""
    lists = {normalise(key): child.items for key, child in node.pairs if child.items}
    words = [item for key in COMMAND_KEYS for item in lists.get(key, ())]
    if words and program:
        words.insert(0, Node(line=words[0].line, text=program))
    return words if all(word.text is not None for word in words) else []


def _image_program(node: Node) -> str | None:
    """The name of a container's image where that alone says what is run with the arguments."""
    given = {normalise(key): child for key, child in node.pairs if not child.comment}
    image = given["image"].text if "image" in given else None
    if not image or "entrypoint" in given or {"command", "args"} <= given.keys():
        return None
    return image.rpartition("/")[2].partition(":")[0].partition("@")[0]


def _run_by(program: str | None, command: Node) -> Node:
    return replace(command, text=f"{program} {command.text}") if program and command.text else command


def _sequence(node: Node, origin: Origin, level: int) -> Iterator[Slot | list[Node]]:
    texts = [item for item in node.items if item.text is not None]
    if any((item.text or "").startswith("-") for item in texts):
        yield texts
        texts = []
    name = origin.above[0] if origin.above else ""
    for item in texts:
        assigned = _ASSIGNED.match(item.text or "")
        if assigned:
            named = Node(line=item.line, text=assigned[2], comment=item.comment)
            yield _slot(normalise(assigned[1]), named, origin, {})
        else:
            yield _slot(name, item, _under(origin, origin.above[1:]), {})
    for item in node.items:
        if item.pairs or item.items:
            yield from _walk(item, origin, level + 1)


def _under(origin: Origin, above: tuple[str, ...]) -> Origin:
    return Origin(origin.line, origin.setting, above, origin.depth)


def _slot(name: str, node: Node, origin: Origin, beside: dict[str, str]) -> Slot:
    setting = Setting.COMMENT if node.comment else origin.setting
    line = node.line + (1 if node.block else 0)
    return Slot(name, node.text or "", line, setting, above=origin.above, beside=beside)
