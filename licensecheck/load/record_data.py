"""License records as plain data and back: one shape for the YAML files and the built index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.model.license import LicenseClass
from licensecheck.model.record import ReadFrom, Record, Version
from licensecheck.model.term import Term, Value


def record_from(data: Mapping[str, Any]) -> Record:
    """The record that data of the record schema describes."""
    terms = data.get("terms")
    read = data.get("read")
    license_class = data.get("class")
    return Record(
        id=data["id"],
        name=data["name"],
        family=data["family"],
        license_class=LicenseClass(license_class) if license_class else None,
        version=data.get("version"),
        date=data.get("date"),
        steward=data.get("steward"),
        url=data.get("url"),
        ids={scheme: tuple(names) for scheme, names in data.get("ids", {}).items()},
        osi_approved=data.get("osi_approved"),
        fsf_free=data.get("fsf_free"),
        policy=data.get("policy", False),
        incorporates=tuple(data.get("incorporates", ())),
        sha256=tuple(data.get("sha256", ())),
        read=ReadFrom(**read) if read else None,
        terms=None if terms is None else tuple(term_from(term) for term in terms),
        facts=frozenset(data.get("facts", ())),
        hands_on=tuple(data.get("hands_on", ())),
        versions=tuple(Version(**version) for version in data.get("versions", ())),
        note=data.get("note"),
    )


def term_from(data: Mapping[str, Any]) -> Term:
    """The term that one entry of a record's `terms` describes."""
    return Term(
        kind=data["kind"],
        attributes={name: _value(value) for name, value in data.get("attributes", {}).items()},
        triggers=tuple(data.get("triggers", ())),
        provisos=tuple(data.get("provisos", ())),
        details={name: _value(value) for name, value in data.get("details", {}).items()},
        clause=data.get("clause"),
    )


def term_data(term: Term) -> dict[str, Any]:
    """A term as an entry of a record's `terms`; what it does not have is left out."""
    data: dict[str, Any] = {"kind": term.kind}
    if term.attributes:
        data["attributes"] = {name: _plain(value) for name, value in sorted(term.attributes.items())}
    if term.clause is not None:
        data["clause"] = term.clause
    if term.triggers:
        data["triggers"] = list(term.triggers)
    if term.provisos:
        data["provisos"] = list(term.provisos)
    if term.details:
        data["details"] = {name: _plain(value) for name, value in sorted(term.details.items())}
    return data


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value
