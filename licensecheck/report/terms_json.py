"""The JSON of `extract`, as `docs/json-report.md` describes it."""

from __future__ import annotations

from typing import Any

from licensecheck.model.license import LicenseReading
from licensecheck.model.term import Evidence, Term, Value
from licensecheck.report.dump import dump_json

SCHEMA_VERSION = "1"


def render(reading: LicenseReading) -> str:
    """The reading as one line of JSON."""
    return dump_json(reading_data(reading))


def reading_data(reading: LicenseReading) -> dict[str, Any]:
    """The reading as plain data."""
    known = reading.identity
    return {
        "schema_version": SCHEMA_VERSION,
        "source": {"path": reading.path, "sha256": reading.sha256},
        "license": {
            "id": known.id,
            "name": known.name,
            "version": known.version,
            "match": known.match.value,
            "coverage": round(known.coverage, 4),
            "class": reading.license_class.value if reading.license_class else None,
        },
        "facts": sorted(reading.facts),
        "terms": [term_data(term) for term in reading.terms],
    }


def term_data(term: Term) -> dict[str, Any]:
    """One term as plain data."""
    data: dict[str, Any] = {
        "kind": term.kind,
        "attributes": {name: value_data(value) for name, value in term.attributes.items()},
        "evidence": [evidence_data(e) for e in term.evidence],
        "rule": term.rule,
    }
    for name in ("triggers", "provisos"):
        if getattr(term, name):
            data[name] = list(getattr(term, name))
    if term.details:
        data["details"] = {name: value_data(value) for name, value in sorted(term.details.items())}
    return data


def value_data(value: Value) -> Any:
    """An attribute's value as plain data."""
    return list(value) if isinstance(value, tuple) else value


def evidence_data(evidence: Evidence) -> dict[str, Any]:
    """One passage as plain data."""
    return {
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "line": evidence.line,
        "section": evidence.section,
    }
