"""What is judged at one time: a term of one reading, in one subject, for one deployment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from licensecheck.model.check import Asking, Knowledge
from licensecheck.model.license import LicenseReading
from licensecheck.model.profile import Profile
from licensecheck.model.subject import Subject
from licensecheck.model.term import Scalar, Term

FactValue = Scalar | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known of one matter: its value (None: not known), why in one sentence, and how to ask for it."""

    value: FactValue = None
    reason: str = ""
    ask: Asking | None = None
    limit: str | None = None
    """Where the verdict flips, for a fact that rests on a numeric limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that does not change from term to term; `materials` are the texts of the files that the profile names."""

    subject: Subject
    readings: tuple[LicenseReading, ...]
    profile: Profile
    knowledge: Knowledge
    today: str | None = None
    materials: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[LicenseReading, ...] = ()
    """Texts that are no license and may restrict: notices, and the gate where a license is at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One term to be judged; `assume` names facts taken for true where nobody stated them."""

    term: Term
    reading: LicenseReading
    situation: Situation
    assume: frozenset[str] = frozenset()

    @property
    def profile(self) -> Profile:
        """The deployment profile."""
        return self.situation.profile

    def asking(self, fact: str) -> Asking:
        """How to ask for a fact."""
        return self.situation.knowledge.questions.get(fact) or Asking(fact=fact, text=f"What holds for {fact}?")

    def says(self, fact: str) -> bool:
        """True where a definition of this text, or of a text it belongs with, settles the fact."""
        return any(fact in reading.facts for reading in self.kin)

    @property
    def kin(self) -> tuple[LicenseReading, ...]:
        """The reading itself and, with a license, the policies that belong to it; with a policy, its licenses."""
        own, all_readings = self.reading, self.situation.readings
        if own.role == "policy":
            return (own, *(r for r in all_readings if r.role != "policy"))
        return (own, *(r for r in all_readings if r.role == "policy"))
