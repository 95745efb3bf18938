"""Openness and lineage for the terminal: each axis by itself, the failed criteria with their clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from licensecheck.model.report import Criterion, Openness, TargetReport
from licensecheck.model.subject import Ancestor


def openness_lines(target: TargetReport) -> Iterator[str]:
    """One line a matter, unwrapped: license, release, definitions of openness, claim, base models."""
    openness = target.openness
    failed = [criterion for criterion in openness.osd if criterion.status == "not-met"]
    if failed:
        yield "Open Source Definition, not met: " + "; ".join(_criterion(criterion) for criterion in failed)
    if openness.osaid:
        yield f"Open Source AI Definition 1.0: {_counts(openness.osaid)}"
    yield from _framework(openness)
    if openness.claim:
        yield f"Claim of the card: {openness.claim}"
    yield from (_ancestor(ancestor) for ancestor in target.lineage)


def _criterion(criterion: Criterion) -> str:
    clause = f" ({criterion.basis})" if criterion.basis else ""
    return f"{criterion.id} {criterion.title}{clause}"


def _counts(criteria: Sequence[Criterion]) -> str:
    """The components by what is known of them: "met: x; not met: y; not known: z"."""
    words = {"met": "met", "not-met": "not met", "not-known": "not known"}
    parts = []
    for status, word in words.items():
        titles = [criterion.title for criterion in criteria if criterion.status == status]
        if titles:
            parts.append(f"{word}: {', '.join(titles)}")
    return "; ".join(parts)


def _framework(openness: Openness) -> Iterator[str]:
    if openness.mof_class:
        yield f"Model Openness Framework: class {openness.mof_class}"
    elif openness.mof_missing:
        yield "Model Openness Framework: no class; missing for the lowest: " + ", ".join(openness.mof_missing)


def _ancestor(ancestor: Ancestor) -> str:
    relation = f" ({ancestor.relation})" if ancestor.relation else ""
    return f"Descends from {ancestor.model}{relation}: {ancestor.license or 'license not known'}"
