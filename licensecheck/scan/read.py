"""Text to slots: the reader of each syntax, and the texts that hide inside values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from licensecheck.scan.commands import command_slots, default_slots
from licensecheck.scan.jsonish import parse_jsonish
from licensecheck.scan.lines import modelfile_slots, parse_pbtxt, parse_settings
from licensecheck.scan.scripts import dockerfile_slots, makefile_slots, shell_slots
from licensecheck.scan.shell import Word
from licensecheck.scan.slot import Kind, Origin, Setting, Slot
from licensecheck.scan.sniff import HINT, sniff
from licensecheck.scan.syntax import syntax_of
from licensecheck.scan.tree import Node, walk
from licensecheck.scan.yamlish import parse_yamlish

MAX_DEPTH = 5
_COMMAND = re.compile(r"(?:^|[\s'\"=])--?[a-zA-Z]|\b(?:pull|serve|run|download|clone)\s+\S|\$\{\w+:?-")
_COMPOUND = re.compile(r"[\s{\[]")
_PROSE = frozenset({"description", "summary", "help", "title", "notes", "message", "comment", "chat_template"})


def read(text: str, syntax: str, origin: Origin) -> Iterator[Slot]:
    """Every slot of a text in the named syntax, and of the texts inside its values."""
    if origin.depth > MAX_DEPTH:
        return
    reader = _READERS.get(syntax)
    for slot in reader(text, origin) if reader else ():
        yield slot
        if len(slot.value) > 5 and _COMPOUND.search(slot.value):
            yield from _inside(slot, origin.depth + 1)


def _inside(slot: Slot, depth: int) -> Iterator[Slot]:
    """What a value holds that is a text of its own: JSON, YAML, a script, a command line."""
    value = slot.value
    if slot.name in _PROSE or slot.kind is Kind.TEXT:
        return
    syntax = _embedded(slot, value)
    if syntax and (syntax == "json" or HINT.search(value)):
        yield from read(value, syntax, Origin(slot.line, slot.setting, (slot.name, *slot.above), depth))


def _embedded(slot: Slot, value: str) -> str | None:
    if slot.at == "-c" and slot.above:
        return "python" if slot.above[0].startswith("python") else "shell"
    start = value.lstrip()[:2]
    if start[:1] in ("{", "[") and start != "{{" and ":" in value:
        return "json"
    if "\n" in value:
        return syntax_of(slot.name.replace("_", ".")) or sniff(value)
    return "shell" if " " in value and _COMMAND.search(value) else None


def _tree(parse: Callable[..., Node]) -> Callable[[str, Origin], Iterator[Slot]]:
    def slots(text: str, origin: Origin) -> Iterator[Slot]:
        yield from tree_slots(parse(text, line=origin.line), origin)

    return slots


def tree_slots(tree: Node, origin: Origin) -> Iterator[Slot]:
    """The slots of a tree, its argument lists read as command lines."""
    for found in walk(tree, origin):
        if isinstance(found, Slot):
            yield found
            yield from default_slots(found.value, found.line, origin) if "\n" not in found.value else ()
        else:
            yield from _argv(found, origin)


def _argv(nodes: list[Node], origin: Origin) -> Iterator[Slot]:
    words = [Word(node.text or "", node.line) for node in nodes]
    setting = Setting.COMMENT if any(node.comment for node in nodes) and nodes[0].comment else origin.setting
    yield from command_slots(words, replace(origin, setting=setting))
    for node in nodes:
        if node.text and (" " in node.text or "\n" in node.text):
            yield Slot("", node.text, node.line + node.block, origin.setting, above=origin.above)


def _python(text: str, origin: Origin) -> Iterator[Slot]:
    from licensecheck.scan.python import python_slots

    yield from python_slots(text, origin)


def _markdown(text: str, origin: Origin) -> Iterator[Slot]:
    from licensecheck.scan.markdown import markdown_slots

    yield from markdown_slots(text, origin)


def _notebook(text: str, origin: Origin) -> Iterator[Slot]:
    from licensecheck.scan.notebook import notebook_slots

    yield from notebook_slots(text, origin)


def _hcl(text: str, origin: Origin) -> Iterator[Slot]:
    from licensecheck.scan.hcl import parse_hcl

    yield from tree_slots(parse_hcl(text, line=origin.line), origin)


def _javascript(text: str, origin: Origin) -> Iterator[Slot]:
    from licensecheck.scan.javascript import javascript_slots

    yield from javascript_slots(text, origin)


_READERS: dict[str, Callable[[str, Origin], Iterator[Slot]]] = {
    "yaml": _tree(parse_yamlish),
    "json": _tree(parse_jsonish),
    "settings": _tree(parse_settings),
    "hcl": _hcl,
    "pbtxt": _tree(parse_pbtxt),
    "modelfile": modelfile_slots,
    "shell": shell_slots,
    "dockerfile": dockerfile_slots,
    "makefile": makefile_slots,
    "python": _python,
    "markdown": _markdown,
    "notebook": _notebook,
    "javascript": _javascript,
}
