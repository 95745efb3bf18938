"""Functions of languages with brackets that hand what they are given on: `fn run(repo) { api.model(repo) }`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from licensecheck.lazy import re

_TYPE = r"[A-Za-z_][\w<>\[\].:*&?]*"
_DEFINED = re.compile(
    r"\b(?:fn|func|function|fun|def|defp)\s+(?:\([^)\n]*\)\s*)?(?P<a>[A-Za-z_]\w*[?!]?)\s*(?:<[^>{(\n]*>)?\((?P<b>[^)]{0,600})\)"
    r"|\b(?:const|let|var|val)\s+(?P<c>[A-Za-z_]\w*)\s*(?::[^=\n]{1,60})?=\s*(?:async\s*)?\((?P<d>[^)]{0,600})\)[^=\n]{0,60}=>"
    rf"|^[ \t]*(?:(?:public|private|protected|internal|static|final|async|virtual|inline|override)\s+)+{_TYPE}\s+"
    r"(?P<e>[A-Za-z_]\w*)\s*\((?P<f>[^)]{0,600})\)"
    rf"|^{_TYPE}[ \t]+(?P<g>[A-Za-z_]\w*)\s*\((?P<h>[^)]{0, 600})\)\s*\{{",
    re.M,
)
_CALLED = re.compile(
    r"(?<![\w$])([A-Za-z_$][\w$]*(?:(?:\.|::|->|\?\.)[A-Za-z_$][\w$]*)*[?!]?)\s*(?:::<[^>(]{0,60}>|<[^>(\n]{0,60}>)?"
    r"\(([^()]{0,400})\)"
)
_SAME = re.compile(r"\.(?:to_string|to_owned|clone|into|as_str|as_ref|as_mut|toString|trim|c_str|unwrap|to_s)\(\)")
_WORD = re.compile(r"[A-Za-z_]\w*")
_LABEL = re.compile(r"^\w+\s*:\s*")
_NO_NAMES = frozenset({"string", "str", "char", "const", "mut", "self", "final", "inout", "std", "in", "ref", "out"})
MAX_BODY = 6_000
"""How far a function is read, in characters; at the most to the next one."""

Handed = tuple[int, str, int]
"""The position of a parameter, the call that it is given to, and its position there."""


def handed_on(text: str) -> dict[str, list[Handed]]:
    """For each function of a text what it hands on to which calls."""
    defined = [*_DEFINED.finditer(text)]
    found: dict[str, list[Handed]] = {}
    for each, after in pairwise([*defined, None]):
        if each is None:
            continue
        name, given = _head(each)
        end = min(len(text) if after is None else after.start(), each.end() + MAX_BODY)
        told = [*_in_body(_SAME.sub("", text[each.end() : end]), _names(given), name)]
        if told:
            found.setdefault(name, []).extend(told)
    return found


def _head(found: re.Match[str]) -> tuple[str, str]:
    """The name of a function and its parameters as written."""
    for name, given in ("ab", "cd", "ef", "gh"):
        if found[name]:
            return found[name], found[given]
    return "", ""


def _names(given: str) -> dict[str, int]:
    """The position of each parameter by its name, whether a type stands before it, behind it or nowhere."""
    names: dict[str, int] = {}
    position = 0
    for part in given.split(","):
        head, colon, _ = part.partition("=")[0].partition(":")
        words = [word for word in _WORD.findall(head) if word.lower() not in _NO_NAMES]
        if not words:
            position += bool(head.strip()) and "self" not in head
            continue
        for word in words[-1:] if colon else {words[0], words[-1]}:
            names.setdefault(word, position)
        position += 1
    return names


def _in_body(body: str, names: dict[str, int], own: str) -> Iterator[Handed]:
    for call in _CALLED.finditer(body):
        if call[1] == own:
            continue
        for at, part in enumerate(call[2].split(",")):
            word = _LABEL.sub("", part.strip()).lstrip("&*").removeprefix("mut ").strip()
            if word in names:
                yield names[word], call[1], at
