"""The texts that a target's findings rest on, with every term marked where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from licensecheck.model.license import LicenseReading
from licensecheck.model.report import TargetReport
from licensecheck.model.subject import Document
from licensecheck.model.term import Evidence
from licensecheck.report.highlight import Line, Mark, mark_lines
from licensecheck.report.rows import Row
from licensecheck.report.sentence import group_of, label_of

Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """One text in full: `key` is unique in its target."""

    key: str
    path: str
    title: str
    sha256: str
    lines: tuple[Line, ...]
    terms: int
    unread: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """All marked texts of a target, and the anchor of each passage in them."""

    texts: tuple[MarkedText, ...]
    anchors: dict[Span, str]

    def anchor_of(self, evidence: Evidence) -> str | None:
        """The anchor of the passage; None where its text is not in the appendix."""
        return self.anchors.get(_span(evidence))


def mark_texts(target: TargetReport, rows: Iterable[Row]) -> Appendix:
    """The texts that were read, with the passages of all terms and findings."""
    listed = list(rows)
    findings = {_span(evidence): row.key for row in listed for evidence in row.evidence}
    texts: list[MarkedText] = []
    anchors: dict[Span, str] = {}
    for key, (reading, document) in enumerate(_read_texts(target), start=1):
        stated = [*_stated_terms(reading), *_stated_rows(listed, document.path)]
        marks = _marks(stated, document, findings)
        for mark in marks:
            anchors.setdefault((document.path, mark.start, mark.end), f"{key}-{mark.number}")
        texts.append(_marked(reading, document, marks, key=str(key)))
    return Appendix(texts=tuple(texts), anchors=anchors)


def _read_texts(target: TargetReport) -> Iterator[tuple[LicenseReading, Document]]:
    documents = {document.path: document for document in target.documents}
    for reading in target.readings:
        if reading.path in documents and reading.source == "text":
            yield reading, documents[reading.path]


def _stated_terms(reading: LicenseReading) -> Iterator[tuple[Evidence, str, str]]:
    """Passage, label and group of each term of the reading."""
    for term in reading.terms:
        for evidence in term.evidence:
            yield evidence, label_of(term), group_of(term.kind)


def _stated_rows(rows: Iterable[Row], path: str) -> Iterator[tuple[Evidence, str, str]]:
    """The same for findings whose passage may be no term's."""
    for row in rows:
        for evidence in row.evidence:
            if evidence.path == path:
                yield evidence, row.label, group_of(row.kind)


def _marks(stated: list[tuple[Evidence, str, str]], document: Document, findings: dict[Span, str]) -> tuple[Mark, ...]:
    """One mark for each passage and label, numbered as they stand in the text."""
    valid = {
        (evidence.start, evidence.end, label, group)
        for evidence, label, group in stated
        if document.text[evidence.start : evidence.end] == evidence.quote
    }
    return tuple(
        Mark(
            number=number,
            label=label,
            group=group,
            start=start,
            end=end,
            finding=findings.get((document.path, start, end)),
        )
        for number, (start, end, label, group) in enumerate(sorted(valid), start=1)
    )


def _marked(reading: LicenseReading, document: Document, marks: tuple[Mark, ...], *, key: str) -> MarkedText:
    unread = [(evidence.start, evidence.end) for evidence in reading.unread]
    return MarkedText(
        key=key,
        path=document.path,
        title=reading.identity.name or reading.label,
        sha256=document.sha256,
        lines=mark_lines(document.text, marks, unread),
        terms=len(marks),
        unread=reading.unread,
    )


def _span(evidence: Evidence) -> Span:
    return evidence.path, evidence.start, evidence.end
