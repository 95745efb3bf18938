"""The Python modules of a repository: what a name imported from one of them is, read when it is first asked for."""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from licensecheck.errors import LicenseCheckError
from licensecheck.lazy import re
from licensecheck.repository.syntax.python_blocks import relevant_text
from licensecheck.repository.syntax.python_flow import Functions
from licensecheck.repository.syntax.python_lines import telling_lines, value_lines
from licensecheck.repository.syntax.python_names import Literal, Scope, literals
from licensecheck.repository.syntax.python_scopes import bind
from licensecheck.text.io import read_text

MAX_SIZE = 1_000_000
MAX_CHAIN = 4
"""Through how many modules a name is followed."""
_MAGIC = re.compile(r"^[^\S\n]*[!%].*$", re.M)
_IMPORTED = re.compile(r"^[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)", re.M)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([\w., \t]+)", re.M)
_INNER_IMPORT = re.compile(r"^[ \t]+(?:from|import)[ \t]", re.M)
_GENERIC = re.compile(r"^([ \t]*(?:async )?(?:def|class)[ \t]+\w+)\[[^\]\n]*(?:\[[^\]\n]*\][^\]\n]*)*\]", re.M)
_ALIAS = re.compile(r"^([ \t]*)type[ \t]+(\w+)(?:\[[^\]\n]*\])?[ \t]*=", re.M)


def parse_python(text: str) -> ast.Module | None:
    """The tree of a text, whichever Python wrote it; None where none can be had.

    Type parameters, which Pythons before 3.12 cannot parse, are taken out; every line stays where it is.
    """
    plain = _MAGIC.sub("", text)
    for form in (plain, _ALIAS.sub(r"\1\2 =", _GENERIC.sub(r"\1", plain))):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(form)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


@dataclass(frozen=True, slots=True)
class Import:
    """Where an imported name comes from: a file, and the name there; none for the module itself."""

    path: str
    name: str | None


@dataclass(slots=True)
class Module:
    """A module with what it binds; `telling` is empty where it holds no value that may be a model."""

    path: str
    tree: ast.Module
    telling: list[int]
    scope: Scope
    functions: Functions
    imports: dict[str, Import]
    size: int = 0
    """How many characters its text has."""


