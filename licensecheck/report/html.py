"""The report as one HTML file to read on screen, to print and to sign."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from licensecheck.domain.findings import Report, Status, TargetReport
from licensecheck.domain.licenses import Disposition, Evidence, LedgerLine, LicenseReading
from licensecheck.domain.subject import Document
from licensecheck.frozen import dataclass
from licensecheck.report.lineage import Drawing, draw_lineage, relation_words
from licensecheck.report.reviewed import (
    RightLine,
    TextLine,
    facts_by_section,
    grouped_rights,
    open_facts,
    right_lines,
    stated_facts,
    text_lines,
    unread_files,
)
from licensecheck.report.sentences import (
    VERDICT_MEANINGS,
    VERDICT_WORDS,
    assigned_rows,
    file_names,
    group_of,
    label_of,
    place_words,
)
from licensecheck.report.text import component_lines, framework_words
from licensecheck.report.view import Row, TargetView, alike, view_target
from licensecheck.text.markup import plain

# A license text cut into lines and segments, so that every term can be marked where it stands.


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage to highlight: its number in the text, what the margin says, and where it starts and ends.

    `group` chooses the colour and the kind of underline; `finding` is the key of the finding it belongs to.
    """

    number: int
    label: str
    group: str
    start: int
    end: int
    finding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a line under the same marks all through; `opens` are the marks that start with it.

    `disposition` is what the sentence was read as to which it belongs, None between sentences.
    """

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    disposition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the text; `unread_first` where a sentence that was not understood begins in it."""

    number: int
    segments: tuple[Segment, ...]
    opens: tuple[Mark, ...]
    unread_first: bool


Sentence = tuple[int, int, str]
"""Where a sentence starts and ends, and its disposition."""
UNREAD = Disposition.UNREAD.value


def mark_lines(text: str, marks: Sequence[Mark], sentences: Iterable[Sentence] = ()) -> tuple[Line, ...]:
    """The text line by line; marks may overlap, and may run over several lines; sentences do not overlap."""
    spans = sorted(sentences)
    ends = [end for _, end, _ in spans]
    return tuple(
        _line(number, start, line, marks, _overlapping(spans, ends, start, start + len(line)))
        for number, start, line in _lines(text)
    )


def _overlapping(spans: Sequence[Sentence], ends: Sequence[int], start: int, end: int) -> list[Sentence]:
    """The sentences of which a part stands in the line; `ends` are the ends of the sorted spans."""
    found = []
    for span in spans[bisect_right(ends, start) :]:
        if span[0] >= max(end, start + 1):
            break
        found.append(span)
    return found


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Number, offset and content of each line; only a line feed ends a line, as line numbers are counted."""
    start = 0
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        yield number, start, line
        start += len(line) + 1


def _line(number: int, start: int, line: str, marks: Sequence[Mark], sentences: list[Sentence]) -> Line:
    end = start + len(line)
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    segments = tuple(_segments(start, line, here, sentences)) or (Segment(text=line, marks=(), opens=()),)
    return Line(
        number=number,
        segments=segments,
        opens=tuple(mark for segment in segments for mark in segment.opens),
        unread_first=any(said == UNREAD and start <= first < max(end, start + 1) for first, _, said in sentences),
    )


def _segments(start: int, line: str, marks: Sequence[Mark], sentences: list[Sentence]) -> Iterator[Segment]:
    """The line cut wherever a mark or a sentence starts or ends."""
    end = start + len(line)
    spans = [(mark.start, mark.end) for mark in marks] + [(first, last) for first, last, _ in sentences]
    cuts = {start, end} | {at for span in spans for at in span if start < at < end}
    for left, right in pairwise(sorted(cuts)):
        yield Segment(
            text=line[left - start : right - start],
            marks=tuple(mark for mark in marks if mark.start < right and mark.end > left),
            opens=tuple(mark for mark in marks if mark.start == left),
            disposition=next((said for first, last, said in sentences if first < right and last > left), None),
        )


# The texts that a target's findings rest on, with every term marked where it stands.


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
    ledger: Mapping[str, int]
    """How many sentences have each disposition."""


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
    unread = tuple(line.evidence for line in reading.ledger if line.disposition is Disposition.UNREAD)
    return MarkedText(
        key=key,
        path=document.path,
        title=reading.identity.heading or reading.label,
        sha256=document.sha256,
        lines=mark_lines(document.text, marks, [_sentence(line) for line in reading.ledger]),
        terms=len(marks),
        unread=unread,
        ledger=_counted(reading.ledger),
    )


def _sentence(line: LedgerLine) -> Sentence:
    return line.evidence.start, line.evidence.end, line.disposition.value


DISPOSITION_WORDS = {
    Disposition.TERM: ("states a term", "state terms"),
    Disposition.FACT: ("definition or fact", "definitions or facts"),
    Disposition.BOILERPLATE: ("of boilerplate", "of boilerplate"),
    Disposition.NO_NORM: ("without a duty, limit or right", "without a duty, limit or right"),
    Disposition.UNREAD: ("not understood", "not understood"),
}


def _counted(lines: Iterable[LedgerLine]) -> Mapping[str, int]:
    """How many sentences were read as what, in words; what does not occur is left out."""
    counts = Counter(line.disposition for line in lines)
    return {words[counts[kind] != 1]: counts[kind] for kind, words in DISPOSITION_WORDS.items() if counts[kind]}


def _span(evidence: Evidence) -> Span:
    return evidence.path, evidence.start, evidence.end


# The templates of HTML pages: escaping always on, control characters shown, nothing fetched.


_TEMPLATES = Path(__file__).resolve().parent / "templates"


def render_page(template: str, **values: Any) -> str:
    """The template filled in; every value is escaped unless the template is the one that made it."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_show,
        keep_trailing_newline=True,
    )
    environment.filters["alike"] = alike
    environment.filters["every_passage"] = _every_passage
    return environment.get_template(template).render(**values)


