"""Calls that name an option or a variable of the environment and give its default."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from licensecheck.scan.python_values import Scope, first_text

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
    elif last in _ASKING and len(node.args) > 1:
        names, default = _strings(node.args[:1]), node.args[1]
    else:
        return None
    if not names:
        return None
    return Option(sorted(names, key=len)[-1], default, environment=bool(_ENVIRONMENT.search(name)))


def _strings(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
