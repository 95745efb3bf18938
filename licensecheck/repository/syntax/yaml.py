"""YAML by its lines: also where it is none, as in Helm templates, and with what is commented out."""

from __future__ import annotations

from dataclasses import dataclass, field

from licensecheck.lazy import re
from licensecheck.repository.syntax.tree import Node, parse_jsonish

_KEY = re.compile(r"""("[^"\n]*"|'[^'\n]*'|[^\s#:'"\[\]{},&*!|>%@`-][^:#\n]*?|-[^\s:#][^:#\n]*?)\s*:(?:\s+|$)""")
_PLAIN_LINE = re.compile(r"( *)([A-Za-z_][\w.-]*): +([\w./-][\w./:@+-]*)[ ]*$")
"""A key with a plain value without spaces, which is most lines of most files."""
_BLOCK = re.compile(r"[|>][+-]?\d*[+-]?\s*(?:#.*)?$")
_DECORATION = re.compile(r"(?:[&!][^\s]*\s+)+")
_ANCHOR = re.compile(r"&(\S+)")
_COMMENT = re.compile(r"\s#.*$")
_TEMPLATE = re.compile(r"\{\{-?\s*(?:if|else|end|range|with|define|include|template|toYaml|/\*|block|\$)[^}]*\}\}")
_DOCUMENT = re.compile(r"^---", re.M)
_SCHEMA = re.compile(r"^kind:\s*[\"']?CustomResourceDefinition", re.M)
MAX_FLOW_LINES = 400


@dataclass(slots=True)
class _Reader:
    """The lines, where the reading stands, and the open nodes with their columns, outermost first."""

    lines: list[str]
    first: int
    at: int = 0
    root: Node = field(default_factory=lambda: Node(line=1))
    open: list[tuple[int, bool, Node]] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)

    def reset(self) -> None:
        document = Node(line=self.first + self.at)
        self.root.items.append(document)
        self.open = [(-1, False, document)]

    def holder(self, column: int, *, dash: bool) -> Node:
        """The node that something at `column` belongs to; deeper ones are closed."""
        while self.open[-1][0] > column or (self.open[-1][0] == column and (not dash or self.open[-1][1])):
            self.open.pop()
        return self.open[-1][2]


def parse_yamlish(text: str, *, line: int = 1) -> Node:
    """The documents of a YAML text as the items of one node; its first line is `line` of its file."""
    reader = _Reader(lines=without_schemas(text).expandtabs(2).splitlines(), first=line)
    reader.reset()
    while reader.at < len(reader.lines):
        _read_line(reader)
    return reader.root


def without_schemas(text: str) -> str:
    """The text with blank lines for documents that are schemas: these describe settings, and hold samples in prose."""
    if "CustomResourceDefinition" not in text:
        return text
    documents = _DOCUMENT.split(text)
    return "---".join("\n" * each.count("\n") if _SCHEMA.search(each) else each for each in documents)


def _read_line(reader: _Reader) -> None:
    raw = reader.lines[reader.at]
    plain = _PLAIN_LINE.match(raw)
    if plain:
        indent, key, text = plain.groups()
        column = len(indent)
        line = reader.first + reader.at
        node = Node(line=line, text=text)
        reader.holder(column, dash=False).pairs.append((key, node))
        reader.open.append((column, False, node))
        reader.at += 1
        return
    body = raw.strip()
    if not body or (body.startswith("{{") and _TEMPLATE.fullmatch(body)):
        reader.at += 1
    elif raw.startswith(("---", "...")):
        reader.reset()
        reader.at += 1
    elif body.startswith("#"):
        _read_comment(reader, raw)
    else:
        _read_entry(reader, raw, len(raw) - len(raw.lstrip()))


def _read_comment(reader: _Reader, raw: str) -> None:
    """A commented-out entry, kept as a marked child of what surrounds it."""
    column = raw.index("#")
    body = raw[column:].lstrip("#").strip()
    reader.at += 1
    dashed = body.startswith("- ")
    found = _KEY.match(body.removeprefix("- ").lstrip())
    if not found and not dashed:
        return
    parent = next((node for at, _, node in reversed(reader.open) if at < column), reader.open[0][2])
    rest = (found.string[found.end() :] if found else body[2:]).strip()
    value = Node(line=reader.first + reader.at - 1, text=_scalar(rest), comment=True)
    if not value.text:
        return
    if found:
        parent.pairs.append((_unquoted(found.group(1)), value))
    else:
        parent.items.append(value)


