"""What is made with the model and whom it reaches, as the profile tells it."""

from __future__ import annotations

from licensecheck.engine.case import Case
from licensecheck.engine.truth import Truth, some

OUTWARD = ("hosted-api", "product", "weights", "on-device")
"""The channels by which something reaches third parties."""


def uses_channel(case: Case, *names: str) -> Truth:
    """Whether one of the channels is used; the list that a profile gives counts as complete."""
    channels = case.profile.deployment.channels
    return None if channels is None else any(name in channels for name in names)


def is_commercial(purpose: str | None) -> Truth:
    """Whether use for this purpose is commercial; for use inside a company that is not known."""
    return {"commercial": True, "research": False, "personal": False}.get(purpose or "")


def copies_in_product(case: Case) -> Truth:
    """Whether a copy goes out with a product: not known, unless the rule is to be on the strict side."""
    if not uses_channel(case, "product"):
        return uses_channel(case, "product")
    return True if "copies-in-product" in case.assume else None


def released_copy(case: Case) -> Truth:
    """Whether a derivative that is released goes out as a copy; through an API alone it does not."""
    if not case.profile.derivatives.trained_model_released or is_derivative_made(case) is False:
        return False
    channels = case.profile.deployment.channels or ()
    return False if set(channels) == {"hosted-api"} else None


def is_derivative_made(case: Case) -> Truth:
    """Whether a derivative comes about: by change, or by training where the text counts that as one."""
    derivatives = case.profile.derivatives
    distilled = derivatives.trains_other_models if _distilled_counts(case) else False
    return some((derivatives.modifies_model, distilled))


def _distilled_counts(case: Case) -> bool:
    stated = any(term.kind == "distillation-derivative" for reading in case.kin for term in reading.terms)
    return stated or case.says("distilled-model-is-derivative")


def creates_model(case: Case) -> Truth:
    """Whether a model comes about, by change of this one or by training another."""
    derivatives = case.profile.derivatives
    return some((derivatives.modifies_model, derivatives.trains_other_models))


def is_released(case: Case) -> Truth:
    """Whether what was made is given out; where the profile is silent, a closed house settles it."""
    derivatives = case.profile.derivatives
    ships = uses_channel(case, "weights", "on-device")
    if derivatives.trained_model_released is not None:
        clash = derivatives.modifies_model and ships and not derivatives.trained_model_released
        return None if clash else derivatives.trained_model_released
    if derivatives.modifies_model and ships:
        return True
    return False if uses_channel(case, *OUTWARD) is False else None
