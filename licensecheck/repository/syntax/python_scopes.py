"""What Python statements bind: names to expressions in a scope, attributes to expressions in the whole module."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from licensecheck.repository.syntax.python_lines import tells
from licensecheck.repository.syntax.python_names import Scope, attribute_of, dotted

_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SIDE_BY_SIDE = frozenset({"zip", "product", "zip_longest"})
"""Calls that give an item of each argument to each target of a loop."""


def bind(body: list[ast.stmt], scope: Scope, telling: list[int]) -> None:
    """Note what the statements bind, those of inner blocks too; classes give attributes."""
    for statement in body:
        if not tells(statement, telling):
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
                _bind_plain(statement, scope)
            continue
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                bind_target(target, statement.value, scope)
        elif isinstance(statement, (ast.For, ast.AsyncFor)):
            bind_loop(statement.target, statement.iter, scope)
        elif isinstance(statement, ast.ClassDef):
            _bind_class(statement, scope, telling)
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            _bind_option(statement.value, scope)
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(statement, name, None)
            if isinstance(inner, list) and not isinstance(statement, _OWN_SCOPE):
                bind(inner, scope, telling)


def _bind_plain(statement: ast.Assign, scope: Scope) -> None:
    """A constant on a line that says nothing by itself: part of a name that is put together elsewhere."""
    if isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str):
        for target in statement.targets:
            if isinstance(target, ast.Name):
                scope.names.setdefault(target.id, []).append(statement.value)


def _bind_option(call: ast.Call, scope: Scope) -> None:
    """The default of an option of a command, as the attribute of the arguments that it becomes."""
    option = attribute_of(call)
    if option is not None:
        scope.outermost().attributes.setdefault(option[0], []).append(option[1])


def bind_loop(target: ast.expr, source: ast.expr, scope: Scope) -> None:
    """What a loop or comprehension binds: items side by side, keys and values of a dictionary, parts of each item."""
    name = dotted(source.func).rsplit(".", 1)[-1] if isinstance(source, ast.Call) else ""
    parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else None
    if isinstance(source, ast.Call) and parts and name in _SIDE_BY_SIDE:
        for each, part in zip(parts, source.args, strict=False):
            bind_target(each, part, scope)
    elif isinstance(source, ast.Call) and parts and name == "enumerate" and source.args:
        bind_loop(parts[-1], source.args[0], scope)
    elif isinstance(source, ast.Call) and name in ("items", "keys") and isinstance(source.func, ast.Attribute):
        _bind_items(target, source.func.value, scope, keys_only=name == "keys")
    elif parts:
        for holder in _displays(source, scope):
            for item in getattr(holder, "elts", ()):
                bind_target(target, item, scope)
    else:
        _bind_items(target, source, scope, keys_only=True)
        bind_target(target, source, scope)


def _bind_items(target: ast.expr, holder: ast.expr, scope: Scope, *, keys_only: bool) -> None:
    """The keys, or the keys and values, of the dictionaries that a name stands for."""
    for display in _displays(holder, scope):
        if isinstance(display, ast.Dict):
            for key, value in zip(display.keys, display.values, strict=True):
                if keys_only and key is not None:
                    bind_target(target, key, scope)
                elif isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == 2 and key is not None:
                    bind_target(target.elts[0], key, scope)
                    bind_target(target.elts[1], value, scope)


def _displays(source: ast.expr, scope: Scope) -> list[ast.expr]:
    if isinstance(source, ast.Name):
        return scope.find(source.id)
    if isinstance(source, ast.Attribute):
        return scope.find_attribute(source.attr)
    return [source]


def bind_target(target: ast.expr, value: ast.expr, scope: Scope) -> None:
    """Bind a name, an attribute, or each name of a tuple."""
    if isinstance(target, ast.Name):
        scope.names.setdefault(target.id, []).append(value)
    elif isinstance(target, ast.Attribute):
        scope.outermost().attributes.setdefault(target.attr, []).append(value)
    elif isinstance(target, ast.Tuple) and isinstance(value, (ast.Tuple, ast.List)):
        parts = value.elts if len(target.elts) == len(value.elts) else []
        for each, part in zip(target.elts, parts, strict=False):
            bind_target(each, part, scope)


def _bind_class(node: ast.ClassDef, scope: Scope, telling: list[int]) -> None:
    """Class variables, and what methods set on `self`, are known to the whole module by their attribute's name."""
    scope = scope.outermost()
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
