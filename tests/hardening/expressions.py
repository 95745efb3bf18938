"""Every regular expression of the package, those made from rules included, and texts made to stall each.

Run as a program it prints what it has found, which must happen before anything of the package is imported.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

try:
    from re import _constants as constants
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as constants
    import sre_parse as parser

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "licensecheck"
FUNCTIONS = ("compile", "match", "search", "sub", "subn", "split", "findall", "finditer", "fullmatch")
BUILT = "identify/index_build.py:"
UNTRIED = (
    *("models/sidecars.py:", "models/training_data.py:", "repository/library_commands.py:"),
    *("repository/library_loads.py:", "repository/library_scripts.py:", "repository/library_versions.py:"),
    *("repository/syntax/code.py:", "repository/syntax/python.py:"),
)
"""Modules with an expression that is put together in a function and that `_use` does not reach: a known gap."""
"""The module in which the texts of SPDX give an expression, when a maintainer builds the index."""
REPEATS = tuple(
    getattr(constants, name) for name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") if hasattr(constants, name)
)
ATOMIC = getattr(constants, "ATOMIC_GROUP", None)
CATEGORIES = {constants.CATEGORY_DIGIT: "1", constants.CATEGORY_SPACE: " ", constants.CATEGORY_WORD: "a"}
ENDS = ("", "\0", "\n\0")

Attack = tuple[str, str, str]
"""How a text begins, what it repeats, and how it ends."""


def sites() -> dict[str, str | None]:
    """Each place `file:line` where an expression is given, and the expression where it stands there as it is."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _gives(node):
                fixed = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
                text = fixed.decode("latin-1") if isinstance(fixed, bytes) else fixed
                found[f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"] = text
    return found


def _gives(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in FUNCTIONS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


def attacks(pattern: str, flags: int) -> Iterator[Attack]:
    """Texts that give the repetitions of an expression as much as possible to try, and never what follows them."""
    tree = parser.parse(pattern, flags)
    repeated: set[tuple[str, str]] = set()
    _repeats(tree, "", repeated)
    letters = _few(_letters(tree))
    for before, unit in sorted(repeated):
        for pump in sorted({unit, *letters, *(unit + letter for letter in letters)}):
            for end in ENDS:
                yield before, pump, end
                yield "", before + pump, end
    for first in letters if repeated else ():
        for second in letters:
            yield "", first + second, "\0"


def _few(letters: set[str]) -> list[str]:
    ordered = sorted(letters)
    return sorted({*ordered[:: max(1, len(ordered) // 6)], *" a1-_\n"})


def _repeats(items: Any, before: str, found: set[tuple[str, str]]) -> None:
    """The repetitions, each with a text that leads to it."""
    for kind, value in items:
        if kind in REPEATS:
            if value[1] >= 8:
                found.add((before[-40:], _sample(value[2], more=True)[:40] or "a"))
            _repeats(value[2], before, found)
        for part in _parts(kind, value):
            _repeats(part, before, found)
        before += _sample([(kind, value)])


def _parts(kind: Any, value: Any) -> list[Any]:
    """What an item of an expression holds besides what it repeats."""
    if kind is constants.SUBPATTERN:
        return [value[3]]
    if kind is constants.BRANCH:
        return list(value[1])
    if kind in (constants.ASSERT, constants.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is ATOMIC and ATOMIC is not None else []


def _letters(items: Any) -> set[str]:
    found = set()
    for kind, value in items:
        if kind is constants.LITERAL:
            found.add(chr(value))
        elif kind is constants.IN:
            found.update(_members(value))
        inner = [value[2]] if kind in REPEATS else _parts(kind, value)
        for part in inner:
            found |= _letters(part)
    return found


def _members(items: Any) -> list[str]:
    letters = []
    for kind, value in items:
        if kind is constants.LITERAL:
            letters.append(chr(value))
        elif kind is constants.RANGE:
            letters.append(chr(value[0]))
        elif kind is constants.CATEGORY:
            letters.append(CATEGORIES.get(value, "-"))
    return letters


def _sample(items: Any, *, more: bool = False) -> str:
    """A short text that the items match, as far as can be told."""
    text = ""
    for kind, value in items:
        if kind is constants.LITERAL:
            text += chr(value)
        elif kind is constants.NOT_LITERAL:
            text += "b" if chr(value) == "a" else "a"
        elif kind is constants.ANY:
            text += "a"
        elif kind is constants.IN:
            text += _one_of(value)
        elif kind in REPEATS:
            text += _sample(value[2]) * max(min(value[0], 8), int(more))
        elif kind is constants.BRANCH:
            text += _sample(value[1][0])
        elif kind not in (constants.ASSERT, constants.ASSERT_NOT):
            text += "".join(_sample(part) for part in _parts(kind, value))
    return text


def _one_of(items: Any) -> str:
    members = _members(items)
    if items[0][0] is constants.NEGATE:
        return next((letter for letter in "a 1-./" if letter not in members), "~")
    return members[0] if members else "a"


def _watched(work: Path) -> Iterator[tuple[str, int, str]]:
    """Expression, flags and site of each that is made while the whole package is imported and used."""
    seen: list[tuple[str, int, str]] = []

    def watch(name: str) -> None:
        original = getattr(re, name)

        def watched(pattern: Any, *arguments: Any, **named: Any) -> Any:
            caller = sys._getframe(1)
            path = Path(caller.f_code.co_filename)
            if isinstance(pattern, (str, bytes)) and PACKAGE in path.parents:
                made = original(pattern, *arguments, **named)
                compiled = made if isinstance(made, re.Pattern) else compile_(pattern, named.get("flags", 0))
                text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
                seen.append(
                    (text, compiled.flags & ~re.UNICODE, f"{path.relative_to(PACKAGE).as_posix()}:{caller.f_lineno}")
                )
                return made
            return original(pattern, *arguments, **named)

        setattr(re, name, watched)

    compile_ = re.compile
    for name in FUNCTIONS:
        watch(name)
    _use(work)
    yield from sorted(set(seen))


def _use(work: Path) -> None:
    """Import every module, and run the commands that read what rules hold."""
    sys.path.insert(0, str(ROOT))
    import licensecheck
    from licensecheck import lazy

    type(lazy.re).compile = staticmethod(re.compile)  # every expression at import, to see its place
    for module in pkgutil.walk_packages(licensecheck.__path__, "licensecheck."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from licensecheck.cli.main import run

    model, profile = str(ROOT / "examples" / "heron-9"), str(ROOT / "examples" / "acme.yaml")
    (work / "a.py").write_text("m = AutoModel.from_pretrained('Qwen/Qwen3-8B')\n")
    (work / "a.yaml").write_text("'model': \"Qwen/Qwen3-8B\"\n")
    (work / "card.md").write_text(
        "---\nlicense: cc-by-nc-4.0\n---\n# Heron\n\nHeron is an open-source language model.\n"
    )
    (work / "merged.md").write_text(
        "---\nlicense: llama3.1\nbase_model: [acme/owl, acme/elk]\n---\n# Owl-Llama-3.1-8B\n\n"
        "Built with Llama under the Llama 3.1 Community License.\n\n```yaml\nmerge_method: slerp\n```\n"
    )
    code = work / "code"
    code.mkdir()
    (code / "load.py").write_text("SentenceTransformer('acme/owl')\n")
    (code / "notes.md").write_text("Commercial use of the weights is forbidden.\n")
    (code / "LICENSE").write_text("Use is free.\n")
    (code / "README.md").write_text("# Owl\n\nDownload the weights.\n")
    head = json.dumps({"__metadata__": {"license": "https://example.org/x", "modelspec.tags": "nc"}}).encode()
    (code / "m.safetensors").write_bytes(len(head).to_bytes(8, "little") + head)
    (work / "bare").mkdir()
    for name in ("load.py", "LICENSE", "README.md"):
        (work / "bare" / name).write_text((code / name).read_text())
    for call in (
        ["check", str(work / "merged.md")],
        ["check", str(code), str(work / "bare")],
        ["check", model, "-p", profile, "-f", "html"],
        ["check", str(work / "card.md"), "qwen/qwen3-vl-x"],
        ["scan", str(work)],
        ["compare", model, "mit"],
        ["diff", str(Path(model, "LICENSE")), "mit"],
        ["materials", model, "-o", str(work / "out")],
        ["identify", str(Path(model, "LICENSE"))],
        ["rules", "lint"],
    ):
        with suppress(Exception):
            run(call if call[0] in ("rules", "materials") else [*call, "-o", str(work / "report")])


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(list(_watched(Path(sys.argv[1])))))
