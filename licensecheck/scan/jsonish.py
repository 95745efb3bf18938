"""JSON with line numbers, tolerant as YAML's flow style is: comments, bare words, trailing commas, an end cut off."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator

from licensecheck.scan.newlines import breaks_of
from licensecheck.scan.tree import MAX_DEPTH, Node

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|\#[^\n]*)
      | (?P<mark>[{}\[\],])
      | (?P<colon>:)
      | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<bare>(?:[^\s{}\[\],:"']|:(?=[^\s\[\]{},"'])|["'])(?:(?!:(?:\s|$))[^{}\[\],\n])*)""",
    re.VERBOSE | re.DOTALL,
)


def parse_jsonish(text: str, *, line: int = 1) -> Node:
    """The tree of a JSON text whose first line is `line` of its file."""
    breaks = breaks_of(text)
    tokens = _tokens(text)
    root = Node(line=line)
    for kind, value, at in tokens:
        if value in "[{" and kind == "mark":
            _fill(root, value, tokens, breaks, line, 0)
            break
        root = Node(line=line + bisect_right(breaks, at), text=value)
        break
    return root


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    at, closes = 0, True
    while at < len(text):
        if closes and text.startswith("/*", at):
            end = text.find("*/", at + 2)
            closes = end >= 0  # once none does, none of those that follow is looked for an end either
            at = end + 2 if closes else at
            continue
        found = _TOKEN.match(text, at)
        kind = found.lastgroup if found else None
        if found and kind and kind != "space":
            yield kind, _unquoted(found.group()) if kind == "string" else found.group().strip(), at
        at = found.end() if found else at + 1


def _unquoted(text: str) -> str:
    if text[0] == '"' and "\\" in text:
        try:
            return str(json.loads(text, strict=False))
        except ValueError:
            return text[1:-1]
    return text[1:-1]


def _fill(
    node: Node, opener: str, tokens: Iterator[tuple[str, str, int]], breaks: list[int], line: int, level: int
) -> None:
    """Read the members of an object or array into `node`, up to its closing bracket."""
    key: str | None = None
    last: Node | None = None
    for kind, value, at in tokens:
        here = line + bisect_right(breaks, at)
        if kind == "colon":
            key, last = (last.text if last else None), None
        elif kind == "mark" and value in "]}":
            break
        elif kind == "mark" and value == ",":
            _add(node, opener, key, last)
            key = last = None
        elif kind == "mark":
            last = Node(line=here)
            if level < MAX_DEPTH:
                _fill(last, value, tokens, breaks, line, level + 1)
        else:
            last = Node(line=here, text=value)
    _add(node, opener, key, last)


def _add(node: Node, opener: str, key: str | None, value: Node | None) -> None:
    if value is None:
        return
    if opener == "{" and key is not None:
        node.pairs.append((key, value))
    elif opener == "[":
        node.items.append(value)
