"""The report as one HTML file to read on screen, to print and to sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from licensecheck.model.finding import Status
from licensecheck.model.report import Report, TargetReport
from licensecheck.model.term import Evidence
from licensecheck.report.appendix import Appendix, mark_texts
from licensecheck.report.lineage import Drawing, draw_lineage, relation_words
from licensecheck.report.page import render_page
from licensecheck.report.passages import file_names
from licensecheck.report.text_openness import framework_words
from licensecheck.report.view import TargetView, view_target
from licensecheck.report.words import VERDICT_MEANINGS, VERDICT_WORDS, place_words

CRITERION_WORDS = {"met": "Met", "not-met": "Not met", "not-known": "Not known"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One target on the page: its rows, its marked texts and its lineage; `key` starts all its anchors."""

    key: str
    view: TargetView
    report: TargetReport
    appendix: Appendix
    drawing: Drawing | None
    names: Mapping[str, str]
    """What to call the file of each path."""

    def link(self, evidence: Evidence) -> str | None:
        """The anchor of the passage in the appendix."""
        anchor = self.appendix.anchor_of(evidence)
        return f"t{self.key}-{anchor}" if anchor else None

    def place(self, evidence: Evidence) -> str:
        """Section, file and line of the passage."""
        return place_words(evidence, file=self.names[evidence.path])


def render(report: Report) -> str:
    """The whole page; nothing in it is fetched, and no script runs."""
    chapters = [_chapter(target, key=str(key)) for key, target in enumerate(report.targets, start=1)]
    return render_page(
        "report.html.j2",
        report=report,
        verdict=VERDICT_WORDS[report.verdict],
        chapters=chapters,
        meaning=chapters[0].view.meaning if len(chapters) == 1 else VERDICT_MEANINGS[report.verdict],
        verdict_words=VERDICT_WORDS,
        criterion_words=CRITERION_WORDS,
        relation_words=relation_words,
        framework_words=framework_words,
        wide=(Status.REVIEW.value, Status.VIOLATION.value),
    )


def _chapter(target: TargetReport, *, key: str) -> Chapter:
    view = view_target(target)
    return Chapter(
        key=key,
        view=view,
        report=target,
        appendix=mark_texts(target, view.rows),
        drawing=draw_lineage(target),
        names=file_names(target),
    )
