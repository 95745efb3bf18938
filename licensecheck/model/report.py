"""The report: for each target the verdict, what it rests on, and how open the model is."""

from __future__ import annotations

from dataclasses import dataclass

from licensecheck.model.finding import Finding, Verdict
from licensecheck.model.license import LicenseClass, LicenseReading
from licensecheck.model.profile import Profile
from licensecheck.model.subject import Ancestor, Card, Disclosure, Document
from licensecheck.model.term import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of a definition of openness: met, not-met or not-known, and the clause that decides it."""

    id: str
    title: str
    status: str
    message: str
    evidence: tuple[Evidence, ...] = ()
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Openness:
    """How open a model is, on axes that are never averaged.

    `headline` says it in the words of the field; `osd` are the criteria of the Open Source Definition that the license
    fails; `osaid` the components of the Open Source AI Definition 1.0; `mof_class` the class in the Model Openness
    Framework ("III" to "I", None below), `mof_missing` what the next class would need; `claim` what the card claims.
    """

    license_class: LicenseClass | None
    open_source: bool | None
    open_weight: bool | None
    headline: str
    reasons: tuple[str, ...] = ()
    osd: tuple[Criterion, ...] = ()
    osaid: tuple[Criterion, ...] = ()
    mof_class: str | None = None
    mof_missing: tuple[str, ...] = ()
    release: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact that is missing, asked once, and what its answer decides."""

    fact: str
    text: str
    decides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReport:
    """One target's verdict with everything it rests on."""

    target: str
    name: str | None
    verdict: Verdict
    findings: tuple[Finding, ...]
    openness: Openness
    readings: tuple[LicenseReading, ...] = ()
    documents: tuple[Document, ...] = ()
    card: Card | None = None
    lineage: tuple[Ancestor, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report on all targets; the worst target gives the verdict. `date` is what the caller handed in."""

    verdict: Verdict
    targets: tuple[TargetReport, ...]
    profile: Profile
    tool_version: str
    data_version: str
    date: str | None = None
