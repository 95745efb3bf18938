"""What both bills of material say: the licenses of a model by name, and names that tools understand."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from licensecheck.catalog.records import find_record
from licensecheck.domain.findings import Report, Status, TargetReport
from licensecheck.domain.licenses import LicenseReading, MatchKind
from licensecheck.domain.subject import Ancestor, Role
from licensecheck.frozen import dataclass
from licensecheck.report.extraction import dump_json
from licensecheck.text.markup import plain_line

_REPOSITORY = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}")
_NOT_OF_THE_MODEL = (Role.POLICY.value, Role.CODE_LICENSE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLicense:
    """A license as a bill of material names it: an SPDX id, or a name of its own and the text at hand."""

    name: str
    spdx: str | None = None
    text: str | None = None
    path: str | None = None
    sha256: str | None = None
    is_family: bool = False
    """True for a name that stands for several versions."""

    @property
    def expression(self) -> str:
        """The SPDX expression: the id, or a license reference made from the name.

        That of a family says so: readers take `LicenseRef-gpl` for version 1 or later.
        """
        tail = "-version-not-stated" if self.is_family else ""
        name = re.sub(r"[^A-Za-z0-9.-]+", "-", self.name).strip("-") or "unnamed"
        return self.spdx or f"LicenseRef-{name}{tail}"


def declared_licenses(target: TargetReport) -> tuple[NamedLicense, ...]:
    """What the card declares; `other` gives way to the name that stands beside it."""
    if target.card is None:
        return ()
    listed = [name for name in target.card.licenses if name != "other" or not target.card.license_name]
    named = [target.card.license_name] if target.card.license_name else []
    return tuple(name_license(name) for name in dict.fromkeys([*listed, *named]))


def concluded_licenses(target: TargetReport) -> tuple[NamedLicense, ...]:
    """What was read: a text that was changed never bears the id of the license it was made from.

    Nothing is concluded where a part of what binds is not known: a shorter conclusion would be a wrong one.
    """
    return tuple(dict.fromkeys(_concluded(target))) if _is_known_wholly(target) else ()


OPEN_KINDS = ("unknown-license", "unread-license", "unread-language", "prose-conflict", "several-licenses")
"""Findings under which it is not known which license a model bears."""


def _is_known_wholly(target: TargetReport) -> bool:
    """True where every license that the card declares was read, and no question on the license itself is open."""
    open_kinds = (f.kind for f in target.findings if f.status is Status.REVIEW)
    if any(kind in OPEN_KINDS for kind in open_kinds):
        return False
    if len(target.readings) > 0 and not any(reading.source == "text" for reading in target.readings):
        return all(find_record(found.name) is not None for found in declared_licenses(target))
    return True


def _concluded(target: TargetReport) -> Iterator[NamedLicense]:
    texts = {document.path: document.text for document in target.documents}
    for reading in target.readings:
        if reading.role not in _NOT_OF_THE_MODEL:
            yield _named(reading, texts.get(reading.path))


def _named(reading: LicenseReading, text: str | None) -> NamedLicense:
    identity = reading.identity
    same = identity.match is MatchKind.EXACT
    name = identity.id or f"text-{reading.sha256[:12]}"
    return NamedLicense(
        name=name if same or not identity.id else f"{name}-modified",
        spdx=_spdx_id(identity.ids.get("spdx")) if same else None,
        text=text,
        path=reading.path if text is not None else None,
        sha256=reading.sha256 if text is not None else None,
    )


def name_license(name: str) -> NamedLicense:
    """A license by any of its ids."""
    record = find_record(name)
    if record is None:
        return NamedLicense(name=name)
    spdx = _spdx_id(next(iter(record.ids.get("spdx", ())), None))
    return NamedLicense(name=record.id, spdx=spdx, is_family=record.is_family)


def _spdx_id(found: str | None) -> str | None:
    """An id of the SPDX list; references that other lists made are none."""
    return found if found and not found.startswith("LicenseRef-") else None


def package_url(model: str) -> str | None:
    """The package URL of a Hugging Face repository; None where the name is no such id."""
    if not _REPOSITORY.fullmatch(model):
        return None
    return "pkg:huggingface/" + "/".join(quote(part, safe="") for part in model.split("/"))


def derived_uuid(data: Any) -> str:
    """A UUID made from the content, so that the same content has the same one."""
    content = json.dumps(data, ensure_ascii=True, sort_keys=True).encode()
    return str(uuid.UUID(bytes=hashlib.sha256(content).digest()[:16], version=5))


# A CycloneDX 1.6 bill of material with a machine-learning component for each model.


_SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"


def render_cyclonedx(report: Report) -> str:
    """The bill of material; its serial number is made from its content."""
    components = [_component(target) for target in report.targets]
    tool = {"type": "application", "name": "licensecheck", "version": report.tool_version}
    metadata: dict[str, Any] = {"tools": {"components": [tool]}, "component": _described(report)}
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
        "dependencies": _dependencies(components),
    }
    return dump_json(data, indent=2) + "\n"


_PRODUCT = "product"


def _described(report: Report) -> dict[str, Any]:
    """What the bill is of: the product of the profile, else the models that were asked for."""
    product = report.profile.deployment.product
    names = ", ".join(plain_line(target.name or target.target) for target in report.targets)
    return {"type": "application", "bom-ref": _PRODUCT, "name": plain_line(product or names or "models")}


def _dependencies(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The product rests on each of the models."""
    models = list(dict.fromkeys(component["bom-ref"] for component in components))
    return [{"ref": _PRODUCT, "dependsOn": models}, *({"ref": model} for model in models)]


