"""Where every phrase of a rule set stands in a text, found in one walk along its words: two tries, by stem and by word.

spaCy's PhraseMatcher over the same words finds the same (tests/reading/test_phrase_index.py), but costs half a second
to import and to fill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from licensecheck.reading.patterns import Phrase, PhraseSet
from licensecheck.text.tokens import stem as english_stem

Hits = dict[int, list[tuple[int, int]]]
"""For the number of a phrase the word positions (end exclusive) at which it stands, in order."""
_Node = dict[str, Any]
"""What may follow, by word; under `_END` the number of the phrase that ends here."""
_END = ""
MAX_OPENINGS = 100_000
"""How many words an index remembers."""


class Beginnings:
    """Which phrases begin at each word of a text."""

    __slots__ = ("begins", "longer", "single")

    def __init__(self, single: list[tuple[int, ...]], longer: dict[int, list[tuple[int, int]]]) -> None:
        self.single = single
        """The phrases of one word, by its position."""
        self.longer = longer
        """Those of several words, each with its end, by the position of the first; in order."""
        self.begins = list(longer)


_Opening = tuple[tuple[int, ...], "_Node | None", "_Node | None", str]
"""What a word begins: phrases of itself alone, longer ones by stem and by word, and its own stem."""


class PhraseIndex:
    """All phrases of a rule set, numbered, and the slots they form; `stem` is that of a language other than English."""

    def __init__(
        self, phrases: Iterable[Phrase], slots: Iterable[Sequence[int]], *, stem: Callable[[str], str] | None = None
    ) -> None:
        self._stem = stem or english_stem
        self.phrases: tuple[Phrase, ...] = tuple(phrases)
        self.slots: list[tuple[int, ...]] = [tuple(slot) for slot in slots]
        self._openings: dict[str, _Opening] = {}
        self._stems: _Node = {}
        self._exact: _Node = {}
        for number, phrase in enumerate(self.phrases):
            node = self._exact if phrase.exact else self._stems
            for word in phrase.words:
                node = node.setdefault(word, {})
            node[_END] = number
        for words, number in respelled(self.phrases):
            node = self._exact
            for word in words:
                node = node.setdefault(word, {})
            node.setdefault(_END, number)

    @cached_property
    def slots_of(self) -> list[frozenset[int]]:
        """The slots that each phrase belongs to."""
        found: list[list[int]] = [[] for _ in self.phrases]
        for number, members in enumerate(self.slots):
            for member in members:
                found[member].append(number)
        return list(map(frozenset, found))

    @cached_property
    def by_length(self) -> list[tuple[tuple[int, frozenset[int]], ...]]:
        """The phrases of each slot by how many words they have."""
        sizes = [len(phrase.words) for phrase in self.phrases]
        found = []
        for members in self.slots:
            lengths: dict[int, list[int]] = {}
            for phrase in members:
                lengths.setdefault(sizes[phrase], []).append(phrase)
            found.append(tuple((length, frozenset(those)) for length, those in lengths.items()))
        return found

    def find(self, words: Sequence[str]) -> Hits:
        """Where each phrase stands in a list of words in lower case."""
        found = self.beginnings(words)
        hits: Hits = {}
        for start, numbers in enumerate(found.single):
            for number in numbers:
                hits.setdefault(number, []).append((start, start + 1))
        for start, longer in found.longer.items():
            for number, end in longer:
                hits.setdefault(number, []).append((start, end))
        return hits

    def beginnings(self, words: Sequence[str]) -> Beginnings:
        """Which phrases begin at each word of a list of words in lower case."""
        known = self._openings
        openings = [known[word] if word in known else self._opening(word) for word in words]
        longer: dict[int, list[tuple[int, int]]] = {}
        last = len(words) - 1
        for start, (_, stems, exact, _) in enumerate(openings):
            if start == last:
                break
            if stems is not None and (node := stems.get(openings[start + 1][3])) is not None:
                at = start + 2
                while node is not None:
                    number = node.get(_END)
                    if number is not None:
                        longer.setdefault(start, []).append((number, at))
                    if at > last:
                        break
                    node = node.get(openings[at][3])
                    at += 1
            if exact is not None and (node := exact.get(words[start + 1])) is not None:
                at = start + 2
                while node is not None:
                    number = node.get(_END)
                    if number is not None:
                        longer.setdefault(start, []).append((number, at))
                    if at > last:
                        break
                    node = node.get(words[at])
                    at += 1
        return Beginnings([opening[0] for opening in openings], longer)

    def _opening(self, word: str) -> _Opening:
        """What a word begins, looked up once."""
        stemmed = self._stem(word)
        nodes = self._stems.get(stemmed), self._exact.get(word)
        single = tuple(node[_END] for node in nodes if node is not None and _END in node)
        on_by_stem, on_by_word = (node if node is not None and len(node) > (_END in node) else None for node in nodes)
        found = single, on_by_stem, on_by_word, stemmed
        if len(self._openings) < MAX_OPENINGS:
            self._openings[word] = found
        return found


def respelled(phrases: Sequence[Phrase]) -> list[tuple[tuple[str, ...], int]]:
    """Exact phrases with "licence" for "license" that are no phrases themselves, and the numbers they go by."""
    own = {phrase.words for phrase in phrases if phrase.exact}
    found = [
        (tuple(word.replace("licens", "licenc") for word in phrase.words), number)
        for number, phrase in enumerate(phrases)
        if phrase.exact and any("licens" in word for word in phrase.words)
    ]
    return [(words, number) for words, number in found if words not in own]


def add_slots(
    index: PhraseIndex | None, slots: Iterable[PhraseSet], *, stem: Callable[[str], str] | None = None
) -> tuple[PhraseIndex, dict[PhraseSet, int]]:
    """An index that has these slots too, and the number of each of them; what was numbered before keeps its number."""
    fresh = list(dict.fromkeys(slots))
    known = index.phrases if index else ()
    numbers = {phrase: number for number, phrase in enumerate(known)}
    added = sorted({phrase for slot in fresh for phrase in slot if phrase not in numbers}, key=_order)
    numbers.update({phrase: number for number, phrase in enumerate(added, len(known))})
    before = index.slots if index else []
    members = [tuple(sorted(numbers[phrase] for phrase in slot)) for slot in fresh]
    grown = PhraseIndex([*known, *added], [*before, *members], stem=stem)
    return grown, {slot: number for number, slot in enumerate(fresh, len(before))}


def _order(phrase: Phrase) -> tuple[bool, tuple[str, ...]]:
    return phrase.exact, phrase.words
