"""Sentences of a card in other languages than English that can restrict, by words of law alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog, per_catalog_up_to
from licensecheck.lazy import re
from licensecheck.models.cues import bit_of
from licensecheck.models.prose import Elsewhere, Sentence

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ELIDED = re.compile(r"\b(?:[ldnsjmtc]|qu|un|dell|all|nell|sull|dall|quest|quell|nessun)['’](?=\w{3})")
"""An article or a small word that has run into the next one."""
_ENGLISH = 0.07
"""From this share of English function words on a sentence is English."""
_MIXED = 0.15
"""The same of a sentence with letters that English does not have: some of these words are words of other languages."""
_PLAINLY = 5
"""A sentence of so many words and none of English is in another language, even without small words of its own."""
_SHORTEST = 2
_LONGEST = 1_500


def find_foreign(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences in another language that speak of use or license as a restriction does."""
    words = _words()
    under = words.heading
    bit = bit_of("foreign")
    for sentence in sentences:
        if len(sentence.text) > _LONGEST or (sentence.text.isascii() and not sentence.marks & bit):
            continue
        if _restricts(sentence.low, under.holds(sentence)):
            yield sentence


@per_catalog_up_to(8192)
def _restricts(low: str, under: bool) -> bool:
    words = _words()
    found = _WORD.findall(_ELIDED.sub(" ", low))
    if not found or (low.isascii() and len(found) < _SHORTEST + 1):
        return False
    english = sum(word in words.english for word in found)
    small = sum(word in words.small and word not in words.english for word in found)
    if english > (_ENGLISH if low.isascii() else _MIXED) * len(found) and english >= small:
        return False
    if low.isascii() and not small and (english or len(found) < _PLAINLY):
        return False
    if words.unless.search(low):
        return False
    groups = words.groups_in(low, found, foreign=not english and small > 1)
    if "without" in groups and _BINDING.isdisjoint(groups - {"need"}) and groups & {"may", "give"}:
        groups -= {"leave", "need"}
    elif "without" in groups:
        groups.add("deny")
    if "give" in groups and groups.isdisjoint(_BINDING):
        groups.discard("leave")
    if "gratis" in groups:
        groups -= {"fee", "pay"}
    if any(pair <= groups for pair in words.anywhere):
        return True
    if not any(pair <= groups for pair in words.pairs):
        return False
    return under or _states_limit(low)


def _states_limit(low: str) -> bool:
    from licensecheck.reading.sentence_reader import states_limit  # few cards need the rules for license texts

    return states_limit(low)


class _Words:
    """The words of `rules/cards/foreign.yaml`."""

    def __init__(self) -> None:
        data = load_vocabulary("foreign")
        self.small = frozenset(data["small"])
        self.english = frozenset(data["english"])
        self._shared = frozenset(data["shared"])
        self.unless = re.compile(data["unless"])
        self._stems: dict[str, set[str]] = {}
        for group, stems in data["latin"].items():
            for stem in stems:
                self._stems.setdefault(stem, set()).add(group)
        self._longest = max(map(len, self._stems))
        self._parts = {group: re.compile("|".join(map(re.escape, parts))) for group, parts in data["parts"].items()}
        self.pairs = tuple(frozenset(pair) for pair in data["pairs"])
        barred = {frozenset(pair) for pair in data["under_heading"]}
        self.anywhere = tuple(pair for pair in self.pairs if pair not in barred)
        self.heading = Elsewhere(re.compile(data["heading"]))

    def groups_in(self, low: str, words: list[str], *, foreign: bool) -> set[str]:
        """The groups of which a word stands in the sentence; a word of two groups counts for each.

        Words that are English as well count where the sentence is `foreign` beyond doubt, or has letters of its own.
        """
        found: set[str] = set()
        plain = not foreign and all(map(str.isascii, words))
        for word in words:
            if plain and word in self._shared:
                continue
            for length in range(min(len(word), self._longest), 0, -1):
                groups = self._stems.get(word[:length])
                if groups is not None and (length == len(word) or length > _STEM):
                    whole = length == len(word)
                    if whole and "without" in groups:
                        found.add("without")
                        break
                    found |= groups if whole or length > _STEM + 1 else groups - {"deny", "limit"}
        if not low.isascii():
            found |= {group for group, pattern in self._parts.items() if pattern.search(low)}
        return found


_BINDING = frozenset(("deny", "limit", "need"))
"""The groups of words without which a leave that is given is none to be had first."""
_STEM = 3
"""A stem of at most so many letters is a whole word; one letter more for those that deny or limit."""


@per_catalog
def _words() -> _Words:
    return _Words()
