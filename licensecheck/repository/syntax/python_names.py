"""What a Python expression can be: constants followed through names, attributes, defaults, formats and imports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, product

from licensecheck.lazy import re

MAX_DEPTH = 8
MAX_VALUES = 2000
MAX_MADE = 64
"""How many strings are put together from parts that can each be several."""
_DEFAULTED = frozenset({"Field", "field", "Option", "Argument", "Arg", "Input", "Form", "Query", "Body", "param"})
"""Declarations of a parameter or setting, whose last argument is its default."""
_WRAPPERS = frozenset({"str", "Path", "PurePath", "cast"})
_PASSED_ON = frozenset(
    {"list", "tuple", "set", "sorted", "reversed", "frozenset", "iter", "next", "chain", "tqdm", "choice"}
)
"""Calls that give back what they are given, or one item of it."""
_CHANGED = frozenset({"strip", "rstrip", "lstrip", "values", "items", "copy", "lower"})
"""Methods that give back what they are called on, or its values."""
UNKNOWN = "{}"
"""What stands in a string for a part that is not known."""
_PERCENT = re.compile(r"%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]")
_FIELD = re.compile(r"\{(\w*)(?:![rsa])?(?::[^{}]*)?\}")


@dataclass(frozen=True, slots=True)
class Literal:
    """A string that stands in the source, its line there, and its file where that is another one."""

    text: str
    line: int
    path: str = ""


Imported = Callable[[str], "list[Literal]"]


@dataclass(slots=True)
class Scope:
    """The names bound in a module, class or function; what is not here is looked for outside, then in other modules."""

    outer: Scope | None = None
    names: dict[str, list[ast.expr]] = field(default_factory=dict)
    attributes: dict[str, list[ast.expr]] = field(default_factory=dict)
    imported: Imported | None = None
    known: dict[tuple[int, int, int], tuple[ast.expr, Scope, list[Literal]]] = field(default_factory=dict, repr=False)
    """What was found of an expression, by its place and depth; kept at the outermost scope."""

    def find(self, name: str) -> list[ast.expr]:
        """What the name is bound to, in the nearest scope that binds it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return []

    def outermost(self) -> Scope:
        """The scope of the module."""
        scope = self
        while scope.outer is not None:
            scope = scope.outer
        return scope

    def find_attribute(self, name: str) -> list[ast.expr]:
        """What an attribute of this name is bound to anywhere in the module."""
        return self.outermost().attributes.get(name, [])

    def elsewhere(self, name: str) -> list[Literal]:
        """What a dotted name of another module of the repository can be."""
        imported = self.outermost().imported
        return imported(name) if imported else []


def literals(
    node: ast.expr | None, scope: Scope, *, depth: int = 0, seen: frozenset[int] = frozenset()
) -> list[Literal]:
    """Every string that the expression can be, as far as the repository says."""
    if node is None or depth > MAX_DEPTH or id(node) in seen:
        return []
    if isinstance(node, ast.Constant):
        return [Literal(node.value, node.lineno)] if isinstance(node.value, str) else []
    known, key = scope.outermost().known, (id(node), id(scope), depth)
    if key not in known:  # names that lead to many names would be followed along every way
        known[key] = node, scope, _followed(node, scope, depth, seen | {id(node)})
    return known[key][2]


def _followed(node: ast.expr, scope: Scope, depth: int, seen: frozenset[int]) -> list[Literal]:
    """The strings of an expression that is none itself."""
    made = _made(node, scope, depth, seen)
    if made is not None:
        return made
    found: list[Literal] = []
    for part in islice(_parts(node, scope), MAX_VALUES):
        found.extend(literals(part, scope, depth=depth + 1, seen=seen))
    if not found and isinstance(node, (ast.Name, ast.Attribute)):
        found = scope.elsewhere(dotted(node))
    if not found and isinstance(node, ast.Subscript) and isinstance(node.value, (ast.Name, ast.Attribute)):
        found = scope.elsewhere(dotted(node.value))
    return list(dict.fromkeys(found))[:MAX_VALUES]


def _parts(node: ast.expr, scope: Scope) -> Iterable[ast.expr]:
    """The expressions of which this one takes its value."""
    if isinstance(node, ast.Name):
        return scope.find(node.id)
    if isinstance(node, ast.Attribute):
        return scope.find_attribute(node.attr)
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.IfExp):
        return (node.body, node.orelse)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return node.elts
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.Subscript):
        return _items(node, scope)
    if isinstance(node, ast.Call):
        return _answer(node)
    if isinstance(node, (ast.NamedExpr, ast.Await, ast.Starred)):
        return (node.value,)
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        return (node.elt, *(each.iter for each in node.generators if isinstance(node.elt, ast.Name)))
    return ()


