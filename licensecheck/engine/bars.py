"""What a text bars in words for which there is no kind of term: a fact of the text that a check rule is about."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.engine.case import Situation
from licensecheck.model.license import LicenseReading
from licensecheck.model.term import Term


def stated_bars(reading: LicenseReading, situation: Situation) -> Iterator[Term]:
    """The facts of the text that bar something by themselves, to be judged as terms are."""
    judged = {kind for rule in situation.knowledge.rules for kind in rule.terms}
    for fact in sorted(reading.facts & judged):
        yield Term(kind=fact, evidence=reading.grounds.get(fact, ()))
