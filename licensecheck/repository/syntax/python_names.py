"""What a Python expression can be: constants followed through names, attributes, defaults and environment look-ups."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from licensecheck.repository.syntax.relevance import PYTHON_VALUES
from licensecheck.repository.syntax.slot import breaks_of, line_at

MAX_DEPTH = 6
MAX_PARTS = 24
MAX_VALUES = 24
_DEFAULTED = frozenset({"Field", "field", "Option", "Argument", "Arg", "Input", "Form", "Query", "Body", "param"})
"""Declarations of a parameter or setting, whose last argument is its default."""
_WRAPPERS = frozenset({"str", "Path", "PurePath", "cast"})
UNKNOWN = "{}"
"""What stands in a string for a part that is not known."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A string that stands in the source, and its line there."""

    text: str
    line: int


@dataclass(slots=True)
class Scope:
    """The names bound in a module, class or function; what is not here is looked for outside."""

    outer: Scope | None = None
    names: dict[str, list[ast.expr]] = field(default_factory=dict)
    attributes: dict[str, list[ast.expr]] = field(default_factory=dict)

    def find(self, name: str) -> list[ast.expr]:
        """What the name is bound to, in the nearest scope that binds it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return []

    def find_attribute(self, name: str) -> list[ast.expr]:
        """What an attribute of this name is bound to anywhere in the module."""
        scope = self
        while scope.outer is not None:
            scope = scope.outer
        return scope.attributes.get(name, [])


def literals(
    node: ast.expr | None, scope: Scope, *, depth: int = 0, seen: frozenset[int] = frozenset()
) -> list[Literal]:
    """Every string that the expression can be, as far as the module says."""
    if node is None or depth > MAX_DEPTH or id(node) in seen:
        return []
    seen = seen | {id(node)}
    found: list[Literal] = []
    if isinstance(node, ast.Constant):
        return [Literal(node.value, node.lineno)] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return [Literal(_joined(node, scope, depth), node.lineno)]
    for part in islice(_parts(node, scope), MAX_PARTS):
        found.extend(literals(part, scope, depth=depth + 1, seen=seen))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _sums(node, scope, depth)
    return list(dict.fromkeys(found))[:MAX_VALUES]


def _parts(node: ast.expr, scope: Scope) -> Iterable[ast.expr]:
    """The expressions of which this one takes its value."""
    if isinstance(node, ast.Name):
        return scope.find(node.id)
    if isinstance(node, ast.Attribute):
        return scope.find_attribute(node.attr)
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.IfExp):
        return (node.body, node.orelse)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return node.elts
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.Subscript):
        return _items(node, scope)
    if isinstance(node, ast.Call):
        return _answer(node)
    if isinstance(node, (ast.NamedExpr, ast.Await, ast.Starred)):
        return (node.value,)
    return ()


def _items(node: ast.Subscript, scope: Scope) -> Iterable[ast.expr]:
    """The values of the dictionary or list that is looked into: the one at the key where the key is plain."""
    holders = scope.find(node.value.id) if isinstance(node.value, ast.Name) else [node.value]
    wanted = node.slice.value if isinstance(node.slice, ast.Constant) else None
    for holder in holders:
        if isinstance(holder, ast.Dict):
            for key, value in zip(holder.keys, holder.values, strict=True):
                if wanted is None or (isinstance(key, ast.Constant) and key.value == wanted):
                    yield value
        elif isinstance(holder, (ast.List, ast.Tuple)):
            at = wanted if isinstance(wanted, int) and -len(holder.elts) <= wanted < len(holder.elts) else None
            yield from holder.elts if at is None else [holder.elts[at]]


def carries_text(node: ast.expr) -> bool:
    """False for a call that gives back another thing than it is given, such as a model for a name."""
    return not isinstance(node, ast.Call) or bool(_answer(node))


def _answer(node: ast.Call) -> Sequence[ast.expr]:
    """What a call returns where that is plain: the default of a look-up, or what is wrapped or stripped."""
    name = dotted(node.func)
    last = name.rsplit(".", 1)[-1]
    default = [k.value for k in node.keywords if k.arg in ("default", "value")]
    if last in ("getenv", "get", "pop", "getattr", "setdefault", "config") and len(node.args) > 1:
        return [node.args[-1]]
    if last in _DEFAULTED or last in _WRAPPERS:
        return [*node.args[-1:], *default]
    if last in ("strip", "rstrip", "lstrip") and isinstance(node.func, ast.Attribute):
        return [node.func.value]
    return default if last in ("getenv", "get") else ()


def _joined(node: ast.JoinedStr, scope: Scope, depth: int) -> str:
    text = ""
    for part in node.values:
        inner = part.value if isinstance(part, ast.FormattedValue) else part
        known = literals(inner, scope, depth=depth + 1)
        text += known[0].text if len(known) == 1 else UNKNOWN
    return text


def _sums(node: ast.BinOp, scope: Scope, depth: int) -> list[Literal]:
    left = literals(node.left, scope, depth=depth + 1)
    right = literals(node.right, scope, depth=depth + 1)
    if not left or not right:
        return [Literal(f"{each.text}{UNKNOWN}", each.line) for each in left]
    return [Literal(a.text + b.text, a.line) for a in left for b in right][:MAX_VALUES]


def dotted(node: ast.expr) -> str:
    """The dotted name of what is called; empty where it is no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    elif isinstance(node, ast.Call):
        parts.append(dotted(node.func))
    elif isinstance(node, ast.Subscript):
        parts.append(dotted(node.value))
    return ".".join(reversed(parts))