def _items(node: ast.Subscript, scope: Scope) -> Iterable[ast.expr]:
    """The values of the dictionary or list that is looked into: the one at the key where the key is plain."""
    if isinstance(node.value, ast.Name):
        holders = scope.find(node.value.id)
    elif isinstance(node.value, ast.Attribute):
        holders = scope.find_attribute(node.value.attr)
    else:
        holders = [node.value]
    wanted = node.slice.value if isinstance(node.slice, ast.Constant) else None
    for holder in holders:
        yield from _held(holder, wanted)


def _held(holder: ast.expr, wanted: object) -> Iterator[ast.expr]:
    """What a display holds at a key or index, or anywhere; of a list of dictionaries what each holds there."""
    if isinstance(holder, ast.Dict):
        for key, value in zip(holder.keys, holder.values, strict=True):
            if wanted is None or (isinstance(key, ast.Constant) and key.value == wanted):
                yield value
    elif isinstance(holder, (ast.List, ast.Tuple)):
        at = wanted if isinstance(wanted, int) and -len(holder.elts) <= wanted < len(holder.elts) else None
        if isinstance(wanted, str):
            for each in holder.elts:
                yield from _held(each, wanted)
        else:
            yield from holder.elts if at is None else [holder.elts[at]]


def carries_text(node: ast.expr) -> bool:
    """False for a call that gives back another thing than it is given, such as a model for a name."""
    return not isinstance(node, ast.Call) or bool(_answer(node)) or _is_format(node)


