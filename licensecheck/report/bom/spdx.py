"""An SPDX 3.0.1 document with an AI package for each model, its declared and its concluded license."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from licensecheck.model.report import Report, TargetReport
from licensecheck.report.bom.parts import (
    NamedLicense,
    concluded_licenses,
    declared_licenses,
    derived_uuid,
    name_license,
    package_url,
)
from licensecheck.report.dump import dump_json
from licensecheck.text.screen import plain_line

_CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
_NO_ASSERTION = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense"
_UNDATED = "1970-01-01"
"""SPDX asks for a day of creation; this one stands where the caller hands none in."""
_INFO = "_:creation"

Element = dict[str, Any]


def render(report: Report) -> str:
    """The document as JSON-LD; all identifiers are made from its content."""
    models = [[t.target, t.name, [r.sha256 for r in t.readings], t.verdict.value] for t in report.targets]
    base = f"urn:uuid:{derived_uuid([models, report.date])}"
    elements = [
        element for at, target in enumerate(report.targets, start=1) for element in _target(target, f"{base}#{at}")
    ]
    packages = [f"{base}#{at}" for at in range(1, len(report.targets) + 1)]
    graph = [*_frame(report, base, packages, [e["spdxId"] for e in elements]), *elements]
    return dump_json({"@context": _CONTEXT, "@graph": graph}, indent=2) + "\n"


def _frame(report: Report, base: str, packages: list[str], members: list[str]) -> Iterator[Element]:
    """Who made the document, when, and what is in it."""
    yield {
        "type": "CreationInfo",
        "@id": _INFO,
        "specVersion": "3.0.1",
        "created": f"{report.date or _UNDATED}T00:00:00Z",
        "createdBy": [f"{base}#tool-agent"],
        "createdUsing": [f"{base}#tool"],
    }
    yield _element("SoftwareAgent", f"{base}#tool-agent", name="licensecheck")
    yield _element("Tool", f"{base}#tool", name=f"licensecheck {report.tool_version}")
    yield _element(
        "SpdxDocument",
        f"{base}#document",
        name="licensecheck bill of material",
        rootElement=packages,
        element=members,
        profileConformance=["core", "software", "simpleLicensing", "ai"],
    )


def _target(target: TargetReport, iri: str) -> Iterator[Element]:
    name = plain_line(target.name or target.target)
    yield _package(iri, name, comment=target.openness.headline, training=_training(target))
    yield from _licensed(iri, "hasDeclaredLicense", declared_licenses(target))
    yield from _licensed(iri, "hasConcludedLicense", concluded_licenses(target))
    for at, ancestor in enumerate(target.lineage, start=1):
        base = f"{iri}-base{at}"
        known = (name_license(ancestor.license),) if ancestor.license else ()
        yield _package(base, plain_line(ancestor.model))
        yield from _licensed(base, "hasDeclaredLicense", known)
        yield from _licensed(base, "hasConcludedLicense", ())
        yield _relation(f"{base}-of", "descendantOf", start=iri, to=base)
    for at, dataset in enumerate(target.card.datasets if target.card else (), start=1):
        data = f"{iri}-data{at}"
        yield _element(
            "dataset_DatasetPackage", data, name=plain_line(dataset), dataset_datasetType=["noAssertion"],
            software_primaryPurpose="data",
        )  # fmt: skip
        yield _relation(f"{data}-of", "trainedOn", start=iri, to=data)


def _training(target: TargetReport) -> str | None:
    """What the card says of its training data, in its own words."""
    said = [item for item in target.disclosures if item.topic == "training-data" and item.status == "disclosed"]
    return " ".join(quote for item in said for quote in item.quotes) or None


def _package(iri: str, name: str, *, comment: str | None = None, training: str | None = None) -> Element:
    url = package_url(name)
    more: dict[str, Any] = {"software_packageUrl": url} if url else {}
    if comment:
        more["comment"] = plain_line(comment)
    if training:
        more["ai_informationAboutTraining"] = plain_line(training)
    return _element("ai_AIPackage", iri, name=name, software_primaryPurpose="model", **more)


def _licensed(iri: str, relation: str, licenses: tuple[NamedLicense, ...]) -> Iterator[Element]:
    """Exactly one relation of this kind; several licenses bind together, none known is said so."""
    link = f"{iri}-{relation}"
    if not licenses:
        yield _relation(link, relation, start=iri, to=_NO_ASSERTION)
        return
    texts = [found for found in licenses if found.spdx is None and found.text]
    entries = []
    for at, found in enumerate(texts, start=1):
        yield _element(
            "simplelicensing_SimpleLicensingText", f"{link}-text{at}", simplelicensing_licenseText=found.text
        )
        entries.append({"type": "DictionaryEntry", "key": found.expression, "value": f"{link}-text{at}"})
    more = {"simplelicensing_customIdToUri": entries} if entries else {}
    expression = " AND ".join(found.expression for found in licenses)
    yield _element(
        "simplelicensing_LicenseExpression", f"{link}-expression", simplelicensing_licenseExpression=expression, **more
    )
    yield _relation(link, relation, start=iri, to=f"{link}-expression")


def _relation(iri: str, kind: str, *, start: str, to: str) -> Element:
    return _element("Relationship", iri, relationshipType=kind, **{"from": start}, to=[to])


def _element(kind: str, iri: str, **more: Any) -> Element:
    return {"type": kind, "spdxId": iri, "creationInfo": _INFO, **more}
