"""A review of a repository as SARIF: each finding at the line that loads the model, what was cleared as suppressed."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.model.finding import Status
from licensecheck.model.review import LineFinding, Review, Standing
from licensecheck.report.sarif import Located, render_sarif
from licensecheck.report.scan_text import finding_line

_LEVELS = {Status.VIOLATION: "error", Status.REVIEW: "warning", Status.ACTION: "warning", Status.WAIVED: "note"}


def render(review: Review) -> str:
    """The review as one SARIF run."""
    return render_sarif(_located(review), tool_version=review.tool_version)


def _located(review: Review) -> Iterator[Located]:
    for item in review.findings:
        yield _result(item)
    for notice in review.notices:
        yield Located(
            rule="inline-ignore",
            title="An inline ignore that needs mending",
            help="An ignore needs a kind and a reason, is honoured until its day, and has something to ignore.",
            level="warning",
            message=notice.message,
            path=notice.path,
            line=notice.line,
        )


def _result(item: LineFinding) -> Located:
    finding = item.finding
    category = finding.attributes.get("category") or finding.attributes.get("metric")
    waived = finding.message if finding.status is Status.WAIVED else None
    return Located(
        rule=finding.kind,
        title=finding.kind.replace("-", " "),
        help=finding.remedy or finding.message,
        level=_LEVELS[finding.status],
        message=finding_line(item),
        path=item.reference.path,
        line=item.reference.line,
        model=item.reference.model,
        term="/".join(str(part) for part in (finding.license, category) if part),
        suppressed=item.reason if item.standing is not Standing.OPEN else waived,
    )
