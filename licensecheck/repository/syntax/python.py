"""Python by its syntax tree: calls, keywords, assignments, defaults, dictionaries, argument lists, docstrings."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from licensecheck.frozen import replace
from licensecheck.lazy import re
from licensecheck.repository.syntax.code import code_slots
from licensecheck.repository.syntax.python_flow import Functions
from licensecheck.repository.syntax.python_lines import tells, value_lines
from licensecheck.repository.syntax.python_modules import Modules
from licensecheck.repository.syntax.python_names import (
    Literal,
    Scope,
    dotted,
    first_text,
    literals,
    option_of,
    parameters,
)
from licensecheck.repository.syntax.python_scopes import bind, bind_loop
from licensecheck.repository.syntax.shell import Word, command_slots
from licensecheck.repository.syntax.slot import CARD, ENVIRONMENT, Kind, Origin, Setting, Slot, normalise
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


_CODE_IN_DOC = re.compile(r"```|^[^\S\n]*(?:>>>|\.\. code)", re.M)
_NAMING = re.compile(r"[\w.}-][/:][\w<{$]|ollama \w")
"""What a docstring has that names a model in its code or commands."""
_WORTH_READING = re.compile(r"\s--?[a-zA-Z]|\n|[{\[]|\w \w")
_PROGRAM = re.compile(r"[a-z][\w./-]*")
MAX_WORDS = 40
_BARE = (ast.Name, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.alias, ast.Import)
"""Nodes that hold no string."""


ReadText = Callable[[str, str, Origin], Iterator[Slot]]
"""Reads a text in a named syntax: `readers.read`, handed in so that no reader imports the table of all of them."""


def python_slots(text: str, origin: Origin, read: ReadText) -> Iterator[Slot]:
    """The slots of a Python text; of one that cannot be parsed, those of its lines.

    `read` reads what stands in docstrings.
    """
    yield from comment_slots(text, origin)
    modules = origin.modules if isinstance(origin.modules, Modules) else Modules()
    values = value_lines(text)
    if not values and not modules.paths:
        return
    whole = origin.path if origin.depth == 0 else ""
    module = modules.of_text(whole, text, values)
    if module is None:
        yield from code_slots(text, origin, "code-hash")
    elif module.telling:
        reader = _Reader(origin, text.split("\n"), module.telling, read)
        yield from reader.module(module.tree, module.scope, module.functions)


_SENDING = frozenset({"post", "put", "patch", "request", "stream", "apost", "websocket_connect", "send_json", "create"})
"""Methods that send what they are given to a server."""
_FETCHED = re.compile(r"(?:^|_)(?:pull|download|fetch|preload|load)(?:ed)?_.*model")
"""A fixture or variable whose model is fetched."""
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_TABLE = re.compile(r"(?:^|_)models?(?:_|$)")
_SETTINGS_OF_MODEL = re.compile(
    r"(?:^|[a-z_])(?:Model|LLM|Llm|Embedding|Reranker)(?:Config|Configuration|Settings|Args|Arguments|Options|Params|Parameters|Spec)$"
)
"""A class that holds the settings of a model, among them its name."""
_MODEL_TYPE = re.compile(r"(?:Model|Checkpoint|Encoder|Embedder)\b")


_LOADER = re.compile(
    r"(?:from_pretrained|snapshot_download|hf_hub_download|load_model|download_model|WhisperModel|SentenceTransformer"
    r"|CrossEncoder|TextEmbedding|LLM|pipeline)\(\s*(?:\w+\s*=\s*)?(?:self\.)?([A-Za-z_]\w*)\s*[,)\[]"
)
OPEN_LOADER = "open_loader"
"""What stands above a list of models in a file that loads what a parameter says."""


def _has_open_loader(text: str) -> bool:
    """True where a call loads what a parameter without a known value says."""
    names = {found[1] for found in _LOADER.finditer(text)}
    return any(re.search(rf"\bdef\s+\w+\([^)]*\b{name}\b|\bself\.{name}\s*=|\w\[{name}\]", text) for name in names)


def _cases(node: ast.expr, scope: Scope) -> Iterator[tuple[str, ast.expr]]:
    """Each name that `parametrize` gives something, with that."""
    if not isinstance(node, ast.Call) or not dotted(node.func).endswith("parametrize") or len(node.args) < 2:
        return
    named = node.args[0]
    listed = [first_text(each, scope) for each in named.elts] if isinstance(named, (ast.List, ast.Tuple)) else None
    names = listed or first_text(named, scope).replace(" ", "").split(",")
    rows = node.args[1].elts if isinstance(node.args[1], (ast.List, ast.Tuple)) else [node.args[1]]
    for row in rows:
        if isinstance(row, ast.Call) and dotted(row.func).endswith("param"):
            parts = row.args
        else:
            parts = row.elts if isinstance(row, (ast.List, ast.Tuple)) and len(names) > 1 else [row]
        yield from zip(names, parts, strict=False)


def _of_model(parameter: ast.arg) -> str | None:
    """`model` for a parameter whose type says that it is one."""
    kind = parameter.annotation
    names = dotted(kind) if isinstance(kind, (ast.Name, ast.Attribute)) else ""
    return "model" if names and _MODEL_TYPE.search(names) and names != "BaseModel" else None


class _Reader:
    """Walks a module with the scopes around each statement."""

    def __init__(self, origin: Origin, lines: list[str], telling: list[int], read: ReadText) -> None:
        self.origin = origin
        self.lines = lines
        self.telling = telling
        self.read = read
        self.documented: set[int] = set()
        self.inner: set[int] = set()
        self.sent: set[int] = set()
        self.given: dict[int, str] = {}
        self.is_open: bool | None = None
        self.functions = Functions()

    def module(self, tree: ast.Module, scope: Scope, functions: Functions) -> Iterator[Slot]:
        """The slots of a whole module."""
        self.functions = functions
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
        around = self.origin
        if _SETTINGS_OF_MODEL.search(node.name):
            self.origin = replace(around, above=("model", *around.above))
        yield from self._body(node, scope)
        self.origin = around

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Iterator[Slot]:
        inner = Scope(outer=scope)
        for parameter, default in parameters(node.args):
            inner.names.setdefault(parameter.arg, []).append(default)
            yield from self._keyed(_of_model(parameter) or parameter.arg, default, scope)
            yield from self._visit(default, scope)
        for decorator in node.decorator_list:
            yield from self._visit(decorator, scope)
            for name, given in _cases(decorator, scope):
                inner.names.setdefault(name, []).append(given)
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
        elif isinstance(node, _COMPREHENSIONS):
            for each in node.generators:
                bind_loop(each.target, each.iter, scope)
        elif isinstance(node, ast.JoinedStr):
            yield from self._card(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from self._string(node)

    def _assigned(self, target: ast.expr, value: ast.expr, scope: Scope) -> Iterator[Slot]:
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            name = str(target.slice.value)
        else:
            name = dotted(target).rsplit(".", 1)[-1]
        if name and isinstance(value, ast.Dict) and _TABLE.search(normalise(name)):
            yield from self._table(name, value)
        if name:
            yield from self._keyed(name, value, scope)

    def _table(self, name: str, table: ast.Dict) -> Iterator[Slot]:
        """A table of models: its plain values, and keys that are ids."""
        flat = all(isinstance(value, ast.Constant) for value in table.values)
        for each in [*table.keys, *(table.values if flat else ())]:
            value = each.value if isinstance(each, ast.Constant) else None
            if isinstance(value, str) and (each in table.values or "/" in value):
                yield self._slot(normalise(name), Literal(value, each.lineno if each else 0), above=self._list_above())

    def _keyed(self, name: str, value: ast.expr, scope: Scope) -> Iterator[Slot]:
        if isinstance(value, (ast.Name, ast.Attribute, ast.Dict)):
            return
        listed = isinstance(value, (ast.List, ast.Tuple, ast.Set)) and _TABLE.search(normalise(name))
        above = self._list_above() if listed else ()
        for literal in literals(value, scope):
            yield self._slot(normalise(name), literal, above=above)

    def _list_above(self) -> tuple[str, ...]:
        """What stands above a list of models: where a call of the file loads what a parameter says, any may be it."""
        if self.is_open is None:
            self.is_open = _has_open_loader("\n".join(self.lines))
        return (OPEN_LOADER, *self.origin.above) if self.is_open else ()

    def _call(self, node: ast.Call, scope: Scope) -> Iterator[Slot]:
        name = dotted(node.func)
        beside = {normalise(k.arg): first_text(k.value, scope) for k in node.keywords if k.arg}
        above = (normalise(name.rsplit(".", 1)[-1]), *self.origin.above)
        option = option_of(node, name, scope)
        if option is not None:
            within = (ENVIRONMENT, *self.origin.above) if option.environment else ()
            for literal in literals(option.default, scope):
                yield self._slot(normalise(option.name), literal, above=within)
        if name.endswith("parametrize"):
            yield from self._parametrized(node, scope)
        if name.rsplit(".", 1)[-1] in _SENDING:
            self._send(node)
        for given, (callee, at, stated) in self.functions.handed_on(name, node):
            there = {normalise(key): value for key, value in stated}
            for literal in literals(given, scope):
                yield self._slot(callee, literal, kind=Kind.CALL, above=above, beside=there, at=at)
        for i, argument in enumerate(node.args):
            for literal in literals(argument, scope):
                yield self._slot(name, literal, kind=Kind.CALL, above=above, beside=beside, at=i)
        for keyword in node.keywords:
            if keyword.arg and isinstance(keyword.value, ast.Dict):
                self.given[id(keyword.value)] = normalise(keyword.arg)
            elif keyword.arg and not (option is not None and keyword.value is option.default):
                for literal in literals(keyword.value, scope):
                    yield self._slot(name, literal, kind=Kind.CALL, above=above, beside=beside, at=keyword.arg)

    def _parametrized(self, node: ast.Call, scope: Scope) -> Iterator[Slot]:
        """What `parametrize("model, size", [...])` gives to each name."""
        for name, given in _cases(node, scope):
            for literal in literals(given, scope):
                if _FETCHED.search(name):
                    yield self._slot("pull_model", literal, kind=Kind.CALL, at=0)
                else:
                    yield self._slot(normalise(name), literal)

    def _send(self, node: ast.Call) -> None:
        """Note the dictionaries that a call sends elsewhere."""
        for given in [*node.args, *(keyword.value for keyword in node.keywords)]:
            self.sent.update(id(each) for each in ast.walk(given) if isinstance(each, ast.Dict))

    def _dictionary(self, node: ast.Dict, scope: Scope) -> Iterator[Slot]:
        """An outermost dictionary as a tree, with those inside it; one that is sent is a request."""
        if id(node) in self.inner:
            return
        here = self._here(self.origin.setting)
        if id(node) in self.given:
            here = replace(here, above=(self.given[id(node)], *here.above))
        if id(node) in self.sent:
            here = replace(here, above=("curl", *here.above))
        for slot in walk(self._tree(node, scope), here):
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

    def _card(self, node: ast.JoinedStr) -> Iterator[Slot]:
        """A document with front matter that a program fills in: read as one, what is put in left out."""
        parts = [each.value if isinstance(each, ast.Constant) else "{}" for each in node.values]
        text = "".join(map(str, parts))
        if text.lstrip().startswith("---") and CARD.match(text):
            self.documented.update(id(each) for each in ast.walk(node))
            at = self.origin.line + node.lineno - 1
            yield from self.read(
                text, "markdown", Origin(at, Setting.DOCSTRING, self.origin.above, self.origin.depth + 1)
            )

    def _docstring(self, node: ast.Constant) -> Iterator[Slot]:
        """The commands and code in a docstring, read in the source, since the string itself has lost joined lines."""
        text = "\n".join(self.lines[node.lineno - 1 : node.end_lineno]).replace('"""', "   ")
        syntax = "markdown" if _CODE_IN_DOC.search(text) else "shell"
        at = self.origin.line + node.lineno - 1
        yield from self.read(text, syntax, Origin(at, Setting.DOCSTRING, self.origin.above, self.origin.depth + 1))

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
        above = above or self.origin.above
        if literal.path:
            line = literal.line
        return Slot(name, literal.text, line, self.origin.setting, kind, above, beside or {}, at, literal.path)

    def _here(self, setting: Setting) -> Origin:
        return Origin(1, setting, self.origin.above, self.origin.depth)

    def _moved(self, slot: Slot) -> Slot:
        line = self.origin.line + slot.line - 1
        return Slot(slot.name, slot.value, line, slot.setting, slot.kind, slot.above, slot.beside, slot.at)
