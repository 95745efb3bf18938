"""Bills of material are valid, and say declared and concluded apart."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from heron import CARD, READING, TARGET, make_report, make_trio
from spdx_python_model import v3_0_1

from licensecheck.domain.findings import Report, Status
from licensecheck.domain.licenses import Identity, MatchKind
from licensecheck.domain.subject import Disclosure
from licensecheck.report import bom as cyclonedx
from licensecheck.report import bom as spdx
from licensecheck.report.bom import package_url

TRIO = make_report(*make_trio())
KNOWN = replace(
    TARGET,
    readings=(replace(READING, identity=Identity(match=MatchKind.EXACT, id="mit", ids={"spdx": "MIT"}, coverage=1.0)),),
    card=replace(CARD, licenses=("apache-2.0",), license_name=None),
)


def licenses(report: Report) -> list[dict[str, str]]:
    component = json.loads(cyclonedx.render_cyclonedx(report))["components"][0]
    return [entry["license"] for entry in component["licenses"]]


def elements(report: Report, kind: str) -> Iterator[dict[str, Any]]:
    yield from (element for element in json.loads(spdx.render_spdx(report))["@graph"] if element["type"] == kind)


@pytest.mark.parametrize("report", [TRIO, make_report(KNOWN)], ids=["trio", "known license"])
def test_the_cyclonedx_bill_is_valid(report: Report) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(cyclonedx.render_cyclonedx(report)) is None


def test_the_spdx_document_can_be_read_by_its_model() -> None:
    found = v3_0_1.SHACLObjectSet()

    v3_0_1.JSONLDDeserializer().read(io.BytesIO(spdx.render_spdx(TRIO).encode()), found)

    assert found.link() == set()
    assert len(list(found.foreach_type(v3_0_1.ai_AIPackage))) == 3 + len(TARGET.lineage)


def test_declared_is_what_the_card_says_and_concluded_what_the_text_is() -> None:
    assert licenses(make_report(KNOWN)) == [
        {"id": "Apache-2.0", "acknowledgement": "declared"},
        {"id": "MIT", "acknowledgement": "concluded"},
    ]


def test_a_changed_text_does_not_bear_the_id_of_the_license() -> None:
    changed = replace(KNOWN.readings[0], identity=replace(KNOWN.readings[0].identity, match=MatchKind.MODIFIED))

    assert licenses(make_report(replace(KNOWN, readings=(changed,))))[1]["name"] == "mit-modified"


def test_every_package_has_exactly_one_declared_and_one_concluded_license() -> None:
    relations = list(elements(TRIO, "Relationship"))
    packages = list(elements(TRIO, "ai_AIPackage"))
    assert packages
    for package in packages:
        kinds = [r["relationshipType"] for r in relations if r["from"] == package["spdxId"]]
        assert kinds.count("hasDeclaredLicense") == 1
        assert kinds.count("hasConcludedLicense") == 1


def test_a_license_of_its_own_comes_with_its_text() -> None:
    texts = list(elements(TRIO, "simplelicensing_SimpleLicensingText"))

    assert texts[0]["simplelicensing_licenseText"].startswith("HERON 9 COMMUNITY TERMS")


def test_the_serial_number_comes_from_the_content() -> None:
    first, again = cyclonedx.render_cyclonedx(TRIO), cyclonedx.render_cyclonedx(TRIO)
    other = cyclonedx.render_cyclonedx(make_report(KNOWN))

    assert first == again
    assert json.loads(first)["serialNumber"] != json.loads(other)["serialNumber"]


def test_without_a_day_there_is_no_timestamp() -> None:
    assert "timestamp" not in json.loads(cyclonedx.render_cyclonedx(replace(TRIO, date=None)))["metadata"]


@pytest.mark.parametrize(
    ("model", "url"), [("a/B-1", "pkg:huggingface/a/B-1"), ("gpt2", None), ("./a/b/c", None), ("a b/c", None)]
)
def test_only_a_repository_has_a_package_url(model: str, url: str | None) -> None:
    assert package_url(model) == url


def test_what_the_card_says_of_its_training_data_stands_in_the_package() -> None:
    said = Disclosure(topic="training-data", status="disclosed", message="m", quotes=("Trained on pond sounds.",))

    (package, *_) = elements(make_report(replace(TARGET, disclosures=(said,))), "ai_AIPackage")

    assert package["ai_informationAboutTraining"] == "Trained on pond sounds."


def test_nothing_is_concluded_while_a_part_is_not_known() -> None:
    unknown = replace(KNOWN.findings[0], kind="unknown-license", status=Status.REVIEW)
    report = make_report(replace(KNOWN, findings=(unknown,)))

    assert licenses(report) == [{"id": "Apache-2.0", "acknowledgement": "declared"}]
    concluded = [r["to"] for r in elements(report, "Relationship") if r["relationshipType"] == "hasConcludedLicense"]
    assert concluded[0][0].endswith("NoAssertionLicense")


def test_the_ai_profile_is_not_claimed_without_its_fields() -> None:
    (document,) = elements(TRIO, "SpdxDocument")
    assert "ai" not in document["profileConformance"]


def test_the_bill_says_what_it_is_of() -> None:
    bill = json.loads(cyclonedx.render_cyclonedx(TRIO))
    assert bill["metadata"]["component"]["bom-ref"] == bill["dependencies"][0]["ref"]
    assert bill["dependencies"][0]["dependsOn"] == [component["bom-ref"] for component in bill["components"]]


def test_the_bill_comes_back_whole_from_the_library_of_cyclonedx() -> None:
    from cyclonedx.model.bom import Bom

    bill = Bom.from_json(json.loads(cyclonedx.render_cyclonedx(make_report(KNOWN))))  # type: ignore[attr-defined]
    (component,) = bill.components
    assert {str(found.id) for found in component.licenses} == {"Apache-2.0", "MIT"}
    assert bill.metadata.component is not None
