"""Calls into libraries in Python: which function of which import is called, and with what."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from licensecheck.frozen import dataclass, field

# A call, in whatever language it is written, with what is known of its arguments.


@dataclass(frozen=True, slots=True)
class Name:
    """An argument that is a name of something elsewhere, as `settings.BACKBONE`; empty where nothing is known."""

    dotted: str = ""


Value = str | bool | int | None | Name
Key = int | str
PROGRAM = "$"
"""What stands before the name of a call that is a command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call or command at its line. `name` is the function as imported; `given` holds what each argument can be.

    What a call gives is written with `()`, so that a method of it is `chromadb.Client().create_collection`.
    """

    path: str
    line: int
    name: str
    ecosystem: str = "pypi"
    given: Mapping[Key, tuple[Value, ...]] = field(default_factory=dict)
    version: str | None = None
    """The version that stands with the import itself, as addresses of scripts have it."""
    loose: bool = False
    """True for words that may be prose: only a first word that the program knows shows that they are a command."""


# Whether a Python text imports a library at all.


_IMPORT = re.compile(rb"^[ \t]*(?:from|import)[ \t]+([A-Za-z_][\w.]*(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*)*)", re.M)
_IMPORTED = re.compile(rb"import_module\(\s*[\"']([\w.]+)")


def imports_any(data: bytes, modules: frozenset[str]) -> Iterator[str]:
    """Those of the modules of which an import stands on a line."""
    for found in _IMPORT.finditer(data):
        for each in found[1].split(b","):
            module = each.strip().partition(b".")[0].decode()
            if module in modules:
                yield module
    if b"import_module" in data:
        for found in _IMPORTED.finditer(data):
            module = found[1].partition(b".")[0].decode()
            if module in modules:
                yield module


# Calls into libraries in Python.


MAX_DEPTH = 6
"""How far a value is followed."""
MAX_STEPS = 40
"""How far a function is followed; no name is followed twice."""
MAX_VALUES = 16
_RUNNERS = frozenset(
    [
        "partial", "map", "submit", "starmap", "imap", "imap_unordered", "map_async", "apply", "apply_async",
        "to_thread", "run_in_executor", "run_sync", "Thread", "Process", "Depends", "delayed", "lru_cache", "cache",
        "cached", "st_cache", "cache_resource", "Lazy", "lazy", "call_soon", "run", "Parallel"
    ]
)  # fmt: skip
"""Functions that are handed another one to call it."""
_BARE = frozenset({ast.Name, ast.Load, ast.Store, ast.Constant, ast.alias, ast.Pass})
"""Nodes with nothing below them."""


def python_calls(text: str, path: str, modules: frozenset[str]) -> list[Call]:
    """The calls into these modules; none where the text is no Python that can be parsed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(re.sub(r"^[^\S\n]*[!%].*$", "", text, flags=re.M))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return sorted(_Module(tree, path, modules).calls(), key=_line)


def _line(call: Call) -> int:
    return call.line


