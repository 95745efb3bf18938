"""One pass of spaCy's PhraseMatcher over a text finds every phrase of every rule; the only module that knows spaCy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from licensecheck.match.pattern import Phrase, Slot
from licensecheck.text.words import stem

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

Hits = dict[int, list[tuple[int, int]]]
"""For the number of a phrase the word positions (end exclusive) at which it stands, in order."""

CHUNK = 50_000
"""Words that are matched at once, so that memory stays small on long texts."""
OVERLAP = 40


class PhraseIndex:
    """All phrases of a rule set, numbered, in two matchers: by stem and by the very word; and the slots they form."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        from spacy.matcher import PhraseMatcher
        from spacy.vocab import Vocab

        self._vocab: Vocab = Vocab()
        every = list(dict.fromkeys(slots))
        phrases = sorted({phrase for slot in every for phrase in slot}, key=_order)
        self.numbers: dict[Phrase, int] = {phrase: i for i, phrase in enumerate(phrases)}
        self.slot_numbers: dict[Slot, int] = {slot: i for i, slot in enumerate(every)}
        self.slots: list[tuple[int, ...]] = [tuple(sorted(self.numbers[p] for p in slot)) for slot in every]
        self.slots_of: dict[int, list[int]] = {}
        for number, found in enumerate(self.slots):
            for phrase in found:
                self.slots_of.setdefault(phrase, []).append(number)
        self._stems = self._matcher(PhraseMatcher, exact=False)
        self._exact = self._matcher(PhraseMatcher, exact=True)

    def _matcher(self, make: type[PhraseMatcher], *, exact: bool) -> PhraseMatcher:
        from spacy.tokens import Doc

        matcher = make(self._vocab, attr="ORTH")
        for phrase, number in self.numbers.items():
            if phrase.exact == exact:
                matcher.add(str(number), [Doc(self._vocab, words=list(phrase.words))])
        return matcher

    def find(self, words: list[str]) -> Hits:
        """Where each phrase stands in a row of words in lower case."""
        hits: Hits = {}
        for start in range(0, max(len(words), 1), CHUNK):
            part = words[start : start + CHUNK + OVERLAP]
            self._collect(hits, self._stems, [stem(w) for w in part], start)
            self._collect(hits, self._exact, part, start)
        for found in hits.values():
            found.sort()
        return hits

    def _collect(self, hits: Hits, matcher: PhraseMatcher, words: list[str], offset: int) -> None:
        from spacy.tokens import Doc

        if not len(matcher) or not words:
            return
        strings = self._vocab.strings
        names: dict[int, list[tuple[int, int]]] = {}
        for key, start, end in matcher(Doc(self._vocab, words=words)):
            if start < CHUNK:
                names.setdefault(key, []).append((start + offset, end + offset))
        for key, found in names.items():
            hits.setdefault(int(strings[key]), []).extend(found)


def _order(phrase: Phrase) -> tuple[bool, tuple[str, ...]]:
    return phrase.exact, phrase.words
