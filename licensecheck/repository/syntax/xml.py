"""XML by its marks, also where it is not well-formed: elements and attributes as a tree; nothing is resolved."""

from __future__ import annotations

from bisect import bisect_left

from licensecheck.lazy import html, re
from licensecheck.repository.syntax.slot import breaks_of
from licensecheck.repository.syntax.tree import Node

_MARK = re.compile(
    r"<!--(?P<comment>.{0,20000}?)-->|<!\[CDATA\[(?P<data>.{0,20000}?)\]\]>|<[!?][^>]{0,2000}>"
    r"|</\s*(?P<end>[\w:.-]+)\s*>|<(?P<tag>[\w:.-]+)(?P<given>(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(?P<closed>/?)>",
    re.S,
)
_GIVEN = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NAMING = ("name", "key")
"""Attributes that say what the text or the value of an element is."""
MAX_DEPTH = 60


def parse_xml(text: str, *, line: int = 1) -> Node:
    """The elements of a text below one node: attributes and texts as pairs, under the name that they are given."""
    breaks = breaks_of(text)
    root = Node(line=line)
    open_nodes: list[tuple[str, Node, str]] = [("", root, "")]
    at = 0
    for found in _MARK.finditer(text):
        _add_text(open_nodes, text[at : found.start()], line + bisect_left(breaks, at))
        at = found.end()
        here = line + bisect_left(breaks, found.start())
        if found["tag"]:
            node, label = _element(found["tag"], found["given"], text, found.start("given"), breaks, line)
            node.line = here
            open_nodes[-1][1].pairs.append((found["tag"], node))
            value = next((child for key, child in node.pairs if key == "value"), None)
            if label != found["tag"] and value is not None:
                open_nodes[-1][1].pairs.append((label, value))
            if not found["closed"] and len(open_nodes) < MAX_DEPTH:
                open_nodes.append((found["tag"], node, label))
        elif found["end"]:
            while len(open_nodes) > 1 and open_nodes.pop()[0] != found["end"]:
                pass
        elif found["data"]:
            _add_text(open_nodes, found["data"], here)
    return root


def _element(tag: str, given: str, text: str, start: int, breaks: tuple[int, ...], line: int) -> tuple[Node, str]:
    """An element with its attributes, and what its text is called."""
    node, label = Node(line=line), tag
    for each in _GIVEN.finditer(given):
        value = html.unescape(each[2] if each[2] is not None else each[3])
        place = line + bisect_left(breaks, start + each.start())
        node.pairs.append((each[1], Node(line=place, text=value)))
        if each[1] in _NAMING and value:
            label = value
    return node, label


def _add_text(open_nodes: list[tuple[str, Node, str]], raw: str, line: int) -> None:
    """The text of the innermost element, beside that element under its label."""
    plain = raw.strip()
    if not plain or len(open_nodes) < 2:
        return
    line += raw[: len(raw) - len(raw.lstrip())].count("\n")
    open_nodes[-2][1].pairs.append((open_nodes[-1][2], Node(line=line, text=html.unescape(plain))))