def first_text(node: ast.expr, scope: Scope) -> str:
    """The first string that an expression can be; empty where none is known."""
    found = literals(node, scope)
    return found[0].text if found else ""


# Which lines of a Python file can matter, so that only the statements on them are looked into.


_ROUNDS = 3
_DECORATED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def telling_lines(tree: ast.Module, text: str, values: set[int]) -> list[int]:
    """The numbers, sorted, of the lines that hold values, and of those that use a name that such a line binds."""
    breaks = breaks_of(text)
    found = set(values)
    known: set[str] = set()
    for _ in range(_ROUNDS):
        fresh = {name for name in _bound(tree, sorted(found)) if len(name) > 2} - known
        known |= fresh
        for name in fresh:
            found.update(line_at(breaks, at) + 1 for at in _places_of(name, text))
    return sorted(found)


def value_lines(text: str) -> set[int]:
    """The lines with a value that may be a model."""
    lower = text.lower()
    breaks = breaks_of(lower)
    lines: set[int] = set()
    for pattern in PYTHON_VALUES:
        for found in pattern.finditer(lower):
            lines.update((line_at(breaks, found.start()) + 1, line_at(breaks, found.end() - 1) + 1))
    return lines


def _places_of(name: str, text: str) -> Iterable[int]:
    """The offsets at which a name stands by itself."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (text[at - 1 : at].isidentifier() or text[end : end + 1].isalnum() or text[end : end + 1] == "_"):
            yield at
        at = text.find(name, end)


def tells(node: ast.AST, telling: list[int]) -> bool:
    """True where one of the lines lies in the node; also for nodes without a place."""
    start = getattr(node, "lineno", None)
    if start is None:
        return True
    if isinstance(node, _DECORATED) and node.decorator_list:
        start = node.decorator_list[0].lineno
    at = bisect_left(telling, start)
    return at < len(telling) and telling[at] <= (getattr(node, "end_lineno", None) or start)


def _bound(node: ast.AST, telling: list[int]) -> Iterable[str]:
    """The names that statements and parameters on these lines bind."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.arguments):
            yield from _defaulted(child, telling)
            continue
        if isinstance(child, (ast.expr, ast.expr_context)) or not tells(child, telling):
            continue
        for target in _targets(child, telling):
            yield from _names(target)
        yield from _bound(child, telling)


