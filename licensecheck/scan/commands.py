"""Command lines as slots: flags with their values, assignments, and arguments with the command they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from licensecheck.scan.shell import Word
from licensecheck.scan.slot import Kind, Origin, Setting, Slot, normalise

_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=(.*)", re.DOTALL)
_TEMPLATE_DEFAULT = re.compile(r"\{\{[^{}]*\bdefault\s+[\"']([^\"'{}]+)[\"'][^{}]*\}\}")
_DEFAULT = re.compile(r"\$\{(\w+):?-([^}$]+)\}")
_PROGRAM = re.compile(r"^.*/|\.(?:exe|ps1)$")
"""What a command's name is without: its folder, and the suffix of an executable."""
_PRINTERS = frozenset(
    {"echo", "printf", "print", "write-host", "write-output", "log", "info", "warn", "die", "say", "@echo"}
)
_SETTERS = frozenset({"export", "env", "set", "declare", "local", "readonly", "ENV", "ARG", "sudo", "exec"})
_SETTING_FLAGS = frozenset({"-e", "--env", "--build-arg", "--set", "--set-string"})
MAX_VALUES = 12


def command_slots(words: Sequence[Word], origin: Origin) -> Iterator[Slot]:
    """What a command line names: flags and assignments as keys, each other word as an argument of its command.

    The words of the command stand in `above`, the last first, and the ends of addresses and the files that are written;
    an argument's name is the last two, as in "vllm serve".
    """
    if _prints(words):
        yield from (Slot("", word.text, word.line, _shown(origin), above=origin.above) for word in words[1:])
        return
    beside = dict(_flags(words))
    ends = tuple(normalise(word.text.rsplit("/", 1)[-1]) for word in words if _is_target(word.text))[:MAX_VALUES]
    settings = _settings(words)
    plain: list[str] = []
    for i, word in enumerate(words):
        above = (*(normalise(text) for text in reversed(plain[-4:])), *ends, *origin.above)
        here = Origin(origin.line, origin.setting, above, origin.depth)
        if "${" in word.text:
            yield from default_slots(word.text, word.line, here)
        if _is_flag(word):
            yield from _flag(words, i, here, beside)
            continue
        assignment = _ASSIGNMENT.fullmatch(word.text)
        if assignment and i in settings:
            yield Slot(normalise(assignment[1]), assignment[2], word.line, origin.setting, above=origin.above)
            continue
        yield Slot(" ".join(plain[-2:]), word.text, word.line, origin.setting, Kind.COMMAND, above, beside, len(plain))
        if i == 0 or not _is_flag(words[i - 1]) or "=" in words[i - 1].text:
            plain.append(word.text if plain else _PROGRAM.sub("", word.text))


def _prints(words: Sequence[Word]) -> bool:
    """True for a command that only tells: its words are read by people, unless they go to a file or are JSON."""
    if words[0].text.lower() not in _PRINTERS:
        return False
    return not any(word.text.startswith((">", "{", "[")) or word.text.endswith(">") for word in words)


def _shown(origin: Origin) -> Setting:
    return Setting.DOCSTRING if origin.setting is Setting.CODE else origin.setting


def default_slots(text: str, line: int, origin: Origin) -> Iterator[Slot]:
    """`${MODEL_ID:-org/name}` says what `MODEL_ID=org/name` says."""
    if "${" in text:
        for name, value in _DEFAULT.findall(text):
            yield Slot(normalise(name), value, line, origin.setting, above=origin.above)


def with_defaults(value: str) -> str:
    """The value with each `${NAME:-default}`, and each default of a Helm template, put in."""
    if "{{" in value:
        value = _TEMPLATE_DEFAULT.sub(r"\1", value)
    return _DEFAULT.sub(r"\2", value) if "${" in value else value


def _is_target(text: str) -> bool:
    """True for an address that is called, and for a file that may be what is written."""
    return "://" in text or text.endswith((".json", ".yaml", ".yml"))


def _is_flag(word: Word) -> bool:
    return len(word.text) > 1 and word.text[0] == "-" and not word.text[1].isdigit()


def _flags(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    for word, after in zip(words, [*words[1:], Word("", 0)], strict=True):
        if _is_flag(word):
            name, equals, value = word.text.partition("=")
            yield normalise(name), value if equals else after.text


def _flag(words: Sequence[Word], i: int, origin: Origin, beside: dict[str, str]) -> Iterator[Slot]:
    """A flag and its value; of several values the first, and then those of the form `name=value`."""
    name, equals, value = words[i].text.partition("=")
    slot = Slot(normalise(name), value, words[i].line, origin.setting, above=origin.above, beside=beside, at=name)
    if equals:
        yield slot
        return
    for n, word in enumerate(words[i + 1 : i + 1 + MAX_VALUES]):
        if _is_flag(word) or (n and "=" not in word.text):
            break
        yield replace(slot, value=word.text, line=word.line)


def _settings(words: Sequence[Word]) -> set[int]:
    """Where `NAME=value` sets a variable: at the start, after other assignments, or after a flag that sets one."""
    found = {i + 1 for i, word in enumerate(words) if word.text in _SETTING_FLAGS}
    for i, word in enumerate(words):
        found.add(i)
        if not ("=" in word.text or word.text in _SETTERS or word.text.startswith("-")):
            break
    return found
