"""What a text bars in words for which there is no kind of term: a fact of the text that a check rule is about."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.engine.case import Case, Fact, Situation
from licensecheck.model.license import LicenseClass, LicenseReading
from licensecheck.model.term import Evidence, Term

WITHOUT_LIMITS = (LicenseClass.OPEN, LicenseClass.PROPRIETARY, None)
"""Classes of a text in which no limit on uses or users was read; in others a sentence as a rule repeats one."""


def stated_bars(reading: LicenseReading, situation: Situation) -> Iterator[Term]:
    """The facts of the text that bar something by themselves, to be judged as terms are."""
    judged = {kind for rule in situation.knowledge.rules for kind in rule.terms}
    for fact in sorted(reading.facts & judged):
        passages = reading.grounds.get(fact, ())
        alone = tuple(passage for passage in passages if not is_quoted(passage, reading))
        yield Term(kind=fact, evidence=alone or passages)


def not_understood(case: Case) -> Fact:
    """Whether the passage stands in a text that seems free of such limits, and no term was read in it."""
    reading = case.reading
    if reading.source != "text" or reading.license_class not in WITHOUT_LIMITS:
        return Fact(value=False)
    return Fact(value=not any(is_quoted(passage, reading) for passage in case.term.evidence))


def is_quoted(passage: Evidence, reading: LicenseReading) -> bool:
    """True where a term of the text rests on the passage or on part of it."""
    quoted = (evidence for term in reading.terms for evidence in term.evidence)
    return any(passage.start < other.end and other.start < passage.end for other in quoted)