def _read_entry(reader: _Reader, raw: str, column: int) -> None:
    """A line that is no comment: its dashes open list items, its key a value; what is neither continues a scalar."""
    line = reader.first + reader.at
    while raw[column:].startswith("- ") or raw[column:].rstrip() == "-":
        holder = reader.holder(column, dash=True)
        item = Node(line=line)
        holder.items.append(item)
        reader.open.append((column, True, item))
        after = raw[column + 1 :]
        column += 1 + len(after) - len(after.lstrip())
    found = _KEY.match(raw, column)
    if found:
        holder = reader.holder(column, dash=False)
        node = Node(line=line)
        holder.pairs.append((_unquoted(found.group(1)), node))
        reader.open.append((column, False, node))
        _read_value(reader, node, raw[found.end() :], column)
    elif raw[column:].strip():
        _continue(reader, raw, column)
    else:
        reader.at += 1


def _continue(reader: _Reader, raw: str, column: int) -> None:
    """A plain scalar: the value of a list item, or more of the value begun on an earlier line."""
    top_column, _, top = reader.open[-1]
    fresh = top.text is None and not top.pairs and not top.items
    if fresh:
        top.line = reader.first + reader.at
        _read_value(reader, top, raw[column:], top_column)
        return
    if top.text is not None and column > top_column and not top.block:
        top.text = f"{top.text} {_scalar(raw.strip())}"
    reader.at += 1


def _read_value(reader: _Reader, node: Node, rest: str, column: int) -> None:
    rest = rest.strip()
    decorated = _DECORATION.match(f"{rest} ")
    named = _ANCHOR.match(rest)
    rest = rest[decorated.end() :].strip() if decorated else rest
    if _BLOCK.match(rest):
        _read_block(reader, node, column)
    elif rest[:1] in ("{", "[") and not rest.startswith("{{"):
        _read_flow(reader, node, rest)
    elif rest and not rest.startswith("#"):
        node.text = _quoted(reader, rest) if rest[0] in "\"'" else _plain(reader, rest)
        reader.at += 1
    else:
        reader.at += 1
    if named and node.text:
        reader.anchors[named[1]] = node.text


def _plain(reader: _Reader, rest: str) -> str:
    return reader.anchors.get(rest[1:], rest) if rest.startswith("*") else _scalar(rest)


def _read_block(reader: _Reader, node: Node, column: int) -> None:
    """A literal or folded scalar: the lines below that are indented more than its key."""
    reader.at += 1
    start = reader.at
    while reader.at < len(reader.lines):
        raw = reader.lines[reader.at]
        if raw.strip() and len(raw) - len(raw.lstrip()) <= column:
            break
        reader.at += 1
    block = reader.lines[start : reader.at]
    margin = min((len(raw) - len(raw.lstrip()) for raw in block if raw.strip()), default=0)
    node.text = "\n".join(raw[margin:] for raw in block)
    node.block = True


def _read_flow(reader: _Reader, node: Node, rest: str) -> None:
    """A flow mapping or list, which may run over several lines."""
    start, text = reader.at, rest
    reader.at += 1
    while not _balanced(text) and reader.at < len(reader.lines) and reader.at - start < MAX_FLOW_LINES:
        text += "\n" + reader.lines[reader.at]
        reader.at += 1
    parsed = parse_jsonish(text, line=reader.first + start)
    node.pairs, node.items, node.text = parsed.pairs, parsed.items, parsed.text


def _balanced(text: str) -> bool:
    bare = re.sub(r""""(?:[^"\\]|\\.)*"|'[^']*'""", "", text)
    return bare.count("{") + bare.count("[") <= bare.count("}") + bare.count("]")


def _quoted(reader: _Reader, rest: str) -> str:
    """A quoted scalar, joined where it runs over several lines."""
    quote, text, more = rest[0], rest, reader.at
    while _closing(text, quote) is None and more + 1 < len(reader.lines) and more - reader.at < MAX_FLOW_LINES:
        more += 1
        text += " " + reader.lines[more].strip()
    end = _closing(text, quote)
    if end is None:
        return _scalar(rest)
    reader.at = more
    inner = text[1:end]
    return inner.replace("''", "'") if quote == "'" else inner.replace('\\"', '"')


def _closing(text: str, quote: str) -> int | None:
    found = re.match(r'"(?:[^"\\]|\\.)*"' if quote == '"' else r"'(?:[^']|'')*'", text, re.DOTALL)
    return found.end() - 1 if found else None


def _scalar(rest: str) -> str:
    rest = rest.strip()
    if rest[:1] in ("'", '"'):
        end = _closing(rest, rest[0])
        if end is not None:
            return rest[1:end]
    return _COMMENT.sub("", rest).strip()


def _unquoted(key: str) -> str:
    return key[1:-1] if key[:1] in ("'", '"') and key[-1:] == key[:1] else key.strip()
