"""Rows of slots that are matched in all sentences at once find what looking at each sentence by itself finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from licensecheck.catalog.detect_rules import load_built_in_rules
from licensecheck.reading import layout
from licensecheck.reading.compiled import standard_rules
from licensecheck.reading.indexed_text import MAX_ENDS, CompiledPattern, IndexedText, candidates, find_hits, index_text
from licensecheck.reading.layout import Context
from licensecheck.text.clauses import parse_clauses

Span = tuple[int, int]


def plain_spans(page: IndexedText, slot: int, context: Context) -> list[Span]:
    """Where phrases of a slot stand in a context, looked up word by word."""
    hits = page.index.find(page.words.lower)
    return sorted(
        (start - first + at, end - first + at)
        for phrase in page.index.slots[slot]
        for start, end in hits.get(phrase, ())
        for first, last, at in context.parts
        if first <= start and end <= last
    )


def plain_ends(row: CompiledPattern, spans: dict[int, list[Span]]) -> dict[int, int]:
    """The ends of the matches of a row, each with its latest beginning."""
    reach = {end: start for start, end in spans[row.slots[0]]}
    for slot, gap in zip(row.slots[1:], row.gaps[1:], strict=True):
        following: dict[int, int] = {}
        for start, end in spans[slot]:
            begun = [begin for ended, begin in reach.items() if 0 <= start - ended <= gap]
            if begun:
                following[end] = max(following.get(end, -1), *begun)
        reach = following
    return reach


def example_text() -> str:
    """Sentences and lists of our own: examples of the rules, one after the other."""
    texts = [example.text for rule in load_built_in_rules(examples=True)[::7] for example in rule.examples[:2]]
    listed = "You may not:\n\n- use the model to train other models, or\n- sell it, rent it out or host it for a fee."
    return "\n\n".join([*texts[:60], listed])


def all_rows() -> Iterator[CompiledPattern]:
    rules = standard_rules()
    for ready in rules.rules:
        yield from ready.any
        yield from ready.none[:2]
    assert rules.ledger is not None
    yield from (*rules.ledger.neutral, *rules.ledger.reaches)


@pytest.mark.parametrize("length", [64, layout.LONGEST_BLOCK])
def test_rows_match_as_in_each_sentence_by_itself(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "LONGEST_BLOCK", length)
    rules = standard_rules()
    page = index_text(parse_clauses(example_text()), rules.index)
    assert (len(page.blocks) > 1) == (length == 64)
    assert any(len(context.parts) > 1 for context in page.contexts)
    matched = 0
    known: dict[tuple[int, int], list[Span]] = {}
    for row in all_rows():
        able = set(candidates(page, row))
        for number, context in enumerate(page.contexts):
            spans = {}
            for slot in row.slots:
                if (slot, number) not in known:
                    known[slot, number] = page.in_context(slot, context)
                spans[slot] = known[slot, number]
            ends = plain_ends(row, spans)
            assert len(ends) < MAX_ENDS
            found = {hit.end: hit.start for hit in find_hits(page, row, context, own=False)}
            assert found == ends
            assert context in able or not any(end > context.own for end in ends)
            matched += bool(ends)
    assert matched > 100


def test_spans_are_those_of_the_words() -> None:
    rules = standard_rules()
    page = index_text(parse_clauses(example_text()), rules.index)
    for slot in range(0, len(rules.index.slots), 97):
        for context in page.contexts[::5]:
            assert page.in_context(slot, context) == sorted(set(plain_spans(page, slot, context)))


def test_a_phrase_does_not_reach_from_a_lead_in_into_its_item() -> None:
    rules = standard_rules()
    page = index_text(parse_clauses("You may not:\n\n- use it to sell\n- may not"), rules.index)
    item = page.contexts[1]
    assert len(item.parts) > 1
    ban = rules.force.sets["ban"]
    assert [end for _, end in page.in_context(ban, item)] == [3]


def test_a_part_of_a_sentence_is_looked_at_alone() -> None:
    rules = standard_rules()
    page = index_text(parse_clauses("You must pay and you may not sell it."), rules.index)
    whole = page.contexts[0]
    part = Context(sentence=whole.sentence, parts=[(4, 9, 0)])
    ban = rules.force.sets["ban"]
    assert page.in_context(ban, whole) == [(5, 7)]
    assert page.in_context(ban, part) == [(1, 3)]
    assert page.in_context(ban, Context(sentence=whole.sentence, parts=[(0, 6, 0)])) == []


def test_words_outside_every_sentence_can_be_looked_at() -> None:
    rules = standard_rules()
    page = index_text(parse_clauses("You may not sell it. You may not lend it."), rules.index)
    both = Context(sentence=page.contexts[0].sentence, parts=[(2, 8, 0)])
    assert page.in_context(rules.force.sets["ban"], both) == [(4, 6)]


def test_places_are_read_alike_whatever_their_number() -> None:
    places = [0, 3, 511, 512, 4000]
    assert layout._places(layout._bits(places, 4001)) == places
    assert layout._places(layout._bits(places[:2], 10)) == places[:2]
