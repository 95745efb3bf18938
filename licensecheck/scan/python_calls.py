"""Functions that hand what they are given on to another call: a name given to them is given to that call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from licensecheck.scan.python_values import dotted

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
        """Each argument of a call with the call that it is handed on to, and its position or keyword there."""
        function = self.known.get(name)
        if function is None:
            return
        if name not in self.onward:
            self.onward[name] = _onward(function)
        names = [each.arg for each in function.args.args if each.arg not in ("self", "cls")]
        given = [*zip(names, node.args, strict=False), *((k.arg, k.value) for k in node.keywords if k.arg)]
        for parameter, argument in given:
            for callee, at in self.onward[name].get(parameter, ()):
                yield argument, callee, at


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
