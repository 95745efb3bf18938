"""Conditions of check rules, worked out in three values."""

from __future__ import annotations

from collections.abc import Callable

from licensecheck.domain.rules import All, Condition, Either, Not, Test
from licensecheck.errors import DataError, Place
from licensecheck.frozen import dataclass
from licensecheck.judge import credit, licensees, licensing, territory, triggers, uses
from licensecheck.judge import credit as materials
from licensecheck.judge import credit as naming
from licensecheck.judge import credit as policy
from licensecheck.judge import sizes as thresholds
from licensecheck.judge.case import Case, Fact, Truth, every, negate, some

# Facts by name: what the profile states, what follows from it, what the text settles.


Finder = Callable[[Case], Fact]

COMPUTED: dict[str, Finder] = {
    "size.over-limit": thresholds.over_limit,
    "size.counts": thresholds.counts_here,
    "credit.shown": credit.credit_shown,
    "credit.required": credit.credit_required,
    "name.as-prescribed": naming.name_as_prescribed,
    "body.named": licensees.body_named,
    "organization.named": licensees.organization_named,
    "class.excluded": licensees.who_excluded,
    "seat.excluded": territory.seat_excluded,
    "offer.excluded": territory.offer_excluded,
    "territory.looks-at": territory.looks_at,
    "notice.at-hand": licensing.notice_at_hand,
    "place.sanctioned": territory.place_sanctioned,
    "model.multimodal": territory.model_multimodal,
    "use.banned": uses.use_banned,
    "policy.at-hand": policy.policy_at_hand,
    "derivative.made": triggers.derivative_made,
    "derivative.license-fits": licensing.license_fits,
    "registered.here": licensing.registered_here,
}
"""Facts that take more than a look into the profile."""
ASSUMED = ("copies-in-product", "internal-is-commercial")
"""What a rule may `assume` beside facts: that copies go out with a product, that use by a business is commercial."""


def find_fact(name: str, case: Case) -> Fact:
    """The fact of that name; DataError for a name that nothing defines."""
    if name in COMPUTED:
        return COMPUTED[name](case)
    room, _, rest = name.partition(".")
    if room == "happens":
        return triggers.happens(rest, case)
    if room == "text":
        return Fact(value=case.says(rest), of_text=True)
    if room == "names-trigger":
        return Fact(value=any(rest in trigger.split("+") for trigger in case.term.triggers), of_text=True)
    if room == "proviso":
        return Fact(value=rest in case.term.provisos, of_text=True)
    if room == "term":
        return Fact(value=_known(case, rest), of_text=True)
    if room == "refused":
        return Fact(value=getattr(case.profile.materials, rest) is False)
    if room == "stated":
        part, _, field = rest.partition(".")
        return Fact(value=getattr(getattr(case.profile, part), field) is not None)
    if room == "materials":
        return materials.material(rest, case)
    if room in ("organization", "deployment", "derivatives"):
        return _stated(room, rest, case)
    raise DataError(f"no such fact: {name}", Place(path="rules/check"))


def _known(case: Case, name: str) -> str | int | float | bool | tuple[str, ...]:
    """An attribute or detail of the term; the word 'silent' where the text says nothing of it."""
    value = case.term.attributes.get(name, case.term.details.get(name))
    return "silent" if value is None else value


def _stated(room: str, name: str, case: Case) -> Fact:
    part = getattr(case.profile, room)
    if name not in part.__slots__:
        raise DataError(f"no such fact: {room}.{name}", Place(path="rules/check"))
    value = getattr(part, name)
    return Fact(value=value, ask=case.asking(f"{room}.{name}") if value is None else None)


# Conditions of check rules, worked out in three values.


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The truth of a condition and the facts that decide it."""

    truth: Truth
    facts: tuple[Fact, ...] = ()

    @property
    def reason(self) -> str:
        """Why, in the words of the deciding facts."""
        return " ".join(dict.fromkeys(fact.reason for fact in self.facts if fact.reason))


def evaluate_condition(condition: Condition | None, case: Case, *, empty: Truth = True) -> Outcome:
    """The outcome of a condition for a case; `empty` is that of a condition that a rule does not state."""
    if condition is None:
        return Outcome(truth=empty)
    if isinstance(condition, Test):
        return _evaluate_test(condition, case)
    if isinstance(condition, Not):
        inner = evaluate_condition(condition.part, case)
        return Outcome(truth=negate(inner.truth), facts=inner.facts)
    return _evaluate_parts(condition, case)


def _evaluate_parts(condition: All | Either, case: Case) -> Outcome:
    """The parts' outcomes joined; only those that decide the whole are named.

    Where one part is enough and the text itself decides it, the facts of the deployment are beside the point.
    """
    inner = [evaluate_condition(part, case) for part in condition.parts]
    join = every if isinstance(condition, All) else some
    truth = join(outcome.truth for outcome in inner)
    deciding = [outcome for outcome in inner if outcome.truth is truth]
    if truth is isinstance(condition, Either):
        by_text = [outcome for outcome in deciding if outcome.facts and all(fact.of_text for fact in outcome.facts)]
        deciding = by_text or deciding
    return Outcome(truth=truth, facts=tuple(fact for outcome in deciding for fact in outcome.facts))


def _evaluate_test(test: Test, case: Case) -> Outcome:
    fact = find_fact(test.fact, case)
    if fact.value is None:
        assumed = True if test.fact in case.assume and True in test.values else None
        return Outcome(truth=assumed, facts=(fact,))
    held = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    return Outcome(truth=any(_same(value, wanted) for value in held for wanted in test.values), facts=(fact,))


def _same(value: object, wanted: object) -> bool:
    """Equal and of the same kind: 1 is not true here."""
    return value == wanted and isinstance(value, bool) == isinstance(wanted, bool)