def _component(target: TargetReport) -> dict[str, Any]:
    name = plain_line(target.name or target.target)
    component: dict[str, Any] = {
        "type": "machine-learning-model",
        "bom-ref": f"model:{plain_line(target.target)}",
        **_component_license(name),
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


def _component_license(model: str) -> dict[str, Any]:
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
    component: dict[str, Any] = {"type": "machine-learning-model", **_component_license(plain_line(ancestor.model))}
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


# An SPDX 3.0.1 document with an AI package for each model, its declared and its concluded license. What the AI profile
# asks for beyond that (supplier, place, version, day of release) is not known here, so that the profile is not claimed.


_CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
_NO_ASSERTION = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense"
_UNDATED = "1970-01-01"
"""SPDX asks for a day of creation; this one stands where the caller hands none in."""
_INFO = "_:creation"

Element = dict[str, Any]


def render_spdx(report: Report) -> str:
    """The document as JSON-LD; all identifiers are made from its content."""
    models = [[t.target, t.name, [r.sha256 for r in t.readings], t.verdict.value] for t in report.targets]
    base = f"urn:uuid:{derived_uuid([models, report.date])}"
    elements = [
        element for at, target in enumerate(report.targets, start=1) for element in _target(target, f"{base}#{at}")
    ]
    packages = [f"{base}#{at}" for at in range(1, len(report.targets) + 1)]
    graph = [*_frame(report, base, packages, elements), *elements]
    return dump_json({"@context": _CONTEXT, "@graph": graph}, indent=2) + "\n"


def _frame(report: Report, base: str, packages: list[str], elements: list[Element]) -> Iterator[Element]:
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
        element=[element["spdxId"] for element in elements],
        profileConformance=_profiles(elements),
    )


AI_REQUIRED = ("suppliedBy", "software_downloadLocation", "software_packageVersion", "releaseTime")
"""What the AI profile of SPDX 3.0.1 asks of each package beside its purpose and its two license relations."""


def _profiles(elements: list[Element]) -> list[str]:
    """The profiles that the document keeps: that of AI only where each package has what it asks for."""
    packages = [element for element in elements if element["type"] == "ai_AIPackage"]
    conforms = bool(packages) and all(field in package for package in packages for field in AI_REQUIRED)
    return ["core", "software", "simpleLicensing", *(["ai"] if conforms else [])]


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
