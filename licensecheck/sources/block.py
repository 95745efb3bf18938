"""The keys of a metadata block with their values as written; of a block that is no YAML each key by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml

from licensecheck.load.bounds import check_depth

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
"""A value of the block with every scalar as it is written: `no` stays "no", `2024-01-01` stays a string."""
Entries: TypeAlias = tuple[dict[str, Plain], dict[str, int], tuple[tuple[str, int], ...]]
"""The values of a block, the line of each key, and the keys that stand twice with the line of the second."""

_MAX_NODES = 20_000
"""How many nodes of a block are turned into values; what is beyond (an alias bomb) is left out."""
_BULKY = frozenset({"model-index", "widget", "dataset_info", "configs"})
"""Keys on which no license hangs and which can run to thousands of lines; their values are not read."""
BREAK = re.compile(r"\r\n|\r|\n")
_TOP_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w .-]*?)[ \t]*:(?:[ \t]+(?P<rest>.*))?$")
_NULL = "tag:yaml.org,2002:null"


def yaml_loader(*, strict: bool) -> Any:
    """The fast loader; the strict one where tabs stand for spaces, which the fast one lets pass."""
    return yaml.SafeLoader if strict else getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_mapping(node: yaml.MappingNode, *, first: int) -> Entries:
    """The values, lines and duplicate keys of the block; of a key that stands twice the last holds, as on the hub."""
    values: dict[str, Plain] = {}
    lines: dict[str, int] = {}
    duplicates: list[tuple[str, int]] = []
    budget = [_MAX_NODES]
    for key_node, value_node in node.value:
        key, line = _key(key_node), first + key_node.start_mark.line
        if key in values:
            duplicates.append((key, line))
        values[key], lines[key] = None if key in _BULKY else _plain(value_node, budget), line
    return values, lines, tuple(duplicates)


def _plain(node: yaml.Node, budget: list[int]) -> Plain:
    budget[0] -= 1
    if budget[0] < 0:
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, budget) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {_key(key): _plain(value, budget) for key, value in node.value}
    return None if node.tag == _NULL else str(node.value)


def _key(node: yaml.Node) -> str:
    """The key that a node is; a mapping or list is none, as where the place of a template was never filled in."""
    if not isinstance(node, yaml.ScalarNode):
        raise yaml.constructor.ConstructorError(problem="a key is no plain text", problem_mark=node.start_mark)
    return str(node.value)


def without_bulk(block: str) -> str:
    """The block with the lines of bulky keys left blank, so that the lines of the others stay."""
    rows = BREAK.split(block)
    for key, _, chunk, index in _chunks(block):
        if key in _BULKY:
            rows[index : index + len(chunk)] = [""] * len(chunk)
    return "\n".join(rows)


def salvage(block: str, *, first: int) -> Entries:
    """What can be read of a broken block, each top-level key by itself."""
    values: dict[str, Plain] = {}
    lines: dict[str, int] = {}
    duplicates: list[tuple[str, int]] = []
    for key, rest, chunk, offset in _chunks(block):
        if key in values:
            duplicates.append((key, first + offset))
        values[key], lines[key] = _salvage_value(key, rest, chunk), first + offset
    return values, lines, tuple(duplicates)


def _chunks(block: str) -> Iterator[tuple[str, str, list[str], int]]:
    """Each unindented key with the rest of its line, the lines that belong to it, and the index of its line."""
    rows = BREAK.split(block)
    heads = [(index, found) for index, row in enumerate(rows) if (found := _TOP_KEY.match(row))]
    ends = [*(index for index, _ in heads[1:]), len(rows)]
    for (index, found), end in zip(heads, ends, strict=False):
        yield found["key"], (found["rest"] or "").strip(), rows[index:end], index


def _salvage_value(key: str, rest: str, chunk: list[str]) -> Plain:
    try:
        return _only_value(key, "\n".join(chunk))
    except (yaml.YAMLError, ValueError, RecursionError):
        pass
    if rest and rest[0] not in "[{|>&*!":
        return _unquoted(rest)
    items = [row.strip()[1:].strip() for row in chunk[1:] if row.strip().startswith("- ")]
    return [_unquoted(item) for item in items] or None


def _only_value(key: str, text: str) -> Plain:
    """The value of a text that is YAML with this one key; an error where it is not."""
    check_depth(text)
    node = yaml.compose(text, Loader=yaml_loader(strict=False))
    if isinstance(node, yaml.MappingNode) and len(node.value) == 1 and node.value[0][0].value == key:
        return _plain(node.value[0][1], [_MAX_NODES])
    raise ValueError(f"{key} is not the only key")


def _unquoted(value: str) -> str:
    value = re.sub(r"\s+#.*$", "", value).strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value[1:] if value[:1] in ("'", '"') else value
