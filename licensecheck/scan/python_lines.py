"""Which lines of a Python file can matter, so that only the statements on them are looked into."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Iterable

from licensecheck.scan.prefilter import PYTHON_VALUE

_ROUNDS = 3


def telling_lines(tree: ast.Module, text: str) -> list[int]:
    """The numbers, sorted, of lines that hold a value that may be a model, or use a name that such a line binds."""
    breaks = [i for i, c in enumerate(text) if c == "\n"]
    found = _lines_with(PYTHON_VALUE, text, breaks)
    known: set[str] = set()
    for _ in range(_ROUNDS if found else 0):
        fresh = {name for name in _bound(tree, sorted(found)) if len(name) > 2} - known
        if not fresh:
            break
        known |= fresh
        found |= _lines_with(re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(fresh)))})\b"), text, breaks)
    return sorted(found)


def _lines_with(pattern: re.Pattern[str], text: str, breaks: list[int]) -> set[int]:
    return {bisect_left(breaks, at) + 1 for found in pattern.finditer(text) for at in (found.start(), found.end() - 1)}


def tells(node: ast.AST, telling: list[int]) -> bool:
    """True where one of the lines lies in the node; also for nodes without a place."""
    start = getattr(node, "lineno", None)
    if start is None:
        return True
    if getattr(node, "decorator_list", None):
        start = node.decorator_list[0].lineno  # type: ignore[attr-defined]  # only definitions have decorators
    at = bisect_left(telling, start)
    return at < len(telling) and telling[at] <= (getattr(node, "end_lineno", None) or start)


def _bound(node: ast.AST, telling: list[int]) -> Iterable[str]:
    """The names that statements and parameters on these lines bind."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.expr, ast.expr_context)) or not tells(child, telling):
            continue
        if isinstance(child, ast.Assign):
            for target in child.targets:
                yield from _names(target)
        elif isinstance(child, (ast.AnnAssign, ast.For, ast.AsyncFor)):
            yield from _names(child.target)
        elif isinstance(child, ast.arguments):
            yield from (each.arg for each in [*child.args, *child.kwonlyargs] if _has_default(child))
        yield from _bound(child, telling)


def _has_default(arguments: ast.arguments) -> bool:
    return bool(arguments.defaults or any(arguments.kw_defaults))


def _names(target: ast.expr) -> list[str]:
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Attribute):
        return [target.attr]
    return [name for each in target.elts for name in _names(each)] if isinstance(target, ast.Tuple) else []
