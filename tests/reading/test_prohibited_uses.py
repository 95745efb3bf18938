"""Prohibited uses, however a license or policy puts them; and sentences that only speak of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from licensecheck.catalog.yaml_files import load_yaml
from licensecheck.domain.subject import Document, Role
from licensecheck.reading.license_text import read_license

CASES: dict[str, Any] = load_yaml(Path(__file__).with_name("prohibited_uses.yaml"))


def uses(text: str) -> set[str]:
    """The categories banned in a text; `no-circumvention` stands for itself."""
    reading = read_license(Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="0" * 64))
    terms = [t for t in reading.terms if t.kind in ("prohibited-use", "no-circumvention")]
    return {str(t.attributes.get("category", t.kind)) for t in terms}


@pytest.mark.parametrize("case", CASES["banned"], ids=lambda case: case["text"][:60])
def test_a_ban_gives_the_categories_that_it_names(case: dict[str, Any]) -> None:
    assert uses(case["text"]) == set(case["uses"])


@pytest.mark.parametrize("text", CASES["free"], ids=lambda text: text[:60])
def test_a_mere_mention_gives_none(text: str) -> None:
    assert uses(text) == set()


def test_a_list_that_is_now_permitted_bans_nothing() -> None:
    ban = "You may not use the Model:\n(a) to build weapons;\n(b) to send spam."
    assert uses(ban) == {"weapons", "spam"}
    assert uses(ban.replace("may not", "may")) == set()


def test_consent_softens_only_what_it_stands_with() -> None:
    text = "You may not use the Model:\n(a) to impersonate people without their consent;\n(b) to defame people."
    reading = read_license(Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="0" * 64))
    provisos = {term.attributes["category"]: term.provisos for term in reading.terms if term.kind == "prohibited-use"}
    assert provisos == {"impersonation": ("without-consent",), "defamation": ()}
