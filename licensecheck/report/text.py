"""The report for a terminal: the verdict first, then what to answer, what is broken, what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence

from licensecheck.domain.findings import Criterion, Openness, Report, Status, TargetReport, Verdict
from licensecheck.domain.licenses import Evidence
from licensecheck.domain.subject import Ancestor
from licensecheck.report.lineage import relation_words
from licensecheck.report.sentences import VERDICT_WORDS, made_by
from licensecheck.report.view import Row, Section, TargetView, view_target
from licensecheck.text.markup import plain_line

# Openness and lineage for the terminal: each axis by itself, the failed criteria with their clauses.


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


# The report for a terminal: the verdict first, then what to answer, what is broken, what to do.


Paint = Callable[[str, str], str]
_COLOURS = {"red": "31", "yellow": "33", "green": "32", "blue": "36", "dim": "2", "bold": "1"}
_STATUS_COLOURS = {
    Status.VIOLATION: "red",
    Status.REVIEW: "yellow",
    Status.ACTION: "blue",
    Status.WAIVED: "dim",
    Status.MET: "green",
    Status.NOT_APPLICABLE: "dim",
}
_VERDICT_COLOURS = {
    Verdict.DENIED: "red",
    Verdict.NEEDS_REVIEW: "yellow",
    Verdict.CONDITIONAL: "blue",
    Verdict.APPROVED: "green",
}
_BRIEF = ("met", "not-applicable", "standing")
"""Sections whose rows take one line and no quote unless all is asked for."""
_MARGIN = 18
_QUOTE_LENGTH = 600


def render(report: Report, *, width: int = 100, colour: bool = False, full: bool = False) -> str:
    """The report in lines of at most `width`; `full` gives every quote, uncut."""
    paint = _in_colour if colour else _without_colour
    lines: list[str] = []
    for target in report.targets:
        lines += [*_target(view_target(target), width=max(width, 40), paint=paint, full=full), ""]
    if len(report.targets) > 1:
        word = VERDICT_WORDS[report.verdict].upper()
        lines += [f"All {len(report.targets)} targets: {paint(word, _VERDICT_COLOURS[report.verdict])}", ""]
    lines += _wrap(made_by(report), width=max(width, 40))
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def _target(view: TargetView, *, width: int, paint: Paint, full: bool) -> Iterator[str]:
    verdict = paint(view.verdict.upper(), _VERDICT_COLOURS[view.report.verdict])
    yield f"{verdict}  {paint(plain_line(view.title), 'bold')}"
    if view.headline:
        yield from _wrap(view.headline, width=width)
    yield from _wrap(f"{view.meaning} ({view.counts})", width=width)
    for text in view.texts:
        yield from _wrap(text, width=width, indent="  ")
    if view.pending:
        yield from ("", paint("To answer", "bold"))
        for question, decides in view.pending:
            asked = f"{question.text} [{decides}]" if decides else question.text
            yield from _wrap(asked, width=width, first="  ? ", indent="    ")
    for section in view.sections:
        yield from ("", paint(f"{section.title} ({len(section.rows)})", "bold"))
        yield from _section(section, width=width, paint=paint, full=full)
    yield from _notes("Openness and lineage", list(openness_lines(view.report)), width=width, paint=paint)
    yield from _matters(view, width=width, paint=paint)


def _section(section: Section, *, width: int, paint: Paint, full: bool) -> Iterator[str]:
    brief = section.key in _BRIEF and not full
    quoted: set[Evidence] = set()
    for rows in [[row] for row in section.rows] if full else _alike(section.rows):
        word = f"  {rows[0].status_word.upper():<{_MARGIN - 2}}"
        again = not full and not quoted.isdisjoint(rows[0].evidence[:1])
        lines = list(_rows(rows, width=width, brief=brief, full=full, again=again))
        yield paint(word, _STATUS_COLOURS[rows[0].status]) + lines[0].removeprefix(" " * _MARGIN)
        yield from lines[1:]
        quoted.update(rows[0].evidence[:1] if len(rows) == 1 else ())


def _alike(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows, those that say the same of several categories of one license taken together."""
    taken: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        own = None if row.category else row.key
        taken.setdefault((row.kind, row.license, row.message, row.question, row.remedy, own), []).append(row)
    return list(taken.values())


def _rows(rows: list[Row], *, width: int, brief: bool, full: bool, again: bool) -> Iterator[str]:
    """The lines of a row, or of several that say the same; `again` where its passage has just been quoted."""
    row = rows[0]
    if len(rows) > 1:
        yield from _several(rows, width=width)
        return
    indent = " " * _MARGIN
    if brief:
        yield from _wrap(f"{row.label}: {row.message} [{row.source}]", width=width, indent=indent)
        return
    yield from _wrap(f"{row.label}: {row.message}", width=width, indent=indent)
    yield from _labelled("Question", row.question, width=width)
    yield from _labelled(row.remedy_word, row.remedy, width=width)
    yield from _labelled("Limit", row.limit, width=width)
    yield from _labelled("Source", row.source, width=width)
    for evidence in row.evidence if full else row.evidence[:1]:
        if again:
            yield f"{indent}| (the passage quoted above)"
            return
        quote = plain_line(evidence.quote)
        shown = quote if full or len(quote) <= _QUOTE_LENGTH else quote[:_QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
        yield from _wrap(f"“{shown}”", width=width, indent=f"{indent}| ")


def _several(rows: list[Row], *, width: int) -> Iterator[str]:
    """Rows that say the same, in one: each category with its place, and what is common once."""
    row = rows[0]
    places = ", ".join(f"{each.category} [{each.sections}]" for each in rows)
    name = row.label.removesuffix(f" ({row.category})")
    yield from _wrap(f"{name} ({len(rows)} categories): {row.message}", width=width, indent=" " * _MARGIN)
    yield from _labelled("Question", row.question, width=width)
    yield from _labelled(row.remedy_word, row.remedy, width=width)
    yield from _labelled("Categories", f"{places}; {row.license or 'license not known'}", width=width)


def _labelled(label: str, text: str | None, *, width: int) -> Iterator[str]:
    if text:
        indent = " " * _MARGIN
        yield from _wrap(text, width=width, first=f"{indent}{label}: ", indent=f"{indent}  ")


def _matters(view: TargetView, *, width: int, paint: Paint) -> Iterator[str]:
    """What stands beside the findings: faults of the card, clauses without a term, notes."""
    issues = view.report.card.issues if view.report.card else ()
    unread = sum(len(reading.unread) for reading in view.report.readings)
    notes = [f"Card: {issue.message}" for issue in issues]
    clauses = "clause holds" if unread == 1 else "clauses hold"
    notes += [f"{unread} {clauses} no term that was understood; the HTML report marks them."] if unread else []
    notes += view.report.notes
    yield from _notes("Also", notes, width=width, paint=paint)


def _notes(title: str, notes: Sequence[str], *, width: int, paint: Paint) -> Iterator[str]:
    if notes:
        yield from ("", paint(title, "bold"))
        for note in notes:
            yield from _wrap(note, width=width, first="  - ", indent="    ")


def _wrap(text: str, *, width: int, indent: str = "", first: str | None = None) -> Iterable[str]:
    lead = indent if first is None else first
    lines = textwrap.wrap(
        plain_line(text), width=width, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False
    )
    return lines or [lead]


def _in_colour(text: str, colour: str) -> str:
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def _without_colour(text: str, colour: str) -> str:
    return text
