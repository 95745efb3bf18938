"""The report for a terminal: the verdict first, then what to answer, what is broken, what to do."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from licensecheck.domain.findings import Against, Criterion, Openness, Question, Report, Status, TargetReport, Verdict
from licensecheck.domain.subject import Ancestor
from licensecheck.report.lineage import relation_words
from licensecheck.report.reviewed import (
    facts_by_section,
    grouped_rights,
    open_facts,
    profile_line,
    right_lines,
    text_lines,
    unread_files,
)
from licensecheck.report.sentences import VERDICT_WORDS, against_title, change_words, group_of, made_by
from licensecheck.report.view import STANDING, Row, Section, TargetView, alike, same_todo, view_target
from licensecheck.text.markup import cut_words, plain_line

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


def component_lines(target: TargetReport) -> Iterator[str]:
    """The components of both definitions of openness by what is known of each, a line a definition."""
    if any(component.status != "not-known" for component in target.openness.osaid):
        yield f"Open Source AI Definition 1.0: {_counts(target.openness.osaid)}"
    if any(component.status != "not-known" for component in target.openness.mof):
        yield f"Model Openness Framework, components: {_counts(target.openness.mof)}"


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
    reached = f"class {openness.mof_class} is shown" if openness.mof_class else "no class is shown"
    if not openness.mof_missing:
        return reached
    lacking = [part for part in openness.mof if part.title in openness.mof_missing]
    following = lacking[0].basis if lacking else "the next class"
    closed = [part.title for part in lacking if part.status == "not-met"]
    named = [part.title for part in lacking if part.status == "not-known" and part.found]
    absent = [part.title for part in lacking if part.title not in (*closed, *named)]
    sorts = (("not open", closed), ("named, license not at hand", named), ("not found", absent))
    parts = [f"{word}: {', '.join(titles)}" for word, titles in sorts if titles]
    return f"{reached}; for class {following}, {'; '.join(parts)}" if parts else reached


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
_MARGIN = 18
_SHORT_QUOTE = 360
"""Characters of a quote in the short form."""
_SHAPES = (
    *((6, quoted, high) for quoted, high in ((_SHORT_QUOTE, 3), (_SHORT_QUOTE, 1), (200, 1))),
    *((shown, quoted, 1) for shown, quoted in ((3, 120), (6, 0), (3, 0), (1, 0))),
)
"""How many violations, questions and actions the short form shows of each, how many characters of a quote, and how
many lines of an action; the first shape that fits is taken.
"""
_SCREEN = 40
"""Lines that the short form of one target takes, where showing less makes that possible."""
_NAMED = 96
"""Characters of a line that names what is not shown."""
_NOTED = 3
"""How many notes it shows."""


def render(report: Report, *, width: int = 100, colour: bool = False, full: bool = False) -> str:
    """The report in lines of at most `width`: what decides; with `full` every finding with every quote, uncut.

    A hash stands on one line, also where that is wider.
    """
    paint = _in_colour if colour else _without_colour
    lines: list[str] = []
    made = list(_wrap(made_by(report), width=max(width, 40)))
    room = _SCREEN - len(made) - 1
    for target in report.targets:
        view = view_target(target, report.profile)
        lines += [*_fitting(view, width=max(width, 40), paint=paint, room=None if full else room), ""]
    if report.against is not None:
        lines += [*_against(report.against, width=max(width, 40), paint=paint), ""]
    if len(report.targets) > 1:
        word = VERDICT_WORDS[report.verdict].upper()
        lines += [f"All {len(report.targets)} targets: {paint(word, _VERDICT_COLOURS[report.verdict])}", ""]
    lines += made
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def _fitting(view: TargetView, *, width: int, paint: Paint, room: int | None) -> list[str]:
    """The lines of a target, all of them without `room`; else the short form, which shows less until it fits."""
    head = list(_head(view, width=width, paint=paint))
    if room is None:
        return [*head, *_whole(view, width=width, paint=paint)]
    lines: list[str] = []
    for shown, quoted, high in _SHAPES:
        lines = [*head, *_short(view, width=width, paint=paint, shown=shown, quoted=quoted, high=high)]
        if len(lines) <= room:
            break
    return lines


def _head(view: TargetView, *, width: int, paint: Paint) -> Iterator[str]:
    verdict = paint(view.verdict.upper(), _VERDICT_COLOURS[view.report.verdict])
    yield f"{verdict}  {paint(plain_line(view.title), 'bold')}"
    if view.headline:
        yield from _wrap(view.headline, width=width)
    yield from _wrap(f"{view.meaning} ({view.counts})", width=width)
    yield from _texts(view, width=width)


def _against(against: Against, *, width: int, paint: Paint) -> Iterator[str]:
    """What became of the findings since an earlier report, and why."""
    yield paint(plain_line(against_title(against)), "bold")
    for detail in against.details:
        yield from _wrap(detail, width=width, first="  because  ", indent="           ")
    for change in against.changes:
        yield from _wrap(change_words(change), width=width, first="  - ", indent="    ")
    if not against.changes:
        yield "  No finding changed."


def _texts(view: TargetView, *, width: int) -> Iterator[str]:
    """What was read, each text with the whole hash, which an approval needs."""
    for line in text_lines(view.report):
        facts = (line.licensor, f"version {line.version}" if line.version else "", line.date, line.file, line.match)
        yield from _wrap(f"{line.title}: {', '.join(filter(None, facts))}", width=width, first="  ", indent="    ")
        if line.sha256:
            yield from _wrap(f"sha256:{line.sha256}", width=max(width, 80), indent="    ")
    for unread in unread_files(view.report):
        yield from _wrap(f"Not read: {unread}", width=width, first="  ", indent="    ")


def _whole(view: TargetView, *, width: int, paint: Paint) -> Iterator[str]:
    """Every finding with every passage, after the facts that they rest on."""
    facts = [f"{section}: {told}" for section, told in facts_by_section(view.profile)]
    facts += [f"Not stated, {line}" for line in open_facts(view.profile)]
    facts += [profile_line(view.profile)] if view.profile.sha256 else []
    yield from _notes("Facts", facts, width=width, paint=paint)
    barred = [section for section in view.sections if section.key == Status.VIOLATION.value]
    yield from _sections(barred, width=width, paint=paint)
    yield from _asked("To answer", view.pending, width=width, paint=paint)
    yield from _rights(view, width=width, paint=paint, full=True)
    rest = [section for section in view.sections if section not in barred]
    for section in rest:
        yield from _sections([section], width=width, paint=paint)
        if section.key == Status.ACTION.value:
            yield from _asked("To confirm where it is done already", view.settling, width=width, paint=paint)
    yield from _notes("What changes if the company grows", view.growth, width=width, paint=paint)
    yield from _notes("Openness and lineage", list(openness_lines(view.report)), width=width, paint=paint)
    yield from _matters(view, width=width, paint=paint)


def _asked(title: str, asked: Sequence[tuple[Question, str]], *, width: int, paint: Paint) -> Iterator[str]:
    if asked:
        yield from ("", paint(f"{title} ({len(asked)})", "bold"))
    for question, decides in asked:
        text = f"{question.text} [{decides}]" if decides else question.text
        yield from _wrap(text, width=width, first="  ? ", indent="    ")


def _sections(sections: Iterable[Section], *, width: int, paint: Paint) -> Iterator[str]:
    for section in sections:
        yield from ("", paint(f"{section.title} ({len(section.rows)})", "bold"))
        yield from _section(section, width=width, paint=paint)


def _short(view: TargetView, *, width: int, paint: Paint, shown: int, quoted: int, high: int) -> Iterator[str]:
    """What bars, what is asked and what is to be done; all else in a line each.

    `shown` counts entries, `quoted` characters of a quote, `high` lines of an action.
    """
    sections = {section.key: section for section in view.sections}
    barred = sections.get(Status.VIOLATION.value)
    if barred:
        yield from ("", paint(f"{barred.title} ({len(barred.rows)})", "bold"))
        for rows in alike(barred.rows)[:shown]:
            yield from _barred(rows, width=width, paint=paint, quoted=quoted)
        hidden = [rows[0].label for rows in alike(barred.rows)[shown:]]
        yield from _more(len(alike(barred.rows)), "violations", shown=shown, names=hidden)
    asked = list(_questions(view, sections.get(Status.REVIEW.value)))
    if asked:
        yield from ("", paint(f"To answer ({len(asked)})", "bold"))
        for text in asked[:shown]:
            yield from _wrap(cut_words(text, (3 if quoted else 2) * width), width=width, first="  ? ", indent="    ")
        yield from _more(len(asked), "questions", shown=shown)
    todo = sections.get(Status.ACTION.value)
    if todo:
        yield from ("", paint(f"To do ({len(todo.rows)})", "bold"))
        same = same_todo(todo.rows)
        for rows in same[:shown]:
            clauses = f" [{'; '.join(row.clause for row in rows)}]"
            text = f"{rows[0].label}: {rows[0].remedy or rows[0].message}"
            text = cut_words(text, max(high * (width - 6) - len(clauses), len(rows[0].label) + 20))
            yield from _wrap(text + clauses, width=width, first="  - ", indent="    ")
        yield from _more(len(same), "actions", shown=shown, names=[rows[0].label for rows in same[shown:]])
    yield from _rights(view, width=width, paint=paint)
    yield ""
    for key in (Status.WAIVED.value, Status.MET.value, Status.NOT_APPLICABLE.value):
        if key in sections:
            title = f"{sections[key].title}: "
            yield from _wrap(title + _names(sections[key].rows), width=width, indent="  ", first="")
    if view.growth:
        yield from _wrap(f"If the company grows: {' '.join(view.growth)}", width=width, indent="  ", first="")
    if STANDING in sections:
        groups = Counter(group_of(row.kind) for row in sections[STANDING].rows)
        counted = ", ".join(f"{_GROUPS.get(group, group)} ({count})" for group, count in groups.items())
        yield from _wrap(f"Informational terms: {counted}", width=width, indent="  ", first="")
    yield from _wrap(_openness_in_short(view.report), width=width, indent="  ", first="")
    matters = list(_matter_lines(view))
    for note in matters[:_NOTED]:
        yield from _wrap(cut_words(note, 3 * width), width=width, indent="  ", first="")
    rest = f"{len(matters) - _NOTED} more notes; " if len(matters) > _NOTED else ""
    yield from _wrap(f"{rest}-v shows every finding with its clause and quote.", width=width)


def _rights(view: TargetView, *, width: int, paint: Paint, full: bool = False) -> Iterator[str]:
    """The rights that the deployment needs; in short those that are granted take one line together."""
    lines = right_lines(view.report)
    if not lines:
        return
    yield from ("", paint("Rights needed", "bold"))
    several = len({line.text for line in lines}) > 1
    for alike_lines in grouped_rights(lines):
        line = alike_lines[0]
        rights = "; ".join(each.right for each in alike_lines)
        limits = f"; {line.limits}" if line.limits else ""
        clause = f" [{line.granted_by}]" if line.granted_by else ""
        text = f"{line.text}: " if several else ""
        yield from _wrap(f"{text}{line.status}: {rights}{clause}{limits}", width=width, first="  ", indent="    ")
        if full and line.quote:
            yield from _wrap(f"“{line.quote}”", width=width, indent="    | ")


def _barred(rows: list[Row], *, width: int, paint: Paint, quoted: int) -> Iterator[str]:
    row = rows[0]
    also = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
    lines = list(_wrap(f"{row.label}{also}: {row.message} [{row.clause}]", width=width, indent="    "))
    yield paint("  x ", "red") + lines[0].removeprefix("    ")
    yield from lines[1:]
    if row.evidence and quoted:
        yield from _wrap(f"“{cut_words(row.quote, quoted)}”", width=width, indent="    | ")


_GROUPS = {
    "grant": "rights",
    "condition": "duties",
    "limit": "limits",
    "power": "powers of the licensor",
    "legal": "legal frame",
}


def _questions(view: TargetView, section: Section | None) -> Iterator[str]:
    """Each question once: those that the profile can answer, then those on passages, with the words in question."""
    for question, decides in view.pending:
        quote = f" “{view.passages[question.text]}”" if question.text in view.passages else ""
        yield f"{question.text}{quote} [{decides}]" if decides else f"{question.text}{quote}"
    known = {question.text for question, _ in (*view.pending, *view.settling)}
    for rows in alike(section.rows) if section else ():
        row = rows[0]
        if row.question is None and known:
            continue
        quote = f" “{cut_words(row.quote, _SHORT_QUOTE)}”" if row.evidence else ""
        where = f" [{row.clause}]" if row.clause else ""
        yield f"{row.label}: {row.question or row.message}{quote}{where}"


def _more(count: int, noun: str, *, shown: int, names: Sequence[str] = ()) -> Iterator[str]:
    """How many are not shown, by name where their names fit on the line."""
    if count <= shown:
        return
    told = f"    … and {count - shown} more {noun if count - shown > 1 else noun.removesuffix('s')}"
    named = f"{told}: {', '.join(dict.fromkeys(names))}; -v shows all"
    yield named if names and len(named) <= _NAMED else f"{told}; -v shows all"


def _names(rows: Sequence[Row]) -> str:
    """The labels of rows, each once with its count; the categories of banned uses are counted."""
    counted = Counter(row.label.removesuffix(f" ({row.category})") if row.category else row.label for row in rows)
    return ", ".join(f"{label} ({count})" if count > 1 else label for label, count in counted.items())


def _openness_in_short(target: TargetReport) -> str:
    failed = [criterion for criterion in target.openness.osd if criterion.status == "not-met"]
    numbers = ", ".join(criterion.id.removeprefix("osd-") for criterion in failed)
    parts = [f"Open Source Definition not met: {numbers}"] if failed else []
    parts += [_ancestor(ancestor) for ancestor in target.lineage]
    return f"Openness and lineage: {'; '.join(parts)}" if parts else ""


def _section(section: Section, *, width: int, paint: Paint) -> Iterator[str]:
    for row in section.rows:
        word = f"  {row.status_word.upper():<{_MARGIN - 2}}"
        lines = list(_row(row, width=width))
        yield paint(word, _STATUS_COLOURS[row.status]) + lines[0].removeprefix(" " * _MARGIN)
        yield from lines[1:]


def _row(row: Row, *, width: int) -> Iterator[str]:
    """The lines of a row, with every passage uncut."""
    indent = " " * _MARGIN
    yield from _wrap(f"{row.label}: {row.message}", width=width, indent=indent)
    yield from _labelled("Question", row.question, width=width)
    yield from _labelled(row.remedy_word, row.remedy, width=width)
    yield from _labelled("Limit", row.limit, width=width)
    yield from _labelled("Source", row.source, width=width)
    quotes = [row.quote, *(plain_line(evidence.quote) for evidence in row.evidence[1:])] if row.evidence else []
    for quote in quotes:
        yield from _wrap(f"“{quote}”", width=width, indent=f"{indent}| ")


def _labelled(label: str, text: str | None, *, width: int) -> Iterator[str]:
    if text:
        indent = " " * _MARGIN
        yield from _wrap(text, width=width, first=f"{indent}{label}: ", indent=f"{indent}  ")


def _matters(view: TargetView, *, width: int, paint: Paint) -> Iterator[str]:
    """What stands beside the findings: faults of the card, clauses without a term, notes."""
    yield from _notes("Also", list(_matter_lines(view)), width=width, paint=paint)


def _matter_lines(view: TargetView) -> Iterator[str]:
    yield from (f"Card: {issue.message}" for issue in (view.report.card.issues if view.report.card else ()))
    yield from view.report.notes


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
