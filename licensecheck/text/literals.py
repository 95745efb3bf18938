"""Which expressions can match a text: one pass for the literals of which each of them needs at least one.

    prefilter = Prefilter({"charge": r"royalt(?:y|ies)|fees? (?:of|apply)", "trade": r"commercial(?:ly)?"})
    prefilter.able("a fee of two euros") & prefilter.bit("charge")

Texts and literals are compared folded: in lower case, every run of characters that are no part of a word as one blank.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import product
from typing import Any

from licensecheck.lazy import re

_RUN = re.compile(r"[^\w\u2600-\u27bf\U0001f300-\U0001faff]+")
"""What stands between words; signs that say yes or no are words of their own."""
_SIGN = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_EDGE = "\0"
"""Stands for a place where a word begins or ends."""
_MOST = 64
"""How many literals a run of an expression may unfold into; a longer list is cut at the run before it."""
_LISTED = 600
"""How many literals the alternatives of an expression may have."""

Exact = frozenset[str]


def fold(low: str) -> str:
    """A text in lower case as literals are looked for in it, with a blank at each end."""
    if not low.isascii():
        low = _SIGN.sub(r" \g<0> ", low)
    return " " + _RUN.sub(" ", low).strip() + " "


Needed = Mapping[str, "Iterable[str] | None"]
"""The literals of which each expression needs one, by its name; None for one that needs none."""


def needs_of(patterns: Mapping[str, str | Iterable[str]]) -> Needed:
    """What each of the expressions needs; word lists are left out, they are literals themselves."""
    return {name: needed_literals(pattern) for name, pattern in patterns.items() if isinstance(pattern, str)}


class Prefilter:
    """Tells in one pass which of many expressions or word lists can match; those that need nothing always can."""

    def __init__(self, patterns: Mapping[str, str | Iterable[str]], needed: Needed | None = None) -> None:
        """`needed` holds what `needs_of` gives for the expressions, where that was worked out before."""
        from ahocorasick_rs import AhoCorasick

        known = needs_of(patterns) if needed is None else needed

        self._bits = {name: 1 << number for number, name in enumerate(patterns)}
        wanted: dict[str, int] = {}
        self._always = 0
        for name, pattern in patterns.items():
            literals = known[name] if isinstance(pattern, str) else frozenset(map(_plain, pattern))
            if literals is None or "" in literals:
                self._always |= self._bits[name]
                continue
            for literal in literals:
                wanted[literal] = wanted.get(literal, 0) | self._bits[name]
        self._automaton = AhoCorasick(sorted(wanted))
        self._found = [wanted[literal] for literal in sorted(wanted)]

    def bit(self, name: str) -> int:
        """The bit of an expression."""
        return self._bits[name]

    def bits(self, names: Iterable[str]) -> int:
        """The bits of several expressions."""
        found = 0
        for name in names:
            found |= self._bits[name]
        return found

    def able(self, low: str) -> int:
        """The bits of the expressions that can match a text in lower case."""
        able = self._always
        bits = self._found
        for number, _, _ in self._automaton.find_matches_as_indexes(fold(low), overlapping=True):
            able |= bits[number]
        return able


class WordLists:
    """Tells in one pass which of some lists of letters have one that stands in a text, as it is written."""

    def __init__(self, lists: Iterable[Iterable[str]]) -> None:
        from ahocorasick_rs import AhoCorasick

        wanted: dict[str, int] = {}
        for number, words in enumerate(lists):
            for word in words:
                wanted[word] = wanted.get(word, 0) | 1 << number
        self._automaton = AhoCorasick(list(wanted))
        self._found = list(wanted.values())

    def held(self, text: str) -> int:
        """A bit for each list of which a member stands in the text, the first list's the lowest."""
        held = 0
        for number, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            held |= self._found[number]
        return held


def _plain(word: str) -> str:
    """A word of a list as it stands in a folded text; blanks at its ends are edges of words."""
    return _RUN.sub(" ", word.lower())


def needed_literals(pattern: str) -> frozenset[str] | None:
    """Literals of which one at least stands in every folded text that an expression matches; None where none has to.

    The expression may not count on upper case; it is read as if case did not matter.
    """
    parser: Any = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
    return _Reader(parser).needed(parser.parse(pattern))


