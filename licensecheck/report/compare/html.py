"""A comparison as one HTML page."""

from __future__ import annotations

from licensecheck.report.compare.columns import cost_words, verdict_words
from licensecheck.report.compare.matrix import Matrix, group_title
from licensecheck.report.page import render_page


def render(matrix: Matrix, *, made: str) -> str:
    """The page; `made` says by which version it was made."""
    return render_page(
        "compare.html.j2",
        matrix=matrix,
        made=made,
        cost_words=cost_words,
        group_title=group_title,
        verdict_words=verdict_words,
    )
