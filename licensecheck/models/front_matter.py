"""The metadata block at the head of a model card, read as the hub reads it and saved line by line where it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, TypeAlias

from licensecheck.catalog.yaml_files import check_depth
from licensecheck.frozen import dataclass, field
from licensecheck.lazy import re, yaml

# The keys of a metadata block with their values as written; of a block that is no YAML each key by itself.


Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
"""A value of the block with every scalar as it is written: `no` stays "no", `2024-01-01` stays a string."""
Entries: TypeAlias = tuple[dict[str, Plain], dict[str, int], tuple[tuple[str, int], ...], tuple[tuple[str, Plain], ...]]
"""The values of a block, the line of each key, the keys that stand twice with the line of the second, and the values
that were replaced by it."""

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
    replaced: list[tuple[str, Plain]] = []
    budget = [_MAX_NODES]
    for key_node, value_node in node.value:
        key, line = _key(key_node), first + key_node.start_mark.line
        if key in values:
            duplicates.append((key, line))
            replaced.append((key, values[key]))
        values[key], lines[key] = _names_of(value_node) if key in _BULKY else _plain(value_node, budget), line
    return values, lines, tuple(duplicates), tuple(replaced)


def _names_of(node: yaml.Node) -> Plain:
    """The names of the entries of a bulky list (a model index): nothing else in it is read."""
    names: list[Plain] = []
    for entry in node.value[:_FEW] if isinstance(node, yaml.SequenceNode) else ():
        for key, value in entry.value if isinstance(entry, yaml.MappingNode) else ():
            if key.value == "name" and isinstance(value, yaml.ScalarNode):
                names.append(str(value.value))
    return names or None


_FEW = 5
"""Of so many entries of a bulky list the names are read."""


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
        raise yaml.constructor.ConstructorError(problem="a key is not plain text", problem_mark=node.start_mark)
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
    replaced: list[tuple[str, Plain]] = []
    for key, rest, chunk, offset in _chunks(block):
        if key in values:
            duplicates.append((key, first + offset))
            replaced.append((key, values[key]))
        values[key], lines[key] = _salvage_value(key, rest, chunk), first + offset
    return values, lines, tuple(duplicates), tuple(replaced)


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


# The metadata block at the head of a model card, read as the hub reads it and saved line by line where it breaks.


_BLOCK = re.compile(r"(\s*---(?:\r\n|\r|\n))([\S\s]*?)((?:\r\n|\r|\n)---[ \t]*(?:\r\n|\n|$))")
"""The hub's own expression; it wants the block at the very head of the card."""
_OPENED = re.compile(r"\s*---[ \t]*(?:\r\n|\r|\n)(?=[ \t]*[\w-]+[ \t]*:)")
_LONG_BLOCK = 60_000
"""From this many characters on a block is read without its bulky keys."""
_TAB = re.compile(r"^ *\t[ \t]*[^\s#]|[:,\[{][ ]*\t\s*\S|^ *-[ ]*\t", re.M)
"""Tabs where a token of YAML starts."""


class BlockState(str, Enum):
    """How the metadata block of a card was found."""

    ABSENT = "absent"
    READ = "read"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The metadata of a card.

    `lines` gives the line (from 1) of each key, `duplicates` the keys that stand twice with the line of the second, and
    `replaced` the values that stood there first.
    `body` is the text behind the block and `body_line` the line on which it starts; `problem` says what broke.
    """

    state: BlockState
    values: Mapping[str, Plain] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    duplicates: tuple[tuple[str, int], ...] = ()
    replaced: tuple[tuple[str, Plain], ...] = ()
    body: str = ""
    body_line: int = 1
    problem: str | None = None
    problem_line: int | None = None
    comment: tuple[str, int] | None = None
    """What a comment says on the line of the license, or of the license on a line of its own; and that line."""


def split_front_matter(text: str) -> FrontMatter:
    """The metadata block of a card's text and the prose behind it."""
    text = text.removeprefix("\ufeff")
    found = _BLOCK.match(text)
    if found is None:
        return _without_block(text)
    first = _count_lines(found.group(1)) + 1
    body_line = _count_lines(text[: found.end()]) + 1
    return _read_block(found.group(2), first=first, body=text[found.end() :], body_line=body_line)


