"""The index finds what spaCy's PhraseMatcher finds in the same words, and grows without renumbering."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from licensecheck.reading.compiled import standard_rules
from licensecheck.reading.patterns import parse_phrase
from licensecheck.reading.phrase_index import Hits, PhraseIndex, add_slots, respelled
from licensecheck.text.clauses import parse_clauses
from licensecheck.text.formats import read_any_text
from licensecheck.text.tokens import split_words, stem


def spacy_hits(index: PhraseIndex, words: Sequence[str]) -> Hits:
    """The same by spaCy: one PhraseMatcher over the stems, one over the words."""
    pytest.importorskip("spacy")
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    hits: Hits = {}
    for exact, row in ((False, list(map(stem, words))), (True, list(words))):
        vocab = Vocab()
        matcher = PhraseMatcher(vocab, attr="ORTH")
        for number, phrase in enumerate(index.phrases):
            if phrase.exact == exact:
                matcher.add(str(number), [Doc(vocab, words=list(phrase.words))])
        for spelled, number in respelled(index.phrases) if exact else ():
            matcher.add(str(number), [Doc(vocab, words=list(spelled))])
        for key, start, end in matcher(Doc(vocab, words=row)):
            hits.setdefault(int(vocab.strings[key]), []).append((start, end))
    return {number: sorted(found) for number, found in hits.items()}


def test_hits_are_those_of_spacy(shared: Path) -> None:
    index = standard_rules().index
    files = sorted((shared / "corpus" / "licenses").glob("*.txt"))[::6]
    texts = [read_any_text(path).text for path in files]
    words = [word for text in texts for word in split_words(parse_clauses(text).masked).lower]
    assert len(words) > 10_000
    assert index.find(words) == spacy_hits(index, words)


def test_an_exact_phrase_is_not_found_by_its_stem() -> None:
    index, _ = add_slots(None, [frozenset({parse_phrase("=sell it"), parse_phrase("lend")})])
    assert index.find(["selling", "it", "lending"]) == {0: [(2, 3)]}
    assert index.find(["sell", "it"]) == {1: [(0, 2)]}


def test_a_phrase_at_the_end_of_the_text_is_found_and_a_longer_one_is_not() -> None:
    index, _ = add_slots(None, [frozenset({parse_phrase("sell"), parse_phrase("sell it")})])
    assert list(index.find(["we", "sell"]).values()) == [[(1, 2)]]


def test_added_slots_leave_the_numbers_of_the_others_alone() -> None:
    first, numbers = add_slots(None, [frozenset({parse_phrase("zeta")}), frozenset({parse_phrase("beta")})])
    grown, more = add_slots(first, [frozenset({parse_phrase("alpha"), parse_phrase("zeta")})])
    assert grown.phrases[: len(first.phrases)] == first.phrases
    assert grown.slots[: len(first.slots)] == first.slots
    assert list(more.values()) == [len(numbers)]


def test_licence_is_found_as_license() -> None:
    index, _ = add_slots(None, [frozenset({parse_phrase("=license key")})])
    assert index.find(["this", "licence", "key"]) == {0: [(1, 3)]}
