"""Findings as results in files, as code scanning shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from licensecheck.load.checks import load_knowledge
from licensecheck.model.finding import Finding, Status
from licensecheck.model.report import TargetReport
from licensecheck.model.term import Evidence, Term
from licensecheck.report.passages import telling_first
from licensecheck.report.sentence import describe, label_of

_LEVELS = {
    Status.VIOLATION: "error",
    Status.REVIEW: "warning",
    Status.ACTION: "warning",
    Status.WAIVED: "note",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """One result for code scanning: what was found, about which model, and where in a file it is shown.

    `rule` is the id under which results are grouped; `title` and `help` say what the rule is about. `term` tells
    several results of one rule apart (a category, a metric). `line` and the columns count from 1; `end_column` is
    exclusive. `suppressed` is the reason of an approval in force, None where there is none.
    """

    rule: str
    title: str
    help: str
    level: str
    """error, warning or note."""
    message: str
    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    model: str | None = None
    term: str | None = None
    suppressed: str | None = None


def locate_findings(target: TargetReport) -> Iterator[Located]:
    """The target's findings that ask for something or were waived, each where its evidence stands."""
    for finding in target.findings:
        if finding.status in _LEVELS:
            yield _locate(finding, target)


def _locate(finding: Finding, target: TargetReport) -> Located:
    """A finding without evidence is shown at the card, else at the target itself."""
    first = telling_first(finding.evidence)[0] if finding.evidence else None
    bare = Term(kind=finding.kind)
    category = finding.attributes.get("category") or finding.attributes.get("metric")
    column, end_line, end_column = _region(first, target)
    return Located(
        rule=finding.kind,
        title=label_of(bare),
        help=" ".join([describe(bare), *_why_and_fix(bare.kind)]),
        level=_LEVELS[finding.status],
        message=_message(finding),
        path=first.path if first else target.card.path if target.card else target.target,
        line=first.line if first else 1,
        column=column,
        end_line=end_line,
        end_column=end_column,
        model=target.name or target.target,
        term="/".join(str(part) for part in (finding.license, category) if part),
        suppressed=finding.message if finding.status is Status.WAIVED else None,
    )


def _why_and_fix(kind: str) -> Iterator[str]:
    """What the check rules of the kind say; the first of them is the one for the usual case."""
    rule = next((rule for rule in load_knowledge().rules if kind in rule.terms), None)
    if rule is not None:
        yield from (rule.why, rule.fix)


def _region(first: Evidence | None, target: TargetReport) -> tuple[int | None, int | None, int | None]:
    """Column of the start, line and column of the end, where the text of the evidence is at hand."""
    if first is None:
        return None, None, None
    text = next((document.text for document in target.documents if document.path == first.path), None)
    if text is None or text[first.start : first.end] != first.quote:
        return None, None, None
    column = first.start - (text.rfind("\n", 0, first.start) + 1) + 1
    end_line = first.line + first.quote.count("\n")
    end_column = first.end - (text.rfind("\n", 0, first.end) + 1) + 1
    return column, end_line, end_column


def _message(finding: Finding) -> str:
    parts = [finding.message, finding.question, finding.remedy]
    return " ".join(part for part in parts if part)