def _targets(node: ast.AST, telling: list[int]) -> Sequence[ast.expr]:
    """What a statement binds to a text that stands in it."""
    if isinstance(node, ast.Assign) and carries_text(node.value):
        return node.targets
    if isinstance(node, ast.AnnAssign) and node.value is not None and carries_text(node.value):
        return [node.target]
    if isinstance(node, (ast.For, ast.AsyncFor)) and tells(node.iter, telling):
        return [node.target]
    return ()


def _defaulted(arguments: ast.arguments, telling: list[int]) -> Iterable[str]:
    """The parameters whose defaults stand on these lines."""
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(reversed(positional), reversed(arguments.defaults), strict=False)]
    pairs.extend(
        (each, default) for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if default
    )
    return [each.arg for each, default in pairs if tells(default, telling)]


def _names(target: ast.expr) -> list[str]:
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Attribute):
        return [target.attr]
    return [name for each in target.elts for name in _names(each)] if isinstance(target, ast.Tuple) else []


# What statements bind: names to expressions in a scope, attributes to expressions in the whole module.


_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SIDE_BY_SIDE = frozenset({"zip", "product", "zip_longest"})
"""Calls that give an item of each argument to each target of a loop."""


def parameters(args: ast.arguments) -> Iterator[tuple[str, ast.expr]]:
    """Each parameter that has a default, with it."""
    positional = [*args.posonlyargs, *args.args]
    defaulted = positional[len(positional) - len(args.defaults) :]
    yield from ((each.arg, default) for each, default in zip(defaulted, args.defaults, strict=True))
    for each, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        if default is not None:
            yield each.arg, default


def bind(body: list[ast.stmt], scope: Scope, telling: list[int]) -> None:
    """Note what the statements bind, those of inner blocks too; classes give attributes."""
    for statement in body:
        if not tells(statement, telling):
            continue
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                _bind_target(target, statement.value, scope)
        elif isinstance(statement, (ast.For, ast.AsyncFor)):
            _bind_loop(statement.target, statement.iter, scope)
        elif isinstance(statement, ast.ClassDef):
            _bind_class(statement, scope, telling)
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(statement, name, None)
            if isinstance(inner, list) and not isinstance(statement, _OWN_SCOPE):
                bind(inner, scope, telling)


def _bind_loop(target: ast.expr, source: ast.expr, scope: Scope) -> None:
    name = dotted(source.func).rsplit(".", 1)[-1] if isinstance(source, ast.Call) else ""
    if isinstance(source, ast.Call) and isinstance(target, ast.Tuple) and name in _SIDE_BY_SIDE:
        for each, part in zip(target.elts, source.args, strict=False):
            _bind_target(each, part, scope)
    elif isinstance(source, ast.Call) and isinstance(target, ast.Tuple) and name == "enumerate" and source.args:
        _bind_target(target.elts[-1], source.args[0], scope)
    else:
        _bind_target(target, source, scope)


def _bind_target(target: ast.expr, value: ast.expr, scope: Scope) -> None:
    if isinstance(target, ast.Name):
        scope.names.setdefault(target.id, []).append(value)
    elif isinstance(target, ast.Attribute):
        outermost = scope
        while outermost.outer is not None:
            outermost = outermost.outer
        outermost.attributes.setdefault(target.attr, []).append(value)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for each, part in zip(target.elts, value.elts, strict=True):
            _bind_target(each, part, scope)


def _bind_class(node: ast.ClassDef, scope: Scope, telling: list[int]) -> None:
    """Class variables, and what methods set on `self`, are known to the whole module by their attribute's name."""
    while scope.outer is not None:
        scope = scope.outer
    for statement in _statements(node.body, telling):
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", None)
                if name and (isinstance(target, ast.Attribute) or statement in node.body):
                    scope.attributes.setdefault(name, []).append(statement.value)


def _statements(body: list[ast.stmt], telling: list[int]) -> Iterator[ast.stmt]:
    """The statements on telling lines, those of inner blocks too."""
    for statement in body:
        if tells(statement, telling):
            yield statement
            for name in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(statement, name, []), telling)


