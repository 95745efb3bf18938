"""Openness and lineage for the terminal: each axis by itself, the failed criteria with their clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from licensecheck.model.report import Criterion, Openness, TargetReport
from licensecheck.model.subject import Ancestor
from licensecheck.report.lineage import relation_words


def openness_lines(target: TargetReport) -> Iterator[str]:
    """One line a matter, unwrapped: license, release, definitions of openness, claim, base models."""
    openness = target.openness
    failed = [criterion for criterion in openness.osd if criterion.status == "not-met"]
    if failed:
        yield "Open Source Definition, not met: " + "; ".join(_criterion(criterion) for criterion in failed)
    if any(component.status != "not-known" for component in openness.osaid):
        yield f"Open Source AI Definition 1.0: {_counts(openness.osaid)}"
    if target.card or openness.open_weight is not None:
        yield f"Model Openness Framework: {framework_words(openness)}"
    if openness.claim:
        yield f"Claim of the card: {openness.claim}"
    yield from (_ancestor(ancestor) for ancestor in target.lineage)


def _criterion(criterion: Criterion) -> str:
    clause = f" ({criterion.basis})" if criterion.basis else ""
    return f"{criterion.id.removeprefix('osd-')}. {criterion.title}{clause}"


def _counts(criteria: Sequence[Criterion]) -> str:
    """The components by what is known of them: "met: x; not met: y; not known: z"."""
    words = {"met": "met", "not-met": "not met", "not-known": "not known"}
    parts = []
    for status, word in words.items():
        titles = [criterion.title for criterion in criteria if criterion.status == status]
        if titles:
            parts.append(f"{word}: {', '.join(titles)}")
    return "; ".join(parts)


def framework_words(openness: Openness) -> str:
    """The class in the Model Openness Framework that is shown, and what is not shown for the next."""
    reached = f"class {openness.mof_class}" if openness.mof_class else "no class"
    lacking = ", ".join(openness.mof_missing)
    following = "next" if openness.mof_class else "lowest"
    return f"{reached}; not shown to be open, for the {following}: {lacking}" if lacking else reached


def _ancestor(ancestor: Ancestor) -> str:
    bears = f"license {ancestor.license}" if ancestor.license else "license not known"
    relation = relation_words(ancestor)
    return f"{relation[:1].upper()}{relation[1:]} {ancestor.model}: {bears}"
