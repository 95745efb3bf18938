"""What one target says on one term, in a few words; silent is told from not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from licensecheck.model.license import LicenseReading
from licensecheck.model.report import TargetReport
from licensecheck.model.subject import Role
from licensecheck.model.term import Term
from licensecheck.report.sentence import cell_of, group_of, rank_of
from licensecheck.report.words import trigger_words

Key = tuple[str, "str | None", "str | None"]
"""What makes a row: kind, category and metric of a term."""
Stated = tuple[Term, LicenseReading]
"""A term with the reading that states it."""


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
    return f"{cell_of(term)}, on {' or '.join(map(trigger_words, term.triggers))}"


def _clause_of(term: Term, reading: LicenseReading) -> str | None:
    """The clause, said apart where it is one of the policy and not of the license."""
    section = term.evidence[0].section or f"line {term.evidence[0].line}" if term.evidence else term.clause
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
