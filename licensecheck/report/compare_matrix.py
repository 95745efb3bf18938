"""The table of a comparison: a row a term, a column a target, rows that differ first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from licensecheck.catalog.phrasing import load_phrasing
from licensecheck.domain.findings import Finding, Status, TargetReport, Verdict
from licensecheck.domain.licenses import LicenseReading, Term
from licensecheck.domain.subject import Role
from licensecheck.frozen import dataclass, replace
from licensecheck.reading.operative_clause import clause_of
from licensecheck.report.sentences import (
    DECIDING,
    VERDICT_WORDS,
    cell_of,
    group_of,
    label_of,
    rank_of,
    short_paths,
    triggers_words,
    word_for,
)

# What one target says on one term, in a few words; silent is told from not read.


Key = tuple[str, "str | None", "str | None"]
"""What makes a row: kind, category and metric of a term."""
Stated = tuple[Term, LicenseReading]
"""A term with the reading that states it."""


BANS = "prohibited-use"


class State(str, Enum):
    """What a cell says: the text states the term, is silent on it, or was not read."""

    STATED = "stated"
    SILENT = "silent"
    NOT_READ = "not-read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one target says on one term, in a few words, with the clause and the passages."""

    state: State
    text: str
    clause: str | None = None
    quotes: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """Text and clause on one line."""
        return f"{self.text} [{self.clause}]" if self.clause else self.text


def terms_by_key(target: TargetReport) -> dict[Key, list[Stated]]:
    """The terms of all the target's readings by row."""
    found: dict[Key, list[Stated]] = defaultdict(list)
    for reading in target.readings:
        for term in reading.terms:
            found[term.key].append((term, reading))
    return found


def order_of(key: Key) -> tuple[int, str, str]:
    """Where the row stands."""
    return rank_of(key[0]), key[1] or "", key[2] or ""


def make_cell(terms: list[Stated] | None, key: Key, target: TargetReport) -> Cell:
    """The cell for the terms of this key, or for their absence."""
    if terms:
        return _stated(terms)
    if not was_read(target):
        return Cell(state=State.NOT_READ, text="not read")
    if key[0] == "prohibited-use" and _lacks_policy(target):
        return Cell(state=State.NOT_READ, text="policy not read")
    return Cell(state=State.SILENT, text="silent")


def _stated(terms: Iterable[Stated]) -> Cell:
    """Several statements of one term (in a license and its policy, say) become one cell."""
    listed = list(terms)
    texts = dict.fromkeys(_with_trigger(term) for term, _ in listed)
    clauses = dict.fromkeys(clause for term, reading in listed if (clause := _clause_of(term, reading)))
    quotes = dict.fromkeys(evidence.quote for term, _ in listed for evidence in term.evidence)
    return Cell(state=State.STATED, text="; ".join(texts), clause=", ".join(clauses) or None, quotes=tuple(quotes))


def _with_trigger(term: Term) -> str:
    """The cell, and for a duty what sets it off."""
    if group_of(term.kind) != "condition" or not term.triggers or "use" in term.triggers:
        return cell_of(term)
    return f"{cell_of(term)}, on {triggers_words(term.triggers)}"


def _clause_of(term: Term, reading: LicenseReading) -> str | None:
    """The clause, said apart where it is one of the policy and not of the license."""
    section = clause_of(term)
    if section and reading.role == Role.POLICY.value:
        return f"policy {section}"
    return section


def was_read(target: TargetReport) -> bool:
    """A record whose terms nobody has read tells nothing; so does a target without any license."""
    return any(reading.terms or reading.source == "text" for reading in target.readings)


def _lacks_policy(target: TargetReport) -> bool:
    """Whether the license incorporates a policy by its address and the policy is not at hand."""
    terms = [term for reading in target.readings for term in reading.terms]
    named = any(term.kind == "acceptable-use-policy" and term.attributes.get("url") for term in terms)
    return named and not any(reading.role == Role.POLICY.value and reading.terms for reading in target.readings)


# The head of a comparison: each target with its verdict, and what moving to it would bring and take away.


