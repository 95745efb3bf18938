"""Shell variables put in where they are used: what is loaded is named at the line that holds the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from licensecheck.scan.newlines import breaks_of, line_at
from licensecheck.scan.shell import Word
from licensecheck.scan.shell_functions import called, functions_of

_ARRAY = re.compile(r"^[ \t]*(?:declare -a |local -a |export )?(\w+)=\(((?:[^()]|\$\([^()]*\))*)\)", re.M)
_ITEM = re.compile(r"""#[^\n]*|"([^"]*)"|'([^']*)'|([^\s"'#]+)""")
_SET = re.compile(r"([A-Za-z_]\w*)=(.+)", re.DOTALL)
_WHOLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?:\[[@*]\])?\})")
_USE = re.compile(r"\$(?:(\w+)|\{(\w+)\})")
MAX_VALUES = 24

Values = dict[str, list[Word]]


def expand_variables(commands: Iterable[tuple[Word, ...]], text: str, line: int) -> Iterator[tuple[Word, ...]]:
    """The commands, once for each value of the variables in them that the text itself sets, and what they call."""
    known = _arrays(text, line)
    functions = functions_of(text)
    for words in commands:
        _learn(words, known)
        for each in _expanded(words, known):
            yield each
            yield from called(each, functions)


def _arrays(text: str, line: int) -> Values:
    known: Values = {}
    breaks = breaks_of(text)
    for found in _ARRAY.finditer(text) if "=(" in text else ():
        items = []
        for item in _ITEM.finditer(found.group(2)):
            value = next((part for part in item.groups() if part), None)
            if value:
                items.append(Word(value, line + line_at(breaks, found.start(2) + item.start())))
        known[found.group(1)] = items[:MAX_VALUES]
    return known


def _learn(words: Sequence[Word], known: Values) -> None:
    """Note what assignments and `for` loops set."""
    if len(words) > 3 and words[0].text == "for" and words[2].text == "in":
        items = [item for word in words[3:] for item in _values(word, known)]
        known[words[1].text] = items[:MAX_VALUES]
        return
    for word in words:
        found = _SET.fullmatch(word.text)
        if found and "$" not in found.group(2):
            known[found.group(1)] = [Word(found.group(2), word.line)]


def _values(word: Word, known: Values) -> list[Word]:
    whole = _WHOLE.fullmatch(word.text)
    return known.get(whole[1] or whole[2], []) if whole else [word]


def _expanded(words: tuple[Word, ...], known: Values) -> Iterator[tuple[Word, ...]]:
    used = [i for i, word in enumerate(words) if "$" in word.text and _names(word) & known.keys()]
    if not used or words[0].text == "for":
        yield words
        return
    count = max(len(known[name]) for i in used for name in _names(words[i]) & known.keys())
    for n in range(max(1, count)):
        yield tuple(_put_in(word, known, n) if i in used else word for i, word in enumerate(words))


def _names(word: Word) -> set[str]:
    return {first or second for first, second in _USE.findall(word.text)}


def _put_in(word: Word, known: Values, n: int) -> Word:
    """The word with the n-th value of its variables; where it is one variable, as it stands where that was set."""
    whole = _WHOLE.fullmatch(word.text)
    if whole and known.get(whole[1] or whole[2]):
        values = known[whole[1] or whole[2]]
        return values[n % len(values)]

    def value(found: re.Match[str]) -> str:
        values = known.get(found[1] or found[2])
        return values[n % len(values)].text if values else found.group()

    return Word(_USE.sub(value, word.text), word.line)
