"""Text to slots: the reader of each syntax, and the texts that hide inside values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from licensecheck.scan.commands import command_slots, default_slots
from licensecheck.scan.jsonish import parse_jsonish
from licensecheck.scan.lines import modelfile_slots, parse_pbtxt, parse_settings
from licensecheck.scan.shell import Word, parse_shell
from licensecheck.scan.shell_values import expand_variables
from licensecheck.scan.slot import Kind, Origin, Setting, Slot, normalise
from licensecheck.scan.syntax import syntax_of
from licensecheck.scan.tree import Node, walk
from licensecheck.scan.yamlish import parse_yamlish

MAX_DEPTH = 5
_COMMAND = re.compile(r"(?:^|[\s'\"=])--?[a-zA-Z]|\b(?:pull|serve|run|download|clone)\s+\S|\$\{\w+:?-")
_HINT = re.compile(
    r"(?i)model|hugging|\bhf|://|ollama|vllm|repo|checkpoint|tokeni[sz]er|adapter|lora|pretrained|storage|preset|\bkit\b|"
    r"pull|serve|download|transformer|encoder|\bFROM\b|encod|embed|rerank"
)
"""What a text inside another must have before it is taken apart."""
_PYTHON = re.compile(r"^\s*(?:from\s+[\w.]+\s+import|import\s+\w|def\s|class\s|@\w|\w[\w.]*\s*=\s*\S|\w[\w.]*\()", re.M)
_YAML = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:-\s+)?[\w.\-/\"']+:(?:\s|$)|---")
_COMPOUND = re.compile(r"[\s{\[]")
_HTTP = re.compile(r"(?:[A-Z]{3,7} https?://|curl )")
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
    if syntax and (syntax == "json" or _HINT.search(value)):
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


def sniff(text: str) -> str:
    """The syntax that a text without a name most looks like."""
    start = text.lstrip()
    if start.startswith(("{", "[")):
        return "json"
    if start.startswith("#!"):
        return "python" if "python" in start.split("\n", 1)[0] else "shell"
    if start.startswith("FROM "):
        return "dockerfile" if "\nRUN " in text or "\nCOPY " in text else "modelfile"
    if _HTTP.match(start):
        return "shell"
    if _YAML.match(text):
        return "yaml"
    return "python" if _PYTHON.match(start) and not start.startswith("export ") and "(" in text else "shell"


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


def _shell(text: str, origin: Origin) -> Iterator[Slot]:
    for found in _HELP.finditer(text) if "<#" in text else ():
        at = origin.line + text.count("\n", 0, found.start())
        yield from _shell(found.group(1), replace(origin, line=at, setting=Setting.DOCSTRING))
    text = _HELP.sub(_blank, text) if "<#" in text else text
    script = parse_shell(text, line=origin.line)
    for words in expand_variables(script.commands, text, origin.line):
        yield from command_slots(words, origin)
    for comment, line in script.comments:
        if not _HINT.search(comment):
            continue
        below = replace(origin, line=line, setting=Setting.COMMENT)
        for words in parse_shell(comment, line=line).commands:
            yield from command_slots(words, below)
    for heredoc in script.heredocs:
        above = (*(normalise(part.rsplit("/", 1)[-1]) for part in heredoc.head.split()[-8:]), *origin.above)
        here = Origin(heredoc.line, origin.setting, above, origin.depth + 1)
        if _PRINTED.match(heredoc.head) and not heredoc.text.lstrip().startswith(("{", "[")):
            yield from read(heredoc.text, "shell", replace(here, setting=Setting.DOCSTRING))
        elif _HINT.search(heredoc.text) or _HINT.search(heredoc.head):
            yield from read(heredoc.text, _heredoc_syntax(heredoc.head, heredoc.text), here)


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def _heredoc_syntax(head: str, text: str) -> str:
    target = re.search(r">\s*([^\s>&|;]+)", head)
    if re.search(r"\bpython[\d.]*\b", head):
        return "python"
    return (syntax_of(target.group(1).strip("\"'")) if target else None) or sniff(text)


_HELP = re.compile(r"<#((?:(?!<#).)*?)#>", re.DOTALL)
"""The help of a PowerShell script."""
_PRINTED = re.compile(r"\s*cat\s*$")
"""A heredoc that goes to the terminal."""
_DOCKER = re.compile(r"\s*(ENV|ARG|RUN|CMD|ENTRYPOINT|HEALTHCHECK|LABEL|FROM)\s+", re.IGNORECASE)
_ENV_PAIR = re.compile(r"(\w+)\s+([^=]+)")


def _dockerfile(text: str, origin: Origin) -> Iterator[Slot]:
    """A Dockerfile as the shell text that it nearly is: instructions are taken off, comments inside steps dropped."""
    lines: list[str] = []
    for raw in text.split("\n"):
        found = _DOCKER.match(raw)
        body = raw[found.end() :] if found else raw
        keyword = found.group(1).upper() if found else ""
        if keyword in ("ENV", "ARG"):
            pair = _ENV_PAIR.fullmatch(body.rstrip())
            body = f"export {pair[1]}={pair[2]!r}" if pair and keyword == "ENV" else f"export {body}"
        elif keyword in ("CMD", "ENTRYPOINT") and body.startswith("["):
            body = " ".join(f"'{item.text}'" for item in parse_jsonish(body).items)
        elif keyword in ("FROM", "LABEL"):
            body = ""
        lines.append(body if not raw.lstrip().startswith("#") or not _continued(lines) else "\\")
    yield from _shell("\n".join(lines), origin)


def _continued(lines: list[str]) -> bool:
    return bool(lines) and lines[-1].rstrip().endswith("\\")


def _makefile(text: str, origin: Origin) -> Iterator[Slot]:
    plain = re.sub(r"^(\w+)\s*[:?+]?=\s*", r"\1=", text, flags=re.M)
    yield from _shell(re.sub(r"^\t[@-]?", "\t", plain, flags=re.M).replace("$(", "$ ("), origin)


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
    "shell": _shell,
    "dockerfile": _dockerfile,
    "makefile": _makefile,
    "python": _python,
    "markdown": _markdown,
    "notebook": _notebook,
    "javascript": _javascript,
}
