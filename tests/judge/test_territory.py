"""Places: where the seat lies, where the product is offered, and whether the model is of the excluded sort."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.subject import Card, Subject

from .building import check, find, make_reading, make_term


def judge(
    domicile: str | None,
    regions: list[str] | None,
    *,
    where: str | None = "use",
    excluded: tuple[str, ...] = ("EU", "KR"),
) -> Finding:
    """The finding on a text that leaves out the European Union and Korea."""
    details = {"where": where} if where else {}
    term = make_term("territory-restriction", excluded=excluded, scope="all", details=details)
    organization = {"domicile": domicile} if domicile else {}
    deployment = {"regions": regions} if regions is not None else {}
    return find(
        check(make_reading(term), profile={"organization": organization, "deployment": deployment}),
        "territory-restriction",
    )


@pytest.mark.parametrize(
    ("domicile", "regions", "status"),
    [
        ("US", ["US", "CA"], Status.MET),
        ("US", ["US", "KR"], Status.VIOLATION),
        ("US", ["worldwide"], Status.VIOLATION),
        ("US", ["EEA"], Status.VIOLATION),
        ("NO", ["NO", "CH"], Status.MET),
        ("IE", ["US"], Status.VIOLATION),
        ("US", None, Status.REVIEW),
        (None, ["US"], Status.REVIEW),
        (None, ["DE"], Status.VIOLATION),
    ],
)
def test_seat_and_offer(domicile: str | None, regions: list[str] | None, status: Status) -> None:
    assert judge(domicile, regions).status is status


def test_clause_that_looks_at_the_seat_lets_customers_be_anywhere() -> None:
    assert judge("US", ["DE"], where="seat").status is Status.MET


def test_clause_that_does_not_say_where_it_looks_is_a_question() -> None:
    assert judge("US", ["DE"], where=None).status is Status.REVIEW


def test_places_that_could_not_be_read_are_a_question() -> None:
    assert judge("US", ["US"], excluded=()).status is Status.REVIEW


@pytest.mark.parametrize(
    ("modalities", "card", "status"),
    [
        (["text", "image"], None, Status.VIOLATION),
        (["text"], None, Status.REVIEW),
        (["text"], ("text",), Status.MET),
        (["text"], ("text", "audio"), Status.VIOLATION),
        (["video"], ("text",), Status.MET),
    ],
)
def test_clause_on_multimodal_models(modalities: list[str], card: tuple[str, ...] | None, status: Status) -> None:
    term = make_term("territory-restriction", excluded=("EU",), scope="multimodal", details={"where": "seat"})
    profile: dict[str, Any] = {"organization": {"domicile": "FR"}, "deployment": {"modalities": modalities}}
    subject = Subject(target="t", card=Card(path="README.md", modalities=card))
    assert find(check(make_reading(term), profile=profile, subject=subject), "territory-restriction").status is status
