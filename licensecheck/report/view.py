"""The rows of a report that all faces share: what is shown, in which order, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from licensecheck.model.finding import Status
from licensecheck.model.report import Question, TargetReport
from licensecheck.report.rows import Row, make_rows
from licensecheck.report.words import DECIDING, VERDICT_WORDS, decided_by, describe_text, reason_for

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
STANDING = "standing"
"""The key of the section of terms that are shown and never change the verdict."""


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
    rows = make_rows(target)
    deciding = [row.label for row in rows if row.moves_verdict and row.status is DECIDING.get(target.verdict)]
    return TargetView(
        report=target,
        title=target.name or target.target,
        verdict=VERDICT_WORDS[target.verdict],
        meaning=reason_for(target.verdict, deciding),
        pending=tuple((question, decided_by(question)) for question in target.questions),
        sections=tuple(section for section in _sections(rows) if section.rows),
        texts=tuple(describe_text(reading) for reading in target.readings),
    )


def _sections(rows: list[Row]) -> Iterator[Section]:
    for status, title, intro in _SECTIONS:
        chosen = tuple(row for row in rows if row.status is status and not _is_standing(row))
        yield Section(key=status.value, title=title, intro=intro, rows=chosen)
    standing = tuple(row for row in rows if _is_standing(row))
    intro = "These hold and never change the verdict by themselves."
    yield Section(key=STANDING, title="Standing terms", intro=intro, rows=standing)


def _is_standing(row: Row) -> bool:
    return not row.moves_verdict and row.status in (Status.MET, Status.REVIEW, Status.ACTION)
