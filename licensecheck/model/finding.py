"""Findings, verdicts and the report that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from licensecheck.model.term import Evidence, Value


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
