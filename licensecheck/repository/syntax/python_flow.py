"""Python functions and classes that hand what they are given on to another call, in this module or an imported one."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from licensecheck.repository.syntax.python_names import dotted

MAX_HOPS = 20
Hand = tuple[str, int | str, tuple[tuple[str, str], ...]]
"""A call that something is handed to, its position or keyword there, and the texts that stand beside it there."""
Onward = dict[str, list[Hand]]
"""For each parameter the calls that it is handed to."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Functions:
    """The functions, methods and classes of a module by name; each is looked into when called with something to follow.

    `elsewhere` gives the functions of the module that a name was imported from.
    """

    known: dict[str, Function] = field(default_factory=dict)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    onward: dict[str, Onward] = field(default_factory=dict)
    elsewhere: Callable[[str], tuple[Functions, str] | None] | None = None

    @classmethod
    def of(cls, tree: ast.Module) -> Functions:
        """The functions of a module, the methods of its classes, and the classes themselves."""
        functions = cls()
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                functions.classes[node.name] = node
            for inner in node.body if isinstance(node, ast.ClassDef) else [node]:
                if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    functions.known[inner.name] = inner
        return functions

    def handed_on(self, name: str, node: ast.Call) -> Iterator[tuple[ast.expr, Hand]]:
        """Each argument of a call with the calls that it is handed on to."""
        last = name.rsplit(".", 1)[-1]
        owner: tuple[Functions, str] | None = (self, last)
        if last not in self.known and last not in self.classes:
            owner = self.elsewhere(name) if self.elsewhere else None
        if owner is None:
            return
        given: list[tuple[int | str, ast.expr]] = list(enumerate(node.args))
        given.extend((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)
        for at, argument in given:
            for hand in owner[0].reached(owner[1], at, set()):
                yield argument, hand

    def reached(self, name: str, at: int | str, seen: set[tuple[str, int | str]]) -> Iterator[Hand]:
        """The calls that what is given to a function or class at this place reaches, through further ones too."""
        function = self._function(name)
        if function is None or (name, at) in seen or len(seen) > MAX_HOPS:
            return
        seen.add((name, at))
        if name not in self.onward:
            self.onward[name] = _onward(function, self.classes.get(name))
        for hand in self.onward[name].get(_parameter(function, at), ()):
            yield hand
            yield from self.reached(hand[0].rsplit(".", 1)[-1], hand[1], seen)

    def _function(self, name: str) -> Function | None:
        """The function of this name; of a class how it is made."""
        if name not in self.classes:
            return self.known.get(name)
        made = (each for each in self.classes[name].body if isinstance(each, ast.FunctionDef))
        return next((each for each in made if each.name == "__init__"), None)


def _parameter(function: Function, at: int | str) -> str:
    """The name of the parameter that takes what is given at this place; empty where there is none."""
    names = [each.arg for each in function.args.args if each.arg not in ("self", "cls")]
    return at if isinstance(at, str) else names[at] if at < len(names) else ""


def _onward(function: Function, made: ast.ClassDef | None) -> Onward:
    """Where each parameter is handed to; of a class also what its methods do with what was kept of one."""
    parameters = {each.arg for each in [*function.args.args, *function.args.kwonlyargs]}
    kept: dict[str, str] = {}
    found: Onward = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            for at, value in _given(node):
                name = _source(value, kept)
                if name in parameters:
                    found.setdefault(name, []).append((dotted(node.func), at, _beside(node)))
        elif isinstance(node, ast.Assign):
            name = _source(node.value, kept)
            if name in parameters:
                kept.update((_plain(target), name) for target in node.targets if _plain(target))
    for node in ast.walk(made) if made and kept else ():
        if isinstance(node, ast.Call):
            for at, value in _given(node):
                plain = _plain(value)
                hand = dotted(node.func), at, _beside(node)
                if plain in kept and hand not in found.get(kept[plain], ()):
                    found.setdefault(kept[plain], []).append(hand)
    return found


def _given(node: ast.Call) -> Iterator[tuple[int | str, ast.expr]]:
    yield from enumerate(node.args)
    yield from ((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)


def _beside(node: ast.Call) -> tuple[tuple[str, str], ...]:
    """The keywords of a call that are given a text."""
    return tuple(
        (keyword.arg, keyword.value.value)
        for keyword in node.keywords
        if keyword.arg and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str)
    )


def _source(value: ast.expr, kept: dict[str, str]) -> str:
    """The parameter that a value is, directly, by a default beside it, or by what it was kept in."""
    if isinstance(value, ast.BoolOp):
        return next((name for each in value.values if (name := _source(each, kept))), "")
    if isinstance(value, ast.IfExp):
        return _source(value.body, kept) or _source(value.orelse, kept)
    plain = _plain(value)
    return kept.get(plain, plain if isinstance(value, ast.Name) else "")


def _plain(node: ast.expr) -> str:
    """A name, or an attribute of `self`, as text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        return f"self.{node.attr}"
    return ""
