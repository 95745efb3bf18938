"""Conditions of check rules, worked out in three values."""

from __future__ import annotations

from dataclasses import dataclass

from licensecheck.engine.case import Case, Fact
from licensecheck.engine.facts import find_fact
from licensecheck.engine.truth import Truth, every, negate, some
from licensecheck.model.check import All, Condition, Either, Not, Test


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The truth of a condition and the facts that decide it."""

    truth: Truth
    facts: tuple[Fact, ...] = ()

    @property
    def reason(self) -> str:
        """Why, in the words of the deciding facts."""
        return " ".join(dict.fromkeys(fact.reason for fact in self.facts if fact.reason))


def weigh(condition: Condition | None, case: Case, *, empty: Truth = True) -> Outcome:
    """The outcome of a condition for a case; `empty` is that of a condition that a rule does not state."""
    if condition is None:
        return Outcome(truth=empty)
    if isinstance(condition, Test):
        return _weigh_test(condition, case)
    if isinstance(condition, Not):
        inner = weigh(condition.part, case)
        return Outcome(truth=negate(inner.truth), facts=inner.facts)
    return _weigh_parts(condition, case)


def _weigh_parts(condition: All | Either, case: Case) -> Outcome:
    """The parts' outcomes joined; only those that decide the whole are named."""
    inner = [weigh(part, case) for part in condition.parts]
    join = every if isinstance(condition, All) else some
    truth = join(outcome.truth for outcome in inner)
    return Outcome(truth=truth, facts=tuple(f for outcome in inner if outcome.truth is truth for f in outcome.facts))


def _weigh_test(test: Test, case: Case) -> Outcome:
    fact = find_fact(test.fact, case)
    if fact.value is None:
        assumed = True if test.fact in case.assume and True in test.values else None
        return Outcome(truth=assumed, facts=(fact,))
    held = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    return Outcome(truth=any(_same(value, wanted) for value in held for wanted in test.values), facts=(fact,))


def _same(value: object, wanted: object) -> bool:
    """Equal and of the same kind: 1 is not true here."""
    return value == wanted and isinstance(value, bool) == isinstance(wanted, bool)