class _Reader:
    """Walks the parse tree of an expression."""

    def __init__(self, parser: Any) -> None:
        self._ops = parser

    def needed(self, tree: Any) -> frozenset[str] | None:
        """The best literals of a sequence; alternatives between edges of words are read one by one."""
        items = list(tree)
        places = [n for n, (op, value) in enumerate(items) if not self._is_edge(op, value)]
        inner = self._alternatives(*items[places[0]]) if len(places) == 1 else None
        if inner is None:
            exact, best = self._sequence(items)
            return _better(best, _resolved(exact))
        at = places[0]
        return _union(self.needed([*items[:at], *part, *items[at + 1 :]]) for part in inner)

    def _alternatives(self, op: Any, value: Any) -> list[Any] | None:
        c = self._ops
        if op is c.SUBPATTERN:
            return [value[-1]]
        return list(value[1]) if op is c.BRANCH else None

    def _is_edge(self, op: Any, value: Any) -> bool:
        c = self._ops
        return op is c.AT or op is c.ASSERT_NOT

    def _sequence(self, tree: Any) -> tuple[Exact | None, frozenset[str] | None]:
        """All texts that a sequence can be, where they are few, and else the best of the literals that it needs."""
        run: Exact = frozenset(("",))
        whole = True
        best: frozenset[str] | None = None
        for op, value in tree:
            exact, needed = self._one(op, value)
            best = _better(best, needed)
            if exact is not None and (
                len(run) * len(exact) <= _MOST or (min(len(run), len(exact)) == 1 and len(run) + len(exact) <= _LISTED)
            ):
                run = frozenset(a + b for a, b in product(run, exact))
                continue
            best = _better(best, _resolved(run))
            whole = False
            run = exact if exact is not None else frozenset(("",))
        return (run, best) if whole else (None, _better(best, _resolved(run)))

    def _one(self, op: Any, value: Any) -> tuple[Exact | None, frozenset[str] | None]:
        c = self._ops
        if op is c.LITERAL:
            return frozenset((_character(value),)), None
        if op is c.IN:
            return _of_set(c, value), None
        if op is c.AT:
            return frozenset((_EDGE if value is c.AT_BOUNDARY else "",)), None
        if op is c.SUBPATTERN:
            return self._sequence(value[-1])
        if op is c.BRANCH:
            return self._branch(value[1])
        if op in (c.MAX_REPEAT, c.MIN_REPEAT):
            return self._repeat(*value)
        if op is c.ASSERT_NOT:
            return frozenset((_EDGE if _is_word(c, value[1]) else "",)), None
        if op is c.ASSERT:
            return None, self.needed(value[1])
        return None, None

    def _branch(self, branches: Iterable[Any]) -> tuple[Exact | None, frozenset[str] | None]:
        read = [self._sequence(branch) for branch in branches]
        exacts = [exact for exact, _ in read]
        if all(exact is not None for exact in exacts):
            union: Exact = frozenset().union(*(exact for exact in exacts if exact is not None))
            if len(union) <= _LISTED:
                return union, None
        parts = [_better(best, _resolved(exact)) for exact, best in read]
        return None, _union(parts)

    def _repeat(self, least: int, most: int, tree: Any) -> tuple[Exact | None, frozenset[str] | None]:
        exact, best = self._sequence(tree)
        if exact is not None and exact <= {" "}:
            return (exact if least else exact | {""}), None
        if least == 0:
            return (exact | {""}, None) if exact is not None and most == 1 else (None, None)
        if least == most == 1:
            return exact, best
        return None, _better(best, _resolved(exact))


def _character(code: int) -> str:
    letter = chr(code).lower()
    return " " if _RUN.fullmatch(letter) else letter


def _of_set(c: Any, items: Any) -> Exact | None:
    found = set()
    for op, value in items:
        if op is c.LITERAL:
            found.add(_character(value))
        elif op is c.CATEGORY and value in (c.CATEGORY_SPACE, c.CATEGORY_NOT_WORD):
            found.add(" ")
        else:
            return None
        if len(found) > 8:
            return None
    return frozenset(found)


def _is_word(c: Any, tree: Any) -> bool:
    """True for what stands for any one character of a word."""
    items = list(tree)
    if len(items) != 1 or items[0][0] is not c.IN:
        return False
    return list(items[0][1]) == [(c.CATEGORY, c.CATEGORY_WORD)]


def _resolved(exact: Exact | None) -> frozenset[str] | None:
    """The literals of a run as they stand in a folded text; None where one of them could be anything."""
    if exact is None:
        return None
    found = frozenset(map(_settled, exact))
    return found if all(len(one.strip()) > 1 or not one.isascii() for one in found) and "" not in found else None


def _settled(text: str) -> str:
    """A run with its edges made blanks: between a letter and another word there is one in any case."""
    parts = list(_settled_parts(text))
    return _RUN.sub(" ", "".join(parts))


def _settled_parts(text: str) -> Iterator[str]:
    for number, letter in enumerate(text):
        if letter != _EDGE:
            yield letter
            continue
        before, after = text[number - 1 : number].strip("\0"), text[number + 1 : number + 2].strip("\0")
        if (before and before != " ") != (after and after != " "):
            yield " "


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Of two sets of literals, each needed, the one that fewer texts hold."""
    if one is None or other is None:
        return one if other is None else other
    return min(one, other, key=_expected)


def _expected(literals: frozenset[str]) -> tuple[float, int]:
    """A rough measure of how often one of the literals stands in a sentence."""
    return sum(1.0 if one.strip() in _COMMON else 8.0 ** (1 - len(one)) for one in literals), len(literals)


_COMMON = frozenset(
    {
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "of",
        "on",
        "in",
        "to",
        "for",
        "from",
        "with",
        "by",
        "as",
        "at",
        "or",
        "and",
        "we",
        "you",
        "it",
        "its",
        "this",
        "that",
        "these",
        "our",
        "your",
        "not",
        "no",
        "can",
        "may",
        "has",
        "have",
        "had",
        "will",
        "do",
        "does",
        "model",
        "models",
        "us",
        "use",
        "used",
        "using",
    }
)
"""Words that stand in most sentences."""


def _union(parts: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for part in parts:
        if part is None:
            return None
        found |= part
    return frozenset(found) if len(found) <= _LISTED else None