def _is_format(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join")


def _answer(node: ast.Call) -> Sequence[ast.expr]:
    """What a call returns where that is plain: the default of a look-up, or what is wrapped or stripped."""
    name = dotted(node.func)
    last = name.rsplit(".", 1)[-1]
    default = [k.value for k in node.keywords if k.arg in ("default", "value")]
    if last in ("getenv", "get", "pop", "getattr", "setdefault", "config") and len(node.args) > 1:
        held = [node.func.value] if last == "get" and isinstance(node.func, ast.Attribute) else []
        return [*(_looked_up(each) for each in held if isinstance(each, ast.Name)), node.args[-1]]
    if last == "get" and len(node.args) == 1 and isinstance(node.func, ast.Attribute) and not default:
        return [_looked_up(node.func.value)] if isinstance(node.func.value, ast.Name) else ()
    if last in _DEFAULTED or last in _WRAPPERS:
        return [*node.args[-1:], *default]
    if last in _PASSED_ON and len(node.args) == 1:
        return node.args
    if last in _CHANGED and isinstance(node.func, ast.Attribute):
        return [node.func.value]
    return default if last in ("getenv", "get") else ()


def _looked_up(holder: ast.expr) -> ast.expr:
    """What a look-up in a dictionary gives: any of its values."""
    return ast.copy_location(ast.Subscript(value=holder, slice=ast.Slice(), ctx=ast.Load()), holder)


# Strings that are put together: f-strings, sums, `%` and `.format`; a part that is not known leaves a hole.


def _made(node: ast.expr, scope: Scope, depth: int, seen: frozenset[int]) -> list[Literal] | None:
    """The strings that a format or a sum makes; None for another expression."""

    def known(part: ast.expr) -> list[str]:
        return [each.text for each in literals(part, scope, depth=depth + 1, seen=seen)] or [UNKNOWN]

    if isinstance(node, ast.JoinedStr):
        parts = [known(part.value if isinstance(part, ast.FormattedValue) else part) for part in node.values]
        return _products(parts, node.lineno)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _sums(node, scope, depth, seen)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        given = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
        return _filled(
            literals(node.left, scope, depth=depth + 1, seen=seen), _PERCENT, [known(each) for each in given]
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return []  # a path
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return _formatted(node, literals(node.func.value, scope, depth=depth + 1, seen=seen), known)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
        return _joined(node, known)
    return None


def _products(parts: Sequence[Sequence[str]], line: int) -> list[Literal]:
    """Every string that the parts make; of parts that can be too many things each is a hole."""
    count = 1
    for part in parts:
        count *= max(1, len(part))
    if count > MAX_MADE:
        parts = [part if len(part) == 1 else [UNKNOWN] for part in parts]
    return [Literal("".join(each), line) for each in product(*parts)]


def _sums(node: ast.BinOp, scope: Scope, depth: int, seen: frozenset[int]) -> list[Literal]:
    left = literals(node.left, scope, depth=depth + 1, seen=seen)
    right = literals(node.right, scope, depth=depth + 1, seen=seen)
    if isinstance(node.left, (ast.List, ast.Tuple)) or isinstance(node.right, (ast.List, ast.Tuple)):
        return [*left, *right]
    if len(left) * len(right) > MAX_MADE:
        return [*left, *right][:MAX_VALUES]
    ends = [each.text for each in right] or [UNKNOWN]
    return [Literal(a.text + b, node.lineno) for a in left for b in ends]


def _filled(texts: Sequence[Literal], holes: re.Pattern[str], given: Sequence[Sequence[str]]) -> list[Literal]:
    """The texts with what is given in their holes, in order."""
    made: list[Literal] = []
    for each in texts:
        pieces = holes.split(each.text)
        if len(pieces) - 1 > len(given) or len(pieces) == 1:
            made.append(replace(each, text=holes.sub(UNKNOWN, each.text)))
            continue
        parts = [part for piece, value in zip(pieces, [*given, [""]], strict=False) for part in ([piece], value)]
        made.extend(replace(one, path=each.path) for one in _products(parts[: 2 * len(pieces) - 1], each.line))
    return made[:MAX_VALUES]


def _formatted(node: ast.Call, texts: Sequence[Literal], known: Callable[[ast.expr], list[str]]) -> list[Literal]:
    named = {keyword.arg: known(keyword.value) for keyword in node.keywords if keyword.arg}
    placed = [known(each) for each in node.args]
    made: list[Literal] = []
    for each in texts:
        at = 0
        parts: list[list[str]] = []
        for i, piece in enumerate(_FIELD.split(each.text)):
            if i % 2 == 0:
                parts.append([piece])
                continue
            index = int(piece) if piece.isdigit() else at
            parts.append(
                named.get(piece) or (placed[index] if not piece.isalpha() and index < len(placed) else [UNKNOWN])
            )
            at += 1
        made.extend(replace(one, path=each.path) for one in _products(parts, each.line))
    return made[:MAX_VALUES]


def _joined(node: ast.Call, known: Callable[[ast.expr], list[str]]) -> list[Literal]:
    """What `"/".join([a, b])` makes of parts that are listed there."""
    mark = node.func.value if isinstance(node.func, ast.Attribute) else None
    listed = node.args[0] if node.args else None
    if not (isinstance(mark, ast.Constant) and mark.value in ("/", "-") and isinstance(listed, (ast.List, ast.Tuple))):
        return []
    parts = [part for each in listed.elts for part in ([str(mark.value)], known(each))]
    return _products(parts[1:], node.lineno)


def dotted(node: ast.expr) -> str:
    """The dotted name of what is called; empty where it is no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    elif isinstance(node, ast.Call):
        parts.append(dotted(node.func))
    elif isinstance(node, ast.Subscript):
        parts.append(dotted(node.value))
    return ".".join(reversed(parts))


def first_text(node: ast.expr, scope: Scope) -> str:
    """The first string that an expression can be; empty where none is known."""
    found = literals(node, scope)
    return found[0].text if found else ""


def parameters(args: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    """Each parameter that has a default, with it."""
    positional = [*args.posonlyargs, *args.args]
    defaulted = positional[len(positional) - len(args.defaults) :]
    yield from zip(defaulted, args.defaults, strict=True)
    for each, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        if default is not None:
            yield each, default


# Calls that name an option or a variable of the environment and give its default.


_DECLARING = {"add_argument", "option", "add_option", "argument", "Option"}
_ASKING = {"getenv", "get", "pop", "setdefault"}
_ALIASES = ("alias", "validation_alias", "env")
_ENVIRONMENT = re.compile(r"environ\b|getenv$")


@dataclass(frozen=True, slots=True)
class Option:
    """The name of an option, what it is by default, and whether the environment decides on it."""

    name: str
    default: ast.expr | None
    environment: bool


def option_of(node: ast.Call, name: str, scope: Scope) -> Option | None:
    """The option that `add_argument("--model", default=…)`, `Field(…, env="MODEL")` or `getenv("MODEL", …)` names."""
    last = name.rsplit(".", 1)[-1]
    named = {k.arg: k.value for k in node.keywords if k.arg}
    if last in _DECLARING:
        names, default = _strings(node.args), named.get("default")
    elif last == "Field":
        names = [first_text(named[key], scope) for key in _ALIASES if key in named]
        default = named.get("default") or next(iter(node.args), None)
    elif len(node.args) > 1 and (last in _ASKING or (_ASKING_OF_ITS_OWN.search(last) and _is_variable(node.args[0]))):
        names, default = _strings(node.args[:1]), node.args[1]
    else:
        return None
    if not names:
        return None
    return Option(sorted(names, key=len)[-1], default, environment=bool(_ENVIRONMENT.search(name)))


def attribute_of(call: ast.Call) -> tuple[str, ast.expr] | None:
    """The attribute of the arguments that `add_argument("--base-model", default=…)` makes, and its default."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in ("add_argument", "add_option"):
        return None
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    kept = named.get("dest")
    name = kept.value if isinstance(kept, ast.Constant) else max(_strings(call.args), key=len, default="")
    if "default" not in named or not isinstance(name, str) or not name:
        return None
    return name.lstrip("-").replace("-", "_"), named["default"]


_ASKING_OF_ITS_OWN = re.compile(r"(?i)env|config|setting|option|param")
"""How programs name a function of their own that looks a variable up."""
_VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")


def _is_variable(node: ast.expr) -> bool:
    """True for a string that is written as a variable of the environment is."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_VARIABLE.fullmatch(node.value))


def _strings(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
