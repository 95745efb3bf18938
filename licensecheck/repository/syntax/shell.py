"""Shell text as commands: each a list of words with their lines; heredocs apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from licensecheck.frozen import dataclass, replace
from licensecheck.lazy import re
from licensecheck.repository.syntax.slot import Kind, Origin, Setting, Slot, breaks_of, line_at, normalise

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


# Shell functions followed: what a call hands to one is named where the call stands.


_ENDS = r"[ \t]*(?:\(\))?[ \t]*\{"
_OPENS = r"[ \t]*(?:function[ \t]+)?[A-Za-z_][\w-]*" + _ENDS
_FUNCTION = re.compile(
    rf"^([ \t]*)(?:function[ \t]+)?([A-Za-z_][\w-]*){_ENDS}[^\n]*\n(?P<body>(?:(?!{_OPENS})[^\n]*\n)*?)\1\}}", re.M
)
"""A function without one inside it, so that openings that are never closed are not each read to the end."""
_GIVEN = re.compile(r"\$(?:(\d)|\{(\d)(?::?[-?][^}]*)?\})")
_REST = ("$@", "$*", "${@}")
_LOCAL = re.compile(r"([A-Za-z_]\w*)=(.+)", re.DOTALL)
_FUNCTION_USE = re.compile(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})")

Body = tuple[tuple[Word, ...], ...]


def functions_of(text: str) -> dict[str, Body]:
    """The functions of a script that use what they are given, by name."""
    if "$1" not in text and "${1" not in text and "$@" not in text:
        return {}
    found = {each.group(2): each["body"] for each in _FUNCTION.finditer(text)}
    return {name: parse_shell(body).commands for name, body in found.items() if "$" in body}


def called(words: tuple[Word, ...], functions: dict[str, Body]) -> Iterator[tuple[Word, ...]]:
    """The commands that a call of one of the functions runs with what it is given; none for another command."""
    body = functions.get(words[0].text) if len(words) > 1 else None
    given = words[1:]
    known: dict[str, Word] = {}
    for command in body or ():
        filled = tuple(each for word in command for each in _filled(word, given, known))
        known.update(_set(filled))
        if any(each in given for each in filled):
            yield filled


def _set(words: tuple[Word, ...]) -> Iterator[tuple[str, Word]]:
    for word in words:
        found = _LOCAL.fullmatch(word.text)
        if found:
            yield found.group(1), Word(found.group(2), word.line)


def _filled(word: Word, given: tuple[Word, ...], known: dict[str, Word]) -> tuple[Word, ...]:
    """A word of a function's body with what the call gives; a word that is one argument becomes that argument."""
    if word.text in _REST:
        return given
    whole = _GIVEN.fullmatch(word.text)
    if whole:
        at = int(whole[1] or whole[2])
        return (given[at - 1],) if 0 < at <= len(given) else ()
    local = _FUNCTION_USE.fullmatch(word.text)
    if local and (local[1] or local[2]) in known:
        return (_origin(known[local[1] or local[2]], given),)
    text = _GIVEN.sub(lambda found: _argument(found, given), word.text)
    text = _FUNCTION_USE.sub(
        lambda found: known[name].text if (name := found[1] or found[2]) in known else found[0], text
    )
    return (Word(text, given[0].line),)


def _argument(found: re.Match[str], given: tuple[Word, ...]) -> str:
    at = int(found[1] or found[2])
    return given[at - 1].text if 0 < at <= len(given) else found[0]


def _origin(value: Word, given: tuple[Word, ...]) -> Word:
    """The argument that a local variable holds, as it was given."""
    return next((each for each in given if each.text == value.text), value)


# Shell variables put in where they are used: what is loaded is named at the line that holds the name.


_ARRAY = re.compile(r"^[ \t]*(?:declare -a |local -a |export )?(\w+)=\(((?:[^()]|\$\([^()]*\))*)\)", re.M)
_ITEM = re.compile(r"""#[^\n]*|"([^"]*)"|'([^']*)'|([^\s"'#]+)""")
_SET = re.compile(r"([A-Za-z_]\w*)=(.+)", re.DOTALL)
_WHOLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?:\[[@*]\])?\})")
_USE = re.compile(r"\$(?:(\w+)|\{(\w+)\})")
_SAME = re.compile(r"[A-Za-z_]\w*=\$(?:(\w+)|\{(\w+)\})")
MAX_VALUES = 24

Values = dict[str, list[Word]]


