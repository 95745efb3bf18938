"""Calls into packages in JavaScript and TypeScript: imports, calls and the names that they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from licensecheck.repository.library_calls import Call, Key, Name, Value

# Imports: which name stands for what of which package.


_FROM = r"""["'`]([^"'`\n]+)["'`]"""
_IMPORT = re.compile(rf"""\bimport\s+(type\s+)?([\w$*{{}}][\w$*{{}}\s,]*?)(?<![\w$])from\s*{_FROM}""")
_REQUIRE = re.compile(
    rf"""\b(?:const|let|var)\s+([\w$]+|\{{[^}}]*\}})\s*=\s*(?:await\s+)?(?:require|import)\s*\(\s*{_FROM}\s*\)"""
)
_BARE = re.compile(rf"""(?:\(\s*await\s+import|\brequire)\s*\(\s*{_FROM}\s*\)\s*\)?\s*\.\s*([\w$]+)""")
_THEN = re.compile(rf"""\bimport\s*\(\s*{_FROM}\s*\)\s*\.then\(\s*\(?\s*(\{{[^}}]*\}}|[\w$]+)""")
_ADDRESS = re.compile(r"https?://[^/]+/(?:npm/|gh/|pin/|v\d+/)?((?:@[\w.-]+/)?[\w.-]+)(?:@([\w.^~-]+))?")
_BINDING = re.compile(r"\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]+)?=\s*(?!=)")
_ENTRY = re.compile(r"(?:^|[{,\s])([\w$]+)\s*:\s*(?=[\"'`])")
_COMMENT = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|//[^\n]*|/\*.*?\*/""", re.S)
_CHAIN = r"[\w$]+(?:\s*\??\.\s*[\w$]+)*"
MAX_ARGUMENT = 4000
MAX_DEPTH = 4


def imports_package(data: bytes, packages: frozenset[str]) -> bool:
    """True where one of the packages may be imported."""
    return (b"import" in data or b"require" in data) and any(name.encode() in data for name in packages)


def package_of(source: str) -> tuple[str, str | None]:
    """The package of an import and the version in its address, as in `https://cdn.example/npm/pkg@1.2`."""
    address = _ADDRESS.match(source)
    if address:
        return address[1], address[2]
    source = source.removeprefix("npm:")
    parts = source.split("/")
    name = "/".join(parts[:2]) if source.startswith("@") else parts[0]
    name, at, version = (name[:1] + name[1:].partition("@")[0], *name[1:].partition("@")[1:]) if name else ("", "", "")
    return name, version if at else None


@dataclass(slots=True)
class _Script:
    """A script without its comments: what its names stand for."""

    text: str
    names: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    spaces: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    bound: dict[str, list[str]] = field(default_factory=dict)


def script_calls(text: str, path: str, packages: frozenset[str]) -> list[Call]:
    """The calls into these packages, and the entries of their registries that a script names."""
    script = _Script(_COMMENT.sub(_kept, text))
    for found in _IMPORT.finditer(script.text):
        if not found[1]:
            _take(script, found[2], found[3], packages)
    for found in _REQUIRE.finditer(script.text):
        _take(script, found[1].replace(":", " as "), found[2], packages)
    for found in _THEN.finditer(script.text):
        _take(script, found[2].replace(":", " as "), found[1], packages)
    for found in _BARE.finditer(script.text):
        package, version = package_of(found[1])
        if package in packages:
            script.names.setdefault(found[2], (f"{package}#{found[2]}", version))
    if not script.names and not script.spaces:
        return []
    for found in _BINDING.finditer(script.text):
        script.bound.setdefault(found[1], []).append(_expression(script.text, found.end()))
    _follow(script)
    return list(_calls(script, path))


def _kept(found: re.Match[str]) -> str:
    return found[1] if found[1] is not None else "\n" * found[0].count("\n")


def _take(script: _Script, clause: str, source: str, packages: frozenset[str]) -> None:
    package, version = package_of(source)
    if package not in packages:
        return
    named = re.search(r"\{([^}]*)\}", clause)
    for part in named[1].split(",") if named else ():
        words = part.split()
        if words and words[0] != "type":
            script.names[words[-1]] = f"{package}#{words[0]}", version
    for part in re.sub(r"\{[^}]*\}", "", clause).split(","):
        words = part.split()
        if words:
            script.spaces[words[-1]] = package, version


def _follow(script: _Script) -> None:
    """Names bound to what a package gives: `const { pipeline } = transformers`, `const t = new Thing()`."""
    for found in re.finditer(r"\b(?:const|let|var)\s+\{([^}]*)\}\s*=\s*([\w$]+)\s*[;\n]", script.text):
        space = script.spaces.get(found[2])
        for part in found[1].split(",") if space else ():
            words = part.replace(":", " as ").split()
            if words and space:
                script.names[words[-1]] = f"{space[0]}#{words[0]}", space[1]
    for name, values in script.bound.items():
        for value in values:
            match = re.match(rf"(?:await\s+)?(?:new\s+)?({_CHAIN})\s*\(", value)
            origin = _origin(script, match[1]) if match else None
            if origin and name not in script.names and name not in script.spaces:
                script.names[name] = f"{origin[0]}()", origin[1]


def _origin(script: _Script, chain: str) -> tuple[str, str | None] | None:
    """What a chain of names is in a package, as `pkg#models.llm.X`."""
    parts = re.split(r"\s*\??\.\s*", chain)
    if parts[0] in script.names:
        name, version = script.names[parts[0]]
        return ".".join((name, *parts[1:])), version
    if parts[0] in script.spaces:
        package, version = script.spaces[parts[0]]
        parts = parts[1:] if len(parts) > 1 and parts[1] == "default" else parts
        return (f"{package}#{'.'.join(parts[1:])}" if len(parts) > 1 else f"{package}#default"), version
    return None