@dataclass(slots=True)
class Modules:
    """The modules of a repository by their paths; each is read once."""

    root: Path = field(default_factory=Path)
    paths: frozenset[str] = frozenset()
    _parts: frozenset[str] = frozenset()
    _ends: dict[str, list[str]] = field(default_factory=dict)
    _known: dict[str, Module | None] = field(default_factory=dict)
    _valuable: dict[tuple[str, str | None], bool] = field(default_factory=dict)
    _outlines: dict[str, tuple[bool, dict[str, Import]]] = field(default_factory=dict)
    _chain: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path, paths: Iterable[str]) -> Modules:
        """The modules among these files."""
        modules = cls(root, frozenset(path for path in paths if path.endswith(".py")))
        for path in sorted(modules.paths):
            modules._ends.setdefault(_end(path), []).append(path)
        modules._parts = frozenset(part.removesuffix(".py") for path in modules.paths for part in path.split("/"))
        return modules

    def may_import(self, text: str) -> bool:
        """True where a text may import a module of the repository, wherever it lies."""
        if not self.paths:
            return False
        for found in _IMPORTED.finditer(text):
            if found[1].startswith(".") or found[1].partition(".")[0] in self._parts:
                return True
        for found in _IMPORT.finditer(text):
            if any(part.split()[0].partition(".")[0] in self._parts for part in found[1].split(",") if part.split()):
                return True
        return False

    def find(self, importer: str, module: str, level: int) -> str | None:
        """The file of a module as the importing file writes it; None for one of another project."""
        parts = [part for part in module.split(".") if part]
        if parts and parts[0] not in self._parts:
            return None
        if level:
            folder = importer.split("/")[:-1]
            base = folder[: len(folder) - level + 1]
            return self._file("/".join([*base, *parts])) if level - 1 <= len(folder) else None
        near = importer.rpartition("/")[0]
        while True:
            found = self._file("/".join([*([near] if near else []), *parts]))
            if found or not near:
                break
            near = near.rpartition("/")[0]
        return found or self._unique(parts)

    def _file(self, stem: str) -> str | None:
        return next((path for path in (f"{stem}.py", f"{stem}/__init__.py") if path in self.paths), None)

    def _unique(self, parts: list[str]) -> str | None:
        """The one file whose path ends as the module's name does, as in a `src` folder."""
        if not parts:
            return None
        ends = tuple(f"/{'/'.join(parts)}{tail}" for tail in (".py", "/__init__.py"))
        found = [path for path in self._ends.get(parts[-1], ()) if f"/{path}".endswith(ends)]
        return found[0] if len(found) == 1 and len(parts) > 1 else None

    def of_text(self, path: str, text: str, values: set[int]) -> Module | None:
        """The module that a text is, as it is already known where another one imports it."""
        known = self._known.get(path)
        if known is not None and known.size == len(text):
            return known
        short = relevant_text(text, values, self._imported_names(path, text))
        tree = parse_python(short) or (parse_python(text) if short != text else None)
        return self.build(path, text, tree, values) if tree is not None else None

    def _imported_names(self, path: str, text: str) -> list[str]:
        """The names that a text imports from modules of the repository that give them values, as far as lines tell."""
        return [name for name, each in self._written_imports(path, text).items() if self._gives_value(each)]

    def _written_imports(self, path: str, text: str) -> dict[str, Import]:
        """What each name is that a text imports from the repository, read from its lines without parsing it."""
        found: dict[str, Import] = {}
        for match in _IMPORTED.finditer(text) if self.paths else ():
            module, level = _written(match[1])
            place = self.find(path, module, level)
            for part in match[2].strip("() \n").split(","):
                words = part.split("#")[0].split()
                if not words or not (place or level):
                    continue
                inner = self.find(path, f"{module}.{words[0]}".lstrip("."), level)
                if inner or place:
                    found[words[-1]] = Import(inner or place or "", None if inner else words[0])
        for match in _IMPORT.finditer(text) if self.paths else ():
            for part in match[1].split(","):
                words = part.split()
                place = self.find(path, words[0], 0) if words else None
                if place:
                    found[words[-1].split(".")[0]] = Import(place, None)
        return found

    def module(self, path: str) -> Module | None:
        """The module in a file; None where it cannot be read."""
        if path not in self._known:
            self._known[path] = None
            text = self._text(path)
            tree = parse_python(text) if text else None
            self._known[path] = self.build(path, text, tree, value_lines(text)) if tree is not None else None
        return self._known[path]

    def _text(self, path: str) -> str:
        place = self.root / path
        try:
            return read_text(place).text if os.path.getsize(place) <= MAX_SIZE else ""
        except (LicenseCheckError, OSError, ValueError):
            return ""

    def build(self, path: str, text: str, tree: ast.Module, values: set[int]) -> Module:
        """A module of its tree, with what it binds and what its names are elsewhere; `values` are lines with values."""
        inner = _INNER_IMPORT.search(text) is not None
        imports = dict(self._imports(path, _statements(tree.body) if inner else tree.body)) if self.paths else {}
        scope, functions = Scope(), Functions.of(tree)
        module = Module(path, tree, [], scope, functions, imports, len(text))
        if imports:
            scope.imported = _Elsewhere(self, module).literals
            functions.elsewhere = _Elsewhere(self, module).functions
        module.telling = telling_lines(tree, text, values, self._valued(imports)) if values or imports else []
        bind(tree.body, scope, module.telling)
        return module

    def _imports(self, path: str, statements: Iterable[ast.stmt]) -> Iterator[tuple[str, Import]]:
        for node in statements:
            if isinstance(node, ast.ImportFrom):
                found = self.find(path, node.module or "", node.level)
                for alias in node.names:
                    inner = self.find(path, f"{node.module or ''}.{alias.name}", node.level)
                    if inner:
                        yield alias.asname or alias.name, Import(inner, None)
                    elif found:
                        yield alias.asname or alias.name, Import(found, alias.name)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    found = self.find(path, alias.name, 0)
                    if found:
                        yield alias.asname or alias.name, Import(found, None)

    def _valued(self, imports: dict[str, Import]) -> list[str]:
        """The imported names that may have a value in the modules that they come from."""
        return [name.rsplit(".", 1)[-1] for name, each in imports.items() if self._gives_value(each)]

    def _gives_value(self, imported: Import) -> bool:
        """True where a module holds values, or hands on what may have one: the name, or any name of a whole module."""
        key = (imported.path, imported.name)
        if key not in self._valuable:
            self._valuable[key] = False  # what is asked for again while it is looked into adds nothing
            holds, further = self._outline(imported.path)
            self._valuable[key] = holds or self._hands_on(imported, further)
        return self._valuable[key]

    def _outline(self, path: str) -> tuple[bool, dict[str, Import]]:
        """Whether a module holds values, and what it imports from the repository."""
        if path not in self._outlines:
            text = self._text(path)
            holds = bool(value_lines(text))
            self._outlines[path] = holds, {} if holds else self._written_imports(path, text)
        return self._outlines[path]

    def _hands_on(self, imported: Import, further: dict[str, Import]) -> bool:
        if imported.name is not None and imported.name in further:
            return self._gives_value(further[imported.name])
        whole = imported.name is None or "*" in further
        return whole and any(self._gives_value(each) for each in further.values() if each.name is not None)


