"""What statements bind: names to expressions in a scope, attributes to expressions in the whole module."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from licensecheck.scan.python_lines import tells
from licensecheck.scan.python_values import Scope, dotted

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
