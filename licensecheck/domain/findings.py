"""Findings, verdicts and the report that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from licensecheck.domain.licenses import Evidence, LicenseClass, LicenseReading, Value
from licensecheck.domain.profile import Profile
from licensecheck.domain.subject import Ancestor, Card, Disclosure, Document
from licensecheck.frozen import dataclass, field


class Status(str, Enum):
    """What became of one term in one deployment; meanings as at the head of the gold scenarios.

    violation: a limit that the profile shows as broken. action: a duty not known to be done that can simply be done.
    review: the outcome hangs on a fact that is not known. met: kept. not-applicable: its trigger does not happen.
    waived: an approval in force covers it.
    """

    VIOLATION = "violation"
    REVIEW = "review"
    ACTION = "action"
    MET = "met"
    WAIVED = "waived"
    NOT_APPLICABLE = "not-applicable"


class Verdict(str, Enum):
    """The outcome for a target, from best to worst."""

    APPROVED = "approved"
    CONDITIONAL = "conditional"
    NEEDS_REVIEW = "needs-review"
    DENIED = "denied"

    @property
    def level(self) -> int:
        """0 for approved to 3 for denied."""
        return list(Verdict).index(self)


TELLING = ("category", "metric", "who")
"""Attributes that tell findings of one kind apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One term met with the deployment: its status, why, and what to do or answer next.

    `moves_verdict` is false for standing terms that are shown and never change the verdict.
    `basis` names license and clause ("llama-4 1.b.i"); `rule` the check rule that decided.
    """

    kind: str
    status: Status
    message: str
    license: str | None = None
    attributes: Mapping[str, Value] = field(default_factory=dict)
    question: str | None = None
    question_fact: str | None = None
    """The fact that the question asks for; questions with the same fact are asked once."""
    remedy: str | None = None
    evidence: tuple[Evidence, ...] = ()
    basis: str | None = None
    rule: str | None = None
    group: str | None = None
    moves_verdict: bool = True
    limit: str | None = None
    """Where the verdict flips, for a numeric limit, in one sentence."""

    @property
    def about(self) -> str:
        """What tells it from others of its kind: the category of use, the metric, or the class of users."""
        return next((str(self.attributes[name]) for name in TELLING if self.attributes.get(name)), "")


# The report: for each target the verdict, what it rests on, and how open the model is.


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of a definition of openness: met, not-met or not-known, and the clause that decides it.

    `found` marks a component that is there, whether or not it is known to be open.
    """

    id: str
    title: str
    status: str
    message: str
    evidence: tuple[Evidence, ...] = ()
    basis: str | None = None
    found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Openness:
    """How open a model is, on axes that are never averaged.

    `headline` says it in the words of the field; `osd` are the criteria of the Open Source Definition that the license
    fails; `osaid` the components of the Open Source AI Definition 1.0, `mof` those of the Model Openness Framework;
    `mof_class` the class in the framework that is shown ("III" to "I", None below), `mof_missing` what the next class
    would need; `claim` what the card claims, `contrary` what it says against the license, in its own words.
    """

    license_class: LicenseClass | None
    open_source: bool | None
    open_weight: bool | None
    headline: str
    reasons: tuple[str, ...] = ()
    osd: tuple[Criterion, ...] = ()
    osaid: tuple[Criterion, ...] = ()
    mof: tuple[Criterion, ...] = ()
    mof_class: str | None = None
    mof_missing: tuple[str, ...] = ()
    release: str | None = None
    claim: str | None = None
    contrary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact that is missing, asked once, and what its answer decides."""

    fact: str
    text: str
    decides: tuple[str, ...] = ()


class Since(str, Enum):
    """What became of a finding since an earlier report."""

    NEW = "new"
    CLOSED = "closed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChange:
    """A finding that is new, closed or another one since an earlier report; statuses are empty where there was none."""

    target: str
    since: Since
    label: str
    license: str
    before: str
    after: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What differs from an earlier report: its file, verdict and day, the causes, and the findings.

    `causes` are "texts", "facts" and "rules", as far as the earlier report tells: a text has another hash, a fact of
    the profile another value, or the rules and records are of another day.
    """

    path: str
    verdict: Verdict
    date: str | None
    causes: tuple[str, ...]
    details: tuple[str, ...]
    changes: tuple[FindingChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeSource:
    """What a folder of the user's own adds to the built-in data, and which built-in entries it retires."""

    source: str
    rules: tuple[str, ...] = ()
    licenses: tuple[str, ...] = ()
    models: int = 0
    retired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RightRow:
    """A right that the deployment needs, and what in a license grants it.

    `status` is granted, limited (within a limit that is kept or judged by itself), presumed (not granted in words, and
    regulated by a clause), refused (by terms that are judged by themselves), not-granted or not-understood. `needed` is
    None where the profile leaves open whether it is needed.
    """

    right: str
    says: str
    status: str
    license: str
    clause: str | None = None
    evidence: Evidence | None = None
    limited_by: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """Words of the grant that no list knows as harmless."""
    needed: bool | None = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReport:
    """One target's verdict with everything it rests on."""

    target: str
    name: str | None
    verdict: Verdict
    findings: tuple[Finding, ...]
    openness: Openness
    rights: tuple[RightRow, ...] = ()
    readings: tuple[LicenseReading, ...] = ()
    documents: tuple[Document, ...] = ()
    card: Card | None = None
    lineage: tuple[Ancestor, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    folder: str | None = None
    """Where the files of the target lie, as seen from the root of the repository; None where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Who sees to a finding until when (ISO 8601).

    The finding is named by its license, its kind, and its category or metric.
    """

    finding: tuple[str, str, str]
    owner: str
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Who signed the report in which role, when (UTC, ISO 8601), and with which version of the facts."""

    by: str
    role: str
    at: str
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report on all targets; the worst target gives the verdict. `date` is what the caller handed in."""

    verdict: Verdict
    targets: tuple[TargetReport, ...]
    profile: Profile
    tool_version: str
    data_version: str
    date: str | None = None
    against: Against | None = None
    """What differs from an earlier report; None where none was handed in."""
    knowledge: tuple[KnowledgeSource, ...] = ()
    """What folders of the user's own add to the built-in rules and records; empty where there are none."""
    assigned: tuple[Assigned, ...] = ()
    sign_off: SignOff | None = None


# What differs between two reports on the same targets.


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A finding that is another one under the supposed facts; None where it stands on one side only."""

    target: str
    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The verdicts of both sides and the findings that differ."""

    before: Verdict
    after: Verdict
    changes: tuple[Change, ...]
