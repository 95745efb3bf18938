"""Shell scripts, and Dockerfiles and Makefiles as the shell text that they nearly are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from licensecheck.scan.commands import command_slots
from licensecheck.scan.jsonish import parse_jsonish
from licensecheck.scan.shell import Heredoc, parse_shell
from licensecheck.scan.shell_values import expand_variables
from licensecheck.scan.slot import Origin, Setting, Slot, normalise
from licensecheck.scan.sniff import HINT, sniff
from licensecheck.scan.syntax import syntax_of

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
    for words in expand_variables(script.commands, text, origin.line):
        yield from command_slots(words, origin)
    for comment, line in script.comments:
        if HINT.search(comment):
            below = replace(origin, line=line, setting=Setting.COMMENT)
            for words in parse_shell(comment, line=line).commands:
                yield from command_slots(words, below)
    for heredoc in script.heredocs:
        yield from _heredoc_slots(heredoc, origin)


def _heredoc_slots(heredoc: Heredoc, origin: Origin) -> Iterator[Slot]:
    """What a script hands to another program or writes to a file; what it prints is help."""
    from licensecheck.scan.read import read

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
    return (syntax_of(target.group(1).strip("\"'")) if target else None) or sniff(text)


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
