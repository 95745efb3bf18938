"""What is judged at one time: a term of one reading, in one subject, for one deployment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from licensecheck.domain.licenses import Evidence, LicenseReading, Scalar, Term
from licensecheck.domain.profile import Profile
from licensecheck.domain.rules import Asking, Knowledge
from licensecheck.domain.subject import Subject
from licensecheck.frozen import dataclass, field

FactValue = Scalar | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known of one matter: its value (None: not known), why in one sentence, and how to ask for it."""

    value: FactValue = None
    reason: str = ""
    ask: Asking | None = None
    limit: str | None = None
    """Where the verdict flips, for a fact that rests on a numeric limit."""
    of_text: bool = False
    """True for what the text itself says, whatever the deployment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that does not change from term to term; `materials` are the texts of the files that the profile names."""

    subject: Subject
    readings: tuple[LicenseReading, ...]
    profile: Profile
    knowledge: Knowledge
    today: str | None = None
    materials: Mapping[str, str] = field(default_factory=dict)
    supplementary: tuple[LicenseReading, ...] = ()
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
        return any(fact in reading.facts for reading in self.related)

    @property
    def related(self) -> tuple[LicenseReading, ...]:
        """The reading itself and, with a license, the policies that belong to it; with a policy, its licenses."""
        own, all_readings = self.reading, self.situation.readings
        if own.role == "policy":
            return (own, *(r for r in all_readings if r.role != "policy"))
        return (own, *(r for r in all_readings if r.role == "policy"))


# Three-valued logic: True, False and None for what is not known.


Truth = bool | None


def every(values: Iterable[Truth]) -> Truth:
    """False if one is false, else not known if one is not known, else true."""
    seen = tuple(values)
    if False in seen:
        return False
    return None if None in seen else True


def some(values: Iterable[Truth]) -> Truth:
    """True if one is true, else not known if one is not known, else false."""
    seen = tuple(values)
    if True in seen:
        return True
    return None if None in seen else False


def negate(value: Truth) -> Truth:
    """The opposite; what is not known stays so."""
    return None if value is None else not value


# What is made with the model and whom it reaches, as the profile tells it.


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
    stated = any(term.kind == "distillation-derivative" for reading in case.related for term in reading.terms)
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


# What a text bars in words for which there is no kind of term: a fact of the text that a check rule is about.


def stated_bars(reading: LicenseReading, situation: Situation) -> Iterator[Term]:
    """The facts of the text that bar something by themselves, to be judged as terms are."""
    judged = {kind for rule in situation.knowledge.rules for kind in rule.terms}
    for fact in sorted(reading.facts & judged):
        passages = reading.grounds.get(fact, ())
        alone = tuple(passage for passage in passages if not is_quoted(passage, reading))
        yield Term(kind=fact, evidence=alone or passages)


def is_quoted(passage: Evidence, reading: LicenseReading) -> bool:
    """True where a term of the text rests on the passage or on part of it."""
    quoted = (evidence for term in reading.terms for evidence in term.evidence)
    return any(passage.start < other.end and other.start < passage.end for other in quoted)
