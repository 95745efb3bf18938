"""Python by its syntax tree: calls, keywords, assignments, defaults, dictionaries, argument lists, docstrings."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from licensecheck.repository.syntax.python_names import (
    Functions,
    Literal,
    Scope,
    bind,
    dotted,
    first_text,
    literals,
    option_of,
    parameters,
    telling_lines,
    tells,
    value_lines,
)
from licensecheck.repository.syntax.shell import Word, command_slots
from licensecheck.repository.syntax.slot import ENVIRONMENT, Kind, Origin, Setting, Slot, normalise
from licensecheck.repository.syntax.tree import Node, parse_settings, walk

# Python line by line: what is commented out, and text that cannot be parsed.


_COMMENT = re.compile(r"^[ \t]*#[ \t]?(.*[=:(].*)$", re.M)
_CALL = re.compile(r"""([A-Za-z_][\w.]{0,100})\(\s*["']([^"'\n]+)["']""")
_KEYWORD = re.compile(r"""([A-Za-z_]\w{0,100})\s*=\s*["']([^"'\n]+)["']""")


def comment_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """Settings and calls that are commented out."""
    for found in _COMMENT.finditer(text):
        line = origin.line + text.count("\n", 0, found.start(1))
        yield from line_slots(found.group(1).strip(), Origin(line, Setting.COMMENT, origin.above, origin.depth))


def line_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """The settings and calls that stand whole on a line."""
    for number, line in enumerate(text.splitlines(), origin.line):
        for name, value in _KEYWORD.findall(line):
            yield Slot(normalise(name), value, number, origin.setting, above=origin.above)
        for name, value in _CALL.findall(line):
            yield Slot(name, value, number, origin.setting, Kind.CALL, origin.above, {}, 0)
        if ": " in line and not line.lstrip().startswith(("def ", "class ", "if ", "for ")):
            yield from (slot for slot in walk(parse_settings(line, line=number), origin) if isinstance(slot, Slot))


# Python by its syntax tree: calls, keywords, assignments, defaults, dictionaries, argument lists, docstrings.


_BLANKED = re.compile(r"^[^\S\n]*[!%].*$", re.M)
_CODE_IN_DOC = re.compile(r"```|^[^\S\n]*(?:>>>|\.\. code)", re.M)
_NAMING = re.compile(r"[\w.}-][/:][\w<{$]|ollama \w")
"""What a docstring has that names a model in its code or commands."""
_WORTH_READING = re.compile(r"\s--?[a-zA-Z]|\n|[{\[]|\w \w")
_PROGRAM = re.compile(r"[a-z][\w./-]*")
MAX_WORDS = 40
_BARE = (ast.Name, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.alias, ast.Import)
"""Nodes that hold no string."""


def python_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """The slots of a Python text; of one that cannot be parsed, those of its lines."""
    yield from comment_slots(text, origin)
    found = value_lines(text)
    if not found:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(_BLANKED.sub("", text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield from line_slots(text, origin)
        return
    yield from _Reader(origin, text.split("\n"), telling_lines(tree, text, found)).module(tree)


class _Reader:
    """Walks a module with the scopes around each statement."""

    def __init__(self, origin: Origin, lines: list[str], telling: list[int]) -> None:
        self.origin = origin
        self.lines = lines
        self.telling = telling
        self.documented: set[int] = set()
        self.inner: set[int] = set()
        self.functions = Functions()

    def module(self, tree: ast.Module) -> Iterator[Slot]:
        """The slots of a whole module."""
        scope = Scope()
        self.functions = Functions.of(tree)
        bind(tree.body, scope, self.telling)
        yield from self._body(tree, scope)

    def _body(
        self, node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope
    ) -> Iterator[Slot]:
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            self.documented.add(id(first.value))
            if _NAMING.search(first.value.value):
                yield from self._docstring(first.value)
        for statement in node.body:
            yield from self._visit(statement, scope)

    def _visit(self, node: ast.AST, scope: Scope) -> Iterator[Slot]:
        """The slots of a node and of all below it."""
        waiting = [node]
        while waiting:
            each = waiting.pop()
            if not tells(each, self.telling):
                continue
            if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from self._function(each, scope)
            elif isinstance(each, ast.ClassDef):
                yield from self._class(each, scope)
            else:
                yield from self._own(each, scope)
                below = [child for child in ast.iter_child_nodes(each) if not isinstance(child, _BARE)]
                waiting.extend(reversed(below))

    def _class(self, node: ast.ClassDef, scope: Scope) -> Iterator[Slot]:
        for outer in [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]:
            yield from self._visit(outer, scope)
        yield from self._body(node, scope)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Iterator[Slot]:
        inner = Scope(outer=scope)
        for name, default in parameters(node.args):
            inner.names.setdefault(name, []).append(default)
            yield from self._keyed(name, default, scope)
            yield from self._visit(default, scope)
        for decorator in node.decorator_list:
            yield from self._visit(decorator, scope)
        bind(node.body, inner, self.telling)
        yield from self._body(node, inner)

    def _own(self, node: ast.AST, scope: Scope) -> Iterator[Slot]:
        """The slots that this node itself makes, its children aside."""
        if isinstance(node, ast.Call):
            yield from self._call(node, scope)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield from self._assigned(target, node.value, scope)
        elif isinstance(node, ast.Dict):
            yield from self._dictionary(node, scope)
        elif isinstance(node, (ast.List, ast.Tuple)):
            yield from self._argv(node, scope)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from self._string(node)

    def _assigned(self, target: ast.expr, value: ast.expr, scope: Scope) -> Iterator[Slot]:
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            name = str(target.slice.value)
        else:
            name = dotted(target).rsplit(".", 1)[-1]
        if name:
            yield from self._keyed(name, value, scope)

    def _keyed(self, name: str, value: ast.expr, scope: Scope) -> Iterator[Slot]:
        if isinstance(value, (ast.Name, ast.Attribute, ast.Dict)):
            return
        for literal in literals(value, scope):
            yield self._slot(normalise(name), literal)

    def _call(self, node: ast.Call, scope: Scope) -> Iterator[Slot]:
        name = dotted(node.func)
        beside = {normalise(k.arg): first_text(k.value, scope) for k in node.keywords if k.arg}
        above = (normalise(name.rsplit(".", 1)[-1]), *self.origin.above)
        option = option_of(node, name, scope)
        if option is not None:
            within = (ENVIRONMENT, *self.origin.above) if option.environment else ()
            for literal in literals(option.default, scope):
                yield self._slot(normalise(option.name), literal, above=within)
        for given, callee, at in self.functions.handed_on(name.rsplit(".", 1)[-1], node):
            for literal in literals(given, scope):
                yield self._slot(callee, literal, kind=Kind.CALL, above=above, at=at)
        for i, argument in enumerate(node.args):
            for literal in literals(argument, scope):
                yield self._slot(name, literal, kind=Kind.CALL, above=above, beside=beside, at=i)
        for keyword in node.keywords:
            if keyword.arg and not isinstance(keyword.value, ast.Dict):
                for literal in literals(keyword.value, scope):
                    yield self._slot(name, literal, kind=Kind.CALL, above=above, beside=beside, at=keyword.arg)

    def _dictionary(self, node: ast.Dict, scope: Scope) -> Iterator[Slot]:
        """An outermost dictionary as a tree, with those inside it."""
        if id(node) in self.inner:
            return
        for slot in walk(self._tree(node, scope), self._here(self.origin.setting)):
            if isinstance(slot, Slot):
                yield self._moved(slot)

    def _tree(self, node: ast.expr, scope: Scope) -> Node:
        """The tree of a literal; a value that can be several strings is there several times."""
        tree = Node(line=node.lineno)
        if isinstance(node, ast.Dict):
            self.inner.add(id(node))
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    tree.pairs.extend((key.value, child) for child in self._children(value, scope))
        elif isinstance(node, (ast.List, ast.Tuple)):
            tree.items.extend(self._tree(each, scope) for each in node.elts if isinstance(each, ast.Dict))
        return tree

    def _children(self, value: ast.expr, scope: Scope) -> list[Node]:
        holds_more = isinstance(value, (ast.List, ast.Tuple)) and any(isinstance(e, ast.Dict) for e in value.elts)
        if isinstance(value, ast.Dict) or holds_more:
            return [self._tree(value, scope)]
        found = literals(value, scope) or [Literal("", value.lineno)]
        return [Node(line=literal.line, text=literal.text) for literal in found]

    def _argv(self, node: ast.List | ast.Tuple, scope: Scope) -> Iterator[Slot]:
        """A list of words that has flags, or begins as a command does, is a command line."""
        words = []
        for element in node.elts:
            found = literals(element, scope)
            words.append(
                Word(found[0].text, found[0].line + self.origin.line - 1) if len(found) == 1 else Word("{}", 0)
            )
        begins = 2 < len(words) <= MAX_WORDS and _PROGRAM.fullmatch(words[0].text)
        if begins or any(word.text.startswith("-") for word in words):
            yield from command_slots(words, self.origin)

    def _string(self, node: ast.Constant) -> Iterator[Slot]:
        """A string that may be a text of its own."""
        text = str(node.value)
        if id(node) not in self.documented and len(text) > 8 and _WORTH_READING.search(text):
            yield self._slot("", Literal(text, node.lineno))

    def _docstring(self, node: ast.Constant) -> Iterator[Slot]:
        """The commands and code in a docstring, read in the source, since the string itself has lost joined lines."""
        from licensecheck.repository.syntax.readers import read

        text = "\n".join(self.lines[node.lineno - 1 : node.end_lineno]).replace('"""', "   ")
        syntax = "markdown" if _CODE_IN_DOC.search(text) else "shell"
        at = self.origin.line + node.lineno - 1
        yield from read(text, syntax, Origin(at, Setting.DOCSTRING, self.origin.above, self.origin.depth + 1))

    def _slot(
        self,
        name: str,
        literal: Literal,
        *,
        kind: Kind = Kind.KEY,
        above: tuple[str, ...] = (),
        beside: dict[str, str] | None = None,
        at: int | str | None = None,
    ) -> Slot:
        line = self.origin.line + literal.line - 1
        return Slot(name, literal.text, line, self.origin.setting, kind, above or self.origin.above, beside or {}, at)

    def _here(self, setting: Setting) -> Origin:
        return Origin(1, setting, self.origin.above, self.origin.depth)

    def _moved(self, slot: Slot) -> Slot:
        line = self.origin.line + slot.line - 1
        return Slot(slot.name, slot.value, line, slot.setting, slot.kind, slot.above, slot.beside, slot.at)
