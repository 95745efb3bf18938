"""The rights that a deployment needs against those that a text grants."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.domain.findings import Status, Verdict
from licensecheck.domain.licenses import Evidence, Grant, Identity, LicenseClass, LicenseReading, MatchKind
from tests.judge.building import GRANT, check, find, make_reading, make_term

PLACE = Evidence(path="LICENSE", quote="You may use it.", start=0, end=15, line=1, section="2")
PRODUCT: dict[str, Any] = {
    "deployment": {"purpose": "commercial", "channels": ["product"], "regions": ["DE"], "uses": ["customer support"]},
    "derivatives": {"modifies_model": True, "trains_other_models": False},
}
WEIGHTS = {**PRODUCT, "deployment": {**PRODUCT["deployment"], "channels": ["weights"]}}


def granting(*rights: str, limits: tuple[str, ...] = (), **fields: Any) -> LicenseReading:
    known = {"identity": Identity(match=MatchKind.UNKNOWN), "license_class": LicenseClass.OPEN, "terms": (GRANT,)}
    return make_reading(**{**known, "grants": (Grant(rights=rights, limits=limits, evidence=PLACE),), **fields})


def test_right_that_no_sentence_grants_is_a_question() -> None:
    finding = find(check(granting("use"), profile=PRODUCT), "right-not-granted")
    assert finding.status is Status.REVIEW
    assert finding.attributes["rights"] == ("modify",)


def test_right_that_includes_another_grants_it() -> None:
    report = check(granting("reproduce", "modify", "distribute"), profile=PRODUCT)
    assert report.verdict is Verdict.APPROVED
    assert {row.status for row in report.rights} == {"granted"}


def test_row_names_clause_and_quote() -> None:
    row = check(granting("all"), profile=PRODUCT).rights[0]
    assert (row.right, row.clause, row.evidence) == ("use", "2", PLACE)


@pytest.mark.parametrize("limit", ["not-understood", "only", "term", "one-machine", "negated", "condition"])
def test_limit_that_nothing_settles_makes_the_grant_a_question(limit: str) -> None:
    assert check(granting("all", limits=(limit,)), profile=PRODUCT).verdict is Verdict.NEEDS_REVIEW


def test_limit_that_the_deployment_keeps_is_shown_and_asks_nothing() -> None:
    house = {**PRODUCT, "deployment": {**PRODUCT["deployment"], "channels": ["internal"]}}
    report = check(granting("all", limits=("internal",)), profile=house)
    assert report.verdict is Verdict.APPROVED
    assert {row.limited_by for row in report.rights} == {("internal",)}


def test_limit_that_a_term_is_judged_for_is_not_asked_again() -> None:
    terms = (GRANT, make_term("noncommercial"))
    report = check(granting("all", limits=("noncommercial", "only"), terms=terms), profile=PRODUCT)
    assert [f.kind for f in report.findings if f.status is Status.VIOLATION] == ["noncommercial"]
    assert not [f for f in report.findings if f.kind == "right-not-granted"]


def test_license_that_names_no_right_gives_what_it_sets_conditions_for() -> None:
    terms = (GRANT, make_term("include-license", triggers=("distribute-model",)))
    report = check(granting("unspecified", terms=terms), profile=WEIGHTS)
    finding = find(report, "right-not-granted")
    assert finding.attributes["rights"] == ("modify",)


def test_need_that_the_profile_leaves_open_asks_for_the_fact() -> None:
    open_profile = {**PRODUCT, "derivatives": {"trains_other_models": False}}
    report = check(granting("use"), profile=open_profile)
    assert "derivatives.modifies_model" in [question.fact for question in report.questions]


def test_approved_license_word_for_word_grants_by_definition() -> None:
    known = Identity(match=MatchKind.EXACT, id="zorp-1.0")
    reading = granting("use", limits=("not-understood",), identity=known, license_class=LicenseClass.OSI_APPROVED)
    assert check(reading, profile=PRODUCT).verdict is Verdict.APPROVED


RELEASE = {
    **WEIGHTS,
    "derivatives": {"modifies_model": True, "trains_other_models": False, "license": "apache-2.0"},
    "materials": {"downstream_terms": True},
}
HANDED = (GRANT, make_term("flow-down"), make_term("prohibited-use", category="military"))


def test_what_a_text_hands_on_must_survive_in_the_license_of_a_derivative() -> None:
    finding = find(check(granting("all", terms=HANDED), profile=RELEASE), "right-not-granted")
    assert finding.attributes["rights"] == ("relicense",)
    assert "prohibited use" in finding.message


def test_text_that_hands_nothing_on_lets_a_derivative_bear_another_license() -> None:
    assert not [f for f in check(granting("all"), profile=RELEASE).findings if f.kind == "right-not-granted"]
