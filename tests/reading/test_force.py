"""The force of a clause: who is banned, obliged or permitted, and by which words."""

from __future__ import annotations

import pytest

from licensecheck.catalog.detect_rules import load_lexicon
from licensecheck.domain.rules import DetectRule, Match, Yield
from licensecheck.reading.compiling import compile_rules
from licensecheck.reading.detection import RuleSet
from licensecheck.reading.force import force_at
from licensecheck.reading.indexed_text import find_hits, index_text
from licensecheck.text.clauses import parse_clauses


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """One rule that looks for the word "target", over the project's own lexicon."""
    rule = DetectRule(
        id="r",
        title="t",
        status="stable",
        since="0",
        why="w",
        match=Match(any=("=target",)),
        yields=Yield(sort="term", name="no-hosting"),
    )
    return compile_rules([rule], load_lexicon())


def force_of(text: str, rules: RuleSet) -> str:
    """The force at the last sentence or item of a text in which "target" stands."""
    page = index_text(parse_clauses(text), rules.index)
    row = rules.rules[0].any[0]
    found = [hit for context in page.contexts for hit in find_hits(page, row, context)]
    return force_at(page, found[-1].context, rules.force, found[-1].start, found[-1].end)


@pytest.mark.parametrize(
    "text",
    [
        "You may not use the Model for the target.",
        "The Model must never be used for the target.",
        "Use of the Model for the target is prohibited.",
        "No right is granted to use the Model for the target.",
        "Licensee shall refrain from the target.",
        "Don't use it for the target.",
        "No target, large or small, may be built with it.",
        "You agree not to use the Model:\n(a) for the target;\n(b) for sport.",
        "# Prohibited uses\n\n- The target\n- Sport",
        '"Prohibited Use" means (a) the target; and (b) sport.',
        "You agree not to use the Model:\nFor sport and play; For the target.",
        "You agree not to use the Model: In any way that is sport; For the target.",
        "For example, you may not:\n\nSell it in any form. Lend it to other people. Aim it at the target.",
    ],
)
def test_a_ban_is_seen_however_it_is_put(text: str, rules: RuleSet) -> None:
    assert force_of(text, rules) == "ban"


@pytest.mark.parametrize(
    "text",
    [
        "You may not use the Model for acts that may lead to the target.",
        "You will not use the Model for any act that could or may, in time, become the target.",
        "You may not publish texts which others can take for the target.",
    ],
)
def test_a_modal_in_a_subordinate_clause_changes_nothing(text: str, rules: RuleSet) -> None:
    assert force_of(text, rules) == "ban"


@pytest.mark.parametrize(
    "text",
    [
        "You may not sell the Model, but you may use it for the target.",
        "You may use the Model for the target.",
        "The target is permitted.",
        "You may not sell the Model.\n\nYou can use it for the target.",
    ],
)
def test_a_permission_is_no_ban(text: str, rules: RuleSet) -> None:
    assert force_of(text, rules) == "permit"


@pytest.mark.parametrize(
    "text",
    [
        "You may use the Model for any purpose other than the target.",
        "You may use the Model freely, except for the target.",
    ],
)
def test_what_a_permission_leaves_out_is_banned(text: str, rules: RuleSet) -> None:
    assert force_of(text, rules) == "ban"


@pytest.mark.parametrize(
    "text",
    [
        "The Licensor shall not be liable for the target.",
        "We do not guarantee the target.",
        "This License does not affect the target.",
        "The Model was made for the target.",
        "Nothing in this policy prohibits the target.",
    ],
)
def test_what_the_licensor_says_of_itself_binds_nobody(text: str, rules: RuleSet) -> None:
    assert force_of(text, rules) == "none"


@pytest.mark.parametrize(
    "text", ["You must pass the Prohibited Use Policy on with the target.", "您应当向许可方报告 target。"]
)
def test_a_name_that_holds_a_word_of_force_carries_none(text: str, rules: RuleSet) -> None:
    assert force_of(text, rules) == "duty"


def test_do_not_is_an_order_only_where_one_is_given(rules: RuleSet) -> None:
    assert force_of("Outputs do not hold any target.", rules) == "none"
    assert force_of("Outputs are free, do not use them for the target.", rules) == "ban"


def test_a_later_ban_does_not_reach_back_over_an_active_clause(rules: RuleSet) -> None:
    assert force_of("Acts of target break the law if you do not accept this License.", rules) == "none"


def test_a_passive_ban_takes_its_subject_from_a_permission_before(rules: RuleSet) -> None:
    assert force_of("You may use the Model for sport, but use for the target is prohibited.", rules) == "ban"
    assert force_of("You may use it for sport, play and the target unless this is prohibited.", rules) == "permit"


def test_a_passive_ban_after_its_subject_does_reach_back(rules: RuleSet) -> None:
    assert force_of("Acts of target are not permitted.", rules) == "ban"


def test_a_paragraph_after_a_list_is_no_longer_banned(rules: RuleSet) -> None:
    assert force_of("You may not:\n(a) sell it;\n(b) lend it.\n\nWe wrote it for the target.", rules) == "none"
