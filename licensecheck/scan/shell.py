"""Shell text as commands: each a list of words with their lines; heredocs apart."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from licensecheck.scan.newlines import breaks_of

_TOKEN = re.compile(
    r"""(?P<join>\\\r?\n)
      | (?P<space>[ \t\r]+)
      | (?P<end>\n|&&|\|\|?|;;?|&(?!>)|[()])
      | (?P<part>'[^']*'
        | "(?:[^"\\]|\\.)*"
        | \$\{[^}\n]{0,500}\} | \$\([^()\n]*\) | \$\{\{[^}]{0,500}\}\}
        | \\.
        | [^\s;|&'"\\$()]+
        | .)""",
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"#[^\n]*")
_HEREDOC = re.compile(r"<<-?[ \t]*(['\"]?)(\w+)\1([^\n]*)\n")
_ALONE = re.compile(r"^[ \t]*(\w+)[ \t]*$", re.M)
"""A word that has a line to itself, and may be the end of a heredoc."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a command line as the program gets it, its quotes taken off."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Heredoc:
    """A text handed to a command: `head` is the command's line, `line` where the text begins."""

    head: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Script:
    """A shell text taken apart; `comments` are (text, line) without their marks."""

    commands: tuple[tuple[Word, ...], ...]
    comments: tuple[tuple[str, int], ...]
    heredocs: tuple[Heredoc, ...]


def parse_shell(text: str, *, line: int = 1) -> Script:
    """The commands, comments and heredocs of a shell text whose first line is `line` of its file."""
    heredocs: list[Heredoc] = []
    body = _without_heredocs(text, line, heredocs) if "<<" in text else text
    comments: list[tuple[str, int]] = []
    commands = tuple(_commands(body, line, comments))
    return Script(commands=commands, comments=tuple(comments), heredocs=tuple(heredocs))


def _without_heredocs(text: str, line: int, heredocs: list[Heredoc]) -> str:
    """The text with its heredocs cut out and their lines left blank."""
    ends: dict[str, list[re.Match[str]]] = {}
    for word in _ALONE.finditer(text):
        ends.setdefault(word[1], []).append(word)
    breaks = breaks_of(text)
    kept, at = [], 0
    for found in _HEREDOC.finditer(text):
        candidates = ends.get(found[2], ())
        next_one = bisect_left(candidates, found.end(), key=_start)
        if found.start() < at or next_one == len(candidates):
            continue
        end = candidates[next_one]
        begin = text.rfind("\n", 0, found.start()) + 1
        first = line + bisect_left(breaks, found.end())
        inner = text[found.end() : max(found.end(), end.start() - 1)]
        heredocs.append(Heredoc(head=f"{text[begin : found.start()]} {found[3]}", text=inner, line=first))
        kept += [text[at : found.start()], found[3], "\n" * text.count("\n", found.start(), end.end())]
        at = end.end()
    return "".join([*kept, text[at:]])


def _start(word: re.Match[str]) -> int:
    return word.start()


def _commands(text: str, line: int, comments: list[tuple[str, int]]) -> Iterator[tuple[Word, ...]]:
    breaks = breaks_of(text)
    words: list[Word] = []
    parts: list[str] = []
    began = at = 0
    while at < len(text):
        if text[at] == "#" and not parts:
            found = _COMMENT.match(text, at)
            assert found
            comments.append((found.group().lstrip("# \t"), line + bisect_right(breaks, at)))
            at = found.end()
            continue
        token = _TOKEN.match(text, at)
        if token is None:
            break
        kind = token.lastgroup
        if kind == "part":
            began = began if parts else token.start()
            parts.append(_plain(token.group()))
        elif parts:
            words.append(Word("".join(parts), line + bisect_right(breaks, began)))
            parts = []
        if kind == "end" and words:
            yield tuple(words)
            words = []
        at = token.end()
    if parts:
        words.append(Word("".join(parts), line + bisect_right(breaks, began)))
    if words:
        yield tuple(words)


def _plain(part: str) -> str:
    """A part of a word without its quotes."""
    if len(part) > 1 and part[0] == "'":
        return part[1:-1]
    if len(part) > 1 and part[0] == '"':
        return re.sub(r"\\([\"\\$`\n])", r"\1", part[1:-1])
    return part[1:] if len(part) == 2 and part[0] == "\\" else part
