"""How a person clears what a scan found: the lines that they would write, with the names filled in."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.model.finding import Finding, Status
from licensecheck.model.review import LineFinding, Review, Standing
from licensecheck.text.screen import plain_line

MAX_WAYS = 5
UNKNOWN = "unknown-license"


def clearing_lines(review: Review) -> Iterator[str]:
    """What would clear each open violation, and settle each unknown license; none where there are none."""
    open_items = [item for item in review.findings if item.standing is Standing.OPEN]
    yield from _unknown([item for item in open_items if item.finding.kind == UNKNOWN])
    yield from _violations([item.finding for item in open_items if item.finding.status is Status.VIOLATION])


def _unknown(items: list[LineFinding]) -> Iterator[str]:
    models = dict.fromkeys(item.reference.model for item in items)
    for model in list(models)[:1]:
        yield plain_line(
            f"To settle an unknown license, look it up (licensecheck check {model} --online) and write it down:"
        )
        settings = plain_line(f"scan: {{names: {{{model}: apache-2.0}}}}")
        yield f"  in licensecheck.yaml: {settings}, or the model that it is"
        yield from _on_line([UNKNOWN])


def _violations(findings: list[Finding]) -> Iterator[str]:
    ways = dict.fromkeys(_approval(finding) for finding in findings if finding.license)
    if findings:
        yield "To clear a violation, the person who may decide it writes so, with a reason:"
        yield from (f"  in licensecheck.yaml: {plain_line(way)}" for way in list(ways)[:MAX_WAYS])
        yield from _on_line(sorted({finding.kind for finding in findings}))


def _on_line(kinds: list[str]) -> Iterator[str]:
    yield f"  or on its line: # licensecheck: ignore[{plain_line(','.join(kinds))}] until=YYYY-MM-DD reason=..."


def _approval(finding: Finding) -> str:
    category = finding.attributes.get("category")
    narrowed = f", category: {category}" if isinstance(category, str) else ""
    named = f"license: {finding.license}, kind: {finding.kind}{narrowed}"
    return f"approvals: [{{{named}, reason: ..., by: ..., expires: YYYY-MM-DD}}]"
