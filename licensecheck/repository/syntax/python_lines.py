"""Which lines of a Python file can matter, so that only the statements on them are looked into."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from licensecheck.repository.syntax.python_names import attribute_of, carries_text, parameters
from licensecheck.repository.syntax.relevance import PYTHON_VALUES
from licensecheck.repository.syntax.slot import breaks_of, line_at

_ROUNDS = 4
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DECORATED = (*_FUNCTIONS, ast.ClassDef)


def telling_lines(tree: ast.Module, text: str, values: set[int], imported: Iterable[str] = ()) -> list[int]:
    """The numbers, sorted, of the lines that hold values, and of those that use a name that such a line binds.

    `imported` are names that other modules of the repository bind to values.
    """
    breaks = breaks_of(text)
    found = set(values)
    known: set[str] = set()
    fresh = set(imported)
    for _ in range(_ROUNDS):
        fresh = (fresh | set(_bound(tree, sorted(found)))) - known
        if not fresh:
            break
        known |= fresh
        for name in fresh:
            found.update(line_at(breaks, at) + 1 for at in _places_of(name, text))
        fresh = set()
    return sorted(found)


def value_lines(text: str) -> set[int]:
    """The lines with a value that may be a model."""
    lower = text.lower()
    breaks = breaks_of(lower)
    lines: set[int] = set()
    for needle, pattern in PYTHON_VALUES:
        for found in pattern.finditer(lower) if needle in lower else ():
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
            yield from (each.arg for each, default in parameters(child) if tells(default, telling))
            continue
        if isinstance(child, ast.comprehension) and tells(child.iter, telling):
            yield from _names(child.target)
        if isinstance(child, ast.expr_context) or not tells(child, telling):
            continue
        if isinstance(child, _FUNCTIONS) and any(tells(each, telling) for each in child.decorator_list):
            yield from (each.arg for each in (*child.args.args, *child.args.kwonlyargs))  # cases of a test
        for target in _targets(child, telling):
            yield from _names(target)
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Call):
            option = attribute_of(child.value)
            if option is not None:
                yield option[0]
        if not isinstance(child, ast.expr) or isinstance(
            child, (ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
        ):
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


def _names(target: ast.expr) -> list[str]:
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Attribute):
        return [target.attr]
    return [name for each in target.elts for name in _names(each)] if isinstance(target, ast.Tuple) else []
