"""The rows of a report that all faces share: what is shown, in which order, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from licensecheck.load.checks import load_knowledge
from licensecheck.model.finding import Finding, Status, Verdict
from licensecheck.model.license import LicenseReading
from licensecheck.model.report import Question, TargetReport
from licensecheck.model.term import Evidence, Term
from licensecheck.report.sentence import describe, label_of, rank_of, word_for

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
STATUS_WORDS = {
    Status.REVIEW: "Review",
    Status.VIOLATION: "Violation",
    Status.ACTION: "Action",
    Status.WAIVED: "Waived",
    Status.MET: "Met",
    Status.NOT_APPLICABLE: "Not applicable",
}
_SECTIONS = (
    (Status.REVIEW, "Open questions", "The outcome hangs on facts that nobody has stated."),
    (Status.VIOLATION, "Violations", "Limits that the profile shows as broken."),
    (Status.ACTION, "Actions", "Duties that are not known to be done and can be done."),
    (Status.WAIVED, "Covered by approvals", "A person has cleared these."),
    (Status.MET, "Met", "These bind, and the profile shows them as kept."),
    (Status.NOT_APPLICABLE, "Not applicable", "What sets these off does not happen here."),
)
_COUNTED = {
    Status.REVIEW: ("open question", "open questions"),
    Status.VIOLATION: ("violation", "violations"),
    Status.ACTION: ("action", "actions"),
    Status.WAIVED: ("waived", "waived"),
    Status.MET: ("met", "met"),
    Status.NOT_APPLICABLE: ("not applicable", "not applicable"),
}
_NAMED = 4
"""How many categories are named where a question decides several."""
STANDING = "standing"
"""The key of the section of terms that are shown and never change the verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One finding as it is shown; `key` is unique in its target, `place` the file and line of its first passage."""

    key: str
    kind: str
    status: Status
    status_word: str
    label: str
    category: str | None
    """The category of a prohibited use in everyday words."""
    message: str
    license: str | None
    section: str | None
    place: str | None
    evidence: tuple[Evidence, ...]
    trigger: str | None
    question: str | None
    remedy: str | None
    limit: str | None
    rule: str | None
    moves_verdict: bool

    @property
    def remedy_word(self) -> str:
        """What stands before the remedy: it is due only where the finding is certain."""
        return "If it applies" if self.status is Status.REVIEW else "To do"

    @property
    def source(self) -> str:
        """License, section and place in one phrase."""
        clause = " ".join(part for part in (self.license, self.section) if part)
        return ", ".join(part for part in (clause, self.place) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report: the rows of one status, or the standing terms."""

    key: str
    title: str
    intro: str
    rows: tuple[Row, ...]

    @property
    def noun(self) -> str:
        """What to call its rows after their number."""
        if self.key == STANDING:
            return "standing"
        return _COUNTED[Status(self.key)][len(self.rows) != 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """One target in the order in which it is read; `pending` are the questions whose answers decide findings."""

    report: TargetReport
    title: str
    verdict: str
    meaning: str
    pending: tuple[tuple[Question, str], ...]
    sections: tuple[Section, ...]
    texts: tuple[str, ...]

    @property
    def headline(self) -> str:
        """How open the model is, as a sentence starts."""
        words = self.report.openness.headline
        return words[:1].upper() + words[1:]

    @property
    def counts(self) -> str:
        """How many findings stand in each section, in one phrase."""
        counted = [f"{len(section.rows)} {section.noun}" for section in self.sections]
        return ", ".join(counted) or "no findings"

    @property
    def rows(self) -> Iterator[Row]:
        """All rows of all sections."""
        return (row for section in self.sections for row in section.rows)


def view_target(target: TargetReport) -> TargetView:
    """The target with its findings sorted into sections; empty sections are left out."""
    triggers = _triggers_of(target.readings)
    ordered = sorted(target.findings, key=_order)
    asked = frozenset(question.text for question in target.questions)
    rows = [
        _row(finding, key=str(index), triggers=triggers, asked=asked) for index, finding in enumerate(ordered, start=1)
    ]
    return TargetView(
        report=target,
        title=target.name or target.target,
        verdict=VERDICT_WORDS[target.verdict],
        meaning=VERDICT_MEANINGS[target.verdict],
        pending=tuple((question, decided_by(question)) for question in target.questions),
        sections=tuple(section for section in _sections(rows) if section.rows),
        texts=tuple(describe_text(reading) for reading in target.readings),
    )


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


def describe_text(reading: LicenseReading) -> str:
    """Which license was read where, how sure that is, and the hash of the text."""
    identity = reading.identity
    name = identity.name or identity.id or "unknown license"
    if reading.source == "record":
        whose = f", handed on by {reading.inherited_from}" if reading.inherited_from else ""
        return f"{name}: from the license record, no text at hand{whose}"
    match = f"{identity.match.value}, {identity.coverage:.0%} known" if identity.id else "not a known license"
    return f"{name}: {reading.path} ({match}, sha256 {reading.sha256[:12]}…)"


def _sections(rows: list[Row]) -> Iterator[Section]:
    for status, title, intro in _SECTIONS:
        chosen = tuple(row for row in rows if row.status is status and not _is_standing(row))
        yield Section(key=status.value, title=title, intro=intro, rows=chosen)
    standing = tuple(row for row in rows if _is_standing(row))
    intro = "These hold and never change the verdict by themselves."
    yield Section(key=STANDING, title="Standing terms", intro=intro, rows=standing)


def _is_standing(row: Row) -> bool:
    return not row.moves_verdict and row.status in (Status.MET, Status.REVIEW, Status.ACTION)


def _order(finding: Finding) -> tuple[int, str, str, int, str]:
    start = finding.evidence[0].start if finding.evidence else 0
    return rank_of(finding.kind), label_of(finding), finding.license or "", start, finding.message


def _row(finding: Finding, *, key: str, triggers: dict[tuple[str, str, int], str], asked: frozenset[str]) -> Row:
    """The finding as a row; a question that the target asks once for all is not asked again."""
    first = finding.evidence[0] if finding.evidence else None
    category = finding.attributes.get("category")
    return Row(
        key=key,
        kind=finding.kind,
        status=finding.status,
        status_word=STATUS_WORDS[finding.status],
        label=label_of(finding),
        category=word_for("category", category) if isinstance(category, str) else None,
        message=finding.message if finding.moves_verdict else describe(finding),
        license=finding.license,
        section=_section_of(finding),
        place=f"{first.path}:{first.line}" if first else None,
        evidence=finding.evidence,
        trigger=_trigger(finding, triggers),
        question=None if finding.question in asked else finding.question,
        remedy=finding.remedy,
        limit=finding.limit,
        rule=finding.rule,
        moves_verdict=finding.moves_verdict,
    )


def _trigger(finding: Finding, triggers: dict[tuple[str, str, int], str]) -> str | None:
    """What sets the term off: as the text says, else as the rule that decided takes it."""
    first = finding.evidence[0] if finding.evidence else None
    stated = triggers.get((finding.kind, first.path, first.start)) if first else None
    rule = next((rule for rule in load_knowledge().rules if rule.id == finding.rule), None)
    assumed = " or ".join(map(trigger_words, rule.triggers)) if rule else ""
    return stated or assumed or None


def _section_of(finding: Finding) -> str | None:
    """The clause, from the passage or (for a record) from the basis."""
    if finding.evidence and finding.evidence[0].section:
        return finding.evidence[0].section
    if finding.basis and finding.license:
        return finding.basis.removeprefix(finding.license).strip() or None
    return finding.basis


def _triggers_of(readings: Iterable[LicenseReading]) -> dict[tuple[str, str, int], str]:
    """What sets a term off, by the kind and place of the term."""
    found = {}
    for reading in readings:
        for term in reading.terms:
            if term.evidence and term.triggers:
                first = term.evidence[0]
                found[term.kind, first.path, first.start] = " or ".join(map(trigger_words, term.triggers))
    return found


def place_words(evidence: Evidence) -> str:
    """Section, file and line; a section that names itself ("Annex B") is not named again."""
    section = evidence.section or ""
    named = section if re.match(r"[A-Za-z]{3}", section) else f"section {section}"
    place = f"{evidence.path}, line {evidence.line}"
    return f"{named}, {place}" if section else place


def trigger_words(trigger: str) -> str:
    """A trigger in everyday words; names joined by + must all happen."""
    return " and ".join(word_for("trigger", name) for name in trigger.split("+"))
