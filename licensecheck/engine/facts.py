"""Facts by name: what the profile states, what follows from it, what the text settles."""

from __future__ import annotations

from collections.abc import Callable

from licensecheck.engine import (
    bars,
    body,
    credit,
    licensing,
    materials,
    naming,
    policy,
    territory,
    thresholds,
    triggers,
    uses,
)
from licensecheck.engine.case import Case, Fact
from licensecheck.errors import DataError
from licensecheck.place import Place

Finder = Callable[[Case], Fact]

COMPUTED: dict[str, Finder] = {
    "size.over-limit": thresholds.over_limit,
    "size.counts": thresholds.counts_here,
    "credit.shown": credit.credit_shown,
    "credit.required": credit.credit_required,
    "name.as-prescribed": naming.name_as_prescribed,
    "body.named": body.body_named,
    "seat.excluded": territory.seat_excluded,
    "offer.excluded": territory.offer_excluded,
    "territory.looks-at": territory.looks_at,
    "model.multimodal": territory.model_multimodal,
    "use.banned": uses.use_banned,
    "policy.at-hand": policy.policy_at_hand,
    "derivative.made": triggers.derivative_made,
    "derivative.license-fits": licensing.license_fits,
    "registered.here": licensing.registered_here,
    "passage.not-understood": bars.not_understood,
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
        return Fact(value=case.says(rest))
    if room == "names-trigger":
        return Fact(value=any(rest in trigger.split("+") for trigger in case.term.triggers))
    if room == "proviso":
        return Fact(value=rest in case.term.provisos)
    if room == "term":
        return Fact(value=_known(case, rest))
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