def expand_variables(commands: Iterable[tuple[Word, ...]], text: str, line: int) -> Iterator[tuple[Word, ...]]:
    """The commands, once for each value of the variables in them that the text itself sets, and what they call."""
    known = _arrays(text, line)
    functions = functions_of(text)
    for words in commands:
        _learn(words, known)
        for each in _expanded(words, known):
            yield each
            yield from called(each, functions)


_ASKS = frozenset({"curl", "http", "https", "xh", "httpie"})


def asked_variables(script: Script) -> frozenset[str]:
    """The variables of a script, as slots name them, that it only puts into requests to a server."""
    asked: set[str] = set()
    others = {name for heredoc in script.heredocs for name in _names(Word(heredoc.text, 0))}
    for words in script.commands:
        used = {name for word in words for name in _names(word)}
        (asked if words[0].text.rpartition("/")[2] in _ASKS else others).update(used)
    return frozenset(normalise(name) for name in asked - others)


def _arrays(text: str, line: int) -> Values:
    known: Values = {}
    breaks = breaks_of(text)
    for found in _ARRAY.finditer(text) if "=(" in text else ():
        items = []
        for item in _ITEM.finditer(found.group(2)):
            value = next((part for part in item.groups() if part), None)
            if value:
                items.append(Word(value, line + line_at(breaks, found.start(2) + item.start())))
        known[found.group(1)] = items[:MAX_VALUES]
    return known


def _learn(words: Sequence[Word], known: Values) -> None:
    """Note what assignments and `for` loops set."""
    if len(words) > 3 and words[0].text == "for" and words[2].text == "in":
        items = [item for word in words[3:] for item in _values(word, known)]
        known[words[1].text] = items[:MAX_VALUES]
        return
    for word in words:
        found = _SET.fullmatch(word.text)
        if found and "$" not in found.group(2):
            known[found.group(1)] = [Word(found.group(2), word.line)]


def _values(word: Word, known: Values) -> list[Word]:
    whole = _WHOLE.fullmatch(word.text)
    return known.get(whole[1] or whole[2], []) if whole else [word]


def _expanded(words: tuple[Word, ...], known: Values) -> Iterator[tuple[Word, ...]]:
    used = [i for i, word in enumerate(words) if "$" in word.text and _names(word) & known.keys()]
    if not used or words[0].text == "for":
        yield words
        return
    count = max(len(known[name]) for i in used for name in _names(words[i]) & known.keys())
    for n in range(max(1, count)):
        yield tuple(_put_in(word, known, n) if i in used else word for i, word in enumerate(words))


def _names(word: Word) -> set[str]:
    return {first or second for first, second in _USE.findall(word.text)}


def _put_in(word: Word, known: Values, n: int) -> Word:
    """The word with the n-th value of its variables; where it is one variable, as it stands where that was set."""
    whole = _WHOLE.fullmatch(word.text)
    if whole and known.get(whole[1] or whole[2]):
        values = known[whole[1] or whole[2]]
        return values[n % len(values)]

    def value(found: re.Match[str]) -> str:
        values = known.get(found[1] or found[2])
        return values[n % len(values)].text if values else found.group()

    line = word.line
    same = _SAME.fullmatch(word.text)
    if same and known.get(same[1] or same[2]):  # a second name for it
        values = known[same[1] or same[2]]
        line = values[n % len(values)].line
    return Word(_USE.sub(value, word.text), line)


# Command lines as slots: flags with their values, assignments, and arguments with the command they belong to.


_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=(.*)", re.DOTALL)
_OVERRIDE = re.compile(r"\+{0,2}~?([A-Za-z_][\w]*(?:[./][A-Za-z_]\w*)+)=([^=\s].*)")
"""A setting of a configuration changed on the command line, as Hydra and OmegaConf take it: `model.name=…`."""
_TEMPLATE_DEFAULT = re.compile(r"\{\{[^{}]*\bdefault\s+[\"']([^\"'{}]+)[\"'][^{}]*\}\}")
_DEFAULT = re.compile(r"\$\{(\w+):?-([^}$]+)\}")
_PROGRAM = re.compile(r"^.*/|\.(?:exe|ps1)$")
"""What a command's name is without: its folder, and the suffix of an executable."""
_PRINTERS = frozenset(
    {"echo", "printf", "print", "write-host", "write-output", "log", "info", "warn", "die", "say", "@echo"}
)
_SETTERS = frozenset({"export", "env", "set", "declare", "local", "readonly", "ENV", "ARG", "sudo", "exec"})
_SETTING_FLAGS = frozenset({"-e", "--env", "--build-arg", "--set", "--set-string"})
MAX_COMMAND_VALUES = 12
_GIVEN_AT_HOME = frozenset({"prompt", "input", "inputs", "stream", "messages"})
"""Options that a program which runs a model takes as well as one that asks for it: they show neither."""


