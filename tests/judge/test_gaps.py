"""What could not be read or told is never approved: few words, another language, a policy in which nothing was read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from licensecheck.domain.findings import Status, Verdict
from licensecheck.domain.licenses import (
    Disposition,
    Evidence,
    Grant,
    Identity,
    LedgerLine,
    LicenseClass,
    LicenseReading,
    MatchKind,
)
from licensecheck.domain.subject import Document, Role, Subject
from licensecheck.reading.languages import foreign_passages, language_of
from licensecheck.reading.license_text import read_license

from .building import GRANT, check, find, make_reading, make_term

HOUSE: dict[str, Any] = {
    "deployment": {"purpose": "internal", "channels": ["internal"]},
    "derivatives": {"modifies_model": False},
}
UNKNOWN = Identity(match=MatchKind.UNKNOWN)
GERMAN = "Die Nutzung der Gewichte ist ohne Zustimmung nicht erlaubt und wird verfolgt."
ENGLISH = "The authors hope that you enjoy the model and that it is of use to you in your work."


def kinds(reading: LicenseReading, *, text: str = "", profile: dict[str, Any] | None = None) -> set[str]:
    document = Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="ab" * 32)
    report = check(reading, profile=profile or HOUSE, subject=Subject(target="t", documents=(document,)))
    return {finding.kind for finding in report.findings if finding.status is Status.REVIEW}


def test_unknown_text_that_grants_what_is_needed_may_be_short() -> None:
    assert kinds(make_reading(identity=UNKNOWN, license_class=LicenseClass.OPEN)) == set()


def test_known_text_may_be_short() -> None:
    assert kinds(make_reading()) == set()


def passage(quote: str, section: str | None = None) -> Evidence:
    return Evidence(path="LICENSE", quote=quote, start=0, end=len(quote), line=1, section=section)


def test_passage_in_a_language_that_is_not_read_is_for_review() -> None:
    line = LedgerLine(evidence=passage(GERMAN), disposition=Disposition.UNREAD, force="statement", asks=("language",))
    assert kinds(make_reading(identity=UNKNOWN, ledger=(line,))) == {"unread-language"}


def test_sentence_in_another_language_is_told_whatever_its_share() -> None:
    assert foreign_passages([passage(ENGLISH)] * 20 + [passage(GERMAN)]) == [False] * 20 + [True]


def test_translation_of_the_whole_is_no_question() -> None:
    assert foreign_passages([passage(ENGLISH), passage(GERMAN)]) == [False, False]


def test_clause_of_the_same_number_is_its_translation() -> None:
    assert foreign_passages([passage(ENGLISH, "1"), passage(GERMAN, "1")]) == [False, False]


def test_clause_with_a_number_of_its_own_is_no_translation() -> None:
    assert foreign_passages([passage(ENGLISH, "1"), passage(GERMAN, "2")]) == [False, True]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "German"),
        ("Le modèle ne peut pas être utilisé pour des fins militaires et la revente est interdite.", "French"),
        ("El modelo no se puede usar para fines militares y su venta queda prohibida por el titular.", "Spanish"),
        ("商用利用はできません。", "Japanese"),
        ("이 모델은 연구 목적으로만 사용할 수 있습니다.", "Korean"),
        ("不得用于军事目的。", "Chinese"),
        (ENGLISH, None),
        ("Institut de Recherche en Informatique, a public body that is under French law", None),
    ],
)
def test_language_of_a_passage(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_policy_in_which_nothing_was_read_is_not_at_hand() -> None:
    license_ = make_reading(make_term("acceptable-use-policy", url=None))
    policy = make_reading(role="policy", path="USE_POLICY.md", terms=())
    report = check(license_, policy, profile=HOUSE)
    assert find(report, "acceptable-use-policy").status is Status.REVIEW


def test_policy_that_was_read_is_at_hand() -> None:
    license_ = make_reading(make_term("acceptable-use-policy", url=None))
    policy = make_reading(role="policy", path="USE_POLICY.md", terms=(make_term("comply-with-laws"),))
    assert find(check(license_, policy, profile=HOUSE), "acceptable-use-policy").status is Status.MET


def test_policy_most_of_whose_items_were_not_understood_is_not_kept() -> None:
    text = "Heron Use Policy\n\nYou must not use the model for:\n\n- knitting\n- poems\n- tales\n- weapons\n"
    document = Document(path="USE_POLICY.md", role=Role.POLICY, text=text, sha256="cd" * 32)
    policy = replace(read_license(document), role="policy")
    report = check(make_reading(make_term("acceptable-use-policy", url=None)), policy, profile=HOUSE)
    assert find(report, "acceptable-use-policy").status is Status.REVIEW


def reserved(*, rights: tuple[str, ...] = ("use",), qualities: tuple[str, ...] = ("royalty-free",)) -> LicenseReading:
    """A text that bars passing the work on."""
    grant = make_term("copyright-grant", rights=rights, qualities=qualities)
    terms = (grant, GRANT, make_term("no-distribution"))
    granted = (Grant(rights=rights, evidence=grant.evidence[0]),)
    return make_reading(license_class=LicenseClass.PROPRIETARY, terms=terms, grants=granted)


def test_use_in_the_house_that_a_reserved_text_grants_is_approved() -> None:
    assert check(reserved(), profile=HOUSE).verdict is Verdict.APPROVED


@pytest.mark.parametrize(
    ("reading", "profile"),
    [
        (reserved(qualities=()), HOUSE),
        (reserved(), {**HOUSE, "deployment": {"purpose": "commercial", "channels": ["internal"]}}),
        (reserved(), {**HOUSE, "deployment": {"purpose": "internal", "channels": ["internal", "hosted-api"]}}),
        (reserved(), {**HOUSE, "deployment": {"purpose": "internal"}}),
        (reserved(), {**HOUSE, "derivatives": {"modifies_model": True}}),
        (reserved(), {"deployment": HOUSE["deployment"]}),
        (make_reading(license_class=LicenseClass.PROPRIETARY), HOUSE),
    ],
    ids=["access to a service", "business", "offered too", "channels unknown", "changed", "perhaps changed", "no ban"],
)
def test_reserved_text_is_else_for_review(reading: LicenseReading, profile: dict[str, Any]) -> None:
    assert find(check(reading, profile=profile), "proprietary-terms").status is Status.REVIEW


def test_changed_work_stays_in_the_house_where_the_text_lets_it_be_changed() -> None:
    changed = {**HOUSE, "derivatives": {"modifies_model": True}}
    assert check(reserved(rights=("use", "modify")), profile=changed).verdict is Verdict.APPROVED


def test_text_that_grants_nothing_is_for_review_whatever_else_it_says() -> None:
    terms = tuple(make_term(kind) for kind in ("governing-law", "liability-limit", "warranty-disclaimer"))
    assert kinds(make_reading(terms=terms)) == {"right-not-granted"}


def test_license_of_a_base_is_not_that_of_the_target() -> None:
    report = check(make_reading(inherited_from="someone/base"), profile=HOUSE)
    assert find(report, "unknown-license").status is Status.REVIEW


def test_policy_at_an_address_is_not_at_hand_though_some_uses_stand_in_the_text() -> None:
    terms = (
        make_term("acceptable-use-policy", url="https://zorp.example/use"),
        make_term("prohibited-use", category="spam"),
    )
    report = check(make_reading(*terms), profile=HOUSE)
    assert find(report, "acceptable-use-policy").status is Status.REVIEW
