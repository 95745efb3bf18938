"""Where every phrase of a rule set stands in a text, found in one walk along its words: two tries, by stem and by word.

spaCy's PhraseMatcher over the same words finds the same (tests/reading/test_phrase_index.py), but costs half a second
to import and to fill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from licensecheck.reading.patterns import Phrase, Slot
from licensecheck.text.tokens import stem_words

Hits = dict[int, list[tuple[int, int]]]
"""For the number of a phrase the word positions (end exclusive) at which it stands, in order."""
_Node = dict[str, Any]
"""What may follow, by word; under `_END` the number of the phrase that ends here."""
_END = ""


class PhraseIndex:
    """All phrases of a rule set, numbered, and the slots they form; `stem` is that of a language other than English."""

    def __init__(
        self, phrases: Iterable[Phrase], slots: Iterable[Sequence[int]], *, stem: Callable[[str], str] | None = None
    ) -> None:
        self._stem = stem
        self.phrases: tuple[Phrase, ...] = tuple(phrases)
        self.slots: list[tuple[int, ...]] = [tuple(slot) for slot in slots]
        self.slots_of: list[list[int]] = [[] for _ in self.phrases]
        for number, members in enumerate(self.slots):
            for member in members:
                self.slots_of[member].append(number)
        self._stems: _Node = {}
        self._exact: _Node = {}
        for number, phrase in enumerate(self.phrases):
            node = self._exact if phrase.exact else self._stems
            for word in phrase.words:
                node = node.setdefault(word, {})
            node[_END] = number

    def find(self, words: Sequence[str]) -> Hits:
        """Where each phrase stands in a row of words in lower case."""
        hits: Hits = {}
        _walk(self._stems, list(map(self._stem, words)) if self._stem else stem_words(words), hits)
        _walk(self._exact, words, hits)
        return hits


def _walk(root: _Node, words: Sequence[str], hits: Hits) -> None:
    following = [*words[1:], None]
    for start, node in enumerate(map(root.get, words)):
        if node is None:
            continue
        number = node.get(_END)
        if number is not None:
            found = hits.get(number)
            if found is None:
                hits[number] = [(start, start + 1)]
            else:
                found.append((start, start + 1))
        if following[start] in node:
            _walk_on(node, words, start, hits)


def _walk_on(node: _Node, words: Sequence[str], start: int, hits: Hits) -> None:
    """The phrases of two words and more that begin at a word whose node is given."""
    for end in range(start + 1, len(words)):
        if words[end] not in node:
            return
        node = node[words[end]]
        number = node.get(_END)
        if number is not None:
            hits.setdefault(number, []).append((start, end + 1))


def add_slots(
    index: PhraseIndex | None, slots: Iterable[Slot], *, stem: Callable[[str], str] | None = None
) -> tuple[PhraseIndex, dict[Slot, int]]:
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
