"""A kind of term that the vocabulary knows and no sentence tells is said in the words of the vocabulary."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.catalog import phrasing
from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import Catalog
from licensecheck.domain.licenses import Evidence, Identity, LicenseReading, MatchKind, Term
from licensecheck.report.extraction import render_text


def test_a_kind_without_a_sentence_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_a_new_kind(name: str) -> Any:
        data = load_data(name)
        if name != "terms.yaml":
            return data
        entry = {"group": "condition", "says": "You must report the energy that you use.", "attributes": {}}
        return {**data, "terms": {**data["terms"], "energy-reporting": entry}}

    monkeypatch.setattr(phrasing, "load_data", with_a_new_kind)
    passage = Evidence(path="LICENSE", quote="Report your power.", start=0, end=18, line=1)
    term = Term(kind="energy-reporting", evidence=(passage,))
    unknown = Identity(match=MatchKind.UNKNOWN)
    reading = LicenseReading(path="LICENSE", sha256="0", identity=unknown, license_class=None, terms=(term,))
    with Catalog().active():
        text = render_text(reading)
    assert "You must report the energy that you use." in text
