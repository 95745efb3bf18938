"""A CycloneDX 1.6 bill of material with a machine-learning component for each model."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from licensecheck.model.report import Report, TargetReport
from licensecheck.model.subject import Ancestor
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

_SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"


def render(report: Report) -> str:
    """The bill of material; its serial number is made from its content."""
    components = [_component(target) for target in report.targets]
    tool = {"type": "application", "name": "licensecheck", "version": report.tool_version}
    metadata: dict[str, Any] = {"tools": {"components": [tool]}}
    if report.date:
        metadata["timestamp"] = f"{report.date}T00:00:00Z"
    data = {
        "$schema": _SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{derived_uuid([components, metadata])}",
        "version": 1,
        "metadata": metadata,
        "components": components,
    }
    return dump_json(data, indent=2) + "\n"


def _component(target: TargetReport) -> dict[str, Any]:
    name = plain_line(target.name or target.target)
    component: dict[str, Any] = {
        "type": "machine-learning-model",
        "bom-ref": f"model:{plain_line(target.target)}",
        **_named(name),
    }
    licenses = [
        *(_license(found, "declared") for found in declared_licenses(target)),
        *(_license(found, "concluded") for found in concluded_licenses(target)),
    ]
    if licenses:
        component["licenses"] = licenses
    component["modelCard"] = _model_card(target)
    references = [_reference(found) for found in concluded_licenses(target) if found.path]
    if references:
        component["externalReferences"] = references
    if target.lineage:
        component["pedigree"] = {"ancestors": [_ancestor(ancestor) for ancestor in target.lineage]}
    component["properties"] = list(_properties(target))
    return component


def _named(model: str) -> dict[str, Any]:
    """Group, name and package URL of a model id."""
    group, _, name = model.rpartition("/")
    url = package_url(model)
    return {**({"group": group} if group else {}), "name": name, **({"purl": url} if url else {})}


def _license(found: NamedLicense, acknowledgement: str) -> dict[str, Any]:
    identity = {"id": found.spdx} if found.spdx else {"name": plain_line(found.name)}
    return {"license": {**identity, "acknowledgement": acknowledgement}}


def _reference(found: NamedLicense) -> dict[str, Any]:
    """Where the text of the license stands, with its hash."""
    reference: dict[str, Any] = {"type": "license", "url": quote(found.path or "", safe="/", errors="backslashreplace")}
    if found.sha256:
        reference["hashes"] = [{"alg": "SHA-256", "content": found.sha256}]
    return reference


def _model_card(target: TargetReport) -> dict[str, Any]:
    """The fields of the model card that the card of the model fills."""
    card = target.card
    parameters: dict[str, Any] = {}
    if card and card.datasets:
        parameters["datasets"] = [{"type": "dataset", "name": plain_line(name)} for name in card.datasets]
    if card and card.modalities:
        parameters["inputs"] = [{"format": plain_line(modality)} for modality in card.modalities]
    return {"modelParameters": parameters} if parameters else {}


def _ancestor(ancestor: Ancestor) -> dict[str, Any]:
    component: dict[str, Any] = {"type": "machine-learning-model", **_named(plain_line(ancestor.model))}
    if ancestor.license:
        component["licenses"] = [_license(name_license(ancestor.license), "declared")]
    return component


def _properties(target: TargetReport) -> list[dict[str, str]]:
    openness = target.openness
    values = {
        "licensecheck:verdict": target.verdict.value,
        "licensecheck:headline": openness.headline,
        "licensecheck:license-class": openness.license_class.value if openness.license_class else "not-known",
    }
    values |= {f"licensecheck:card:{disclosure.topic}": disclosure.status for disclosure in target.disclosures}
    return [{"name": plain_line(name), "value": plain_line(value)} for name, value in values.items()]
