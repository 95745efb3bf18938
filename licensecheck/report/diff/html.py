"""A comparison as one HTML page: the terms in a table, then the clauses in two columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from licensecheck.report.diff.clauses import ClauseChange
from licensecheck.report.diff.comparison import Comparison
from licensecheck.report.diff.sayings import (
    NOTHING_TO_COMPARE,
    describe_attribute,
    place_of,
    summarize,
    title_of,
    warnings_about,
)
from licensecheck.report.diff.terms import Change, TermChange
from licensecheck.report.page import render_page
from licensecheck.report.sentence import describe, label_of

_LONG = 120
"""Longer than this, a change of an attribute is not told beside the term."""


def render(comparison: Comparison, *, made: str) -> str:
    """The page; `made` says by which version it was made."""
    return render_page(
        "diff.html.j2",
        comparison=comparison,
        made=made,
        summary=summarize(comparison),
        warnings=warnings_about(comparison),
        old_title=title_of(comparison.old),
        new_title=title_of(comparison.new),
        blocks=None if comparison.clauses is None else _blocks(comparison.clauses),
        nothing=NOTHING_TO_COMPARE,
        describe=describe,
        details=_details,
        label_of=label_of,
        place_of=place_of,
    )


def _details(change: TermChange) -> list[str]:
    """What changed of a term, attribute by attribute; long texts stand in the columns anyway."""
    return [said for attribute in change.attributes if len(said := describe_attribute(change.term, attribute)) <= _LONG]


def _blocks(clauses: Iterable[ClauseChange]) -> list[tuple[bool, list[ClauseChange]]]:
    """The clauses in runs, of such as changed and of such as are the same."""
    return [(same, list(run)) for same, run in groupby(clauses, key=_is_same)]


def _is_same(clause: ClauseChange) -> bool:
    return clause.change is Change.SAME
