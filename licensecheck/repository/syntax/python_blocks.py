"""The functions and classes of a Python text that can matter; the others are blanked, so that they are not parsed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.repository.syntax.slot import breaks_of

_OPENS = re.compile(r"^(?:@|(?:async[ \t]+)?def[ \t]+(\w+)|class[ \t]+(\w+))", re.M)
_STARTS = re.compile(r"^(?![ \t\r\n#)\]}])", re.M)
_WORDS = re.compile(r"[A-Za-z_]\w*")
_BOUND = re.compile(r"(?:^|[;,(\s.])([A-Za-z_]\w*)[ \t]*(?::[^=\n]{1,80})?=(?!=)")
_LOOP = re.compile(r"\bfor[ \t]([^\n]{1,200}?)[ \t]in\b")
MIN_SIZE = 2_000
"""A shorter text is parsed whole."""
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Block:
    """A function or class at the outer level, with its decorators: its lines, counted from 0, and its name."""

    start: int
    end: int
    name: str


def relevant_text(text: str, values: set[int], imported: Iterable[str]) -> str:
    """The text without the functions and classes that hold no value, use none, and are called by none that does.

    `values` are the lines, counted from 1, that hold values; `imported` the names that come from other modules of the
    repository. Every line stays where it is.
    """
    if len(text) < MIN_SIZE:
        return text
    blocks = _blocks(text)
    if len(blocks) < 2:
        return text
    lines = text.split("\n")
    words = [set(_WORDS.findall("\n".join(lines[block.start : block.end]))) for block in blocks]
    bound = _bound_names(lines, values, set(imported))
    marked = sorted(values)
    kept = {i for i, block in enumerate(blocks) if _holds(block, marked) or not bound.isdisjoint(words[i])}
    outer = _outer_words(lines, blocks, marked, bound)
    _add_called(blocks, words, kept, outer)
    if len(kept) == len(blocks):
        return text
    for i, block in enumerate(blocks):
        if i not in kept:
            lines[block.start : block.end] = [""] * (block.end - block.start)
    return "\n".join(lines)


def _blocks(text: str) -> list[_Block]:
    """The outer functions and classes; one ends where the next line begins at the margin."""
    breaks = breaks_of(text)
    starts = [bisect_left(breaks, found.start()) for found in _STARTS.finditer(text)]
    last = text.count("\n") + 1
    blocks: list[_Block] = []
    begun: int | None = None
    for found in _OPENS.finditer(text):
        line = bisect_left(breaks, found.start())
        name = found[1] or found[2]
        begun = line if begun is None else begun
        if name is None:
            continue
        after = bisect_right(starts, line)
        blocks.append(_Block(begun, starts[after] if after < len(starts) else last, name))
        begun = None
    return blocks


def _holds(block: _Block, marked: list[int]) -> bool:
    at = bisect_right(marked, block.start)
    return at < len(marked) and marked[at] <= block.end


def _bound_names(lines: list[str], values: set[int], known: set[str]) -> set[str]:
    """The names that are bound on lines with values, or on lines that use such a name, and the imported ones."""
    for marked in values:
        known.update(_names_on(lines, marked - 1))
    for _ in range(_ROUNDS if known else 0):
        before = len(known)
        for number, line in enumerate(lines):
            binds = "=" in line or " for " in line or line.startswith("for ")
            if binds and not known.isdisjoint(_WORDS.findall(line)):
                known.update(_names_on(lines, number))
        if len(known) == before:
            break
    return known


def _names_on(lines: list[str], number: int) -> set[str]:
    """What a line binds; of an entry of a table or call also what the line binds that opens it."""
    line = lines[number] if number < len(lines) else ""
    found = set(_BOUND.findall(line))
    for loop in _LOOP.findall(line):
        found.update(_WORDS.findall(loop))
    indent = len(line) - len(line.lstrip())
    for above in range(number - 1, max(-1, number - 400), -1) if indent else ():
        other = lines[above]
        if other.strip() and len(other) - len(other.lstrip()) < indent:
            if other.rstrip().endswith(("(", "[", "{", "=", "\\", ",")):
                found.update(_BOUND.findall(other))
                indent = len(other) - len(other.lstrip())
                if indent:
                    continue
            break
    return found


def _outer_words(lines: list[str], blocks: list[_Block], marked: list[int], bound: set[str]) -> set[str]:
    """The words of the lines outside all blocks that hold a value or use a bound name."""
    inside = {number for block in blocks for number in range(block.start, block.end)}
    found: set[str] = set()
    values = set(marked)
    for number, line in enumerate(lines):
        if number not in inside and line.strip():
            words = _WORDS.findall(line)
            if number + 1 in values or not bound.isdisjoint(words):
                found.update(words)
    return found


def _add_called(blocks: list[_Block], words: list[set[str]], kept: set[int], outer: set[str]) -> None:
    """Add what is called by what is kept, and what that calls in turn."""
    by_name: dict[str, list[int]] = {}
    for i, block in enumerate(blocks):
        by_name.setdefault(block.name, []).append(i)
    waiting = [outer, *(words[i] for i in kept)]
    while waiting:
        used = waiting.pop()
        for name in used & by_name.keys():
            for i in by_name[name]:
                if i not in kept:
                    kept.add(i)
                    waiting.append(words[i])
