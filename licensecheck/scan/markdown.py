"""Markdown and its kin: front matter, fenced blocks in their own syntax, inline code, and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from licensecheck.scan.slot import Kind, Origin, Setting, Slot
from licensecheck.scan.sniff import sniff

_FENCE = re.compile(r"^([\s>]*(?:[-*+]\s+|\d+\.\s+)?)(`{3,}|~{3,})\s*\{?\.?([\w+.-]*)")
_SPAN = re.compile(r"(`+)([^`\n]+?)\1")
_LINK = re.compile(r"\]\(\s*<?([^\s)>]+)")
_FRONT = re.compile(r"\A(\s*---[ \t]*\r?\n)(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_RST_BLOCK = re.compile(r"^(\s*)\.\.\s+(?:code-block|code|sourcecode)::\s*([\w+-]*)")
_LANGUAGES = {
    "yaml": "yaml", "yml": "yaml", "helm": "yaml", "json": "json", "jsonc": "json", "json5": "json", "python": "python",
    "py": "python", "python3": "python", "bash": "shell", "sh": "shell", "shell": "shell", "zsh": "shell",
    "console": "shell", "cmd": "shell", "powershell": "shell", "shellsession": "shell", "terminal": "shell",
    "dockerfile": "dockerfile", "docker": "dockerfile", "toml": "settings", "ini": "settings", "env": "settings",
    "dotenv": "settings", "properties": "settings", "hcl": "hcl", "terraform": "hcl", "tf": "hcl",
    "modelfile": "modelfile", "pbtxt": "pbtxt", "protobuf": "pbtxt", "text": "", "txt": "", "plaintext": "",
}  # fmt: skip
_REQUEST = re.compile(r"(?:POST|PUT|PATCH) \S+[^\n]*\n(?:[\w-]+: [^\n]*\n)*[ \t]*\n")
"""The head of an HTTP request, written out; what is sent stands below."""
_PROMPT = re.compile(r"^(\s*)(?:[$#>%]|PS>|>>>|\.\.\.)\s", re.M)


def markdown_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """The slots of a document: front matter as a card, code as examples, the rest as prose."""
    from licensecheck.scan.read import read

    deeper = replace(origin, depth=origin.depth + 1)
    front = _FRONT.match(text) if origin.depth == 0 else None
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
    from licensecheck.scan.read import read

    margin = min((len(raw) - len(raw.lstrip()) for raw in lines if raw.strip()), default=0)
    text = "\n".join(raw[margin:] for raw in lines)
    request = _REQUEST.match(text)
    if request:
        line, text, origin = line + request.group().count("\n"), text[request.end() :], _asked(origin)
    syntax = _LANGUAGES.get(language.lower()) or sniff(_PROMPT.sub(r"\1", text))
    if syntax in ("shell", "python"):
        text = _PROMPT.sub(r"\1", text) if not (syntax == "shell" and _comments_only(text)) else text
    setting = origin.setting if origin.setting is Setting.COMMENT else Setting.FENCE
    yield from read(text, syntax, replace(origin, line=line, setting=setting))


def _asked(origin: Origin) -> Origin:
    return replace(origin, above=("curl", *origin.above))


def _comments_only(text: str) -> bool:
    """True where `# ` opens comments and not the prompts of a superuser."""
    return bool(re.search(r"^\s*#\s", text, re.M)) and not re.search(r"^\s*[$>%]\s", text, re.M)


def _prose(text: str, line: int, origin: Origin) -> Iterator[Slot]:
    from licensecheck.scan.read import read

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
