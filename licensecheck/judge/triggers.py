"""Whether what sets a term off happens in the deployment (names and meanings: `rules/triggers.yaml`)."""

from __future__ import annotations

from collections.abc import Callable

from licensecheck.errors import DataError, Place
from licensecheck.judge import sizes as thresholds
from licensecheck.judge.case import (
    OUTWARD,
    Case,
    Fact,
    Truth,
    copies_in_product,
    creates_model,
    every,
    is_commercial,
    is_derivative_made,
    is_released,
    released_copy,
    some,
    uses_channel,
)

SIZE = "above-threshold"
"""A trigger that says who is bound, not what act binds; it goes with each of the others."""


def happens(name: str, case: Case) -> Fact:
    """Whether one trigger happens; with how to ask where that is not known."""
    if name not in TRIGGERS:
        raise DataError(f"no such trigger: {name}; rules/triggers.yaml names them", Place(path=case.reading.path))
    truth, asked = TRIGGERS[name](case)
    if truth is True and asked:
        return Fact(value=True, reason=_stated(asked, case))
    return Fact(value=truth, ask=case.asking(asked) if truth is None and asked else None)


def _stated(field: str, case: Case) -> str:
    """What the profile says in a field, as a reason; nothing for a fact that is not a field of the profile."""
    section, _, name = field.partition(".")
    value = getattr(getattr(case.profile, section, None), name, None) if name else None
    if isinstance(value, str):
        return f"The profile gives {name.replace('_', ' ')}: {value}."
    return f"The profile gives {name.replace('_', ' ')}: {', '.join(value)}." if isinstance(value, tuple) else ""


Answer = tuple[Truth, str | None]


def _use(case: Case) -> Answer:
    return True, None


def _commercial(case: Case) -> Answer:
    purpose = case.profile.deployment.purpose
    if purpose == "internal" and "internal-is-commercial" in case.assume:
        return True, None
    return is_commercial(purpose), "deployment.purpose"


def _internal(case: Case) -> Answer:
    return uses_channel(case, "internal"), "deployment.channels"


def _make_available(case: Case) -> Answer:
    outward = uses_channel(case, *OUTWARD)
    released = case.profile.derivatives.trained_model_released
    return some((outward, creates_model(case) if released else False)), "deployment.channels"


def _distribute_copies(case: Case) -> Answer:
    handed = uses_channel(case, "weights", "on-device")
    inside = copies_in_product(case)
    if handed is None:
        return None, "deployment.channels"
    return some((handed, inside, released_copy(case))), "copies-in-product"


def _distribute(case: Case) -> Answer:
    truth, asked = _distribute_copies(case)
    if case.says("hosting-is-distribution"):
        outward = uses_channel(case, *OUTWARD)
        return some((truth, outward)), "deployment.channels"
    if case.says("product-use-is-distribution"):
        return some((truth, uses_channel(case, "product"))), asked
    return truth, asked


def _product(case: Case) -> Answer:
    return uses_channel(case, "product", "on-device", "hosted-api"), "deployment.channels"


def _hosted(case: Case) -> Answer:
    hosted = uses_channel(case, "hosted-api")
    if hosted is None:
        return None, "deployment.channels"
    if hosted or not uses_channel(case, "product"):
        return hosted, None
    return (False if case.says("background-app-is-not-hosting") else None), "user-interaction"


def _network(case: Case) -> Answer:
    return uses_channel(case, "hosted-api", "product"), "deployment.channels"


def _modify(case: Case) -> Answer:
    return case.profile.derivatives.modifies_model, "derivatives.modifies_model"


def derivative_made(case: Case) -> Fact:
    """Whether a derivative in the sense of the text comes about."""
    made = is_derivative_made(case)
    return Fact(value=made, ask=case.asking("derivatives.modifies_model") if made is None else None)


def _distribute_derivative(case: Case) -> Answer:
    made = is_derivative_made(case)
    out, asked = _distribute(case)
    return every((made, out)), asked if made else "derivatives.modifies_model"


def _train(case: Case) -> Answer:
    derivatives = case.profile.derivatives
    asked = "derivatives.modifies_model" if derivatives.modifies_model is None else "derivatives.trains_other_models"
    return creates_model(case), asked


def _train_other(case: Case) -> Answer:
    return case.profile.derivatives.trains_other_models, "derivatives.trains_other_models"


def _release_trained(case: Case) -> Answer:
    created, asked = _train(case)
    return every((created, is_released(case))), asked if created is None else "derivatives.trained_model_released"


def _derivative_available(case: Case) -> Answer:
    """A model that was made is made available also where others only call it."""
    created, asked = _train(case)
    if case.profile.derivatives.modifies_model is False:
        return _release_trained(case)
    return every((created, uses_channel(case, *OUTWARD))), asked if created is None else "deployment.channels"


def _publish_output(case: Case) -> Answer:
    """Outputs go out with whatever goes out; a business may sell them though the model stays in the house."""
    outward = uses_channel(case, *OUTWARD)
    kept = outward is False and case.profile.deployment.purpose in ("internal", "research", "personal")
    return (True if outward else False if kept else None), "deployment.channels"


def _above(case: Case) -> Answer:
    return thresholds.any_over(case), None


TRIGGERS: dict[str, Callable[[Case], Answer]] = {
    "use": _use,
    "commercial-use": _commercial,
    "internal-use": _internal,
    "make-available": _make_available,
    "distribute-model": _distribute,
    "distribute-copies": _distribute_copies,
    "product": _product,
    "hosted-service": _hosted,
    "network-interaction": _network,
    "modify": _modify,
    "distribute-derivative": _distribute_derivative,
    "train-model": _train,
    "train-other-model": _train_other,
    "release-trained-model": _release_trained,
    "derivative-available": _derivative_available,
    "publish-output": _publish_output,
    "above-threshold": _above,
}
"""Each trigger's answer: whether it happens, and the fact to ask for where that is not known."""


def triggered_by(names: tuple[str, ...], case: Case) -> tuple[Truth, tuple[Fact, ...]]:
    """Whether any of the triggers happens (one written a+b needs both), and the facts that leave it open."""
    results = [_joint(name, case) for name in _qualified(names)]
    truth = some(result for result, _ in results)
    return truth, tuple(fact for result, facts in results if result is None for fact in facts)


def _qualified(names: tuple[str, ...]) -> tuple[str, ...]:
    """The triggers, each joined with the size that the text sets for all of them, where it sets one."""
    others = tuple(name for name in names if name != SIZE)
    return tuple(f"{name}+{SIZE}" for name in others) if SIZE in names and others else names


def _joint(name: str, case: Case) -> tuple[Truth, tuple[Fact, ...]]:
    facts = [happens(part, case) for part in name.split("+")]
    truths: list[Truth] = [fact.value if isinstance(fact.value, bool) else None for fact in facts]
    return every(truths), tuple(fact for fact in facts if fact.value is None)
