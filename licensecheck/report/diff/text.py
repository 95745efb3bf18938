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
    unread_sides,
)
from licensecheck.report.diff.terms import Change, TermChange
from licensecheck.report.diff.words import Mark, Piece
from licensecheck.text.screen import plain_line

_WIDTH = 100
_KEPT = 12
"""How many kept words are shown on each side of a change."""
_FRAMES = {Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}


def render(comparison: Comparison) -> str:
    """The comparison as plain text without colour."""
    lines = [f"old: {title_of(comparison.old)}", f"new: {title_of(comparison.new)}"]
    lines = [plain_line(line) for line in [*lines, *unread_sides(comparison), summarize(comparison)]]
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
    if clause.change is Change.CHANGED:
        end = len(clause.pieces) - 1
        text = " ".join(_show(piece, first=n == 0, last=n == end) for n, piece in enumerate(clause.pieces))
    else:
        text = passage.text if passage else ""
    shown = plain_line(text)
    return [head, *textwrap.wrap(shown, _WIDTH, initial_indent="      ", subsequent_indent="      ")]


def _show(piece: Piece, *, first: bool, last: bool) -> str:
    """The words of a piece, framed; long stretches of kept words are cut to what stands beside a change."""
    text = " ".join(piece.text.split())
    if piece.mark is not Mark.KEPT:
        return _FRAMES[piece.mark].format(text)
    words = text.split(" ")
    head = [] if first else words[:_KEPT]
    tail = [] if last else words[-_KEPT:]
    return text if len(words) <= len(head) + len(tail) + 3 else " ".join([*head, "…", *tail])
