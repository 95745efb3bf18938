"""Notebooks: each cell read as the Python, shell or Markdown that it holds, at the lines of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from licensecheck.scan.jsonish import parse_jsonish
from licensecheck.scan.slot import Origin, Slot
from licensecheck.scan.tree import Node

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
    from licensecheck.scan.read import read

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
