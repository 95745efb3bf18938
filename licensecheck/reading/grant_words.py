"""The words of grants: the lists of `rules/grants.yaml`, and a sentence with its lead-ins as a row of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from types import MappingProxyType
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.lazy import re
from licensecheck.reading.indexed_text import Context, IndexedText
from licensecheck.text.tokens import with_one_spelling

UNSPECIFIED = "unspecified"
"""What a license grants that names no right: use, and what else the text sets conditions for."""


# The lists of words, spelt out.


_PART = re.compile(r"\(([^()]*)\)(\?)?|([^\s()]+)")

_CLASS = re.compile(r"\{([\w-]+)\}")
_QUOTATION = re.compile(r"\"[^\"]{1,400}\"|“[^“”]{1,400}”|``[^`']{1,400}''")
_ADDRESS = re.compile(r"[.@/_]\w")
"""What stands beside a word in the name of a file or in an address."""
_STOPS = frozenset(";:—–\u2022")
_HYPHEN = re.compile(r"[-\u2010\u00ad][ \t]*\r?\n?[ \t]+|[-\u2010\u00ad]\r?\n")

Phrase = tuple[str, ...]
Phrases = Mapping[str, tuple[tuple[int, Mapping[Phrase, str]], ...]]
"""Phrases by their first word and how many words they have, the longest first, each with the name it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The small words of `grammar` in `rules/grants.yaml`, where each list says what it is for."""

    about_subject: frozenset[str]
    after_including: frozenset[str]
    after_orders: frozenset[str]
    be_forms: frozenset[str]
    between_opposites: frozenset[str]
    between_orders: frozenset[str]
    binding: frozenset[str]
    burden_qualifiers: frozenset[str]
    denying: frozenset[str]
    emphasis: frozenset[str]
    ends_needless: frozenset[str]
    first_orders: frozenset[str]
    from_whom: frozenset[str]
    given_with: frozenset[str]
    guides: frozenset[str]
    including: frozenset[str]
    joins: frozenset[str]
    licensee_names: frozenset[str]
    needed: frozenset[str]
    negating: frozenset[str]
    object_pronouns: frozenset[str]
    of_rights: frozenset[str]
    open_opposites: frozenset[str]
    passive: frozenset[str]
    person_kinds: frozenset[str]
    programs: frozenset[str]
    quantifiers: frozenset[str]
    relative_auxiliaries: frozenset[str]
    relative_pronouns: frozenset[str]
    restricting: frozenset[str]
    rights_adjectives: frozenset[str]
    rights_nouns: frozenset[str]
    whole_determiners: frozenset[str]
    work_determiners: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantWords:
    """The lists of `rules/grants.yaml`, ready to look up."""

    frames: Phrases
    praise: Phrases
    """What is said of an act that one may do: "copying is free"."""
    acts: Phrases
    limiters: Phrases
    neutral: Phrases
    negations: Phrases
    provisos: Phrases
    others: Phrases
    unnamed: Phrases
    grantors: frozenset[str]
    places: frozenset[str]
    works: frozenset[str]
    words: frozenset[str]
    whole: frozenset[str]
    """Words of any list that limits nothing, as they stand where no line break parts them."""
    ties: Mapping[str, frozenset[str]]
    """What may follow each preposition without tying the grant to a place, time, person or purpose."""
    everyones: frozenset[str]
    """What may follow any of these beside "any", "all", "other"."""
    origins: frozenset[str]
    """Words after which a preposition tells where a thing comes from, and binds no act."""
    someones: frozenset[str]
    """Persons who are not everyone."""
    condition_words: frozenset[str]
    condition_limits: frozenset[str]
    condition_small: frozenset[str]
    """Words of a condition that ask nothing by themselves."""
    condition_signs: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Acts and things of conditions that take no right away; where no things are named, the act is enough."""
    risks: frozenset[str]
    bearing: frozenset[str]
    wishes: Phrases
    """How a wish begins, which binds nobody."""
    needless: Phrases
    """Words before a verb that tell that a licensee need not do it."""
    burdens: frozenset[str]
    burdens_sought: frozenset[str]
    """Consents, which "without" dispenses with, and "no" denies."""
    burden_acts: frozenset[str]
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    persons: frozenset[str]
    relatives: frozenset[str]
    """Verbs after "who" that leave everyone everyone."""
    waiving: Phrases
    waived: frozenset[str]
    parts: frozenset[str]
    """Things beside the work that are not the work."""
    grammar: Grammar


