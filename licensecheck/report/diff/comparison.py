"""Two licenses with all that differs between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from licensecheck.model.license import LicenseReading
from licensecheck.report.diff.clauses import ClauseChange, compare_clauses
from licensecheck.report.diff.terms import Change, TermChange, compare_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two licenses: what the user called it, what it says, and its text if that is at hand."""

    name: str
    reading: LicenseReading
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed from the old license to the new; `clauses` is None where one of the texts is not at hand."""

    old: Side
    new: Side
    terms: tuple[TermChange, ...]
    clauses: tuple[ClauseChange, ...] | None

    def changed_terms(self) -> tuple[TermChange, ...]:
        """The terms that are not the same in both."""
        return tuple(term for term in self.terms if term.change is not Change.SAME)

    def count_terms(self, change: Change) -> int:
        """How many terms changed in this way."""
        return Counter(term.change for term in self.terms)[change]

    def count_clauses(self, change: Change) -> int:
        """How many clauses changed in this way."""
        return Counter(clause.change for clause in self.clauses or ())[change]


def compare_sides(old: Side, new: Side) -> Comparison:
    """All that differs between two licenses."""
    clauses = None if old.text is None or new.text is None else compare_clauses(old.text, new.text)
    return Comparison(old=old, new=new, terms=compare_terms(old.reading.terms, new.reading.terms), clauses=clauses)
