"""The words that reports use for verdicts, statuses, places, triggers and texts."""

from __future__ import annotations

from collections.abc import Iterable

from licensecheck.model.finding import Status, Verdict
from licensecheck.model.license import LicenseReading
from licensecheck.model.report import Question, Report
from licensecheck.model.term import Evidence, Term
from licensecheck.report.passages import NAMED_SECTION
from licensecheck.report.sentence import label_of, word_for

VERDICT_WORDS = {
    Verdict.APPROVED: "Approved",
    Verdict.CONDITIONAL: "Conditional",
    Verdict.NEEDS_REVIEW: "Needs review",
    Verdict.DENIED: "Denied",
}
VERDICT_MEANINGS = {
    Verdict.APPROVED: "Nothing found stands in the way.",
    Verdict.CONDITIONAL: "It may go ahead once the actions are done.",
    Verdict.NEEDS_REVIEW: "Open questions must be answered first.",
    Verdict.DENIED: "A limit is broken.",
}
DECIDING = {
    Verdict.CONDITIONAL: Status.ACTION,
    Verdict.NEEDS_REVIEW: Status.REVIEW,
    Verdict.DENIED: Status.VIOLATION,
}
"""The status of the findings that give the verdict."""
STATUS_WORDS = {
    Status.REVIEW: "Review",
    Status.VIOLATION: "Violation",
    Status.ACTION: "Action",
    Status.WAIVED: "Waived",
    Status.MET: "Met",
    Status.NOT_APPLICABLE: "Not applicable",
}
STANDING_WORD = "Standing"
"""In place of "met" for a term that no deployment can keep or break."""
_NAMED = 4
"""How many findings or categories are named where there are several."""


def made_by(report: Report) -> str:
    """What made the report, from which profile and on which day, and what it is not."""
    profile = f"profile {report.profile.path}" if report.profile.path else "no profile given"
    day = f", {report.date}" if report.date else ""
    return f"licensecheck {report.tool_version}, data {report.data_version}, {profile}{day}. No legal advice."


def decided_by(question: Question) -> str:
    """What the answer decides, in words; the categories of one kind stand together."""
    kinds: dict[str, list[str]] = {}
    for name in question.decides:
        kind, _, category = name.partition(" (")
        kinds.setdefault(kind, []).extend([category.rstrip(")")] if category else [])
    return ", ".join(_several(kind, categories) for kind, categories in kinds.items())


def _several(kind: str, categories: list[str]) -> str:
    label = label_of(Term(kind=kind))
    if len(categories) > _NAMED:
        return f"{label} ({len(categories)} categories)"
    words = ", ".join(word_for("category", category) for category in categories)
    return f"{label} ({words})" if words else label


def reason_for(verdict: Verdict, labels: Iterable[str]) -> str:
    """What the verdict means and which findings give it, the first few by name."""
    meaning, named = VERDICT_MEANINGS[verdict], list(dict.fromkeys(labels))
    if not named:
        return meaning
    rest = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"{meaning.removesuffix('.')}: {', '.join(named[:_NAMED])}{rest}."


def describe_text(reading: LicenseReading) -> str:
    """Which license was read where, how sure that is, and the hash of the text."""
    identity = reading.identity
    name = identity.name or identity.id or "unknown license"
    if reading.source == "record":
        whose = f", handed on by {reading.inherited_from}" if reading.inherited_from else ""
        version = f", version {reading.record_version}" if reading.record_version else ""
        return f"{name}: from the license record{version}, no text at hand{whose}{_hashed(reading)}"
    if identity.id is None:
        return f"{reading.path}: not a known license{_hashed(reading, lead=', ')}"
    match = f"{identity.match.value}, {identity.coverage:.0%} known"
    return f"{name}: {reading.path} ({match}{_hashed(reading, lead=', ')})"


def _hashed(reading: LicenseReading, *, lead: str = "; made from the text with ") -> str:
    """The beginning of the hash, where there is a text."""
    return f"{lead}sha256 {reading.sha256[:12]}…" if reading.sha256 else ""


def place_words(evidence: Evidence, *, file: str) -> str:
    """Section, file and line; a section that names itself ("Annex B") is not named again."""
    section = evidence.section or ""
    named = section if NAMED_SECTION.match(section) else f"section {section}"
    place = f"{file}, line {evidence.line}"
    return f"{named}, {place}" if section else place


def trigger_words(trigger: str) -> str:
    """A trigger in everyday words; names joined by + must all happen."""
    return " and ".join(word_for("trigger", name) for name in trigger.split("+"))