# Functions that hand what they are given on to another call: a name given to them is given to that call.


MAX_HOPS = 20
Onward = dict[str, list[tuple[str, int | str]]]
"""For each parameter the calls that it is handed to, with the position or keyword there."""


@dataclass(slots=True)
class Functions:
    """The functions and methods of a module by name; each is looked into when first called with something to follow."""

    known: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = field(default_factory=dict)
    onward: dict[str, Onward] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: ast.Module) -> Functions:
        """The functions of a module and the methods of its classes."""
        functions = cls()
        for node in tree.body:
            for inner in node.body if isinstance(node, ast.ClassDef) else [node]:
                if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    functions.known[inner.name] = inner
        return functions

    def handed_on(self, name: str, node: ast.Call) -> Iterator[tuple[ast.expr, str, int | str]]:
        """Each argument of a call with the calls that it is handed on to, and its position or keyword there."""
        if name not in self.known:
            return
        given: list[tuple[int | str, ast.expr]] = list(enumerate(node.args))
        given.extend((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)
        for at, argument in given:
            for callee, there in self._reached(name, at, set()):
                yield argument, callee, there

    def _reached(self, name: str, at: int | str, seen: set[tuple[str, int | str]]) -> Iterator[tuple[str, int | str]]:
        """The calls that what is given to a function at this place reaches, through further functions too."""
        function = self.known.get(name)
        if function is None or (name, at) in seen or len(seen) > MAX_HOPS:
            return
        seen.add((name, at))
        if name not in self.onward:
            self.onward[name] = _onward(function)
        for callee, there in self.onward[name].get(_parameter(function, at), ()):
            yield callee, there
            yield from self._reached(callee.rsplit(".", 1)[-1], there, seen)


def _parameter(function: ast.FunctionDef | ast.AsyncFunctionDef, at: int | str) -> str:
    """The name of the parameter that takes what is given at this place; empty where there is none."""
    names = [each.arg for each in function.args.args if each.arg not in ("self", "cls")]
    return at if isinstance(at, str) else names[at] if at < len(names) else ""


def _onward(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Onward:
    parameters = {each.arg for each in [*function.args.args, *function.args.kwonlyargs]}
    found: Onward = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            given: list[tuple[int | str, ast.expr]] = list(enumerate(node.args))
            given.extend((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)
            for at, value in given:
                if isinstance(value, ast.Name) and value.id in parameters:
                    found.setdefault(value.id, []).append((dotted(node.func), at))
    return found


# Calls that name an option or a variable of the environment and give its default.


_DECLARING = {"add_argument", "option", "add_option", "argument", "Option"}
_ASKING = {"getenv", "get", "pop", "setdefault"}
_ALIASES = ("alias", "validation_alias", "env")
_ENVIRONMENT = re.compile(r"environ\b|getenv$")


@dataclass(frozen=True, slots=True)
class Option:
    """The name of an option, what it is by default, and whether the environment decides on it."""

    name: str
    default: ast.expr | None
    environment: bool


def option_of(node: ast.Call, name: str, scope: Scope) -> Option | None:
    """The option that `add_argument("--model", default=…)`, `Field(…, env="MODEL")` or `getenv("MODEL", …)` names."""
    last = name.rsplit(".", 1)[-1]
    named = {k.arg: k.value for k in node.keywords if k.arg}
    if last in _DECLARING:
        names, default = _strings(node.args), named.get("default")
    elif last == "Field":
        names = [first_text(named[key], scope) for key in _ALIASES if key in named]
        default = named.get("default") or next(iter(node.args), None)
    elif last in _ASKING and len(node.args) > 1:
        names, default = _strings(node.args[:1]), node.args[1]
    else:
        return None
    if not names:
        return None
    return Option(sorted(names, key=len)[-1], default, environment=bool(_ENVIRONMENT.search(name)))


def _strings(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
