"""The language of patterns, and matching with gaps."""

from __future__ import annotations

import re

import pytest

from licensecheck.domain.rules import DetectRule, Match, Yield
from licensecheck.errors import DataError
from licensecheck.reading.compiling import compile_rules
from licensecheck.reading.detection import run_rules
from licensecheck.reading.force import WORD_SETS
from licensecheck.reading.indexed_text import index_text
from licensecheck.reading.patterns import parse_pattern, word_sets
from licensecheck.text.clauses import parse_clauses

LEXICON = {
    "sets": {
        **{name: ["zyzzyva"] for name in WORD_SETS},
        "ban": ["may not"],
        "duty": ["shall"],
        "permit": ["=may"],
        "you": ["you", "licensee"],
    },
    "headings": {"ban": ["prohibited"]},
}


def found(text: str, **match: object) -> int:
    """In how many sentences a rule with this match fires."""
    rule = DetectRule(
        id="r",
        title="t",
        status="stable",
        since="0",
        why="",
        yields=Yield(sort="term", name="audit"),
        match=Match(**match),
    )  # type: ignore[arg-type]  # the test hands in fields of Match
    rules = compile_rules([rule], LEXICON)
    return len(run_rules(index_text(parse_clauses(text), rules.index), rules, ("term",)))


@pytest.mark.parametrize(
    ("pattern", "text", "hits"),
    [
        ("hold harmless", "You agree to be holding harmless us.", 1),
        ("=limited", "The license is limit and not unlimited.", 0),
        ("(sell|lend out)", "You may lend out copies.", 1),
        ("<you> .. sell", "Licensee may well sell it.", 1),
        ("<you> .. sell", "You " + "very " * 7 + "sell it.", 0),
        ("<you> ... sell", "You " + "very " * 7 + "sell it.", 1),
        ("<you> ~ sell", "You " + "very " * 60 + "sell it.", 1),
        ("sell (all the)? copies", "They sell copies. They sell all the copies. They sell no copies.", 2),
        ("sell <you>", "You sell.", 0),
    ],
)
def test_a_pattern_matches_what_it_says(pattern: str, text: str, hits: int) -> None:
    assert found(text, any=(pattern,)) == hits


def test_a_match_does_not_leave_its_sentence() -> None:
    assert found("You read it. They sell it.", any=("<you> ~ sell",)) == 0


def test_an_item_matches_together_with_its_lead_in() -> None:
    assert found("You may not:\n\n- read it\n- sell it\n", any=("<you> may not ~ sell",)) == 1


def test_a_lead_in_alone_is_no_match_of_the_item() -> None:
    assert found("You may not sell it:\n\n- on Sundays\n- at sea\n", any=("<you> ~ sell",)) == 1


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("You may not sell it.", 1),
        ("You may sell it.", 0),
        ("You may not:\n- rent it\n- sell it\n", 1),
        ("Prohibited uses\n\n- to sell it\n\n- to lend it\n", 1),
    ],
    ids=["in the sentence", "permitted", "in the lead-in", "in a heading"],
)
def test_force_comes_from_sentence_lead_in_or_heading(text: str, hits: int) -> None:
    assert found(text, any=("sell",), force=("ban",)) == hits


def test_all_and_none_look_at_the_whole_sentence() -> None:
    assert found("You sell copies for money.", any=("sell",), all=(("money", "gold"),)) == 1
    assert found("You sell copies for money.", any=("sell",), none=("money",)) == 0


@pytest.mark.parametrize("pattern", ["", "..", "<nobody> sells", "(a|b", "?"])
def test_a_faulty_pattern_is_named(pattern: str) -> None:
    with pytest.raises(DataError):
        parse_pattern(pattern, word_sets({"sets": {"you": ["you"]}}))


@pytest.mark.parametrize(
    ("pattern", "sign"),
    [
        ("(rent|<you> .. =may)", "'<'"),
        ("(rent|lend .. out)", "'..'"),
        ("(rent|names?)", "'?'"),
        ("(rent|sell =it)", "'=' stands before its first word"),
    ],
)
def test_alternatives_that_are_no_plain_words_are_refused(pattern: str, sign: str) -> None:
    with pytest.raises(DataError, match=re.escape(sign)):
        parse_pattern(pattern, word_sets({"sets": {"you": ["you"]}}))


def test_exact_phrase_may_say_so_before_each_word() -> None:
    assert parse_pattern("(=as =a =service)", {})[0].slots == parse_pattern("(=as a service)", {})[0].slots


def test_a_circular_lexicon_is_named() -> None:
    with pytest.raises(DataError, match="circular"):
        word_sets({"sets": {"a": ["<b>"], "b": ["<a>"]}})
