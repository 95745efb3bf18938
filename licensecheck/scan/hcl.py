"""Terraform and other HCL: blocks with labels, settings, objects, lists and heredocs as one tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from licensecheck.scan.lines import parse_settings
from licensecheck.scan.tree import Node

_KEY = r'(?:"?([\w.\-]+)"?\s*[=:]\s*)?(?:\[|\w+\()*'
_BLOCK = re.compile(r'([\w.\-]+)((?:\s+"[^"]*")*)\s*\{(?:\s*([^={}\s][^={}]*=[^={}]*)\})?')
_LABEL = re.compile(r'"([^"]*)"')
_OPENS = re.compile(_KEY + r"[\[{(]")
_HEREDOC = re.compile(_KEY + r"<<-?(\w+)")
_ITEM = re.compile(r'"([^"]*)",?')
_ENTRY = re.compile(r'(?:#|//)?\s*"?[\w.\-]+"?\s*[=:]\s*.+')


@dataclass(slots=True)
class _Reader:
    """The lines, the number of the first, the open nodes, outermost first, and where the reading stands."""

    lines: list[str]
    first: int
    open: list[Node]
    at: int = 0

    def add(self, name: str | None, node: Node) -> None:
        """Put a node under its name into the innermost open one; one without a name is an item."""
        if name is None:
            self.open[-1].items.append(node)
        else:
            self.open[-1].pairs.append((name, node))


def parse_hcl(text: str, *, line: int = 1) -> Node:
    """The blocks of a text as nested mappings; the last label of one is its `name`, as in `variable "model" {`."""
    root = Node(line=line)
    reader = _Reader(lines=text.splitlines(), first=line, open=[root])
    while reader.at < len(reader.lines):
        _read_line(reader, reader.first + reader.at)
        reader.at += 1
    return root


def _read_line(reader: _Reader, number: int) -> None:
    body = reader.lines[reader.at].strip()
    block, opens = _BLOCK.fullmatch(body), _OPENS.fullmatch(body)
    heredoc, item = _HEREDOC.fullmatch(body), _ITEM.fullmatch(body)
    if block:
        node = Node(line=number)
        node.pairs.extend(("name", Node(line=number, text=label)) for label in _LABEL.findall(block[2])[-1:])
        node.pairs.extend(parse_settings(block[3] or "", line=number).pairs)
        reader.add(block[1], node)
        reader.open.extend([node] if block[3] is None else [])
    elif opens:
        node = Node(line=number)
        reader.add(opens[1], node)
        reader.open.append(node)
    elif heredoc:
        _read_heredoc(reader, heredoc[1], heredoc[2])
    elif item:
        reader.add(None, Node(line=number, text=item[1]))
    elif body[:1] in ("}", "]", ")") and len(reader.open) > 1:
        reader.open.pop()
    elif _ENTRY.match(body):
        reader.open[-1].pairs.extend(parse_settings(body, line=number).pairs)


def _read_heredoc(reader: _Reader, name: str | None, mark: str) -> None:
    start = reader.at
    while reader.at + 1 < len(reader.lines) and reader.lines[reader.at + 1].strip() != mark:
        reader.at += 1
    text = "\n".join(reader.lines[start + 1 : reader.at + 1])
    reader.at += 1
    reader.add(name or mark, Node(line=reader.first + start, text=text, block=True))
