"""The metadata block at the head of a model card, read as the hub reads it and saved line by line where it breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import yaml

from licensecheck.load.bounds import check_depth
from licensecheck.sources.block import BREAK, Plain, read_mapping, salvage, without_bulk, yaml_loader

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

    `lines` gives the line (from 1) of each key, `duplicates` the keys that stand twice with the line of the second.
    `body` is the text behind the block and `body_line` the line on which it starts; `problem` says what broke.
    """

    state: BlockState
    values: Mapping[str, Plain] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    duplicates: tuple[tuple[str, int], ...] = ()
    body: str = ""
    body_line: int = 1
    problem: str | None = None
    problem_line: int | None = None


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
            values, lines, duplicates = read_mapping(node, first=first)
            return FrontMatter(
                state=BlockState.READ,
                values=values,
                lines=lines,
                duplicates=duplicates,
                body=body,
                body_line=body_line,
            )
        problem, line = "the block is no mapping of keys to values", first
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        problem, line = fault.problem or "no valid YAML", first + (mark.line if mark else 0)
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        problem, line = " ".join(str(fault).split())[:120], first
    values, lines, duplicates = salvage(block, first=first)
    return FrontMatter(
        state=BlockState.BROKEN,
        values=values,
        lines=lines,
        duplicates=duplicates,
        body=body,
        body_line=body_line,
        problem=problem,
        problem_line=line,
    )


def _count_lines(text: str) -> int:
    return len(BREAK.findall(text))
