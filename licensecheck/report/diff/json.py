"""A comparison as JSON, as `docs/json-report.md` describes it."""

from __future__ import annotations

from typing import Any

from licensecheck.model.term import Term
from licensecheck.report.diff.clauses import ClauseChange, Passage
from licensecheck.report.diff.comparison import Comparison, Side
from licensecheck.report.diff.sayings import describe_change, place_of, warnings_about
from licensecheck.report.diff.terms import AttributeChange, Change, TermChange
from licensecheck.report.dump import dump_json
from licensecheck.report.terms_json import term_data, value_data

SCHEMA_VERSION = "1"


def render(comparison: Comparison) -> str:
    """The comparison as one JSON document; terms and clauses that are the same are counted, not listed."""
    clauses = comparison.clauses
    data = {
        "schema_version": SCHEMA_VERSION,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "warnings": warnings_about(comparison),
        "terms": [_term(term) for term in comparison.changed_terms()],
        "same_terms": comparison.count_terms(Change.SAME),
        "clauses": None if clauses is None else [_clause(c) for c in clauses if c.change is not Change.SAME],
        "same_clauses": None if clauses is None else comparison.count_clauses(Change.SAME),
    }
    return dump_json(data, indent=1) + "\n"


def _side(side: Side) -> dict[str, Any]:
    known = side.reading.identity
    return {
        "name": side.name,
        "source": side.reading.source,
        "sha256": side.reading.sha256,
        "license": {"id": known.id, "name": known.name, "version": known.version, "match": known.match.value},
    }


def _term(change: TermChange) -> dict[str, Any]:
    return {
        "change": change.change.value,
        "kind": change.term.kind,
        "message": describe_change(change),
        "attributes": [_attribute(attribute) for attribute in change.attributes],
        "old": _stated(change.old),
        "new": _stated(change.new),
    }


def _attribute(change: AttributeChange) -> dict[str, Any]:
    data: dict[str, Any] = {"name": change.name, "old": value_data(change.old), "new": value_data(change.new)}
    if change.gained or change.lost:
        data |= {"gained": list(change.gained), "lost": list(change.lost)}
    return data


def _stated(term: Term | None) -> dict[str, Any] | None:
    return None if term is None else term_data(term) | {"place": place_of(term)}


def _clause(change: ClauseChange) -> dict[str, Any]:
    return {
        "change": change.change.value,
        "old": _passage(change.old),
        "new": _passage(change.new),
        "pieces": [{"mark": piece.mark.value, "text": piece.text} for piece in change.pieces],
    }


def _passage(passage: Passage | None) -> dict[str, Any] | None:
    return None if passage is None else {"section": passage.section, "line": passage.line, "text": passage.text}
