"""Whether what sets a term off happens in the deployment (names and meanings: `rules/triggers.yaml`)."""

from __future__ import annotations

from collections.abc import Callable

from licensecheck.engine import thresholds
from licensecheck.engine.case import Case, Fact
from licensecheck.engine.truth import Truth, every, some

SIZE = "above-threshold"
"""A trigger that says who is bound, not what act binds; it goes with each of the others."""
OUTWARD = ("hosted-api", "product", "weights", "on-device")
"""The channels by which something reaches third parties."""


def happens(name: str, case: Case) -> Fact:
    """Whether one trigger happens; with how to ask where that is not known."""
    truth, asked = TRIGGERS[name](case)
    return Fact(value=truth, ask=case.asking(asked) if truth is None and asked else None)


Answer = tuple[Truth, str | None]


def _channel(case: Case, *names: str) -> Truth:
    channels = case.profile.deployment.channels
    return None if channels is None else any(name in channels for name in names)


def _copies_in_product(case: Case) -> Truth:
    """Whether a copy goes out with a product: not known, unless the rule is to be on the strict side."""
    if not _channel(case, "product"):
        return _channel(case, "product")
    return True if "copies-in-product" in case.assume else None


def _use(case: Case) -> Answer:
    return True, None


def _commercial(case: Case) -> Answer:
    purpose = case.profile.deployment.purpose
    if purpose == "internal" and "internal-is-commercial" in case.assume:
        return True, None
    known = {"commercial": True, "research": False, "personal": False}
    return known.get(purpose or ""), "deployment.purpose"


def _internal(case: Case) -> Answer:
    return _channel(case, "internal"), "deployment.channels"


def _make_available(case: Case) -> Answer:
    outward = _channel(case, *OUTWARD)
    released = case.profile.derivatives.trained_model_released
    return some((outward, bool(released and _creates(case)))), "deployment.channels"


def _distribute_copies(case: Case) -> Answer:
    handed = _channel(case, "weights", "on-device")
    inside = _copies_in_product(case)
    if handed is None:
        return None, "deployment.channels"
    return some((handed, inside, _released_copy(case))), "copies-in-product"


def _released_copy(case: Case) -> Truth:
    """Whether a derivative that is released goes out as a copy; through an API alone it does not."""
    if not (case.profile.derivatives.trained_model_released and _is_derivative_made(case)):
        return False
    channels = case.profile.deployment.channels or ()
    return False if set(channels) == {"hosted-api"} else None


def _distribute(case: Case) -> Answer:
    truth, asked = _distribute_copies(case)
    if case.says("hosting-is-distribution"):
        outward = _channel(case, *OUTWARD)
        return some((truth, outward)), "deployment.channels"
    if case.says("product-use-is-distribution"):
        return some((truth, _channel(case, "product"))), asked
    return truth, asked


def _product(case: Case) -> Answer:
    return _channel(case, "product", "on-device", "hosted-api"), "deployment.channels"


def _hosted(case: Case) -> Answer:
    hosted = _channel(case, "hosted-api")
    if hosted is None:
        return None, "deployment.channels"
    if hosted or not _channel(case, "product"):
        return hosted, None
    return (False if case.says("background-app-is-not-hosting") else None), "user-interaction"


def _network(case: Case) -> Answer:
    return _channel(case, "hosted-api", "product"), "deployment.channels"


def _modify(case: Case) -> Answer:
    return case.profile.derivatives.modifies_model, "derivatives.modifies_model"


def _is_derivative_made(case: Case) -> Truth:
    """Whether a derivative comes about: by change, or by training where the text counts that as one."""
    derivatives = case.profile.derivatives
    distilled = derivatives.trains_other_models if _distilled_counts(case) else False
    return some((derivatives.modifies_model, distilled))


def derivative_made(case: Case) -> Fact:
    """Whether a derivative in the sense of the text comes about."""
    made = _is_derivative_made(case)
    return Fact(value=made, ask=case.asking("derivatives.modifies_model") if made is None else None)


def _distilled_counts(case: Case) -> bool:
    stated = any(term.kind == "distillation-derivative" for reading in case.kin for term in reading.terms)
    return stated or case.says("distilled-model-is-derivative")


def _distribute_derivative(case: Case) -> Answer:
    made = _is_derivative_made(case)
    out, asked = _distribute(case)
    return every((made, out)), asked if made else "derivatives.modifies_model"


def _creates(case: Case) -> Truth:
    derivatives = case.profile.derivatives
    return some((derivatives.modifies_model, derivatives.trains_other_models))


def _train(case: Case) -> Answer:
    derivatives = case.profile.derivatives
    asked = "derivatives.modifies_model" if derivatives.modifies_model is None else "derivatives.trains_other_models"
    return _creates(case), asked


def _train_other(case: Case) -> Answer:
    return case.profile.derivatives.trains_other_models, "derivatives.trains_other_models"


def _release_trained(case: Case) -> Answer:
    created, asked = _train(case)
    return every((created, _released(case))), asked if created is None else "derivatives.trained_model_released"


def _released(case: Case) -> Truth:
    """Whether what was made is given out; where the profile is silent, a closed house settles it."""
    derivatives = case.profile.derivatives
    ships = _channel(case, "weights", "on-device")
    if derivatives.trained_model_released is not None:
        clash = derivatives.modifies_model and ships and not derivatives.trained_model_released
        return None if clash else derivatives.trained_model_released
    if derivatives.modifies_model and ships:
        return True
    return False if _channel(case, *OUTWARD) is False else None


def _publish_output(case: Case) -> Answer:
    return (True if _channel(case, *OUTWARD) else None), "deployment.channels"


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
    "publish-output": _publish_output,
    "above-threshold": _above,
}
"""Each trigger's answer: whether it happens, and the fact to ask for where that is not known."""


def set_off(names: tuple[str, ...], case: Case) -> tuple[Truth, tuple[Fact, ...]]:
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
