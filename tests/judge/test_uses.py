"""Prohibited uses against everyday words: hits, near misses, provisos, and what nobody stated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.catalog.built_data import rules_root
from licensecheck.catalog.check_rules import load_uses, load_word_sets
from licensecheck.domain.findings import Finding, Status

from .building import check, find, make_reading, make_term

CASES = yaml.safe_load((Path(__file__).parent / "everyday_uses.yaml").read_text(encoding="utf-8"))
BLIND = yaml.safe_load((Path(__file__).parent / "blind_uses.yaml").read_text(encoding="utf-8"))
CATEGORIES = [
    name
    for name in yaml.safe_load((rules_root() / "terms.yaml").read_text(encoding="utf-8"))["prohibited_use_categories"]
    if name != "undisclosed-ai"
]


EVERY_PROFESSION = {"unlicensed-profession": {"topics": ("profession",)}}
"""A clause on the professions speaks of all of them, as most texts do."""


def judge(use: str, category: str, **fields: Any) -> Finding:
    """The finding on one use under a ban on one category."""
    fields.setdefault("details", EVERY_PROFESSION.get(category, {}))
    term = make_term("prohibited-use", category=category, **fields)
    return find(check(make_reading(term), profile={"deployment": {"uses": [use]}}), "prohibited-use")


def touched(use: str) -> list[str]:
    """The categories that a use may fall under."""
    terms = [make_term("prohibited-use", category=c, details=EVERY_PROFESSION.get(c, {})) for c in CATEGORIES]
    report = check(make_reading(*terms), profile={"deployment": {"uses": [use]}})
    found = [f for f in report.findings if f.kind == "prohibited-use" and f.status is not Status.MET]
    return [str(f.attributes["category"]) for f in found]


@pytest.mark.parametrize("use", CASES["harmless"])
def test_harmless_use_touches_nothing(use: str) -> None:
    assert touched(use) == []


@pytest.mark.parametrize("case", CASES["touched"], ids=[case["use"] for case in CASES["touched"]])
def test_use_is_not_let_pass(case: dict[str, str]) -> None:
    assert judge(case["use"], case["category"]).status in (Status.VIOLATION, Status.REVIEW)


@pytest.mark.parametrize("case", BLIND["caught"], ids=[case["use"] for case in BLIND["caught"]])
def test_use_of_a_blind_trial_is_not_let_pass(case: dict[str, str]) -> None:
    assert judge(case["use"], case["category"]).status in (Status.VIOLATION, Status.REVIEW)


@pytest.mark.parametrize("case", BLIND["near"], ids=[case["use"] for case in BLIND["near"]])
def test_near_miss_of_a_blind_trial_stays_outside(case: dict[str, str]) -> None:
    assert judge(case["use"], case["category"]).status is Status.MET


@pytest.mark.parametrize("use", BLIND["ordinary"])
def test_ordinary_use_of_a_blind_trial_touches_nothing(use: str) -> None:
    assert touched(use) == []


def test_plain_use_of_a_narrower_category_is_a_question() -> None:
    assert judge("selling cocaine", "illegal-activity").status is Status.REVIEW


@pytest.mark.parametrize("use", CASES["gaps"])
def test_known_gap_is_still_one(use: str) -> None:
    assert touched(use) != []


@pytest.mark.parametrize(
    ("use", "category", "status"),
    [
        ("drone targeting", "military", Status.VIOLATION),
        ("history of warfare course", "military", Status.MET),
        ("CV screening", "automated-decisions", Status.REVIEW),
        ("loan approval bot without a human clerk", "automated-decisions", Status.VIOLATION),
        ("loan proposals that a human decides", "automated-decisions", Status.MET),
        ("fraud detection for banks", "fraud", Status.MET),
        ("suicide-prevention hotline", "self-harm", Status.MET),
        ("malware that slips past detection by evasion", "malware", Status.VIOLATION),
        ("chemical synthesis planner", "drugs", Status.REVIEW),
        ("drug-interaction database for pharmacists", "drugs", Status.MET),
    ],
)
def test_everyday_words_are_weighed(use: str, category: str, status: Status) -> None:
    assert judge(use, category).status is status


def test_proviso_makes_a_question_of_a_plain_hit() -> None:
    finding = judge("diagnosis of patients", "unlicensed-profession", provisos=["unlicensed"])
    assert (finding.status, bool(finding.question)) == (Status.REVIEW, True)


def test_topic_that_the_text_does_not_name_is_a_question() -> None:
    assert judge("atomic power stations", "military").status is Status.REVIEW


def test_topic_that_the_text_names_is_banned() -> None:
    assert judge("atomic power stations", "military", details={"topics": ("nuclear",)}).status is Status.VIOLATION


def test_use_longer_than_can_be_read_is_for_a_person() -> None:
    assert judge("tips " * 1200, "military").status is Status.REVIEW


def test_several_uses_are_as_bad_as_the_worst() -> None:
    term = make_term("prohibited-use", category="military")
    report = check(make_reading(term), profile={"deployment": {"uses": ["travel tips", "drone targeting"]}})
    assert find(report, "prohibited-use").status is Status.VIOLATION


@pytest.mark.parametrize("category", [*CATEGORIES, "undisclosed-ai"])
def test_every_category_has_words(category: str) -> None:
    vocabulary = load_uses(category)
    assert vocabulary is not None
    assert vocabulary.category == category


@pytest.mark.parametrize("category", CATEGORIES)
def test_banned_thing_alone_is_not_silenced_by_its_own_category(category: str) -> None:
    vocabulary = load_uses(category)
    assert vocabulary is not None
    names = [phrase.replace("*", "") for topic in vocabulary.topics for phrase in topic.plain if "<" not in phrase]
    assert [name for name in names if judge(name, category).status is Status.MET] == []


def test_every_set_that_a_phrase_names_exists() -> None:
    named = set()
    for path in sorted((rules_root() / "uses").glob("[a-z]*.yaml")):
        for piece in path.read_text(encoding="utf-8").split("<")[1:]:
            named.add(piece.partition(">")[0])
    assert named <= set(load_word_sets())


def test_profession_that_the_text_does_not_name_is_left_alone() -> None:
    topics = {"topics": ("medical",)}
    assert judge("investment advice for beginners", "unlicensed-profession", details=topics).status is Status.MET


def test_profession_that_the_text_names_is_banned() -> None:
    topics = {"topics": ("financial",)}
    finding = judge("investment advice for beginners", "unlicensed-profession", details=topics)
    assert finding.status is Status.VIOLATION


def asked_about(use: str, *categories: str) -> list[Finding]:
    """The findings on a use that no ban says anything of."""
    report = check(
        make_reading(*(make_term("prohibited-use", category=c) for c in categories)),
        profile={"deployment": {"uses": [use]}},
    )
    return [finding for finding in report.findings if finding.kind == "unclear-use"]


def test_hint_at_a_ban_is_one_question_that_names_it() -> None:
    (finding,) = asked_about("what she looks like under her clothes", "sexual-content", "weapons", "drugs")
    assert finding.question is not None
    assert "sexual content" in finding.question


@pytest.mark.parametrize("use", ["tbd", "AI", "n/a", "various", "?"])
def test_placeholder_is_asked_about(use: str) -> None:
    assert len(asked_about(use, "weapons", "drugs")) == 1


def test_work_that_nobody_knows_is_asked_about() -> None:
    assert asked_about("flurbing the gronks", "weapons")


def test_unclear_use_is_of_no_matter_where_nothing_is_banned() -> None:
    report = check(make_reading(make_term("retain-notices")), profile={"deployment": {"uses": ["tbd"]}})
    assert [f for f in report.findings if f.kind == "unclear-use"] == []


def test_ban_on_which_a_person_has_decided_asks_nothing() -> None:
    term = make_term("prohibited-use", category="weapons")
    facts = {"deployment": {"uses": ["flurbing the gronks"], "decided": ["weapons"]}}
    assert [f for f in check(make_reading(term), profile=facts).findings if f.kind == "unclear-use"] == []


@pytest.mark.parametrize("use", ["gun dog training", "doping of semiconductors", "killing zombie processes on servers"])
def test_word_of_two_senses_beside_its_harmless_thing_touches_nothing(use: str) -> None:
    assert touched(use) == []


def test_word_of_the_opposite_anywhere_makes_a_question_of_a_violation() -> None:
    assert judge("police training against bomb making on stage", "weapons").status is not Status.VIOLATION
