"""A comparison for the terminal: signs before each line, changed words in [-brackets-] and {+braces+}."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from licensecheck.report.diff.clauses import ClauseChange
from licensecheck.report.diff.comparison import Comparison
from licensecheck.report.diff.sayings import (
    NOTHING_TO_COMPARE,
    SIGNS,
    describe_change,
    places_of,
    summarize,
    title_of,
    warnings_about,
)
from licensecheck.report.diff.terms import Change, TermChange
from licensecheck.report.diff.words import frame_changes
from licensecheck.text.screen import plain_line

_WIDTH = 100


def render(comparison: Comparison) -> str:
    """The comparison as plain text without colour."""
    lines = [f"old: {title_of(comparison.old)}", f"new: {title_of(comparison.new)}"]
    lines = [plain_line(line) for line in [*lines, *warnings_about(comparison), summarize(comparison)]]
    lines += ["", "TERMS", *_terms(comparison)]
    lines += ["", "CLAUSES", *_clauses(comparison)]
    return "\n".join(lines) + "\n"


def _terms(comparison: Comparison) -> Iterator[str]:
    changed = comparison.changed_terms()
    if not changed:
        yield "  No term changed."
    for term in changed:
        yield from _term_lines(term)


def _term_lines(term: TermChange) -> list[str]:
    place = places_of(term)
    said = plain_line(describe_change(term) + (f"  [{place}]" if place else ""))
    return textwrap.wrap(
        said, _WIDTH, initial_indent=f"  {SIGNS[term.change]} ", subsequent_indent="    ", break_long_words=False
    )


def _clauses(comparison: Comparison) -> Iterator[str]:
    if comparison.clauses is None:
        yield f"  {NOTHING_TO_COMPARE}"
        return
    changed = [clause for clause in comparison.clauses if clause.change is not Change.SAME]
    if not changed:
        yield "  No clause changed."
    for clause in changed:
        yield from _clause_lines(clause)


def _clause_lines(clause: ClauseChange) -> list[str]:
    places = [passage.place for passage in (clause.old, clause.new) if passage]
    place = plain_line(" → ".join(dict.fromkeys(places)))
    head = f"  {SIGNS[clause.change]} {place} {clause.change.value}"
    passage = clause.new or clause.old
    whole = passage.text if passage else ""
    shown = plain_line(frame_changes(clause.pieces) if clause.change is Change.CHANGED else whole)
    return [head, *textwrap.wrap(shown, _WIDTH, initial_indent="      ", subsequent_indent="      ")]
