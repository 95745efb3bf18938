"""Programs in any language with quotes and brackets: each string literal under the name, call or list it stands in.

No grammar: comments and literals are told apart as the language writes them, brackets are followed, and the name before
`=`, `:` or an opening bracket is what a literal stands under. Constants of a file are followed to the calls they are
given to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from licensecheck.lazy import re
from licensecheck.repository.syntax.code_flow import Handed, handed_on
from licensecheck.repository.syntax.slot import Kind, Origin, Setting, Slot, breaks_of, line_at, normalise

MAX_LITERAL = 2000
_STRINGS = r'"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"'
_SINGLE = r"'(?:[^'\\\n]|\\.)*'"
_TEMPLATE = r"`(?:[^`\\]|\\.)*`"
_RAW = r'[rR]?#+"(?:.|\n)*?"#+|R"\((?:.|\n)*?\)"'
_CHARACTER = r"'(?:[^'\\\n]|\\[^\n]{1,8})'"
_SLASHES = r"//[^\n]*|/\*(?:.|\n)*?\*/"
_NAME = r"@?[A-Za-z_$][\w$]*(?:(?:\.|::|->|\?\.)[A-Za-z_$][\w$]*)*[?!]?"
_MARK = r":=|=>|->|<-|==|!=|<=|>=|&&|\|\||\?\?|\|>|[=:,;?{}()\[\]]"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a family of languages writes comments and literals."""

    comments: str
    literals: str
    separator: str = ";"


DIALECTS = {
    "javascript": Dialect(_SLASHES, rf"{_TEMPLATE}|{_STRINGS}|{_SINGLE}"),
    "code": Dialect(_SLASHES, rf"{_RAW}|{_STRINGS}|{_TEMPLATE}|{_CHARACTER}"),
    "code-dart": Dialect(_SLASHES, rf"{_STRINGS}|{_SINGLE}"),
    "code-hash": Dialect(r"#(?!\{)[^\n]*", rf"{_STRINGS}|{_SINGLE}"),
    "code-dash": Dialect(r"--[^\n]*", rf"{_STRINGS}|{_SINGLE}"),
    "code-php": Dialect(rf"{_SLASHES}|\#[^\n]*", rf"{_STRINGS}|{_SINGLE}"),
}
"""The dialects by the name of their syntax. `code-hash` is also how Python is read where it cannot be parsed."""
_TYPES = frozenset(
    {"string", "str", "char", "auto", "const", "static", "final", "val", "var", "let", "text", "any", "self"}
)
_NO_KEYS = frozenset({"case", "when", "default", "return", "in", "of", "else", "then", "do"})
_IMPORTS = frozenset({"import", "from", "require", "include", "use", "package", "using", "require_relative"})
_WRAPPERS = frozenset(
    {"from", "to_string", "string", "some", "str", "new", "of", "path", "path_buf", "uri", "url", "parse", "lazy",
     "into", "format", "optional", "ok", "box", "arc", "rc", "ns_string", "from_str", "value_of", "trim",
     "freeze", "intern"}
)  # fmt: skip
_COMPARED = frozenset({"==", "!=", "<=", ">="})
_KEYED = "\0keyed"
_LITERAL = "\0literal"
"""What stands for a literal that is a key, and for any other, among the last tokens."""
_OF_MODELS = re.compile(r"(?:^|_)models?(?:_(?:hf|hub|source|spec|ref|info|config|options?|params?))?$")


@dataclass(slots=True)
class _Bracket:
    """An open bracket: what is called or built by it, the name it is the value of, and the names inside so far."""

    mark: str
    callee: str = ""
    key: str = ""
    at: int = 0
    beside: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _State:
    """Where the reading stands: the open brackets, the last tokens, and the name that a value would stand under."""

    brackets: list[_Bracket] = field(default_factory=lambda: [_Bracket("")])
    last: str = ""
    before: str = ""
    key: str = ""
    settled: str = ""
    constants: dict[str, tuple[str, int]] = field(default_factory=dict)
    handed: dict[str, list[Handed]] = field(default_factory=dict)


@lru_cache(maxsize=8)
def _pattern(syntax: str) -> re.Pattern[str]:
    dialect = DIALECTS[syntax]
    return re.compile(
        rf"(?P<comment>{dialect.comments})|(?P<literal>{dialect.literals})|(?P<name>{_NAME})|(?P<mark>{_MARK})|(?P<line>\n)"
    )


