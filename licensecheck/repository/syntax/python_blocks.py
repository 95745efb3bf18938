"""The functions and classes of a Python text that can matter; the others are blanked, so that they are not parsed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.repository.syntax.slot import breaks_of

_OPENS = re.compile(r"@|(?:async[ \t]+)?def[ \t]+(\w+)|class[ \t]+(\w+)")
_INSIDE = frozenset(" \t\r\n#)]}")
"""What a line begins with that begins no statement at the margin."""
_WORDS = re.compile(r"[A-Za-z_]\w*")
_BOUND = re.compile(r"(?:^|[;,(\s.])([A-Za-z_]\w*)[ \t]*(?::[^=\n]{1,80})?=(?!=)")
_LOOP = re.compile(r"\bfor[ \t]([^\n]{1,200}?)[ \t]in\b")
_FLAG = re.compile(r"""["']--([A-Za-z][\w-]*)["']""")
_DECLARATION = 8
"""Over how many lines an option is declared."""
MIN_SIZE = 2_000
"""A shorter text is parsed whole."""
_ROUNDS = 8


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
    lines = text.split("\n")
    blocks = _blocks(lines)
    if len(blocks) < 2:
        return text
    places = _Places(text)
    bound = _bound_names(lines, values, set(imported), places)
    marked = {line - 1 for line in values}.union(*(places.lines(name) for name in bound))
    starts = [block.start for block in blocks]
    kept: set[int] = set()
    outer: set[str] = set()
    for number in marked:
        i = bisect_right(starts, number) - 1
        if i >= 0 and number < blocks[i].end:
            kept.add(i)
        elif number < len(lines):
            outer.update(_WORDS.findall(lines[number]))
    _add_called(blocks, lines, kept, outer)
    if len(kept) == len(blocks):
        return text
    for i, block in enumerate(blocks):
        if i not in kept:
            lines[block.start : block.end] = [""] * (block.end - block.start)
    return "\n".join(lines)


_FEW = 16
"""How many words are searched for one by one; for more of them all words of a text are listed once."""


class _Places:
    """The lines, counted from 0, on which words of a text stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = breaks_of(text)
        self._known: dict[str, set[int]] = {}
        self._all: dict[str, set[int]] | None = None

    def lines(self, word: str) -> set[int]:
        if self._all is not None:
            return self._all.get(word, set())
        if word not in self._known:
            if len(self._known) >= _FEW:
                self._all = self._list()
                return self._all.get(word, set())
            self._known[word] = set(self._find(word))
        return self._known[word]

    def _list(self) -> dict[str, set[int]]:
        listed: dict[str, set[int]] = {}
        for number, line in enumerate(self._text.split("\n")):
            for word in _WORDS.findall(line):
                listed.setdefault(word, set()).add(number)
        return listed

    def _find(self, word: str) -> Iterator[int]:
        text = self._text
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if not (_is_of_word(text[at - 1 : at]) or _is_of_word(text[end : end + 1])):
                yield bisect_left(self._breaks, at)
            at = text.find(word, end)


def _is_of_word(letter: str) -> bool:
    return letter == "_" or letter.isalnum()


def _blocks(lines: list[str]) -> list[_Block]:
    """The outer functions and classes; one ends where the next line begins at the margin."""
    blocks: list[_Block] = []
    begun: int | None = None
    open_block: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        if not line or line[0] in _INSIDE:
            continue
        if open_block is not None:
            blocks.append(_Block(open_block[0], number, open_block[1]))
            open_block = None
        found = _OPENS.match(line)
        if found is None:
            continue
        begun = number if begun is None else begun
        name = found[1] or found[2]
        if name is not None:
            open_block, begun = (begun, name), None
    if open_block is not None:
        blocks.append(_Block(open_block[0], len(lines), open_block[1]))
    return blocks


def _bound_names(lines: list[str], values: set[int], known: set[str], places: _Places) -> set[str]:
    """The names that are bound on lines with values, or on lines that use such a name, and the imported ones."""
    for marked in values:
        known.update(_names_on(lines, marked - 1))
    fresh = set(known)
    for _ in range(_ROUNDS):
        using = set().union(*(places.lines(name) for name in fresh))
        before = set(known)
        for number in using:
            line = lines[number]
            if "=" in line or " for " in line or line.startswith("for "):
                known.update(_names_on(lines, number))
        fresh = known - before
        if not fresh:
            break
    return known


def _names_on(lines: list[str], number: int) -> set[str]:
    """What a line binds; of an entry of a table or call also what the line binds that opens it."""
    line = lines[number] if number < len(lines) else ""
    found = set(_BOUND.findall(line))
    if "default" in line:
        found.update(_options_on(lines, number))
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


def _options_on(lines: list[str], number: int) -> Iterator[str]:
    """The attributes that the options of a command become whose declaration ends with this line."""
    for above in range(number, max(-1, number - _DECLARATION), -1):
        for flag in _FLAG.findall(lines[above]):
            yield flag.replace("-", "_")
        if "add_argument(" in lines[above] or "add_option(" in lines[above]:
            break


def _add_called(blocks: list[_Block], lines: list[str], kept: set[int], outer: set[str]) -> None:
    """Add what is called by what is kept, and what that calls in turn."""
    by_name: dict[str, list[int]] = {}
    for i, block in enumerate(blocks):
        by_name.setdefault(block.name, []).append(i)

    def words(i: int) -> set[str]:
        return set(_WORDS.findall("\n".join(lines[blocks[i].start : blocks[i].end])))

    waiting = [outer, *(words(i) for i in kept)]
    while waiting:
        used = waiting.pop()
        for name in used & by_name.keys():
            for i in by_name[name]:
                if i not in kept:
                    kept.add(i)
                    waiting.append(words(i))
