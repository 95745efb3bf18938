"""What a Python expression can be: constants followed through names, attributes, defaults and environment look-ups."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

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