def code_slots(text: str, origin: Origin, syntax: str) -> Iterator[Slot]:
    """The slots of a program: its literals, in order, and those that a constant hands to a call."""
    breaks = breaks_of(text)
    state = _State(handed=handed_on(text))
    found: list[Slot] = []
    for token in _pattern(syntax).finditer(text):
        kind, part = token.lastgroup, token.group()
        line = origin.line + line_at(breaks, token.start())
        if kind == "literal":
            found.extend(_literal(part, line, state, origin, keyed=_is_key(text, token.end())))
        elif kind == "name":
            found.extend(_named(part, state, origin))
        elif kind == "mark":
            _mark(part, state)
        elif kind == "comment":
            found.extend(_comment(part, line, origin))
        elif kind == "line" and state.brackets[-1].mark != "(":
            _ended(state)
    yield from found


def _ended(state: _State) -> None:
    """A line ended: where it could be the end of a statement, what was assigned on it is settled."""
    state.settled = ""
    if state.last in (_LITERAL, ")", "]", "}") or _is_word(state.last):
        state.key = ""
        state.before, state.last = state.last, ""


_AFTER = re.compile(r"\s*(?::(?![:=])|=>)")


def _is_key(text: str, end: int) -> bool:
    return _AFTER.match(text, end) is not None


def _text_of(literal: str) -> str:
    body = literal.lstrip("rR#").rstrip("#")
    if body.startswith('"""'):
        return body[3:-3].strip()
    body = body[1:-1]
    body = re.sub(r"\$\{[^}]*\}|#\{[^}]*\}|\\\([^)]*\)", "{}", body) if "{" in body or "\\(" in body else body
    return body.replace('\\"', '"').replace("\\n", "\n") if "\\" in body else body


def _literal(part: str, line: int, state: _State, origin: Origin, *, keyed: bool) -> Iterator[Slot]:
    text = _text_of(part)
    inside = state.brackets[-1]
    if keyed and state.last in ("{", ",", "", ";", "(", "["):
        if "/" in text and len(text) < MAX_LITERAL:  # a table whose keys are the models
            yield _slot(_holder(state), text, line, state, origin)
        state.before, state.last, state.key = state.last, _KEYED, text
        return
    if text and len(text) < MAX_LITERAL and state.last not in _COMPARED and not _imported(state):
        slot = _placed(text, line, state, origin)
        yield slot
        yield from _handed(text, line, state, origin)
        if state.key and inside.mark != "(" and slot.kind is Kind.KEY:
            state.constants.setdefault(state.key.rsplit(".", 1)[-1], (text, line))
        if state.key:
            inside.beside.setdefault(normalise(state.key), text)
    state.before, state.last = state.last, _LITERAL


def _imported(state: _State) -> bool:
    return state.before in _IMPORTS or state.last in _IMPORTS or state.settled in _IMPORTS


def _placed(text: str, line: int, state: _State, origin: Origin) -> Slot:
    """The literal under the name before it, else as an argument of the call or an item of the list around it."""
    inside = state.brackets[-1]
    if state.key:
        called = _loader_around(state)
        if called:
            return _slot(called, text, line, state, origin, kind=Kind.CALL, at=normalise(state.key.rsplit(".", 1)[-1]))
        return _slot(state.key, text, line, state, origin)
    if state.last not in ("", ",", "(", "[", "{", _LITERAL, "=>", "->", "|>", "?", "??", "||") and _is_word(state.last):
        return _slot(state.last, text, line, state, origin)  # `@model "org/name"`, `#define MODEL "org/name"`
    for bracket in reversed(state.brackets):
        if bracket.mark == "(" and bracket.callee and not (bracket.key and _wraps(bracket.callee)):
            at = bracket.at
            return _slot(bracket.callee, text, line, state, origin, kind=Kind.CALL, at=at)
        if bracket.key:
            return _slot(bracket.key, text, line, state, origin)
    return _slot(inside.callee or "", text, line, state, origin)


_LOADER = re.compile(
    r"(?:^|_)(?:(?:load|download|pull|fetch)_(?:[a-z\d]{1,20}_){0,3}models?(?:_from_\w{1,40})?|from_(?:pretrained|hub|hf)|hf_hub_download)$"
)


