"""From calls of libraries to the weights that they load: by name, by default of the installed version, or unknown."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from licensecheck.catalog.libraries import (
    find_weights,
    known_modules,
    libraries_of_module,
    libraries_of_program,
    marks_of_module,
)
from licensecheck.domain.libraries import Library, Load
from licensecheck.domain.repository import Reference, ReferenceRole
from licensecheck.errors import LicenseCheckError
from licensecheck.frozen import dataclass, replace
from licensecheck.repository.library_calls import (
    PROGRAM,
    Call,
    Key,
    Name,
    Value,
    constant_of,
    imports_any,
    python_calls,
)
from licensecheck.repository.library_commands import SYNTAXES, command_calls, program_marks
from licensecheck.repository.library_scripts import imports_package, script_calls
from licensecheck.repository.library_versions import Pin, Versions, reaches
from licensecheck.text.io import read_text

# The calls of one file, whatever it is written in.


_STARTERS = (b"subprocess", b"os.system", b"Popen", b"execv", b"spawn", b"shell")
"""What a Python file has that starts programs."""


def may_call(data: bytes, syntax: str, words: Container[str]) -> bool:
    """True where a file may call a library that loads weights; `words` are the groups of words that stand in it."""
    if syntax == "python":
        return (
            ("modules" in words and _imports(data))
            or ("starters" in words and "programs" in words and _starts(data))
            or ("trained" in words and _PRETRAINED.search(data) is not None)
        )
    if syntax in ("javascript", HTML):
        return imports_package(data, known_modules()["npm"])
    if syntax == "notebook" and "modules" in words and _imports(data.replace(b'"', b"\n")):
        return True
    return "programs" in words and syntax in SYNTAXES and any(mark in data for mark in program_marks())


def call_words() -> dict[str, tuple[bytes, ...]]:
    """What a file must have, in lower case, for each of the ways to call a library, by the name of a group."""
    return {
        "modules": tuple(name.lower().encode() for name in sorted(known_modules()["pypi"])),
        "starters": tuple(each.lower() for each in _STARTERS),
        "programs": tuple(mark.lower() for mark in program_marks()),
        "trained": _PRETRAINED_WORDS,
    }


HTML = "html"
"""Pages: the scripts in them are read."""
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.S | re.I)


def scripts_of(page: str) -> str:
    """The scripts of a page, each on its lines."""
    parts: list[str] = []
    end = 0
    for found in _SCRIPT.finditer(page):
        parts.append("\n" * page.count("\n", end, found.start(1)) + found[1])
        end = found.end(1)
    return "".join(parts)


def _imports(data: bytes) -> bool:
    """True where a library is imported, and a word of its calls is there."""
    if b"import" not in data:
        return False
    for module in set(imports_any(data, known_modules()["pypi"])):
        marks = marks_of_module(module)
        if not marks or any(mark in data for mark in marks):
            return True
    return False


def _starts(data: bytes) -> bool:
    return any(starter in data for starter in _STARTERS) and any(mark in data for mark in program_marks())


def calls_in(text: str, path: str, syntax: str) -> tuple[Call, ...]:
    """The calls and commands of libraries in a text."""
    if syntax in ("javascript", HTML):
        shown = scripts_of(text) if syntax == HTML else text
        return tuple(script_calls(shown, path, known_modules()["npm"]))
    if syntax == "notebook":
        return tuple(_in_notebook(text, path))
    found: list[Call] = []
    data = text.encode("utf-8", "replace")
    if syntax == "python" and _loads_default(data):
        found.extend(python_calls(text, path, Anything()))
    elif syntax == "python" and _imports(data):
        found.extend(python_calls(text, path, known_modules()["pypi"]))
    if syntax in SYNTAXES and (syntax != "python" or _starts(data)):
        found.extend(command_calls(text, path, syntax))
    return tuple(found)


def _in_notebook(text: str, path: str) -> Iterator[Call]:
    """The calls of all code cells as one program, at the lines of the file."""
    from licensecheck.repository.syntax.tree import parse_jsonish

    lines: list[str] = []
    places: list[int] = []
    root = parse_jsonish(text, line=1)
    cells = next((node.items for key, node in root.pairs if key == "cells"), [])
    for cell in cells:
        parts = dict(cell.pairs)
        kind, source = parts.get("cell_type"), parts.get("source")
        if source is None or (kind is not None and kind.text != "code"):
            continue
        for piece in source.items or [source]:
            for part in (piece.text or "").splitlines() or [""]:
                lines.append(part)
                places.append(piece.line)
    whole = "\n".join(lines)
    shell = "\n".join(line.lstrip()[1:] if line.lstrip().startswith(("!", "%")) else "" for line in lines)
    for call in (*python_calls(whole, path, known_modules()["pypi"]), *command_calls(shell, path)):
        yield replace(call, line=places[min(call.line, len(places)) - 1])


# From calls to references.


@dataclass(frozen=True, slots=True)
class _Named:
    """What a call names: texts, or nothing (`absent`), or something that is not known."""

    texts: tuple[str, ...] = ()
    absent: bool = False


def library_references(root: Path, paths: Sequence[str], calls: Iterable[Call]) -> tuple[Reference, ...]:
    """A reference for each of the weights that the calls load; `paths` are all files of the repository."""
    versions, modules = Versions(root, paths), _Modules(root, paths)
    found: dict[tuple[str, int, str, str], Reference] = {}
    for call in calls:
        for library in _libraries_of(call):
            for reference in _references(call, library, versions, modules):
                found.setdefault((reference.path, reference.line, library.id, reference.model), reference)
        asked = _unlisted(call, modules)
        if asked is not None:
            found.setdefault((call.path, call.line, str(asked.library), asked.model), asked)
    return tuple(found.values())


def _libraries_of(call: Call) -> tuple[Library, ...]:
    if call.name.startswith(PROGRAM):
        return libraries_of_program(call.name.removeprefix(PROGRAM))
    module = call.name.partition("#")[0] if call.ecosystem == "npm" else call.name.partition(".")[0]
    return libraries_of_module(module, call.ecosystem)


class _Modules:
    """The Python modules of a repository, and the constants that one reads from another."""

    def __init__(self, root: Path, paths: Sequence[str]) -> None:
        self.root = root
        self._paths = paths
        self._homes: dict[str, list[str]] | None = None

    def resolved(self, call: Call) -> Call:
        """The call with the constants of other modules of the repository in the place of their names."""
        given: dict[Key, tuple[Value, ...]] = {
            key: tuple(found for value in values for found in self._constants(value, call.path))
            for key, values in call.given.items()
        }
        return replace(call, given=given)

    def _constants(self, value: Value, near: str) -> tuple[Value, ...]:
        if not isinstance(value, Name) or "." not in value.dotted or "#" in value.dotted:
            return (value,)
        parts = value.dotted.strip(".").split(".")
        for cut in range(len(parts) - 1, 0, -1):
            for path in sorted(self._home("/".join(parts[:cut])), key=_Distance(near)):
                try:
                    found = constant_of(read_text(self.root / path).text, ".".join(parts[cut:]))
                except (LicenseCheckError, OSError):
                    continue
                if found:
                    return found
        return (value,)

    def has(self, module: str) -> bool:
        """True where the repository itself has a module of this name."""
        return any(f"/{module}/" in f"/{path}" or f"/{path}".endswith(f"/{module}.py") for path in self._paths)

    def _home(self, module: str) -> list[str]:
        """The files that a module can be."""
        if self._homes is None:
            self._homes = {}
            for path in self._paths:
                if path.endswith(".py"):
                    stem = path.removesuffix(".py").removesuffix("/__init__")
                    self._homes.setdefault(stem.rpartition("/")[2], []).append(path)
        stems = self._homes.get(module.rpartition("/")[2], ())
        ends = (f"{module}.py", f"{module}/__init__.py")
        return [path for path in stems if path in ends or path.endswith(tuple(f"/{end}" for end in ends))]


class _Distance:
    """Sorts paths by how little of their folders they share with another."""

    def __init__(self, near: str) -> None:
        self._near = near

    def __call__(self, path: str) -> tuple[int, str]:
        shared = 0
        for own, other in zip(path.split("/"), self._near.split("/"), strict=False):
            if own != other:
                break
            shared += 1
        return -shared, path


def _references(call: Call, library: Library, versions: Versions, modules: _Modules) -> Iterator[Reference]:
    root = modules.root
    for load in library.loads:
        if not _is_named(call, load):
            continue
        call = modules.resolved(call)
        if not _holds(call, load):
            continue
        pin = versions.of(library.packages, call)
        for text in _names(call, load, library, pin, root):
            yield _reference(call, library, text, pin)
        return


# Calls of libraries that the table does not have, and that say themselves that they load weights.


_PRETRAINED = re.compile(
    rb"pretrained\s*=\s*True|(?:encoder_)?weights\s*=\s*[\"'](?i:imagenet|default|coco|voc|cityscapes)|from_pretrained\(\s*\)"
)
_PRETRAINED_WORDS = (b"pretrained", b"weights")
"""One of these is in whatever `_PRETRAINED` matches, and is found in a fraction of its time."""


def _loads_default(data: bytes) -> bool:
    """True where an argument asks for weights of a data set or for the default ones."""
    return any(word in data for word in _PRETRAINED_WORDS) and _PRETRAINED.search(data) is not None


_SETS = ("imagenet", "default", "coco", "voc", "cityscapes")


class Anything(frozenset[str]):
    """Every module but those of Python itself."""

    def __contains__(self, name: object) -> bool:
        return bool(name) and name not in sys.stdlib_module_names


def _unlisted(call: Call, modules: _Modules) -> Reference | None:
    """A question for a call that asks for trained weights of a library which the table does not have."""
    root = call.name.partition(".")[0]
    if call.ecosystem != "pypi" or call.name.startswith((PROGRAM, ".")) or "()" in call.name:
        return None
    if root in known_modules()["pypi"] or not _asks_for_weights(call) or modules.has(root):
        return None
    return Reference(
        path=call.path,
        line=call.line,
        model=call.name,
        role=ReferenceRole.LOAD,
        syntax=f"library {root} {call.name}",
        name=call.name,
        library=root,
    )


def _asks_for_weights(call: Call) -> bool:
    if call.name.endswith(".from_pretrained"):
        return not call.given
    weights = (*call.given.get("weights", ()), *call.given.get("encoder_weights", ()))
    named = any(isinstance(value, str) and value.lower() in _SETS for value in weights)
    return True in call.given.get("pretrained", ()) or named


def _is_named(call: Call, load: Load) -> bool:
    """True where the function or the program with its first word is that of a load."""
    if call.name.startswith(PROGRAM):
        if call.name.removeprefix(PROGRAM) not in load.commands:
            return False
        if call.loose and not load.first:
            return False
        return not load.first or any(each in load.first for each in call.given.get(0, ()))
    return any(_is_called(call.name, each) for each in load.calls)


def _holds(call: Call, load: Load) -> bool:
    """True where the other arguments are as a load asks."""
    held = all(_fits(call.given.get(key), wanted) for key, wanted in _keyed(load.when, call))
    return held and not any(_fits(call.given.get(key), barred) for key, barred in _keyed(load.unless, call))


def _keyed(conditions: Mapping[str, tuple[object, ...]], call: Call) -> Iterator[tuple[Key, tuple[object, ...]]]:
    """The conditions by the key under which the call gives the argument, of several that one may have."""
    for keys, wanted in conditions.items():
        names: list[Key] = [int(each) if each.isdigit() else each for each in keys.split("|")]
        yield next((name for name in names if name in call.given), names[0]), wanted


def _is_called(name: str, wanted: str) -> bool:
    """True where the last parts of a function's name are these; `*` stands for a part, or what is left of one."""
    own = name.replace("#", ".")
    if "*" in wanted:
        return _parts_pattern(wanted).search(own) is not None
    return own == wanted or own.endswith(f".{wanted}")