def _without_block(text: str) -> FrontMatter:
    opened = _OPENED.match(text)
    if opened is None or re.search(r"^---[ \t]*$", text[opened.end() :], re.MULTILINE):
        return FrontMatter(state=BlockState.ABSENT, body=text)
    return FrontMatter(state=BlockState.ABSENT, body=text, problem="the block is opened and never closed")


def _read_block(block: str, *, first: int, body: str, body_line: int) -> FrontMatter:
    try:
        slim = without_bulk(block) if len(block) > _LONG_BLOCK else block
        check_depth(slim)
        node = yaml.compose(slim, Loader=yaml_loader(strict="\t" in block and bool(_TAB.search(block))))
        if node is None:
            return FrontMatter(state=BlockState.READ, body=body, body_line=body_line)
        if isinstance(node, yaml.MappingNode):
            values, lines, duplicates, replaced = read_mapping(node, first=first)
            return FrontMatter(
                state=BlockState.READ,
                values=values,
                lines=lines,
                duplicates=duplicates,
                replaced=replaced,
                body=body,
                body_line=body_line,
                comment=_comment_in(block, first),
            )
        problem, line = "the block is not a mapping of keys to values", first
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        problem, line = fault.problem or "no valid YAML", first + (mark.line if mark else 0)
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        problem, line = " ".join(str(fault).split())[:120], first
    values, lines, duplicates, replaced = salvage(block, first=first)
    return FrontMatter(
        state=BlockState.BROKEN,
        values=values,
        lines=lines,
        duplicates=duplicates,
        replaced=replaced,
        body=body,
        body_line=body_line,
        problem=problem,
        problem_line=line,
    )


_REMARK = re.compile(r"^licen[cs]e[ \t]*:[ \t]*[^\s#'\"][^#\r\n]*[ \t]#[ \t]*(?P<words>[^\r\n]{3,300})", re.M | re.I)
_ALONE = re.compile(r"^#[ \t]*licen[cs]e[ \t]*:[ \t]*(?P<words>[^\r\n]{3,300})", re.M | re.I)


def _comment_in(block: str, first: int) -> tuple[str, int] | None:
    found = (_REMARK.search(block) or _ALONE.search(block)) if "#" in block else None
    return (found["words"].strip(), first + _count_lines(block[: found.start()])) if found else None


_EDGE = re.compile(r"^(?:---|[ \t]*```+[ \t]*(?:ya?ml)?)[ \t]*$", re.I)
_CLOSING = re.compile(r"^(?:---|\.\.\.|[ \t]*```+)[ \t]*$")
_TELLING = re.compile(r"^[ \t-]*(?:license\w*|licence|base_models?|models?|slices|merge_method)[ \t]*:", re.I)
_FURTHER = 200
"""How many lines a further block may have."""


def further_blocks(front: FrontMatter) -> tuple[tuple[dict[str, Plain], int], ...]:
    """The other blocks of YAML in a card that tell of licenses and bases, each with its line: metadata, recipes."""
    return _further(front.body, front.body_line)


@lru_cache(maxsize=8)
def _further(body: str, body_line: int) -> tuple[tuple[dict[str, Plain], int], ...]:
    if ("---" not in body and "```" not in body) or not _MAYBE.search(body):
        return ()
    rows = BREAK.split(body) if "\r" in body else body.split("\n")
    found = []
    for start in [index for index, row in enumerate(rows) if row[:1] in "- `\t" and _EDGE.match(row)]:
        end = next((i for i in range(start + 1, min(len(rows), start + _FURTHER)) if _CLOSING.match(rows[i])), None)
        if end is None or not any(_TELLING.match(row) for row in rows[start + 1 : end]):
            continue
        values = _mapping_in("\n".join(rows[start + 1 : end]))
        if values:
            found.append((values, body_line + start + 1))
    return tuple(found)


_MAYBE = re.compile(r"^[ \t-]*(?:licen[cs]e\w*|base_models?|models?|slices|merge_method)[ \t]*:", re.M | re.I)


def _mapping_in(block: str) -> dict[str, Plain]:
    """The values of a block of YAML; empty for one that is none, or no mapping."""
    try:
        check_depth(block)
        node = yaml.compose(block, Loader=yaml_loader(strict=False))
        return read_mapping(node, first=1)[0] if isinstance(node, yaml.MappingNode) else {}
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}


def _count_lines(text: str) -> int:
    return len(BREAK.findall(text))