def _loader_around(state: _State) -> str:
    """The call that loads a model and is given the object around a value, as in `loadModel({ repo: "…" })`."""
    if len(state.brackets) < 3 or state.brackets[-1].mark != "{" or state.brackets[-1].callee:
        return ""
    called = state.brackets[-2]
    return called.callee if called.mark == "(" and _LOADER.search(normalise(_last_part(called.callee))) else ""


def _last_part(callee: str) -> str:
    return re.split(r"\.|::|->|\?\.", callee)[-1].strip("?!")


def _wraps(callee: str) -> bool:
    """True for a call that only makes a value of a literal, as `String::from("…")` does."""
    return normalise(_last_part(callee)) in _WRAPPERS


def _is_word(token: str) -> bool:
    return token[:1].isalpha() or token[:1] in "@_$"


def _holder(state: _State) -> str:
    return next((bracket.key for bracket in reversed(state.brackets) if bracket.key), "")


def _slot(
    name: str,
    text: str,
    line: int,
    state: _State,
    origin: Origin,
    *,
    kind: Kind = Kind.KEY,
    at: int | str | None = None,
) -> Slot:
    above: list[str] = []
    for bracket in reversed(state.brackets):
        for each in (bracket.key, bracket.callee):
            if each:
                above.append(normalise(each.rsplit(".", 1)[-1]))
    if any(_OF_MODELS.search(each) for each in above):
        above.append("models")
    shown = (
        ".".join(normalise(part) or part for part in re.split(r"\.|::|->|\?\.", name)) if kind is Kind.CALL else None
    )
    return Slot(
        shown if shown is not None else normalise(name.rsplit(".", 1)[-1]),
        text,
        line,
        origin.setting,
        kind,
        (*above, *origin.above),
        state.brackets[-1].beside if len(state.brackets) > 1 else {},
        at,
    )


def _named(part: str, state: _State, origin: Origin) -> Iterator[Slot]:
    """A name; one that holds a constant and is given to a call hands it on."""
    inside = state.brackets[-1]
    held = state.constants.get(part.rsplit(".", 1)[-1])
    if held and inside.mark == "(" and inside.callee and state.last in ("(", ",", "&"):
        text, line = held
        yield _slot(inside.callee, text, line, state, origin, kind=Kind.CALL, at=inside.at)
        yield from _handed(text, line, state, origin)
    if part in _IMPORTS:
        state.settled = part
    state.before, state.last = state.last, part


def _handed(text: str, line: int, state: _State, origin: Origin) -> Iterator[Slot]:
    """The same as an argument of the calls that the called function gives it to."""
    inside = state.brackets[-1]
    for position, callee, at in state.handed.get(re.split(r"\.|::|->", inside.callee)[-1], ()):
        if inside.mark == "(" and position == inside.at:
            yield _slot(callee, text, line, state, origin, kind=Kind.CALL, at=at)


def _mark(part: str, state: _State) -> None:
    inside = state.brackets[-1]
    if part in "([{":
        callee = state.last if _is_word(state.last) and state.last not in _NO_KEYS else ""
        state.brackets.append(_Bracket(part, callee=callee, key=state.key))
        state.key = ""
    elif part in ")]}":
        if len(state.brackets) > 1:
            state.key = state.brackets.pop().key
        if part == "}":
            state.key = ""
    elif part == ",":
        inside.at += 1
        state.key = ""
    elif part == ";":
        state.key = ""
    elif part in ("=", ":=", ":", "=>", "<-"):
        _assign(part, state)
    state.before, state.last = state.last, part


def _assign(part: str, state: _State) -> None:
    """The name on the left of the mark is what the next value stands under; a type between them is passed over."""
    name = state.last
    if name in (_KEYED, _LITERAL) or (part == "=>" and not _is_word(name)):
        return
    if part == "=" and state.key and state.before == ":":
        return  # `name: Type = value`
    if not _is_word(name) or name in _NO_KEYS:
        return
    if name.lower() in _TYPES and _is_word(state.before):
        name = state.before
    state.key = name


def _comment(part: str, line: int, origin: Origin) -> Iterator[Slot]:
    for number, raw in enumerate(part.split("\n"), line):
        for quoted in re.findall(r"""["'`]([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.:-]*)["'`]""", raw):
            yield Slot("code comment", quoted, number, Setting.COMMENT, above=origin.above)
