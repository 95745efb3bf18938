"""What a release holds, as card and folder show it: weights, code, data, papers."""

from __future__ import annotations

from licensecheck.load.openness import Component, load_components
from licensecheck.model.license import LicenseClass
from licensecheck.model.report import Criterion
from licensecheck.model.subject import Subject

GOT = {"public": True, "gated": True, "api-only": False, "announced": False}
OPEN_CLASSES = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)
MOF_CLASSES = ("III", "II", "I")
"""From the least to the most open; each class asks for all of those before it."""


def is_open_weight(subject: Subject, license_class: LicenseClass | None) -> bool | None:
    """Whether the weights can be had by who accepts the license; a card speaks for weights to be had."""
    if subject.availability is not None:
        return GOT.get(subject.availability)
    if license_class is LicenseClass.PROPRIETARY:
        return None
    return True if subject.card is not None else None


def judge_components(
    name: str, subject: Subject, license_class: LicenseClass | None, weights: bool | None
) -> tuple[Criterion, ...]:
    """The components of a definition, each met, not met or not known."""
    return tuple(_judge(component, subject, license_class, weights) for component in load_components(name))


def _judge(
    component: Component, subject: Subject, license_class: LicenseClass | None, weights: bool | None
) -> Criterion:
    if component.axis == "weights":
        status, message = _weights(license_class, weights)
    elif component.axis == "card":
        status, message = ("met", "A model card is at hand.") if subject.card else ("not-known", "No card is at hand.")
    else:
        status, message = _disclosed(component, subject)
    basis = component.mof_class
    return Criterion(id=component.id, title=component.title, status=status, message=message, basis=basis)


def _weights(license_class: LicenseClass | None, weights: bool | None) -> tuple[str, str]:
    if weights is False:
        return "not-met", "No weights are released."
    if license_class is not None and license_class not in OPEN_CLASSES:
        return "not-met", f"The weights are under a {license_class.value} license."
    if weights and license_class is not None:
        return "met", f"The weights can be had under a license of class {license_class.value}."
    return "not-known", "Whether weights can be had, and under which class of license, is not known."


def _disclosed(component: Component, subject: Subject) -> tuple[str, str]:
    for disclosure in subject.disclosures:
        if disclosure.topic in component.topics:
            status = {"disclosed": "met", "not-disclosed": "not-met"}.get(disclosure.status, "not-known")
            return status, disclosure.message
    looked = bool(component.topics)
    return "not-known", "The card does not say." if looked else "Neither card nor folder was looked into for it."


def mof_class(components: tuple[Criterion, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The highest class of the Model Openness Framework that is shown, and what the next one still needs."""
    reached = None
    for name in MOF_CLASSES:
        missing = tuple(c.title for c in components if c.basis == name and c.status != "met")
        if missing:
            return reached, missing
        reached = name
    return reached, ()