def _every_passage(rows: Iterable[Row]) -> list[Evidence]:
    """One passage for each clause in which any of the rows stands, in the order of the text."""
    passages = sorted((passage for row in rows for passage in row.evidence), key=lambda passage: passage.start)
    return list({passage.section or f"line {passage.line}": passage for passage in reversed(passages)}.values())[::-1]


def _show(value: Any) -> Any:
    """Text from an input without control characters; markup of our own stays as it is."""
    if value is None:
        return ""
    return plain(value) if type(value) is str else value


# The report as one HTML file to read on screen, to print and to sign.


CRITERION_WORDS = {"met": "Met", "not-met": "Not met", "not-known": "Not known"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One target on the page: its rows, its marked texts and its lineage; `key` starts all its anchors."""

    key: str
    view: TargetView
    report: TargetReport
    appendix: Appendix
    texts: tuple[TextLine, ...]
    rights: tuple[tuple[RightLine, ...], ...]
    """The rights, those with the same result and clause together."""
    openness_lines: tuple[str, ...]
    unread_files: tuple[str, ...]
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


def render(report: Report, *, texts: bool = False) -> str:
    """The whole page; nothing in it is fetched, and no script runs. With `texts` the full texts are printed too."""
    chapters = [chapter_of(target, key=str(key)) for key, target in enumerate(report.targets, start=1)]
    return render_page(
        "report.html.j2",
        print_texts=texts,
        report=report,
        verdict=VERDICT_WORDS[report.verdict],
        chapters=chapters,
        meaning=chapters[0].view.meaning if len(chapters) == 1 else VERDICT_MEANINGS[report.verdict],
        verdict_words=VERDICT_WORDS,
        criterion_words=CRITERION_WORDS,
        relation_words=relation_words,
        framework_words=framework_words,
        wide=(Status.REVIEW.value, Status.VIOLATION.value),
        stated_facts=stated_facts(report.profile),
        open_facts=open_facts(report.profile),
        facts_by_section=facts_by_section(report.profile),
        assigned=assigned_rows(report),
    )


def chapter_of(target: TargetReport, *, key: str) -> Chapter:
    """The target as a chapter, with its texts marked."""
    view = view_target(target)
    return Chapter(
        texts=tuple(text_lines(target)),
        rights=tuple(map(tuple, grouped_rights(right_lines(target)))),
        openness_lines=tuple(component_lines(target)),
        unread_files=unread_files(target),
        key=key,
        view=view,
        report=target,
        appendix=mark_texts(target, view.rows),
        drawing=draw_lineage(target),
        names=file_names(target),
    )