@lru_cache(maxsize=512)
def _parts_pattern(wanted: str) -> re.Pattern[str]:
    return re.compile(r"(?:^|\.)" + re.escape(wanted).replace(r"\*", r"\w*") + r"$")


def _fits(values: tuple[Value, ...] | None, wanted: tuple[object, ...]) -> bool:
    """True where what is given can be one of the wanted; `any`: whatever is given, `absent`: nothing is given."""
    if values is None:
        return "absent" in wanted
    if "any" in wanted or any(isinstance(each, Name) and not each.dotted for each in values):
        return "any" in wanted or True in wanted
    return any(_plain(each) in wanted and not _clash(each, wanted) for each in values)


def _clash(value: Value, wanted: tuple[object, ...]) -> bool:
    """True for a number that only Python takes for a truth value."""
    return isinstance(value, int) and not isinstance(value, bool) and not any(type(each) is int for each in wanted)


def _plain(value: Value) -> object:
    return value.dotted.rpartition(".")[2] if isinstance(value, Name) else value


_FIELD = re.compile(r"\{([^{}]+)\}")


def _names(call: Call, load: Load, library: Library, pin: Pin | None, root: Path) -> Iterator[str]:
    """The names of the weights that a call loads."""
    named = _named(call, load)
    if named.absent:
        for default in reversed(load.defaults):
            if reaches(pin, default.since):
                yield from default.weights
                return
        return
    for text in named.texts:
        if "*" in text:
            yield from _half_known(text, library)
        elif find_weights(library, text) is not None:
            yield library.short.get(text, text)
        elif _is_fetched(text, library, root):
            yield text.rpartition("/")[2]
        elif not load.listed and not _is_own_file(text, root):
            yield text


