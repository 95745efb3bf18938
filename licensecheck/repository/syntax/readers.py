"""Text to slots: the reader of each syntax, and the texts that hide inside values."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from licensecheck.frozen import replace
from licensecheck.lazy import re
from licensecheck.repository.syntax.shell import (
    Heredoc,
    Word,
    asked_variables,
    command_slots,
    default_slots,
    expand_variables,
    parse_shell,
)
from licensecheck.repository.syntax.slot import (
    CODE,
    HINT,
    Kind,
    Origin,
    Setting,
    Slot,
    guess_syntax,
    normalise,
    syntax_of,
)
from licensecheck.repository.syntax.tree import Node, modelfile_slots, parse_jsonish, parse_pbtxt, parse_settings, walk
from licensecheck.repository.syntax.yaml import parse_yamlish

# Shell scripts, and Dockerfiles and Makefiles as the shell text that they nearly are.


_HELP = re.compile(r"<#((?:(?!<#).)*?)#>", re.DOTALL)
"""The help of a PowerShell script."""
_PRINTED = re.compile(r"\s*cat\s*$")
"""A heredoc that goes to the terminal."""
_DOCKER = re.compile(r"\s*(ENV|ARG|RUN|CMD|ENTRYPOINT|HEALTHCHECK|LABEL|FROM)\s+", re.IGNORECASE)
_ENV_PAIR = re.compile(r"(\w+)\s+([^=]+)")


def shell_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """The slots of a shell or PowerShell script: its commands, comments, help and heredocs."""
    for found in _HELP.finditer(text) if "<#" in text else ():
        at = origin.line + text.count("\n", 0, found.start())
        yield from shell_slots(found.group(1), replace(origin, line=at, setting=Setting.DOCSTRING))
    text = _HELP.sub(_blank, text) if "<#" in text else text
    script = parse_shell(text, line=origin.line)
    asked = asked_variables(script)
    for words in expand_variables(script.commands, text, origin.line):
        for slot in command_slots(words, origin):
            is_asked = slot.kind is Kind.KEY and slot.name in asked and "://" not in slot.value
            yield replace(slot, above=("curl", *slot.above)) if is_asked else slot
    for comment, line in script.comments:
        if HINT.search(comment):
            below = replace(origin, line=line, setting=Setting.COMMENT)
            for words in parse_shell(comment, line=line).commands:
                yield from command_slots(words, below)
    for heredoc in script.heredocs:
        yield from _heredoc_slots(heredoc, origin)


def _heredoc_slots(heredoc: Heredoc, origin: Origin) -> Iterator[Slot]:
    """What a script hands to another program or writes to a file; what it prints is help."""

    above = (*(normalise(part.rsplit("/", 1)[-1]) for part in heredoc.head.split()[-8:]), *origin.above)
    here = Origin(heredoc.line, origin.setting, above, origin.depth + 1)
    if _PRINTED.match(heredoc.head) and not heredoc.text.lstrip().startswith(("{", "[")):
        yield from read(heredoc.text, "shell", replace(here, setting=Setting.DOCSTRING))
    elif HINT.search(heredoc.text) or HINT.search(heredoc.head):
        yield from read(heredoc.text, _heredoc_syntax(heredoc.head, heredoc.text), here)


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def _heredoc_syntax(head: str, text: str) -> str:
    target = re.search(r">\s*([^\s>&|;]+)", head)
    if re.search(r"\bpython[\d.]*\b", head):
        return "python"
    return (syntax_of(target.group(1).strip("\"'")) if target else None) or guess_syntax(text)


def dockerfile_slots(text: str, origin: Origin) -> Iterator[Slot]:
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
    yield from shell_slots("\n".join(lines), origin)


def _continued(lines: list[str]) -> bool:
    return bool(lines) and lines[-1].rstrip().endswith("\\")


def makefile_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """A Makefile as shell text: variables as settings, the marks of recipes taken off."""
    plain = re.sub(r"^(\w+)\s*[:?+]?=\s*", r"\1=", text, flags=re.M)
    yield from shell_slots(re.sub(r"^\t[@-]?", "\t", plain, flags=re.M).replace("$(", "$ ("), origin)


# Text to slots: the reader of each syntax, and the texts that hide inside values.


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
        return syntax_of(slot.name.replace("_", ".")) or guess_syntax(value)
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
    from licensecheck.repository.syntax.python import python_slots

    yield from python_slots(text, origin, read)


def _markdown(text: str, origin: Origin) -> Iterator[Slot]:

    yield from markdown_slots(text, origin)


def _notebook(text: str, origin: Origin) -> Iterator[Slot]:

    yield from notebook_slots(text, origin)


def _hcl(text: str, origin: Origin) -> Iterator[Slot]:
    from licensecheck.repository.syntax.tree import parse_hcl

    yield from tree_slots(parse_hcl(text, line=origin.line), origin)


def _xml(text: str, origin: Origin) -> Iterator[Slot]:
    from licensecheck.repository.syntax.xml import parse_xml

    yield from tree_slots(parse_xml(text, line=origin.line), origin)


def _code(syntax: str) -> Callable[[str, Origin], Iterator[Slot]]:
    def slots(text: str, origin: Origin) -> Iterator[Slot]:
        from licensecheck.repository.syntax.code import code_slots

        yield from code_slots(text, origin, syntax)

    return slots


_READERS: dict[str, Callable[[str, Origin], Iterator[Slot]]] = {
    "yaml": _tree(parse_yamlish),
    "json": _tree(parse_jsonish),
    "settings": _tree(parse_settings),
    "hcl": _hcl,
    "xml": _xml,
    "pbtxt": _tree(parse_pbtxt),
    "modelfile": modelfile_slots,
    "shell": shell_slots,
    "dockerfile": dockerfile_slots,
    "makefile": makefile_slots,
    "python": _python,
    "markdown": _markdown,
    "notebook": _notebook,
    **{name: _code(name) for name in CODE},
}


# Markdown and its kin: front matter, fenced blocks in their own syntax, inline code, and links.


_FENCE = re.compile(r"^([\s>]*(?:[-*+]\s+|\d+\.\s+)?)(`{3,}|~{3,})\s*\{?\.?([\w+.-]*)")
_SPAN = re.compile(r"(`+)([^`\n]+?)\1")
_LINK = re.compile(r"\]\(\s*<?([^\s)>]+)")
_FRONT = re.compile(r"\A(\s*---[ \t]*\r?\n)(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_RST_BLOCK = re.compile(r"^(\s*)\.\.\s+(?:code-block|code|sourcecode)::\s*([\w+-]*)")
_LANGUAGES = {
    "yaml": "yaml", "yml": "yaml", "helm": "yaml", "json": "json", "jsonc": "json", "json5": "json", "python": "python",
    "py": "python", "python3": "python", "pycon": "python", "bash": "shell", "sh": "shell", "shell": "shell",
    "zsh": "shell",
    "console": "shell", "cmd": "shell", "powershell": "shell", "shellsession": "shell", "terminal": "shell",
    "dockerfile": "dockerfile", "docker": "dockerfile", "toml": "settings", "ini": "settings", "env": "settings",
    "dotenv": "settings", "properties": "settings", "hcl": "hcl", "terraform": "hcl", "tf": "hcl",
    "modelfile": "modelfile", "pbtxt": "pbtxt", "protobuf": "pbtxt", "text": "", "txt": "", "plaintext": "",
}  # fmt: skip
_REQUEST = re.compile(r"(?:POST|PUT|PATCH) \S+[^\n]*\n(?:[\w-]+: [^\n]*\n)*[ \t]*\n")
"""The head of an HTTP request, written out; what is sent stands below."""
_PROMPT = re.compile(r"^(\s*)(?:[$#>%]|PS>|>>>|\.\.\.)\s", re.M)

_PROMPT_PYTHON = re.compile(r"^(\s*)(?:[$>%]|PS>|>>>|\.\.\.)\s", re.M)


def markdown_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """The slots of a document: front matter as a card, code as examples, the rest as prose."""

    deeper = replace(origin, depth=origin.depth + 1, modules=None)
    front = _FRONT.match(text)
    if front:
        yield from read(front.group(2), "yaml", replace(deeper, line=origin.line + 1, setting=Setting.CARD))
    lines = text.splitlines()
    at = text.count("\n", 0, front.end()) if front else 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence:
            end = _closing(lines, at, fence.group(2))
            yield from _block(lines[at + 1 : end], fence.group(3), origin.line + at + 1, deeper)
            at = end + 1
            continue
        rst = _RST_BLOCK.match(lines[at])
        if rst:
            end = _dedent_at(lines, at, len(rst.group(1)))
            yield from _block(lines[at + 1 : end], rst.group(2), origin.line + at + 1, deeper)
            at = end
            continue
        yield from _prose(lines[at], origin.line + at, deeper)
        at += 1


def _closing(lines: list[str], at: int, mark: str) -> int:
    for i in range(at + 1, len(lines)):
        body = lines[i].lstrip("> \t")
        if body.startswith(mark) and not body.strip(mark[0] + " \t"):
            return i
    return len(lines)


def _dedent_at(lines: list[str], at: int, margin: int) -> int:
    for i in range(at + 1, len(lines)):
        if lines[i].strip() and len(lines[i]) - len(lines[i].lstrip()) <= margin:
            return i
    return len(lines)


def _block(lines: list[str], language: str, line: int, origin: Origin) -> Iterator[Slot]:

    margin = min((len(raw) - len(raw.lstrip()) for raw in lines if raw.strip()), default=0)
    text = "\n".join(raw[margin:] for raw in lines)
    request = _REQUEST.match(text)
    if request:
        line, text, origin = line + request.group().count("\n"), text[request.end() :], _asked(origin)
    syntax = _LANGUAGES.get(language.lower()) or guess_syntax(_PROMPT.sub(r"\1", text))
    if syntax == "python":
        text = _PROMPT_PYTHON.sub(r"\1", text)
        origin = _asked(origin) if origin.asks and origin.asks(text) else origin
    elif syntax == "shell" and not _comments_only(text):
        text = _PROMPT.sub(r"\1", text)
    setting = origin.setting if origin.setting is Setting.COMMENT else Setting.FENCE
    yield from read(text, syntax, replace(origin, line=line, setting=setting))


def _asked(origin: Origin) -> Origin:
    return replace(origin, above=("curl", *origin.above))


def _comments_only(text: str) -> bool:
    """True where `# ` opens comments and not the prompts of a superuser."""
    return bool(re.search(r"^\s*#\s", text, re.M)) and not re.search(r"^\s*[$>%]\s", text, re.M)


def _prose(text: str, line: int, origin: Origin) -> Iterator[Slot]:

    for _, span in _SPAN.findall(text) if "`" in text else ():
        yield Slot("inline code", span.strip(), line, Setting.INLINE, Kind.TEXT)
        if " " in span or "=" in span:
            span = span.strip().removeprefix("'").removesuffix("'")
            yield from read(span, _span_syntax(span), replace(origin, line=line, setting=Setting.INLINE))
    for target in _LINK.findall(text) if "](" in text else ():
        yield Slot("link", target, line, Setting.PROSE, Kind.TEXT)


def _span_syntax(span: str) -> str:
    start = span.strip()
    if start.startswith(("{", "[")):
        return "json"
    if re.match(r"[\w.-]+:\s", start):
        return "yaml"
    return "python" if re.match(r"[\w.]+\(", start) else "shell"


# Notebooks: each cell read as the Python, shell or Markdown that it holds, at the lines of the file.


_MAGIC = re.compile(r"^\s*[!%]+\s*(.*)$")
_SHELL_CELLS = ("%%bash", "%%sh", "%%shell", "!")


def notebook_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """The slots of every cell. A cell's lines are strings of the file, each on its own line."""
    root = parse_jsonish(text, line=origin.line)
    cells = next((node.items for key, node in root.pairs if key == "cells"), [])
    for cell in cells:
        parts = dict(cell.pairs)
        source = parts.get("source")
        if source is not None:
            kind = parts["cell_type"].text if "cell_type" in parts else "code"
            yield from _cell(source, kind or "code", origin)


def _cell(source: Node, kind: str, origin: Origin) -> Iterator[Slot]:

    pieces = source.items or [source]
    lines: list[str] = []
    places: list[int] = []
    for piece in pieces:
        for part in (piece.text or "").splitlines() or [""]:
            lines.append(part)
            places.append(piece.line)
    code, shell = _separated(lines)
    texts = [("markdown", lines, origin.setting)] if kind == "markdown" else [("python", code, origin.setting)]
    if kind == "code" and shell:
        texts.append(("shell", shell, origin.setting))
    for syntax, content, setting in texts:
        for slot in read("\n".join(content), syntax, replace(origin, line=1, setting=setting, depth=origin.depth + 1)):
            yield replace(slot, line=places[min(slot.line, len(places)) - 1])


def _separated(lines: list[str]) -> tuple[list[str], list[str]]:
    """The Python lines and the shell lines of a cell, each with blanks where the other stands."""
    if lines and lines[0].startswith(_SHELL_CELLS[:3]):
        return [], ["", *lines[1:]]
    code, shell = [], []
    for line in lines:
        magic = _MAGIC.match(line)
        code.append("" if magic else line)
        shell.append(magic.group(1) if magic else "")
    return code, shell if any(shell) else []
