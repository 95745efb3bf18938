"""The finding on something that could not be told."""

from __future__ import annotations

from licensecheck.model.finding import Finding, Status
from licensecheck.model.term import Evidence


def make_gap(
    kind: str,
    message: str,
    question: str,
    *,
    key: str,
    license: str | None = None,
    evidence: tuple[Evidence, ...] = (),
    remedy: str = "Get the text of the license and check it.",
) -> Finding:
    """A finding for review; `key` tells what it is about, so that its question is asked once."""
    return Finding(
        kind=kind,
        status=Status.REVIEW,
        message=message,
        license=license,
        question=question,
        question_fact=f"{kind}.{key}",
        remedy=remedy,
        evidence=evidence,
        rule=kind,
    )