def _named(call: Call, load: Load) -> _Named:
    """The name that a load's pattern makes of the arguments."""
    if load.name is None:
        return _Named(absent=True)
    texts = [load.name]
    for keys in _FIELD.findall(load.name):
        values = _argument(call, keys)
        if values is None:
            return _Named(absent=True)
        found = [text for each in values if (text := _text(each)) is not None]
        if not found:
            return _Named(absent=all(each is None for each in values))
        texts = [text.replace(f"{{{keys}}}", each) for text in texts for each in found]
    return _Named(texts=tuple(dict.fromkeys(texts)))


def _argument(call: Call, keys: str) -> tuple[Value, ...] | None:
    """What the first of the named arguments that is given can be; None where none is."""
    parts = call.name.replace("#", ".").replace("()", "").split(".")
    own = {"call": parts[-1], "class": parts[-2] if len(parts) > 1 else "", "module": parts[0]}
    for key in keys.split("|"):
        if key == "*":
            return tuple(value for at, values in call.given.items() if isinstance(at, int) for value in values)
        if key in own:
            return (own[key],)
        if key.startswith("="):
            return (key[1:],)
        number: Key = int(key) if key.isdigit() else key
        if number in call.given:
            return call.given[number]
    return None


def _text(value: Value) -> str | None:
    if isinstance(value, Name):
        inside = value.dotted.partition("#")[2] if "#" in value.dotted else value.dotted.rpartition(".")[2]
        return inside or None
    return (
        value.partition("#")[2]
        if isinstance(value, str) and "#" in value
        else value
        if isinstance(value, str)
        else None
    )


