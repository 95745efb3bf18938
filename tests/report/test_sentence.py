"""Each kind of term has a sentence, and the sentence says what the attributes say."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.catalog.built_data import rules_root
from licensecheck.catalog.phrasing import load_phrasing
from licensecheck.catalog.yaml_files import load_yaml
from licensecheck.domain.licenses import Term
from licensecheck.report.sentences import cell_of, describe, label_of

VOCABULARY: dict[str, Any] = load_yaml(rules_root() / "terms.yaml")


@pytest.mark.parametrize("kind", sorted(VOCABULARY["terms"]))
def test_every_kind_of_term_has_a_sentence_of_its_own_and_the_group_of_the_vocabulary(kind: str) -> None:
    saying = load_phrasing().kinds[kind]

    assert saying.group == VOCABULARY["terms"][kind]["group"]
    assert "{" not in describe(Term(kind=kind))


@pytest.mark.parametrize("category", sorted(VOCABULARY["prohibited_use_categories"]))
def test_every_category_has_everyday_words(category: str) -> None:
    assert category in load_phrasing().words["category"]


@pytest.mark.parametrize("trigger", sorted(load_yaml(rules_root() / "triggers.yaml")["triggers"]))
def test_every_trigger_has_everyday_words(trigger: str) -> None:
    assert trigger in load_phrasing().words["trigger"]


CASES: list[tuple[str, dict[str, Any], str]] = [
    (
        "scale-threshold",
        {
            "metric": "monthly-active-users", "value": 700000000, "currency": None, "includes_affiliates": True,
            "measured_on": "2025-04-05", "consequence": "separate-license",
        },
        (
            "Above 700,000,000 monthly active users you need a separate license"
            " (affiliates count; measured on 2025-04-05)."
        ),
    ),
    (
        "scale-threshold",
        {"metric": "annual-revenue", "value": 20000000, "currency": "USD", "consequence": "prohibited"},
        "Above USD 20,000,000 annual revenue use is not permitted.",
    ),
    (
        "display-attribution",
        {"texts": ("Made with A", "Made with B"), "required": True},
        "You must show “Made with A” or “Made with B” where users can see it.",
    ),
    ("display-attribution", {"texts": ("A",), "required": False}, "You are asked, though not obliged, to show “A”."),
    ("disclose-source", {"network": None}, "Source must be offered with copies that you pass on."),
    ("prohibited-use", {"category": "weapons"}, "Not permitted: weapons."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "attributes", "sentence"), CASES, ids=[case[2][:40] for case in CASES])
def test_the_sentence_states_the_attributes(kind: str, attributes: dict[str, Any], sentence: str) -> None:
    assert describe(Term(kind=kind, attributes=attributes)) == sentence


def test_what_the_text_does_not_state_is_left_out_of_the_sentence() -> None:
    assert describe(Term(kind="acceptable-use-policy", attributes={"url": None})) == "A separate use policy applies."


def test_a_kind_without_words_is_named_and_not_hidden() -> None:
    assert label_of(Term(kind="brand-new")) == "Brand new"
    assert cell_of(Term(kind="brand-new")) == "stated"
