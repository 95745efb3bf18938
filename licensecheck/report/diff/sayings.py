"""What a change says in a few words, for every face of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from licensecheck.model.license import MatchKind
from licensecheck.model.term import Term, Value
from licensecheck.report.diff.comparison import Comparison, Side
from licensecheck.report.diff.terms import AttributeChange, Change, TermChange
from licensecheck.report.sentence import describe, label_of

SIGNS = {Change.ADDED: "+", Change.REMOVED: "-", Change.CHANGED: "~", Change.MOVED: ">", Change.SAME: "="}
"""One sign for each kind of change."""
NOTHING_TO_COMPARE = "The clauses are not compared: that takes the text of both, and a record holds none."


def title_of(side: Side) -> str:
    """What a side is: its license by name where one is known, and whether the text is that license's own."""
    known = side.reading.identity
    if side.reading.source == "record":
        return f"{known.name} ({known.id}, from its record)"
    if known.id is None:
        return f"{side.name} (no license of the catalog)"
    relation = "word for word" if known.match is MatchKind.EXACT else "changed"
    return f"{side.name} ({known.name}, {relation})"


def describe_change(change: TermChange) -> str:
    """The term in a sentence, or by its name where its attributes tell what changed."""
    if change.change is Change.CHANGED and change.attributes:
        return f"{label_of(change.term)}: {'; '.join(describe_attribute(a) for a in change.attributes)}"
    return describe(change.term)


def describe_attribute(change: AttributeChange) -> str:
    """One attribute's change: what a set gained and lost, or the value before and after."""
    name = change.name.replace("_", " ")
    if change.gained or change.lost:
        parts = [f"gains {', '.join(change.gained)}"] if change.gained else []
        parts += [f"loses {', '.join(change.lost)}"] if change.lost else []
        return f"{name} {' and '.join(parts)}"
    if change.old in (None, ()):
        return f"{name} is now {show_value(change.new)}"
    if change.new in (None, ()):
        return f"{name} {show_value(change.old)} is no longer stated"
    return f"{name} {show_value(change.old)} → {show_value(change.new)}"


def show_value(value: Value) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    if isinstance(value, tuple):
        return ", ".join(value)
    return "not stated" if value is None else value


def places_of(change: TermChange) -> str:
    """The clauses in which the old and the new term stand."""
    old, new = (place_of(term) if term else "" for term in (change.old, change.new))
    return new or old if not (old and new) or old == new else f"{old} → {new}"


def place_of(term: Term) -> str:
    """The clause in which a term stands, as far as that is known."""
    first = term.evidence[0] if term.evidence else None
    if first is not None:
        return f"§ {first.section}" if first.section else f"line {first.line}"
    return f"§ {term.clause}" if term.clause else ""


def summarize(comparison: Comparison) -> str:
    """How many terms and clauses changed, in one sentence."""
    terms = ", ".join(_counts(comparison.count_terms, (Change.CHANGED, Change.ADDED, Change.REMOVED, Change.SAME)))
    if comparison.clauses is None:
        return f"Terms: {terms or 'none'}."
    order = (Change.CHANGED, Change.ADDED, Change.REMOVED, Change.MOVED, Change.SAME)
    return f"Terms: {terms or 'none'}. Clauses: {', '.join(_counts(comparison.count_clauses, order)) or 'none'}."


def unread_sides(comparison: Comparison) -> list[str]:
    """A warning for each side whose terms nobody has read, since its silence says nothing."""
    return [
        f"{title_of(side)}: no terms are known, so what the other states shows as added or removed."
        for side in (comparison.old, comparison.new)
        if not side.reading.terms
    ]


def _counts(count: Callable[[Change], int], order: tuple[Change, ...]) -> Iterator[str]:
    for change in order:
        number = count(change)
        if number:
            yield f"{number} {change.value}"
