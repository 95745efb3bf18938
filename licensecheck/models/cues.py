"""One pass over a sentence tells which readers of cards look into it, by letters that each of them needs."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.lazy import re

ALL = -1
"""The marks of a sentence that nobody has looked at: every reader looks into it."""
_GROUP = re.compile(r"^(?:\\b)?\(\?:(?P<inner>.*)\)(?:\\b)?$", re.S)
_LEAD = re.compile(r"^(?:\\b|\^|\\W\*)*")
_PLAIN = re.compile(r"^[^\\\[\](){}.*+?^$|]+")


def marks_of(low: str) -> int:
    """A bit for each reader that has to look into a sentence; the text is in lower case."""
    index = _index()
    found = index.always
    for number, _, _ in index.automaton.find_matches_as_indexes(f" {low} ", overlapping=True):
        found |= index.bits[number]
    return found


@per_catalog
def bit_of(reader: str) -> int:
    """The bit of a reader, by its name."""
    return 1 << sorted(_patterns()).index(reader)


def letters_of(pattern: str) -> tuple[str, ...]:
    """Letters of which one at least stands wherever an expression of words fits; nothing where that cannot be told."""
    found: list[str] = []
    for part in _alternatives(pattern.strip()):
        inner = _GROUP.match(part)
        if inner and _is_one(inner["inner"]):
            letters = letters_of(inner["inner"])
            if not letters:
                return ()
            found.extend(letters)
            continue
        rest = _LEAD.sub("", part)
        plain = _PLAIN.match(rest)
        word = plain.group() if plain else ""
        if plain and rest[plain.end() : plain.end() + 1] in ("?", "*", "{"):
            word = word[:-1]
        if len(word) < 2 and word.isascii():
            return ()
        found.append(word)
    return tuple(dict.fromkeys(found))


def _alternatives(pattern: str) -> Iterator[str]:
    """What stands between the bars outside of groups and classes."""
    depth, start, index = 0, 0, 0
    while index < len(pattern):
        letter = pattern[index]
        if letter == "\\":
            index += 1
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == "|" and depth == 0:
            yield pattern[start:index]
            start = index + 1
        index += 1
    yield pattern[start:]


def _is_one(inner: str) -> bool:
    """True where the parentheses around a text belong together."""
    depth = 0
    for letter in inner:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return depth == 0


class _Index:
    """The letters of all readers in one automaton, and the bits that each stands for."""

    def __init__(self) -> None:
        from ahocorasick_rs import AhoCorasick

        wanted: dict[str, int] = {}
        self.always = 0
        for name, words in _patterns().items():
            letters = words if isinstance(words, tuple) else letters_of(words)
            if not letters:
                self.always |= bit_of(name)
            for one in letters:
                wanted[one] = wanted.get(one, 0) | bit_of(name)
        self.automaton = AhoCorasick(list(wanted))
        self.bits = list(wanted.values())


@per_catalog
def _patterns() -> dict[str, str | tuple[str, ...]]:
    """What each reader looks for first."""
    found: dict[str, str | tuple[str, ...]] = {
        name: load_vocabulary(name)["cue"] for name in ("prose", "restrictions", "claims", "bases")
    }
    found["context"] = "context|sequence|length|natively"
    found["norms"] = tuple(load_vocabulary("norms")["cues"])
    for name, topic in load_vocabulary("disclosures")["topics"].items():
        found[name] = topic["needs"]
    foreign = load_vocabulary("foreign")["latin"]
    stems = sorted({stem for group in ("trade", "leave", "study") for stem in foreign[group] if stem.isascii()})
    found["foreign"] = tuple(before + stem for stem in stems for before in (" ", "'"))
    data = load_vocabulary("datasets")
    found["services"], found["sets"] = data["services"], data["sets"]
    found["data"] = "data|corp|recordings|trained on|tuned on"
    return found


@per_catalog
def _index() -> _Index:
    return _Index()
