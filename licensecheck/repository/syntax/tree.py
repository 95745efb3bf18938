"""Trees: what YAML, JSON and Python literals have in common, each value with its line."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from licensecheck.lazy import re
from licensecheck.repository.syntax.slot import Kind, Origin, Setting, Slot, breaks_of, normalise

NAMERS = ("name", "key")
GIVERS = ("value", "default")
COMMAND_KEYS = ("entrypoint", "command", "cmd", "args")
MAX_DEPTH = 60
ID_MAP = "id_map"
"""What stands above the entries of a mapping whose values are all ids."""
_ID = re.compile(r"[A-Za-z0-9][\w.\-]*/[A-Za-z0-9][\w.\-]*")
MIN_VALUE = 3
"""A shorter value names no model."""
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
    if _holds_ids(node):
        origin = _under(origin, (ID_MAP, *origin.above))
    program = _image_program(node)
    argv = _command_line(node, program)
    if argv:
        yield argv
    for key, child in node.pairs:
        name = normalise(key)
        if child.text is not None and len(child.text) >= MIN_VALUE:
            yield _slot(name, _run_by(program, child) if name in COMMAND_KEYS else child, origin, beside)
        elif argv and name in COMMAND_KEYS:
            continue
        if child.pairs or child.items:
            yield from _walk(child, _under(origin, (name, *origin.above)), level + 1)


def _holds_ids(node: Node) -> bool:
    """True for a mapping of several names to ids and to nothing else, as a file of aliases is."""
    return len(node.pairs) > 1 and all(child.text and _ID.fullmatch(child.text) for _, child in node.pairs)


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


# JSON with line numbers, tolerant as YAML's flow style is: comments, bare words, trailing commas, an end cut off.


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
    node: Node, opener: str, tokens: Iterator[tuple[str, str, int]], breaks: Sequence[int], line: int, level: int
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


# Files whose lines each stand for themselves: TOML, INI, environment files, protobuf text, Ollama Modelfiles.


_SETTING = re.compile(
    r"""\s*(?:export\s+|set\s+|-\s+)?["']?([A-Za-z][\w.\-]*(?: +[\w.\-]+)*)["']?\s*(?:[:?+]?=|:(?=\s))\s*(.+)"""
)
_ENVIRONMENT = re.compile(r"""Environment=(["']?)([A-Za-z_]\w*)=(.+?)\1""")
"""What a unit of systemd gives its service."""
_SECTION = re.compile(r"\s*\[+\s*([\w.\-\"]+(?: +[\w.\-\"]+)*)\s*\]+\s*(?:#.*)?$")
_VALUE = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s#;][^#;]*))""")
_PBTXT_KEY = re.compile(r'key\s*:\s*"([^"]+)"')
_PBTXT_VALUE = re.compile(r'string_value\s*:\s*"((?:[^"\\]|\\.)*)"')
_INSTRUCTION = re.compile(r"\s*(#\s*)?(FROM|ADAPTER)\s+(\S+)", re.IGNORECASE)


def parse_settings(text: str, *, line: int = 1) -> Node:
    """`name = value` lines as one mapping for each section; commented-out ones are marked."""
    root = Node(line=line)
    section = root
    lines = text.splitlines()
    for number, raw in enumerate(lines, line):
        body = raw.strip()
        comment = body.startswith(("#", ";", "//"))
        found = _SECTION.match(raw)
        if found and not comment:
            section = Node(line=number)
            root.pairs.append((found.group(1).rsplit(".", 1)[-1], section))
            continue
        entry = _SETTING.match(body.lstrip("#;/ ") if comment else raw)
        inner = _ENVIRONMENT.fullmatch(body)
        if inner:
            section.pairs.append((inner.group(2), Node(line=number, text=inner.group(3))))
        elif entry:
            section.pairs.append(
                (entry.group(1), _value(entry.group(2), lines, number - line, number, comment=comment))
            )
    return root


def _value(text: str, lines: list[str], at: int, number: int, *, comment: bool) -> Node:
    if text[0] in "[{" and not comment:
        more = at
        while text.count("[") + text.count("{") > text.count("]") + text.count("}") and more + 1 < len(lines):
            more += 1
            text += "\n" + lines[more]
        return parse_jsonish(text.replace(" = ", ": "), line=number)
    while text.endswith("\\") and at + 1 < len(lines) and not comment:
        at += 1
        text = f"{text[:-1]} {lines[at].strip()}"
    found = _VALUE.match(text)
    value = next((part for part in found.groups() if part is not None), "") if found else ""
    return Node(line=number, text=value.strip(), comment=comment)


def parse_pbtxt(text: str, *, line: int = 1) -> Node:
    """The parameters of a protobuf text: each `string_value` under the `key` before it."""
    root = Node(line=line)
    key = ""
    for number, raw in enumerate(text.splitlines(), line):
        named = _PBTXT_KEY.search(raw)
        key = named.group(1) if named else key
        value = _PBTXT_VALUE.search(raw)
        if value and key:
            comment = raw.lstrip().startswith("#")
            root.pairs.append((key, Node(line=number, text=value.group(1).replace('\\"', '"'), comment=comment)))
    return root


def modelfile_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """The instructions of an Ollama Modelfile that name weights."""
    for number, raw in enumerate(text.splitlines(), origin.line):
        found = _INSTRUCTION.match(raw)
        if found:
            setting = Setting.COMMENT if found.group(1) else origin.setting
            name = f"modelfile {found.group(2).lower()}"
            yield Slot(name, found.group(3), number, setting, Kind.COMMAND, origin.above, {}, 1)


# Terraform and other HCL: blocks with labels, settings, objects, lists and heredocs as one tree.


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