def _half_known(text: str, library: Library) -> Iterator[str]:
    """Of a name with a part that is not known, one of the weights that it can be for each license."""
    if not text.strip("*/.-_"):
        return
    seen: set[str | None] = set()
    for weights in library.weights:
        for name in weights.names:
            fits = fnmatchcase(name.lower(), text.lower()) or fnmatchcase(text.lower().replace("*", "x"), name.lower())
            if fits and weights.license not in seen:
                seen.add(weights.license)
                yield name


_FILE = re.compile(
    r"^(?:\.{0,2}/|~|[A-Za-z]:\\)|\\|^[\w.-]+/.+/|://|"
    r"\.(?:pth?|onnx|engine|ya?ml|json|torchscript|mlmodel|tflite|pb|h5|hdf5|keras|ckpt|pkl|joblib|trt|xml|safetensors|tar|zip)$"
)


def _is_own_file(text: str, root: Path) -> bool:
    """True for a path: what it holds is the repository's own, or named where it is fetched."""
    return bool(_FILE.search(text)) or not text.strip() or os.path.exists(root / text)


def _is_fetched(text: str, library: Library, root: Path) -> bool:
    """True for a path that is not there and ends in a file name of the library, which fetches it to that place."""
    name = text.rpartition("/")[2]
    found = find_weights(library, name) if "/" in text and "." in name else None
    return found is not None and "*" not in found.names and not os.path.exists(root / text)


def _reference(call: Call, library: Library, name: str, pin: Pin | None) -> Reference:
    weights = find_weights(library, name)
    called = call.name.removeprefix(PROGRAM) if call.name.startswith(PROGRAM) else call.name.replace("#", ".")
    return Reference(
        path=call.path,
        line=call.line,
        model=name,
        role=ReferenceRole.LOAD,
        syntax=f"library {library.id} {called}",
        name=weights.model if weights and weights.model else name,
        library=None if _is_written(call, name) else library.id,
        listed_by=library.id if _is_written(call, name) else None,
        pinned=pin.said if pin else None,
    )


_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")


def _is_written(call: Call, name: str) -> bool:
    """True for the id of a model on a hub that stands in the code: it is named, and not the library's to choose."""
    return _HUB_ID.fullmatch(name) is not None and any(name in values for values in call.given.values())


# References that a reader of names made of the same lines.


def merged(references: Sequence[Reference], loaded: Sequence[Reference]) -> tuple[Reference, ...]:
    """All references; of a model that both readers have on a line, the named one with what the table knows of it.

    An id that stands in the code belongs to the line that it stands on, also where a call is given it by a name.
    """
    own: dict[tuple[str, int, str], Reference] = {}
    for each in loaded:
        for name in (each.model, each.name or each.model):
            own.setdefault((each.path, each.line, _last(name)), each)
    written = {(each.path, _last(each.model)): each for each in loaded if each.listed_by is not None}
    kept: list[Reference] = []
    met: list[Reference] = []
    for reference in references:
        found = own.get((reference.path, reference.line, _last(reference.model)))
        if found is None and reference.role is ReferenceRole.LOAD:  # a call further down is given what is named here
            found = written.get((reference.path, _last(reference.model)))
        if found is None:
            kept.append(reference)
        elif found.listed_by is not None:
            kept.append(replace(reference, listed_by=found.listed_by, pinned=found.pinned))
            met.append(found)
    return (*kept, *(each for each in loaded if each not in met))


def _last(model: str) -> str:
    return model.rpartition("/")[2].lower()
