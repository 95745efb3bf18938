"""Commands of libraries: scripts, Dockerfiles, Makefiles, workflows and argument lists that start a known program."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from functools import lru_cache

from licensecheck.catalog.libraries import known_programs
from licensecheck.repository.library_calls import PROGRAM, Call, Key, Name, Value

SYNTAXES = frozenset({"shell", "dockerfile", "makefile", "yaml", "settings", "json", "notebook", "python"})
_LEAD = (
    r"""(?:^|[\n;&|(`"'\[]|\$\(|\b(?:exec|time|sudo|nohup|uvx|pipx|env|then|do|else|xargs|ENTRYPOINT|CMD|RUN)\b"""
    r"""|\b(?i:run|cmds?|command|script|entrypoint|exec)\b["']?:)"""
)
_STARTS = re.compile(
    r"(?i)(?:cmds?|command\w*|entrypoint|args?|argv|run|p?open|call|exec\w*|check_\w+|spawn\w*|system|shell|output)\W*$"
)
"""What stands before a list or string that is a command."""
_SCRIPTS = frozenset({"shell", "dockerfile", "makefile"})
_ASSIGNED = re.compile(
    r"""^[ \t]*(?:export[ \t]+|ENV[ \t]+|ARG[ \t]+|-[ \t]+)?([A-Za-z_]\w*)[ \t]*"""
    r"""(?:[:?]?=|:(?=[ \t])|(?<=\w)[ \t](?=\S))[ \t]*"""
    r"""["']?([^\s"'#;]+)""",
    re.M,
)
_VARIABLE = re.compile(r"\$\{(\w+)(?::?[-=]([^}]*))?\}|\$\((\w+)\)|\$(\w+)|\$\{\{[^}]*\}\}")
_JOINED = re.compile(r"\\\r?\n[ \t]*")
MAX_WORDS = 60


@lru_cache(maxsize=1)
def program_marks() -> tuple[bytes, ...]:
    """What a file has in it that starts one of the programs."""
    return tuple(program.encode() for program in sorted(known_programs()))


@lru_cache(maxsize=1)
def _start() -> re.Pattern[str]:
    words = "|".join(re.escape(each).replace(r"\ ", r"""["',\s]+""") for each in sorted(known_programs(), reverse=True))
    return re.compile(
        rf"""{_LEAD}[ \t@+-]*(?:(?:\w+=\S*|uv|poetry|pipenv|hatch|pdm|conda|tool|run|--\w[\w-]*)[ \t]+)*"""
        rf"""["']?(?:(?:\S*/)?(?:python[\d.]*["',\s]+-m["',\s]+))?(?:[\w./-]*/)?({words})(?=["'\s,;)\]]|$)"""
    )


def command_calls(text: str, path: str, syntax: str = "shell") -> Iterator[Call]:
    """The commands in a text that start a program of a library; what is commented out, or is prose, is none."""
    bound: dict[str, str] | None = None
    taken = -1
    for found in _start().finditer(text):
        at = found.start(1)
        if at < taken or _is_commented(text, at):
            continue
        before = text[max(0, text.rfind("\n", 0, at)) : at].rstrip("\"' \t")
        listed = before.endswith("[")
        quoted = text[at - 1 : at] in ("'", '"')
        started = bool(_STARTS.search(before.rstrip("[( \t")))
        if (listed or syntax == "python") and not (started and (listed or quoted)):
            continue
        if bound is None:
            bound = dict(_ASSIGNED.findall(text))
        words, taken = _words(text, found.end(1), bound)
        given = given_of(words)
        options = any(isinstance(key, str) for key in given)
        free = listed or started or (syntax in _SCRIPTS and not quoted)
        if not words and syntax not in _SCRIPTS:
            continue
        name = re.sub(r"""["',\s]+""", " ", found[1])
        line = text.count("\n", 0, at) + 1
        yield Call(path=path, line=line, name=PROGRAM + name, given=given, loose=not (options or free))


def _is_commented(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return text[start:at].lstrip().startswith(("#", "//"))


def _words(text: str, start: int, bound: Mapping[str, str]) -> tuple[list[str], int]:
    """The words of a command from here on, and where it ends."""
    before = text.rfind("\n", 0, start) + 1
    listed = re.search(r"""\[[^\[\]]*$""", text[before:start])
    rest = text[start:]
    if listed and "]" in rest:
        rest = f" {rest[1:]}" if rest[:1] in ("'", '"') else rest
        end = rest.index("]")
        quoted = re.findall(r""""([^"\n]*)"|'([^'\n]*)'""", rest[:end])
        words = [one or other for one, other in quoted] or [each.strip() for each in rest[:end].split(",")]
        return [word for word in words if word][:MAX_WORDS], start + end
    block = re.match(r"""["']?[ \t]*((?:\r?\n[ \t]*-[ \t]+[^\n]*)+)""", rest)
    if block and re.match(r"[ \t]*-[ \t]", text[before:start]):
        items = re.findall(r"-[ \t]+[\"']?([^\n\"']*)", block[1])
        return [each.strip() for each in items][:MAX_WORDS], start + block.end()
    line = _JOINED.sub(" ", rest[:4000])
    joined = line.split("\n", 1)[0]
    joined = re.split(r"(?<!\\)(?:[;|&`]|\)(?!\}))(?=\s|$)|\s\d?>{1,2}", _VARIABLE.sub(_put(bound), joined))[0]
    try:
        return shlex.split(joined, comments=True)[:MAX_WORDS], start
    except ValueError:
        return joined.replace('"', " ").replace("'", " ").split()[:MAX_WORDS], start


def _put(bound: Mapping[str, str]) -> _Filler:
    return _Filler(bound)


class _Filler:
    """Puts the value of a variable of the same file in its place, `*` where it has none."""

    def __init__(self, bound: Mapping[str, str]) -> None:
        self._bound = bound

    def __call__(self, found: re.Match[str]) -> str:
        name = found[1] or found[3] or found[4]
        value = self._bound.get(name, found[2] or "*") if name else "*"
        inner = re.fullmatch(r"\$\{\w+:?[-=]([^}]*)\}?", value)
        value = inner[1] if inner else value
        return "*" if "$" in value else value


def given_of(words: list[str]) -> dict[Key, tuple[Value, ...]]:
    """The words by position, and the options by their names without hyphens."""
    given: dict[Key, tuple[Value, ...]] = {}
    plain: list[str] = []
    for i, word in enumerate(words):
        if word.startswith("-") and len(word) > 1:
            name, equals, value = word.lstrip("-").partition("=")
            following = words[i + 1] if i + 1 < len(words) else "-"
            if not equals:
                value = "" if following.startswith("-") else following
            given[name.replace("-", "_")] = (_value(value),) if value else (True,)
        elif re.fullmatch(r"[a-z_]\w*=\S+", word):
            name, _, value = word.partition("=")
            given[name] = (_value(value),)
        else:
            plain.append(word)
    given.update((i, (_value(word),)) for i, word in enumerate(plain))
    return given


def _value(word: str) -> Value:
    return Name() if word == "*" else word