class _Module:
    """A module: its imports, what its names are bound to, and who calls its own functions."""

    def __init__(self, tree: ast.Module, path: str, modules: frozenset[str]) -> None:
        self.tree = tree
        self.path = path
        self.modules = modules
        self.imports: dict[str, str] = {}
        self.stars: list[str] = []
        self.bound: dict[str, list[ast.expr]] = {}
        self.owners: dict[ast.AST, ast.FunctionDef | ast.AsyncFunctionDef] = {}
        self.classes: dict[ast.AST, ast.ClassDef] = {}
        self.callers: dict[str, list[ast.Call]] = {}
        self.known: dict[str, list[str]] = {}
        self.nodes: list[ast.Call | ast.ClassDef] = []
        self._collect(tree, None, None)

    def _collect(
        self,
        node: ast.AST,
        function: ast.FunctionDef | ast.AsyncFunctionDef | None,
        owner: ast.ClassDef | None,
    ) -> None:
        """Note imports, bindings and calls of a node and of all below it; what only a type checker sees is left out."""
        waiting: list[tuple[ast.AST, ast.FunctionDef | ast.AsyncFunctionDef | None, ast.ClassDef | None]] = [
            (node, function, owner)
        ]
        while waiting:
            each, inside, within = waiting.pop()
            if isinstance(each, ast.If) and _is_type_checking(each.test):
                waiting.extend((child, inside, within) for child in each.orelse)
                continue
            self._note(each, inside, within)
            if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
                inside = each
            elif isinstance(each, ast.ClassDef):
                within = each
            waiting.extend((child, inside, within) for child in ast.iter_child_nodes(each) if type(child) not in _BARE)

    def _note(
        self, node: ast.AST, inside: ast.FunctionDef | ast.AsyncFunctionDef | None, within: ast.ClassDef | None
    ) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.imports[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                if alias.name == "*":
                    self.stars.append(base)
                else:
                    self.imports[alias.asname or alias.name] = f"{base}.{alias.name}" if base else alias.name
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value)
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
            self._bind(node.target, node.value)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._bind(node.optional_vars, node.context_expr)
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
            items = node.iter.elts if isinstance(node.iter, (ast.List, ast.Tuple, ast.Set)) else []
            for item in items:
                self._bind(node.target, item)
        elif isinstance(node, ast.Call):
            self.nodes.append(node)
            self.callers.setdefault(dotted(node.func).rpartition(".")[2], []).append(node)
        elif isinstance(node, ast.ClassDef) and node.bases:
            self.nodes.append(node)
        if inside is not None and isinstance(node, ast.Call):
            self.owners[node] = inside
        if within is not None and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.classes[node] = within

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            for one, other in zip(target.elts, value.elts, strict=True):
                self._bind(one, other)
        elif dotted(target):
            self.bound.setdefault(dotted(target), []).append(value)

    def calls(self) -> Iterator[Call]:
        """Every call whose function an import leads to."""
        for node in self.nodes:
            if isinstance(node, ast.ClassDef):
                yield from self._built_in_class(node)
                continue
            for name in self._functions(node.func, node):
                if not name.endswith("()"):
                    yield self._call(name, node, node.args, node.keywords)
            yield from self._handed_on(node)

    def _handed_on(self, node: ast.Call) -> Iterator[Call]:
        """A function of a library handed to what calls it, as `partial(YOLO, "x.pt")` or `pool.map(remove, files)`."""
        if dotted(node.func).rpartition(".")[2] not in _RUNNERS:
            return
        for i, argument in enumerate(node.args):
            if isinstance(argument, (ast.Name, ast.Attribute)):
                for name in self._functions(argument, node):
                    partial = dotted(node.func).rpartition(".")[2] == "partial"
                    yield self._call(
                        name, node, node.args[i + 1 :] if partial else [], node.keywords if partial else []
                    )
        for keyword in node.keywords:
            if keyword.arg in ("target", "func", "fn", "default_factory") and isinstance(
                keyword.value, (ast.Name, ast.Attribute)
            ):
                for name in self._functions(keyword.value, node):
                    yield self._call(name, node, [], [])

    def _built_in_class(self, node: ast.ClassDef) -> Iterator[Call]:
        """Calls of the constructor of a base class that a library defines."""
        bases = [name for base in node.bases for name in self._functions(base, node)]
        if not bases:
            return
        for each in ast.walk(node):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "__init__":
                for name in bases:
                    yield self._call(name, each, each.args, each.keywords)

    def _call(self, name: str, node: ast.Call, args: Iterable[ast.expr], keywords: Iterable[ast.keyword]) -> Call:
        given: dict[Key, tuple[Value, ...]] = {}
        for i, argument in enumerate(args):
            if isinstance(argument, ast.Starred):
                break
            given[i] = self._values(argument, node)
        for keyword in keywords:
            if keyword.arg:
                given[keyword.arg] = self._values(keyword.value, node)
            else:
                given.update(self._spread(keyword.value, node))
        return Call(path=self.path, line=node.lineno, name=name, given=given)

    def _spread(self, node: ast.expr, at: ast.AST, depth: int = 0) -> dict[Key, tuple[Value, ...]]:
        """The keywords that `**node` hands over."""
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            return {
                key.value: self._values(value, at)
                for key, value in pairs
                if isinstance(key, ast.Constant) and isinstance(key.value, str)
            }
        if isinstance(node, ast.Call) and dotted(node.func) == "dict":
            return {each.arg: self._values(each.value, at) for each in node.keywords if each.arg}
        found: dict[Key, tuple[Value, ...]] = {}
        for value in self.bound.get(dotted(node), ()) if depth < MAX_DEPTH else ():
            found.update(self._spread(value, at, depth + 1))
        return found

    # What a function is called in the library that it comes from.

    def _functions(self, node: ast.expr, at: ast.AST, depth: int = 0) -> list[str]:
        """The names of an expression in the libraries, as `rembg.new_session`; none where it is of none of them."""
        if depth > MAX_STEPS:
            return []
        if isinstance(node, ast.Name):
            return self._named(node.id, at, depth)
        if isinstance(node, ast.Attribute):
            whole = dotted(node)
            if whole in self.bound:
                found = [n for value in self.bound[whole] for n in self._functions(value, at, depth + 1)]
                if found:
                    return found
            return [f"{base}.{node.attr}" for base in self._functions(node.value, at, depth + 1)]
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            if name == "getattr" and len(node.args) > 1:
                names = [each for each in self._values(node.args[1], at) if isinstance(each, str)]
                return [f"{base}.{n}" for base in self._functions(node.args[0], at, depth + 1) for n in names]
            if name in ("importlib.import_module", "import_module", "__import__") and node.args:
                given = self._values(node.args[0], at)
                return [n for n in given if isinstance(n, str) and self._is_known(n)]
            return [f"{found}()" for found in self._functions(node.func, at, depth + 1)]
        if isinstance(node, ast.IfExp):
            return [*self._functions(node.body, at, depth + 1), *self._functions(node.orelse, at, depth + 1)]
        if isinstance(node, ast.Await):
            return self._functions(node.value, at, depth + 1)
        return []

    def _named(self, name: str, at: ast.AST, depth: int) -> list[str]:
        imported = self.imports.get(name)
        if imported is not None:
            return [imported] if self._is_known(imported) else []
        if name in self.known:
            return self.known[name]
        self.known[name] = []  # a name that leads back to itself leads nowhere
        found = [n for value in self.bound.get(name, ()) for n in self._functions(value, at, depth + 1)]
        if not found and name not in self.bound:
            found = [f"{star}.{name}" for star in self.stars if self._is_known(star)]
        self.known[name] = list(dict.fromkeys(found))
        return self.known[name]

    def _is_known(self, name: str) -> bool:
        return name.partition(".")[0] in self.modules

    # What an argument can be.

    def _values(self, node: ast.expr, at: ast.AST, depth: int = 0) -> tuple[Value, ...]:
        """Everything that an expression can be, as far as the module says."""
        return tuple(dict.fromkeys(islice(self._each(node, at, depth), MAX_VALUES))) or (Name(),)

    def _each(self, node: ast.expr | None, at: ast.AST, depth: int) -> Iterator[Value]:
        if node is None or depth > MAX_DEPTH:
            return
        if isinstance(node, ast.Constant):
            if isinstance(node.value, (str, bool, int)) or node.value is None:
                yield node.value
        elif isinstance(node, (ast.Name, ast.Attribute)):
            yield from self._of_name(node, at, depth)
        elif isinstance(node, ast.IfExp):
            yield from self._each(node.body, at, depth + 1)
            yield from self._each(node.orelse, at, depth + 1)
        elif isinstance(node, ast.BoolOp):
            for part in node.values:
                yield from self._each(part, at, depth + 1)
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            for part in node.elts:
                yield from self._each(part, at, depth + 1)
        elif isinstance(node, ast.JoinedStr):
            yield "".join(self._piece(part, at, depth) for part in node.values)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self._text(node.left, at, depth), self._text(node.right, at, depth)
            if left != "*" or right != "*":
                yield left + right
        elif isinstance(node, ast.Subscript):
            yield from self._picked(node, at, depth)
        elif isinstance(node, ast.Call):
            yield from self._called(node, at, depth)

    def _piece(self, part: ast.expr, at: ast.AST, depth: int) -> str:
        return self._text(part.value if isinstance(part, ast.FormattedValue) else part, at, depth)

    def _text(self, node: ast.expr, at: ast.AST, depth: int) -> str:
        """The one string that an expression is; `*` where it is not known, or can be several."""
        found = [each for each in self._each(node, at, depth + 1) if isinstance(each, str)]
        return found[0] if len(found) == 1 else "*"

    def _of_name(self, node: ast.Name | ast.Attribute, at: ast.AST, depth: int) -> Iterator[Value]:
        name = dotted(node)
        values = self.bound.get(name)
        if values is None and isinstance(node, ast.Attribute) and name.startswith(("self.", "cls.")):
            values = self.bound.get(node.attr)
        if values is None and isinstance(node, ast.Attribute):
            values = self._option(node.attr)
        if values:
            for value in values:
                yield from self._each(value, at, depth + 1)
            return
        owner = self.owners.get(at)
        if isinstance(node, ast.Name) and owner is not None:
            found = list(self._parameter(node.id, owner, depth))
            yield from found
            if found:
                return
        root = name.partition(".")[0]
        yield Name(self.imports[root] + name[len(root) :] if root in self.imports else "")

    def _option(self, name: str) -> list[ast.expr] | None:
        """The default of a command line option or a field that an attribute of this name reads."""
        for call in self.callers.get("add_argument", ()):
            flags = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if any(flag.lstrip("-").replace("-", "_") == name for flag in flags):
                return [k.value for k in call.keywords if k.arg == "default"] or None
        return self.bound.get(name)

    def _parameter(self, name: str, owner: ast.FunctionDef | ast.AsyncFunctionDef, depth: int) -> Iterator[Value]:
        """What the parameter of a function of this module can be: its default, and what its callers here give."""
        given = owner.args
        names = [each.arg for each in (*given.posonlyargs, *given.args)]
        only = [each.arg for each in given.kwonlyargs]
        if name not in (*names, *only):
            return
        padded = [*([None] * (len(names) - len(given.defaults))), *given.defaults]
        default = dict(zip(names, padded, strict=True)) | dict(zip(only, given.kw_defaults, strict=True))
        yield from self._each(default[name], owner, depth + 1)
        within = self.classes.get(owner)
        called = within.name if owner.name == "__init__" and within is not None else owner.name
        shift = 1 if names and names[0] in ("self", "cls") else 0
        for call in self.callers.get(called, ()):
            at = names.index(name) - shift if name in names else -1
            if 0 <= at < len(call.args):
                yield from self._each(call.args[at], call, depth + 1)
            for keyword in call.keywords:
                if keyword.arg == name:
                    yield from self._each(keyword.value, call, depth + 1)

    def _picked(self, node: ast.Subscript, at: ast.AST, depth: int) -> Iterator[Value]:
        """One of the values of a dictionary or list of this module; all of them where the key is not known."""
        if dotted(node.value) in ("os.environ", "environ"):
            return
        keys = {each for each in self._each(node.slice, at, depth + 1) if isinstance(each, (str, int))}
        for held in [node.value, *self.bound.get(dotted(node.value), ())]:
            if isinstance(held, ast.Dict):
                for key, value in zip(held.keys, held.values, strict=True):
                    if not keys or (isinstance(key, ast.Constant) and key.value in keys):
                        yield from self._each(value, at, depth + 1)
            elif isinstance(held, (ast.List, ast.Tuple)):
                numbers = [k for k in keys if isinstance(k, int) and -len(held.elts) <= k < len(held.elts)]
                for part in [held.elts[k] for k in numbers] if numbers else held.elts:
                    yield from self._each(part, at, depth + 1)

    def _called(self, node: ast.Call, at: ast.AST, depth: int) -> Iterator[Value]:
        """What a call gives that hands a value on: a look-up with a default, a wrapper, a field."""
        name = dotted(node.func).rpartition(".")[2]
        if name in ("getenv", "get", "pop", "setdefault") and len(node.args) > 1:
            yield from self._each(node.args[1], at, depth + 1)
        elif name in ("str", "Path", "cast", "field", "Field", "Option", "Argument", "strip", "lower") and node.args:
            yield from self._each(node.args[0], at, depth + 1)
        elif name == "get" and isinstance(node.func, ast.Attribute):
            for held in self.bound.get(dotted(node.func.value), ()):
                if isinstance(held, ast.Dict):
                    for value in held.values:
                        yield from self._each(value, at, depth + 1)
        for keyword in node.keywords:
            if keyword.arg == "default":
                yield from self._each(keyword.value, at, depth + 1)


def dotted(node: ast.AST) -> str:
    """The name that an expression is, as `a.b.c`; empty where it is none."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return f"().{'.'.join(reversed(parts))}" if parts else ""
    return ".".join((node.id, *reversed(parts)))


def _is_type_checking(test: ast.expr) -> bool:
    return dotted(test).rpartition(".")[2] == "TYPE_CHECKING"


# Constants of a module that another one reads.


def constant_of(text: str, name: str) -> tuple[str, ...]:
    """The strings that a name at the top of a module, or an attribute of a class there, is bound to."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    module = _Module(tree, "", frozenset())
    last = name.rpartition(".")[2]
    return tuple(
        value for node in module.bound.get(last, ()) for value in module._values(node, tree) if isinstance(value, str)
    )
