"""The report of `check` as JSON, the contract with other programs (`docs/json-report.md`)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from licensecheck.domain.findings import (
    Against,
    Assigned,
    Criterion,
    Finding,
    Openness,
    Question,
    Report,
    RightRow,
    TargetReport,
)
from licensecheck.domain.licenses import Evidence, LicenseReading
from licensecheck.domain.subject import Ancestor, Card, Disclosure
from licensecheck.report.extraction import dump_json, evidence_data, value_data
from licensecheck.report.reviewed import stated_facts

SCHEMA_VERSION = "1"


def render(report: Report) -> str:
    """The report as JSON, keys in a fixed order."""
    return dump_json(report_data(report), indent=2) + "\n"


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "licensecheck", "version": report.tool_version, "data": report.data_version},
        "date": report.date,
        **({"knowledge": [asdict(source) for source in report.knowledge]} if report.knowledge else {}),
        "profile": {"path": report.profile.path, "sha256": report.profile.sha256},
        "facts": [
            {"field": fact.field, "value": fact.value, "source": fact.source} for fact in stated_facts(report.profile)
        ],
        **({"against": _against(report.against)} if report.against else {}),
        "verdict": report.verdict.value,
        **({"sign_off": asdict(report.sign_off)} if report.sign_off else {}),
        **({"assigned": [_assigned(each) for each in report.assigned]} if report.assigned else {}),
        "targets": [target_data(target) for target in report.targets],
    }


def _assigned(assigned: Assigned) -> dict[str, Any]:
    license_name, kind, about = assigned.finding
    return {"license": license_name, "kind": kind, "about": about, "owner": assigned.owner, "due": assigned.due}


def _against(against: Against) -> dict[str, Any]:
    changes = [{**asdict(change), "since": change.since.value} for change in against.changes]
    return {
        "path": against.path,
        "verdict": against.verdict.value,
        "date": against.date,
        "causes": list(against.causes),
        "details": list(against.details),
        "changes": changes,
    }


def target_data(target: TargetReport) -> dict[str, Any]:
    """One target as plain data."""
    return {
        "target": target.target,
        "name": target.name,
        "verdict": target.verdict.value,
        "card": card_data(target.card),
        "openness": openness_data(target.openness),
        "lineage": [_ancestor(ancestor) for ancestor in target.lineage],
        "licenses": [_reading(reading) for reading in target.readings],
        "rights": [_right(row) for row in target.rights],
        "findings": [finding_data(finding) for finding in target.findings],
        "questions": [_question(question) for question in target.questions],
        "disclosures": [_disclosure(disclosure) for disclosure in target.disclosures],
        "notes": list(target.notes),
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding as plain data; question, remedy and limit only where there is one."""
    data: dict[str, Any] = {
        "kind": finding.kind,
        "attributes": {name: value_data(value) for name, value in finding.attributes.items()},
        "status": finding.status.value,
        "moves_verdict": finding.moves_verdict,
        "message": finding.message,
    }
    for name in ("question", "remedy", "limit", "basis"):
        if getattr(finding, name):
            data[name] = getattr(finding, name)
    data["license"] = finding.license
    data["rule"] = finding.rule
    data["evidence"] = [_passage(evidence) for evidence in finding.evidence]
    return data


def _right(row: RightRow) -> dict[str, Any]:
    """A right that the deployment needs, as plain data: by which clause it is granted, and by what limited."""
    return {
        "right": row.right,
        "status": row.status,
        "needed": row.needed,
        "license": row.license,
        "clause": row.clause,
        "quote": row.evidence.quote if row.evidence else None,
        "limited_by": list(row.limited_by),
    }


def _passage(evidence: Evidence) -> dict[str, Any]:
    """A passage of one of several files, as plain data."""
    return {"path": evidence.path, **evidence_data(evidence)}


def card_data(card: Card | None) -> dict[str, Any] | None:
    """What the card declares and what is wrong with it; None where there is no card."""
    if card is None:
        return None
    return {
        "licenses": list(card.licenses),
        "license_name": card.license_name,
        "license_link": card.license_link,
        "base_models": list(card.base_models),
        "relation": card.relation,
        "issues": [{"kind": i.kind, "message": i.message, "line": i.line} for i in card.issues],
    }


def openness_data(openness: Openness) -> dict[str, Any]:
    """The axes of openness as plain data."""
    return {
        "license_class": openness.license_class.value if openness.license_class else None,
        "open_source": openness.open_source,
        "open_weight": openness.open_weight,
        "headline": openness.headline,
        "reasons": list(openness.reasons),
        "osd": [_criterion(criterion) for criterion in openness.osd],
        "osaid": [_component(criterion) for criterion in openness.osaid],
        "mof": {
            "class": openness.mof_class,
            "missing": list(openness.mof_missing),
            "components": [_component(criterion) for criterion in openness.mof],
        },
        "release": openness.release,
        "claim": openness.claim,
        "contrary": list(openness.contrary),
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "title": criterion.title,
        "status": criterion.status,
        "message": criterion.message,
        "basis": criterion.basis,
        "evidence": [_passage(evidence) for evidence in criterion.evidence],
    }


def _component(criterion: Criterion) -> dict[str, Any]:
    return {**_criterion(criterion), "found": criterion.found}


def _reading(reading: LicenseReading) -> dict[str, Any]:
    known = reading.identity
    return {
        "id": known.id,
        "name": known.name,
        "version": known.version,
        "match": known.match.value,
        "coverage": round(known.coverage, 4),
        "class": reading.license_class.value if reading.license_class else None,
        "path": reading.path,
        "sha256": reading.sha256,
        "role": reading.role,
        "source": reading.source,
        "record_version": reading.record_version,
        "inherited_from": reading.inherited_from,
        "unread": len(reading.unread),
    }


def _ancestor(ancestor: Ancestor) -> dict[str, Any]:
    return {
        "model": ancestor.model,
        "relation": ancestor.relation,
        "license": ancestor.license,
        "depth": ancestor.depth,
        "declared_in": ancestor.declared_in,
    }


def _question(question: Question) -> dict[str, Any]:
    return {"fact": question.fact, "text": question.text, "decides": list(question.decides)}


def _disclosure(disclosure: Disclosure) -> dict[str, Any]:
    return {"topic": disclosure.topic, "status": disclosure.status, "message": disclosure.message}