def _written(name: str) -> tuple[str, int]:
    """A module as an import writes it, and the dots before it."""
    plain = name.lstrip(".")
    return plain, len(name) - len(plain)


def _end(path: str) -> str:
    """The last part of the name that a file is imported by."""
    return path.removesuffix("/__init__.py").removesuffix(".py").rsplit("/", 1)[-1]


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, those under conditions and in functions too."""
    for statement in body:
        yield statement
        for name in ("body", "orelse", "finalbody", "handlers"):
            inner = getattr(statement, name, None)
            if isinstance(inner, list):
                yield from _statements(inner)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What the names that a module imports are in the modules that they come from."""

    modules: Modules
    module: Module

    def _target(self, name: str, *, with_values: bool = False) -> tuple[Module, list[str]] | None:
        """The module that a dotted name leads to, and what is left of the name there; it may have to hold values."""
        parts = name.split(".")
        for count in range(len(parts), 0, -1):
            found = self.module.imports.get(".".join(parts[:count]))
            if found is not None:
                if with_values and not self.modules._gives_value(found):
                    return None
                module = self.modules.module(found.path)
                rest = [*([found.name] if found.name else []), *parts[count:]]
                return (module, rest) if module is not None and rest else None
        return None

    def literals(self, name: str) -> list[Literal]:
        """The strings that a dotted name of another module can be."""
        chain = self.modules._chain
        target = self._target(name, with_values=True)
        if target is None or len(chain) >= MAX_CHAIN or target[0].path in chain:
            return []
        module, rest = target
        chain.append(module.path)
        try:
            bound = module.scope.find_attribute(rest[-1]) if len(rest) > 1 else module.scope.find(rest[0])
            found = [each for node in bound for each in literals(node, module.scope)]
            found = found or (module.scope.elsewhere(".".join(rest)) if rest[0] in module.imports else [])
        finally:
            chain.pop()
        return [replace(each, path=each.path or module.path) for each in found]

    def functions(self, name: str) -> tuple[Functions, str] | None:
        """The functions of the module that a called name comes from, and its name there."""
        target = self._target(name)
        return (target[0].functions, target[1][-1]) if target else None