_NAMED = 4
"""How many of the findings that give a verdict stand beside it."""
_BINDING = (Status.VIOLATION, Status.REVIEW, Status.ACTION, Status.MET, Status.WAIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One target: its name, licenses, class, and (with a profile) its verdict and what moving to it would cost.

    `gained` and `lost` are the duties and limits that bind there and not in the first target, and the other way round;
    where one of the two was not read they are not known, which `read` tells.
    """

    target: str
    title: str
    licenses: tuple[str, ...]
    license_class: str
    read: bool
    verdict: Verdict | None = None
    counts: str | None = None
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
    """The labels of the findings that give the verdict, each once."""


def make_columns(targets: Sequence[TargetReport], *, judged: bool) -> tuple[Column, ...]:
    """A column for each target, measured against the first."""
    bound = [_bound(target.findings) for target in targets]
    known = was_read(targets[0])
    titles = _titles(targets)
    return tuple(
        _column(target, title=title, now=bound[0], then=then, judged=judged, read=known and was_read(target))
        for target, title, then in zip(targets, titles, bound, strict=True)
    )


def _titles(targets: Sequence[TargetReport]) -> list[str]:
    """The name of each model, else the file name of each text, else the id that was given."""
    files = short_paths(target.target for target in targets if target.documents)
    return [target.name or files.get(target.target, target.target) for target in targets]


def _column(
    target: TargetReport, *, title: str, now: dict[Key, str], then: dict[Key, str], judged: bool, read: bool
) -> Column:
    licenses = dict.fromkeys(reading.identity.heading or reading.label for reading in target.readings)
    known = target.openness.license_class
    return Column(
        target=target.target,
        title=title,
        licenses=tuple(licenses) or ("not known",),
        license_class=known.value if known else "not known",
        verdict=target.verdict if judged else None,
        counts=_counts(target) if judged else None,
        read=read,
        decided_by=_decided_by(target) if judged else (),
        gained=tuple(_missing(then, now)) if judged and read else (),
        lost=tuple(_missing(now, then)) if judged and read else (),
    )


def verdict_words(column: Column) -> str:
    """The verdict, how many findings lead to it, and the first of them: the price of the target."""
    if column.verdict is None:
        return "not judged"
    named = ", ".join(column.decided_by[:_NAMED])
    more = f" and {len(column.decided_by) - _NAMED} more" if len(column.decided_by) > _NAMED else ""
    return f"{VERDICT_WORDS[column.verdict]} ({column.counts}){f': {named}{more}' if named else ''}"


def _decided_by(target: TargetReport) -> tuple[str, ...]:
    wanted = DECIDING.get(target.verdict)
    labels = (
        label_of(Term(kind=each.kind))
        for each in sorted(target.findings, key=_rank)
        if each.moves_verdict and each.status is wanted
    )
    return tuple(dict.fromkeys(labels))


def _rank(finding: Finding) -> tuple[int, str]:
    return rank_of(finding.kind), finding.kind


def cost_words(column: Column, labels: tuple[str, ...]) -> str:
    """Duties gained or lost in one phrase."""
    return ("; ".join(labels) or "nothing") if column.read else "not known: nothing was read"


def _counts(target: TargetReport) -> str:
    moving = [finding.status for finding in target.findings if finding.moves_verdict]
    words = ((Status.VIOLATION, "broken"), (Status.REVIEW, "open"), (Status.ACTION, "to do"))
    counted = [f"{moving.count(status)} {word}" for status, word in words if status in moving]
    return ", ".join(counted) or "nothing open"


def _bound(findings: Iterable[Finding]) -> dict[Key, str]:
    """The duties that apply and the limits that are broken or open, with their labels."""
    return {
        Term(kind=finding.kind, attributes=finding.attributes).key: _burden_of(finding)
        for finding in findings
        if finding.moves_verdict and finding.status in _BINDING and _burdens(finding)
    }


def _burden_of(finding: Finding) -> str:
    """The label of a duty or limit; one that only names what is barred says that it is."""
    label = label_of(finding)
    term = Term(kind=finding.kind, attributes=finding.attributes)
    names_what_is_barred = cell_of(term) == BARRED and finding.kind not in NAMED_AS_BANS
    return f"No {label[:1].lower()}{label[1:]}" if names_what_is_barred else label


NAMED_AS_BANS = ("prohibited-use", "no-circumvention", "no-additional-restrictions", "no-trademark-use")
"""Kinds whose label says already that they bar something, or names what must not be touched."""
BARRED = "not allowed"
"""The cell of a term whose label names what it bars."""


def _burdens(finding: Finding) -> bool:
    kept_limit = group_of(finding.kind) == "limit" and finding.status in (Status.MET, Status.WAIVED)
    return not kept_limit


def _missing(there: dict[Key, str], here: dict[Key, str]) -> Iterator[str]:
    """The labels of what is there and not here, in the order of reports."""
    yield from (there[key] for key in sorted(there.keys() - here.keys(), key=order_of))


# The table of a comparison: a row a term, a column a target, rows that differ first.


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One term across all targets; `differs` where the targets do not say the same."""

    kind: str
    label: str
    group: str
    cells: tuple[Cell, ...]
    differs: bool
    category: str = ""
    """The category of a prohibited use in everyday words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The whole comparison; `judged` is true where a profile was given."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    judged: bool
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What a buyer asks first: each question with the answer for each column."""
    verdicts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Where several profiles were given, the name of each with the verdict for each column."""

    def part(self, *, differing: bool) -> tuple[Row, ...]:
        """The rows that differ, or those that do not, as they are shown."""
        return tuple(row for row in self.shown if row.differs is differing)

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows, with the bans of which all targets say the same taken together."""
        return _grouped(self.rows)


def _grouped(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The bans on categories of use in one row for each pattern of cells, where the first of them stood."""
    alike: dict[object, list[Row]] = {}
    for at, row in enumerate(rows):
        cells = tuple((cell.state, _without_category(cell, row)) for cell in row.cells)
        alike.setdefault((row.kind, cells) if row.kind == BANS else at, []).append(row)
    return tuple(_together(group) if len(group) > 1 else group[0] for group in alike.values())


def _without_category(cell: Cell, row: Row) -> str:
    return cell.text.replace(row.category, "")


def _together(rows: Sequence[Row]) -> Row:
    """Several bans as one row: the categories in its label, the clauses of all in its cells."""
    columns = zip(*(row.cells for row in rows), strict=True)
    cells = tuple(_joined(list(cells)) for cells in columns)
    named = ", ".join(row.category for row in rows)
    return replace(rows[0], label=f"Prohibited uses ({len(rows)}): {named}", cells=cells)


def _joined(cells: Sequence[Cell]) -> Cell:
    clauses = dict.fromkeys(clause for cell in cells if cell.clause for clause in cell.clause.split(", "))
    quotes = dict.fromkeys(quote for cell in cells for quote in cell.quotes)
    return replace(cells[0], clause=", ".join(clauses) or None, quotes=tuple(quotes))


def build_matrix(targets: Sequence[TargetReport], *, judged: bool) -> Matrix:
    """The comparison of the targets in their order; the first one is what the others are measured against."""
    stated = [terms_by_key(target) for target in targets]
    keys = sorted({key for terms in stated for key in terms}, key=order_of)
    rows = [_row(key, targets, stated) for key in keys]
    ordered = [row for row in rows if row.differs] + [row for row in rows if not row.differs]
    return Matrix(columns=make_columns(targets, judged=judged), rows=tuple(ordered), judged=judged)


def group_title(group: str) -> str:
    """The heading of a group of terms."""
    return load_phrasing().group_titles.get(group, group)


def _row(key: Key, targets: Sequence[TargetReport], stated: Sequence[dict[Key, list[Stated]]]) -> Row:
    cells = tuple(make_cell(terms.get(key), key, target) for target, terms in zip(targets, stated, strict=True))
    first = next(terms[key][0][0] for terms in stated if key in terms)
    return Row(
        kind=key[0],
        label=label_of(first),
        group=group_of(key[0]),
        category=word_for("category", key[1]) if key[0] == BANS and key[1] else "",
        cells=cells,
        differs=len({(cell.state, cell.text) for cell in cells}) > 1,
    )
