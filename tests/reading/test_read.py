"""Reading a text: what is found follows the words, and every quote stands where it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.domain.licenses import LicenseClass, LicenseReading
from licensecheck.domain.subject import Document, Role
from licensecheck.reading.license_text import read_license
from licensecheck.text.formats import read_any_text


def read(text: str) -> LicenseReading:
    return read_license(Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="0" * 64))


def kinds(text: str) -> set[str]:
    return {term.kind for term in read(text).terms}


@pytest.fixture(scope="module")
def heron(root: Path) -> str:
    return (root / "examples" / "heron-9" / "LICENSE").read_text(encoding="utf-8")


def test_every_quote_stands_where_it_says(heron: str) -> None:
    reading = read(heron)
    assert reading.terms
    for term in reading.terms:
        for evidence in term.evidence:
            assert heron[evidence.start : evidence.end] == evidence.quote
            assert heron.count("\n", 0, evidence.start) + 1 == evidence.line


def test_the_example_license_states_what_it_states(heron: str) -> None:
    terms = {term.kind: term for term in read(heron).terms}
    threshold = terms["scale-threshold"]
    assert threshold.attributes["value"] == 500_000_000
    assert threshold.attributes["includes_affiliates"] is True
    assert threshold.attributes["measured_on"] == "2025-03-02"
    assert terms["model-naming"].attributes["text"] == "Heron"
    assert terms["display-attribution"].attributes["texts"] == ("Hatched with Heron",)
    assert terms["governing-law"].attributes["jurisdiction"] == "DK"


def test_an_edited_threshold_gives_the_edited_number(heron: str) -> None:
    terms = {term.kind: term for term in read(heron.replace("500 million", "20 thousand")).terms}
    assert terms["scale-threshold"].attributes["value"] == 20_000


def test_a_duty_struck_out_is_gone(heron: str) -> None:
    struck = heron.replace("3. Large Licensees.", "").partition("If, on the release")
    assert "scale-threshold" not in kinds(struck[0] + "\n4. Use. " + struck[2].partition("4. Use.")[2])


def test_a_ban_turned_into_a_permission_is_no_ban() -> None:
    assert "no-reverse-engineering" in kinds("You shall not reverse engineer the model.")
    assert "no-reverse-engineering" not in kinds("You may reverse engineer the model.")


def test_a_new_paragraph_at_the_end_is_read(heron: str) -> None:
    assert "audit" in kinds(heron + "\n8. Audit. We may audit your records to verify compliance with this License.\n")


def test_a_text_that_states_nothing_has_no_class() -> None:
    reading = read("The weather was fine, and the birds sang all day long over the harbour.")
    assert reading.terms == ()
    assert reading.license_class is None


def test_the_same_text_gives_the_same_reading(heron: str) -> None:
    assert read(heron) == read(heron)


@pytest.mark.parametrize("line", ["\r\n", "\n"])
def test_line_ends_change_no_term(heron: str, line: str) -> None:
    assert {t.key for t in read(heron.replace("\n", line)).terms} == {t.key for t in read(heron).terms}


@pytest.mark.slow
def test_quotes_hold_in_all_real_texts(shared: Path) -> None:
    paths = sorted((shared / "corpus" / "licenses").glob("*.txt"))[::4]
    assert paths
    for path in paths:
        source = read_any_text(path)
        reading = read_license(Document(path=source.path, role=Role.LICENSE, text=source.text, sha256=source.sha256))
        for term in reading.terms:
            for evidence in term.evidence:
                assert source.text[evidence.start : evidence.end] == evidence.quote, (path.name, term.kind)


def test_use_policy_is_use_restricted_whatever_it_says_of_the_license() -> None:
    text = (
        "# Zorp Acceptable Use Policy\n\nThe model is licensed for noncommercial use only. You may not build weapons.\n"
    )
    assert read(text).license_class is LicenseClass.USE_RESTRICTED
