"""Shell functions followed: what a call hands to one is named where the call stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licensecheck.scan.shell import Word, parse_shell

_ENDS = r"[ \t]*(?:\(\))?[ \t]*\{"
_OPENS = r"[ \t]*(?:function[ \t]+)?[A-Za-z_][\w-]*" + _ENDS
_FUNCTION = re.compile(
    rf"^([ \t]*)(?:function[ \t]+)?([A-Za-z_][\w-]*){_ENDS}[^\n]*\n(?P<body>(?:(?!{_OPENS})[^\n]*\n)*?)\1\}}", re.M
)
"""A function without one inside it, so that openings that are never closed are not each read to the end."""
_GIVEN = re.compile(r"\$(?:(\d)|\{(\d)(?::?[-?][^}]*)?\})")
_REST = ("$@", "$*", "${@}")
_LOCAL = re.compile(r"([A-Za-z_]\w*)=(.+)", re.DOTALL)
_USE = re.compile(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})")

Body = tuple[tuple[Word, ...], ...]


def functions_of(text: str) -> dict[str, Body]:
    """The functions of a script that use what they are given, by name."""
    if "$1" not in text and "${1" not in text and "$@" not in text:
        return {}
    found = {each.group(2): each["body"] for each in _FUNCTION.finditer(text)}
    return {name: parse_shell(body).commands for name, body in found.items() if "$" in body}


def called(words: tuple[Word, ...], functions: dict[str, Body]) -> Iterator[tuple[Word, ...]]:
    """The commands that a call of one of the functions runs with what it is given; none for another command."""
    body = functions.get(words[0].text) if len(words) > 1 else None
    given = words[1:]
    known: dict[str, Word] = {}
    for command in body or ():
        filled = tuple(each for word in command for each in _filled(word, given, known))
        known.update(_set(filled))
        if any(each in given for each in filled):
            yield filled


def _set(words: tuple[Word, ...]) -> Iterator[tuple[str, Word]]:
    for word in words:
        found = _LOCAL.fullmatch(word.text)
        if found:
            yield found.group(1), Word(found.group(2), word.line)


def _filled(word: Word, given: tuple[Word, ...], known: dict[str, Word]) -> tuple[Word, ...]:
    """A word of a function's body with what the call gives; a word that is one argument becomes that argument."""
    if word.text in _REST:
        return given
    whole = _GIVEN.fullmatch(word.text)
    if whole:
        at = int(whole[1] or whole[2])
        return (given[at - 1],) if 0 < at <= len(given) else ()
    local = _USE.fullmatch(word.text)
    if local and (local[1] or local[2]) in known:
        return (_origin(known[local[1] or local[2]], given),)
    text = _GIVEN.sub(lambda found: _argument(found, given), word.text)
    text = _USE.sub(lambda found: known[name].text if (name := found[1] or found[2]) in known else found[0], text)
    return (Word(text, given[0].line),)


def _argument(found: re.Match[str], given: tuple[Word, ...]) -> str:
    at = int(found[1] or found[2])
    return given[at - 1].text if 0 < at <= len(given) else found[0]


def _origin(value: Word, given: tuple[Word, ...]) -> Word:
    """The argument that a local variable holds, as it was given."""
    return next((each for each in given if each.text == value.text), value)