@per_catalog
def load_grant_words() -> GrantWords:
    """The words of grants, read once a process."""
    data: Mapping[str, Any] = load_data("grants.yaml")
    classes = {name: "|".join(_flat(lines)) for name, lines in data["classes"].items()}

    def _phrases(lists: Mapping[str, Iterable[str]]) -> Phrases:
        return _spelt(lists, classes)

    return GrantWords(
        frames=_phrases(data["frames"]),
        praise=_phrases({"praise": data["praise"]}),
        acts=_phrases(data["acts"]),
        limiters=_phrases(data["limiters"]),
        neutral=_phrases({"neutral": data["neutral"]}),
        negations=_phrases({"negation": data["negations"]}),
        provisos=_phrases({"proviso": data["provisos"]}),
        others=_phrases({"other": data["others"]}),
        unnamed=_phrases({UNSPECIFIED: data["unnamed"]}),
        grantors=_words(data["grantors"]),
        places=_words(data["places"]),
        works=_words(data["works"]),
        words=_words(data["words"]),
        whole=_words(data["words"])
        | _words(data["works"])
        | {w for a in data["acts"].values() for w in _alone(a, classes)},
        ties={word: _words(follow) for word, follow in data["ties"].items()},
        everyones=_words(data["everyones"]),
        origins=_words(data["origins"]),
        someones=_words(data["someones"]),
        condition_words=_words(data["condition_words"]),
        condition_limits=_words(data["condition_limits"]),
        condition_small=_words(data["condition_small"]),
        condition_signs=tuple(
            (_words(sign["acts"]), _words(sign.get("things", ()))) for sign in data["condition_signs"].values()
        ),
        risks=_words(data["risks"]),
        bearing=_words(data["bearing"]),
        wishes=_phrases({"wish": data["wishes"]}),
        needless=_phrases({"needless": data["needless"]}),
        burdens=_words(data["burdens"]),
        burdens_sought=_words(data["burdens_sought"]),
        burden_acts=_words(data["burden_acts"]),
        opposites=tuple((_words(pair["one"]), _words(pair["other"])) for pair in data["opposites"]),
        persons=_words(data["persons"]),
        relatives=_words(data["relatives"]),
        waiving=_phrases({"waiving": data["waiving"]}),
        waived=_words(data["waived"]),
        parts=_words(data["parts"]),
        grammar=Grammar(**{name: _words(lines) for name, lines in data["grammar"].items()}),
    )


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in str(line).split())


def _flat(lines: Iterable[str]) -> Iterator[str]:
    """The words of a class, its own alternatives spelt out."""
    return (" ".join(phrase) for line in lines for phrase in spell_out(str(line)))


def _alone(lines: Iterable[str], classes: Mapping[str, str]) -> Iterator[str]:
    """The phrases of one word."""
    return (phrase[0] for line in lines for phrase in spell_out(str(line), classes) if len(phrase) == 1)


def _spelt(lists: Mapping[str, Iterable[str]], classes: Mapping[str, str]) -> Phrases:
    found: dict[str, dict[int, dict[Phrase, str]]] = {}
    for name, lines in lists.items():
        for line in lines:
            for phrase in spell_out(str(line), classes):
                found.setdefault(phrase[0], {}).setdefault(len(phrase), {}).setdefault(phrase, name)
    return {first: tuple(sorted(by_length.items(), reverse=True)) for first, by_length in found.items()}


def spell_out(line: str, classes: Mapping[str, str] = MappingProxyType({})) -> Iterator[Phrase]:
    """Every phrase of a line with alternatives, `(a|b)`, optional ones, `(a|b)?`, and classes, `{name}`."""
    for name in _CLASS.findall(line):
        line = line.replace(f"{{{name}}}", f"({classes[name]})")
    slots: list[list[Phrase]] = []
    for group, optional, word in _PART.findall(line):
        choices: list[Phrase] = [tuple(choice.split()) for choice in group.split("|")] if group else [(word,)]
        slots.append([*choices, ()] if optional else choices)
    for parts in product(*slots):
        phrase = tuple(piece for part in parts for piece in part)
        if phrase:
            yield phrase


# A sentence with its lead-ins as a row of words.


Mark = tuple[int, int, str]
"""Row positions of a phrase, and what it stands for."""