def command_slots(words: Sequence[Word], origin: Origin) -> Iterator[Slot]:
    """What a command line names: flags and assignments as keys, each other word as an argument of its command.

    The words of the command stand in `above`, the last first, and the ends of addresses and the files that are written;
    an argument's name is the last two, as in "vllm serve".
    """
    if _prints(words):
        yield from (Slot("", word.text, word.line, _shown(origin), above=origin.above) for word in words[1:])
        return
    beside = dict(_flags(words))
    ends = tuple(normalise(word.text.rsplit("/", 1)[-1]) for word in words if _is_target(word.text))[
        :MAX_COMMAND_VALUES
    ]
    settings = _settings(words)
    plain: list[str] = []
    for i, word in enumerate(words):
        above = (*(normalise(text) for text in reversed(plain[-4:])), *ends, *origin.above)
        here = Origin(origin.line, origin.setting, above, origin.depth)
        if "${" in word.text:
            yield from default_slots(word.text, word.line, here)
        if _is_flag(word):
            yield from _flag(words, i, here, beside)
            continue
        assignment = _ASSIGNMENT.fullmatch(word.text)
        if assignment and i in settings:
            yield Slot(normalise(assignment[1]), assignment[2], word.line, origin.setting, above=origin.above)
            continue
        override = _OVERRIDE.fullmatch(word.text)
        if override and i:
            *around, name = override[1].replace("/", ".").split(".")
            under = tuple(normalise(each) for each in reversed(around))
            yield Slot(normalise(name), override[2], word.line, origin.setting, above=(*under, *above))
            continue
        yield Slot(" ".join(plain[-2:]), word.text, word.line, origin.setting, Kind.COMMAND, above, beside, len(plain))
        if i == 0 or not _is_flag(words[i - 1]) or "=" in words[i - 1].text:
            plain.append(word.text if plain else _PROGRAM.sub("", word.text))


def _prints(words: Sequence[Word]) -> bool:
    """True for a command that only tells: its words are read by people, unless they go to a file or are JSON."""
    if words[0].text.lower() not in _PRINTERS:
        return False
    return not any(word.text.startswith((">", "{", "[")) or word.text.endswith(">") for word in words)


def _shown(origin: Origin) -> Setting:
    return Setting.DOCSTRING if origin.setting is Setting.CODE else origin.setting


def default_slots(text: str, line: int, origin: Origin) -> Iterator[Slot]:
    """`${MODEL_ID:-org/name}` says what `MODEL_ID=org/name` says."""
    if "${" in text:
        for name, value in _DEFAULT.findall(text):
            yield Slot(normalise(name), value, line, origin.setting, above=origin.above)


def with_defaults(value: str) -> str:
    """The value with each `${NAME:-default}`, and each default of a Helm template, put in."""
    if "{{" in value:
        value = _TEMPLATE_DEFAULT.sub(r"\1", value)
    return _DEFAULT.sub(r"\2", value) if "${" in value else value


def _is_target(text: str) -> bool:
    """True for an address that is called, and for a file that may be what is written."""
    return "://" in text or text.endswith((".json", ".yaml", ".yml"))


def _is_flag(word: Word) -> bool:
    return len(word.text) > 1 and word.text[0] == "-" and not word.text[1].isdigit()


def _flags(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    for word, after in zip(words, [*words[1:], Word("", 0)], strict=True):
        if _is_flag(word):
            name, equals, value = word.text.partition("=")
            if normalise(name) not in _GIVEN_AT_HOME:
                yield normalise(name), value if equals else after.text


def _flag(words: Sequence[Word], i: int, origin: Origin, beside: dict[str, str]) -> Iterator[Slot]:
    """A flag and its value; of several values the first, and then those of the form `name=value`."""
    name, equals, value = words[i].text.partition("=")
    slot = Slot(normalise(name), value, words[i].line, origin.setting, above=origin.above, beside=beside, at=name)
    if equals:
        yield slot
        return
    for n, word in enumerate(words[i + 1 : i + 1 + MAX_COMMAND_VALUES]):
        if _is_flag(word) or (n and "=" not in word.text):
            break
        yield replace(slot, value=word.text, line=word.line)


def _settings(words: Sequence[Word]) -> set[int]:
    """Where `NAME=value` sets a variable: at the start, after other assignments, or after a flag that sets one."""
    found = {i + 1 for i, word in enumerate(words) if word.text in _SETTING_FLAGS}
    for i, word in enumerate(words):
        found.add(i)
        if not ("=" in word.text or word.text in _SETTERS or word.text.startswith("-")):
            break
    return found
