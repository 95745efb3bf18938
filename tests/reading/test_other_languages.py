"""Texts in other languages than English: what is read, what asks, and what is never opened."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.catalog.language_rules import language_codes
from licensecheck.domain.licenses import LicenseReading
from licensecheck.domain.subject import Document, Role
from licensecheck.reading import other_languages
from licensecheck.reading.languages import language_of
from licensecheck.reading.license_text import read_license
from licensecheck.text.han import fold_han

PLAIN: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "languages_plain.yaml").read_text(encoding="utf-8"))
SAID: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "languages.yaml").read_text(encoding="utf-8"))
CODES = {"zh-Hans": "zh", "zh-Hant": "zh"}
READ = [name for name in SAID if CODES.get(name, name) in language_codes()]
GRANTS = {
    "commercial": {"commercial-use-permitted"},
    "distribute": {"distribution-permitted", "copyright-grant"},
    "modify": {"modification-permitted", "copyright-grant"},
    "grant": {"copyright-grant"},
    "outputs": {"outputs-unclaimed"},
}
LIMITS = {
    "noncommercial",
    "research-only",
    "no-distribution",
    "no-derivatives",
    "no-hosting",
    "prohibited-use",
    "register",
}


def read(text: str) -> LicenseReading:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return read_license(Document(path="LICENSE", role=Role.LICENSE, text=text, sha256=digest))


def stated(reading: LicenseReading) -> set[str]:
    kinds = {term.kind for term in reading.terms}
    categories = {
        f"{term.kind}:{term.attributes['category']}" for term in reading.terms if "category" in term.attributes
    }
    return kinds | categories | reading.facts


def sentences(group: str, names: list[str], said: dict[str, Any] = SAID) -> list[Any]:
    return [
        pytest.param(kind, ", ".join(text), id=f"{name}-{kind}") for name in names for kind, *text in said[name][group]
    ]


@pytest.mark.parametrize(("kind", "text"), sentences("restrict", READ))
def test_restriction_is_read(kind: str, text: str) -> None:
    assert kind in stated(read(text))


@pytest.mark.parametrize(
    ("kind", "text"), [*sentences("restrict", list(SAID)), *sentences("restrict", list(PLAIN), PLAIN)]
)
def test_restriction_is_read_or_asks(kind: str, text: str) -> None:
    reading = read(text)
    assert kind in stated(reading) or any(line.asks for line in reading.ledger)


@pytest.mark.parametrize(("kind", "text"), sentences("grants", READ))
def test_grant_is_read_and_gives_no_limit(kind: str, text: str) -> None:
    found = stated(read(text))
    assert GRANTS[kind] & found
    assert not LIMITS & found


def test_sentence_that_goes_on_after_what_was_read_asks() -> None:
    (line,) = read("商用でも自由に利用できますが、月に一度の報告を条件とします。").ledger
    assert "language" in line.asks


def test_sentence_of_which_all_was_read_does_not_ask() -> None:
    (line,) = read("本モデルを商用目的で使うことはできません。").ledger
    assert line.asks == ()
    assert line.by == ("ja-commercial-use-barred",)


def test_text_in_english_opens_no_other_language(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(code: str) -> None:
        raise AssertionError(code)

    monkeypatch.setattr(other_languages, "load_language", refuse)
    assert {term.kind for term in read("You may not use the model for any commercial purpose.").terms} == {
        "noncommercial"
    }


def test_chinese_sentence_in_which_nothing_was_found_asks_where_it_can_bind() -> None:
    asking, quiet = read("每次部署都要事先报备。\n\n感谢所有贡献者。").ledger
    assert "language" in asking.asks
    assert quiet.asks == ()


def test_traditional_characters_are_folded_and_keep_their_places() -> None:
    assert fold_han("授權人 grants 軟體") == "授权人 grants 软体"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("商用利用を禁止します。", "Japanese"),
        ("Toute exploitation à des fins lucratives est proscrite.", "French"),
        ("Der Einsatz ist verboten.", "German"),
        ("No part of the model may be sold in Los Angeles.", None),
    ],
)
def test_language_of_a_short_sentence(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(("kind", "text"), sentences("grants", list(PLAIN), PLAIN))
def test_grant_in_everyday_words_gives_no_limit(kind: str, text: str) -> None:
    assert not LIMITS & stated(read(text)), kind