class SentenceWords:
    """The words of a context in their order; positions are those of the context.

    How they are written is looked at where a word asks for it: most sentences hold none that does.
    """

    def __init__(self, indexed: IndexedText, context: Context) -> None:
        self._page = indexed
        self._parts = context.parts
        self.own = context.own
        self.words: list[str] = []
        self.numbers: list[int] = []
        """Which word of the text each is."""
        for first, last, _ in context.parts:
            self.words += with_one_spelling(indexed.words.lower[first:last])
            self.numbers += range(first, last)
        self._join_broken()

    def speaks_of(self, things: frozenset[str]) -> bool:
        """True where the text speaks of any of the things outside this sentence."""
        first, last = self.numbers[0], self.numbers[-1]
        words = self._page.words.lower
        return not things.isdisjoint(words[:first]) or not things.isdisjoint(words[last + 1 :])

    def _join_broken(self) -> None:
        """Write a known word that a line break parts at its first part, and nothing at its second."""
        for at, whole in _broken(self._page, self.words, self.numbers).items():
            if whole in load_grant_words().whole:
                self.words[at : at + 2] = [whole, ""]

    @cached_property
    def marked(self) -> list[bool]:
        """Whether a punctuation mark stands before the word."""
        masked, words = self._page.tree.masked, self._page.words
        found: list[bool] = []
        for first, last, _ in self._parts:
            for number in range(first, last):
                before = masked[words.ends[number - 1] : words.starts[number]] if number > first else "."
                found.append(any(not c.isspace() and c not in "-'\"“”‘’/(<[" for c in before))
        return found

    @cached_property
    def stopped(self) -> list[bool]:
        """Whether a mark stands before the word that parts what is said: a semicolon, a dash, the number of an item."""
        masked, words = self._page.tree.masked, self._page.words
        found: list[bool] = []
        for first, last, _ in self._parts:
            for number in range(first, last):
                before = masked[words.ends[number - 1] : words.starts[number]] if number > first else "."
                item = "(" in before and words.ends[number] - words.starts[number] == 1
                found.append(item or any(c in _STOPS for c in before))
        return found

    @cached_property
    def addressed(self) -> list[bool]:
        """Whether the word is part of the name of a file or of an address: "zorp.dtx", "me@zorp.org"."""
        masked, words = self._page.tree.masked, self._page.words
        found: list[bool] = []
        for number in self.numbers:
            before, after = (
                masked[max(0, words.starts[number] - 2) : words.starts[number]],
                masked[words.ends[number] : words.ends[number] + 2],
            )
            found.append(bool(_ADDRESS.search(before[::-1])) or bool(_ADDRESS.search(after)))
        return found

    @cached_property
    def _bracketed(self) -> list[bool]:
        text, starts = self._page.tree.text, self._page.words.starts
        return [text[starts[number] - 1 : starts[number]] == "[" for number in self.numbers]

    @cached_property
    def _written(self) -> list[str]:
        masked, words = self._page.tree.masked, self._page.words
        return [masked[words.starts[number] : words.ends[number]] for number in self.numbers]

    @cached_property
    def _shouted(self) -> bool:
        """True for a sentence in capitals, where these tell no name."""
        loud = sum(word.isupper() and len(word) > 1 for word in self._written)
        return 2 * loud >= len(self._written)

    @cached_property
    def capital(self) -> list[bool]:
        """Whether the word is written with a capital as names are, or in brackets."""
        loud = self._shouted
        return [
            within or not (loud or word.islower()) for word, within in zip(self._written, self._bracketed, strict=True)
        ]

    @cached_property
    def acronym(self) -> list[bool]:
        """Whether the word stands in capitals among others that do not."""
        loud = self._shouted
        return [
            within or (not loud and word.isupper() and len(word) > 1)
            for word, within in zip(self._written, self._bracketed, strict=True)
        ]

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether the word stands within quotation marks."""
        return _quoted(self._page, self.numbers)


def _quoted(indexed: IndexedText, numbers: list[int]) -> list[bool]:
    """Which of the words stand within quotation marks that are closed in the same sentence."""
    if not numbers:
        return []
    words, first = indexed.words, indexed.words.starts[numbers[0]]
    spans = [found.span() for found in _QUOTATION.finditer(indexed.tree.masked, first, words.ends[numbers[-1]] + 1)]
    return [any(low <= words.starts[number] < high for low, high in spans) for number in numbers]


def _broken(indexed: IndexedText, words: list[str], numbers: list[int]) -> dict[int, str]:
    """The whole of each word that a hyphen at the end of a line breaks, by the position of its first part."""
    whole: dict[int, str] = {}
    for i in range(len(words) - 1):
        low, high = indexed.words.ends[numbers[i]], indexed.words.starts[numbers[i + 1]]
        if numbers[i + 1] == numbers[i] + 1 and _HYPHEN.fullmatch(indexed.tree.masked, low, high):
            whole[i] = words[i] + words[i + 1]
    return whole


def find_marks(row: SentenceWords, phrases: Phrases) -> list[Mark]:
    """Where the phrases stand, the longest at each place, none within another."""
    found: list[Mark] = []
    words, free = row.words, 0
    if phrases.keys().isdisjoint(words):
        return found
    for at in [at for at, word in enumerate(words) if word in phrases]:
        if at < free:
            continue
        for length, names in phrases[words[at]]:
            name = names.get(tuple(words[at : at + length]))
            if name is not None:
                found.append((at, at + length, name))
                free = at + length
                break
    return found


def marks_apart(marks: Iterable[Mark], covered: Iterable[Mark]) -> list[Mark]:
    """The marks that lie in none of the others."""
    spans = list(covered)
    return [m for m in marks if not any(a <= m[0] and m[1] <= b for a, b, _ in spans)]
