"""Three values: what is not known stays so unless something else decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from licensecheck.catalog.check_rules import load_knowledge
from licensecheck.catalog.profile_files import parse_profile
from licensecheck.domain.rules import All, Either, Not
from licensecheck.domain.rules import Test as Asked
from licensecheck.domain.subject import Subject
from licensecheck.judge.case import Case, Situation, Truth, every, negate, some
from licensecheck.judge.conditions import evaluate_condition

from .building import make_reading, make_term


@pytest.mark.parametrize(
    ("join", "values", "truth"),
    [
        (every, (True, True), True),
        (every, (True, None), None),
        (every, (None, False), False),
        (every, (), True),
        (some, (False, False), False),
        (some, (False, None), None),
        (some, (None, True), True),
        (some, (), False),
    ],
)
def test_values_joined(join: Callable[[Iterable[Truth]], Truth], values: tuple[Truth, ...], truth: Truth) -> None:
    assert join(values) is truth


@pytest.mark.parametrize(("value", "opposite"), [(True, False), (False, True), (None, None)])
def test_opposite(value: Truth, opposite: Truth) -> None:
    assert negate(value) is opposite


def case(profile: dict[str, object], *, assume: frozenset[str] = frozenset()) -> Case:
    situation = Situation(
        subject=Subject(target="t"),
        readings=(make_reading(),),
        profile=parse_profile(profile, path="p"),
        knowledge=load_knowledge(),
    )
    return Case(term=make_term("register", value=1), reading=make_reading(), situation=situation, assume=assume)


COMMERCIAL = Asked(fact="deployment.purpose", values=("commercial",))
CHANGED = Asked(fact="derivatives.modifies_model", values=(True,))


def test_not_of_what_is_unknown_is_unknown() -> None:
    assert evaluate_condition(Not(part=COMMERCIAL), case({})).truth is None


def test_only_what_decides_is_named() -> None:
    profile = {"deployment": {"purpose": "research"}}
    outcome = evaluate_condition(All(parts=(COMMERCIAL, CHANGED)), case(profile))
    assert (outcome.truth, [fact.value for fact in outcome.facts]) == (False, ["research"])


def test_one_of_several_is_enough() -> None:
    assert (
        evaluate_condition(Either(parts=(COMMERCIAL, CHANGED)), case({"deployment": {"purpose": "commercial"}})).truth
        is True
    )


def test_number_one_is_not_true() -> None:
    assert evaluate_condition(Asked(fact="term.value", values=(True,)), case({})).truth is False


def test_rule_on_the_strict_side_takes_an_unknown_fact_for_true() -> None:
    assumed = case({}, assume=frozenset((CHANGED.fact,)))
    assert (evaluate_condition(CHANGED, assumed).truth, evaluate_condition(CHANGED, case({})).truth) == (True, None)


def test_strictness_takes_nothing_for_false() -> None:
    unchanged = Asked(fact=CHANGED.fact, values=(False,))
    assert evaluate_condition(unchanged, case({}, assume=frozenset((CHANGED.fact,)))).truth is None
