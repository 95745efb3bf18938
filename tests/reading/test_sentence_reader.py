"""Reading sentences by chosen rules: what is tried nowhere states nothing, and each sentence stands for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.models.prose import read_sentences
from licensecheck.reading.compiled import standard_rules
from licensecheck.reading.sentence_reader import NOTHING, SentenceReader

SENTENCES = [
    "The sky over the harbour is grey today.",
    "You may not use the model for commercial purposes.",
    "It was trained for two weeks.",
    "You may use the weights only for research purposes.",
]


@pytest.fixture(scope="module")
def reader() -> SentenceReader:
    return SentenceReader(standard_rules())


def test_sentences_that_state_something_are_numbered(reader: SentenceReader) -> None:
    found = dict(reader.read_all(SENTENCES))
    assert "noncommercial" in {statement.kind for statement in found[1].statements}
    assert 3 in found
    assert not found.keys() & {0, 2}


def test_evidence_has_the_offsets_of_its_own_sentence(reader: SentenceReader) -> None:
    (statement, *_) = dict(reader.read_all(SENTENCES))[1].statements
    assert SENTENCES[1][statement.evidence.start : statement.evidence.end] == statement.evidence.quote


def test_words_of_two_sentences_make_no_match(reader: SentenceReader) -> None:
    assert not list(reader.read_all(["You may not use the model for", "commercial purposes."]))


def test_only_the_chosen_terms_are_read() -> None:
    reader = SentenceReader(standard_rules(), yields={"no-hosting"})
    assert not list(reader.read_all(SENTENCES))


def test_an_item_is_read_with_its_lead_in(reader: SentenceReader) -> None:
    found = dict(reader.read_all(["You may not:\n- use the model for commercial purposes"]))
    assert "noncommercial" in {statement.kind for statement in found[0].statements}


def test_choosing_where_to_read_loses_nothing_in_real_cards(shared: Path, reader: SentenceReader) -> None:
    seen = 0
    for path in sorted((shared / "corpus" / "cards").glob("*.md"))[::25]:
        texts = [s.text for s in read_sentences(path.read_text("utf-8", "replace"), first_line=1)]
        found = dict(reader.read_all(texts))
        seen += len(found)
        assert [reader._state(text, reader._wanted) for text in texts] == [
            found.get(number, NOTHING) for number in range(len(texts))
        ]
    assert seen
