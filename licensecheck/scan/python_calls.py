"""Functions that hand what they are given on to another call: a name given to them is given to that call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from licensecheck.scan.python_values import dotted

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