def _calls(script: _Script, path: str) -> Iterator[Call]:
    heads = "|".join(re.escape(each) for each in sorted({*script.names, *script.spaces}, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w$.\"'`/@-])((?:{heads})(?:\s*\??\.\s*[\w$]+)*)\s*(<[\w$,\s.|\"'\[\]]*>)?\s*(\()?")
    for found in pattern.finditer(script.text):
        origin = _origin(script, found[1])
        if origin is None or origin[0].endswith("()"):
            continue
        line = script.text.count("\n", 0, found.start()) + 1
        name, version = origin
        if found[3]:
            given = _arguments(script, found.end())
            yield Call(path=path, line=line, name=name, ecosystem="npm", given=given, version=version)
        elif "." in name.partition("#")[2] and "()" not in name and not _is_typed(script.text, found.start()):
            yield Call(path=path, line=line, name=name, ecosystem="npm", given={"entry": (name,)}, version=version)
        elif re.search(r"<\s*$", script.text[max(0, found.start() - 3) : found.start()]):
            yield Call(path=path, line=line, name=name, ecosystem="npm", version=version)


def _is_typed(text: str, at: int) -> bool:
    """True for a name in a type: `typeof models.x`, `: models.x`."""
    return bool(re.search(r"(?:typeof|keyof|extends|implements)\s+$", text[max(0, at - 20) : at]))


def _expression(text: str, at: int) -> str:
    """The text of an expression from here to its end."""
    end = _end(text, at, ";,\n")
    return text[at:end].strip()


def _end(text: str, at: int, stops: str) -> int:
    """Where an expression ends: at one of the stops or a closing bracket, outside brackets and strings."""
    depth, i, last = 0, at, min(len(text), at + MAX_ARGUMENT)
    while i < last:
        char = text[i]
        if char in "\"'`":
            i = _after_string(text, i)
            continue
        if char in "([{":
            depth += 1
        elif char in ")]}":
            if depth == 0:
                return i
            depth -= 1
        elif depth == 0 and char in stops and not (char == "\n" and not text[at:i].strip()):
            return i
        i += 1
    return last


def _after_string(text: str, at: int) -> int:
    i = at + 1
    while i < len(text) and text[i] != text[at]:
        i += 2 if text[i] == "\\" else 1
    return i + 1


def _parts(text: str) -> list[str]:
    """The expressions of a list, by the commas outside brackets and strings."""
    parts, i = [], 0
    while i < len(text):
        end = _end(text, i, ",")
        parts.append(text[i:end].strip())
        i = end + 1
    return [part for part in parts if part]


def _arguments(script: _Script, at: int) -> dict[Key, tuple[Value, ...]]:
    given: dict[Key, tuple[Value, ...]] = {}
    end = _end(script.text, at, "")
    for i, part in enumerate(_parts(script.text[at:end])):
        held = script.bound.get(part, [part]) if re.fullmatch(r"[\w$]+", part) else [part]
        objects = [each for each in held if each.startswith("{")]
        for each in objects:
            _entries(script, each, given, depth=0)
        if not objects:
            given[i] = _values(script, part)
    return given


def _entries(script: _Script, text: str, given: dict[Key, tuple[Value, ...]], *, depth: int) -> None:
    """The keys of an object, those of objects inside it too."""
    close = _end(text, 1, "")
    for part in _parts(text[1:close]):
        key, colon, value = part.partition(":")
        name = key.strip().strip("\"'`")
        if not re.fullmatch(r"[\w$.-]+", name):
            continue
        value = value.strip() if colon else name
        inner = _parts(value[1 : _end(value, 1, "")]) if value.startswith("[") else [value]
        objects = [each for each in inner if each.startswith("{")]
        for each in objects if depth < MAX_DEPTH else ():
            _entries(script, each, given, depth=depth + 1)
        if not objects:
            given[name] = (*given.get(name, ()), *_values(script, value))


def _values(script: _Script, text: str, depth: int = 0) -> tuple[Value, ...]:
    """What an expression can be."""
    text = re.sub(r"\s+as\s+[\w$<>\[\]. ]+$", "", text.strip()).removesuffix("!")
    quoted = re.fullmatch(r"""(["'`])((?:\\.|(?!\1)[^\\])*)\1""", text, re.S)
    if quoted:
        return (re.sub(r"\$\{[^}]*\}", "*", quoted[2]),)
    if text in ("true", "false"):
        return (text == "true",)
    if text in ("null", "undefined"):
        return (None,)
    if depth > 5:
        return (Name(),)
    chosen = re.search(r"\?([^:?]{1,200}):([^:?]{1,200})$|(?:\|\||\?\?)([^|?]{1,200})$", text)
    if chosen:
        return tuple(value for part in chosen.groups() if part for value in _values(script, part, depth + 1))
    if text.startswith("[") and text.endswith("]"):
        return tuple(value for part in _parts(text[1:-1]) for value in _values(script, part, depth + 1)) or (Name(),)
    if re.fullmatch(_CHAIN, text):
        origin = _origin(script, text)
        if origin and not origin[0].endswith("()"):
            return (Name(origin[0]),)
        return _bound(script, text, depth) or (Name(),)
    return (Name(),)


def _bound(script: _Script, chain: str, depth: int) -> tuple[Value, ...]:
    head, _, rest = chain.partition(".")
    found: list[Value] = []
    for value in script.bound.get(head, ()):
        if not rest:
            found.extend(_values(script, value, depth + 1))
        elif value.startswith("{"):
            entries: dict[Key, tuple[Value, ...]] = {}
            _entries(script, value, entries, depth=0)
            found.extend(entries.get(rest.rpartition(".")[2], ()))
    return tuple(found)
