"""Files whose lines each stand for themselves: TOML, INI, environment files, protobuf text, Ollama Modelfiles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licensecheck.scan.jsonish import parse_jsonish
from licensecheck.scan.slot import Kind, Origin, Setting, Slot
from licensecheck.scan.tree import Node

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
