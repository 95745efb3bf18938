"""What sets a duty off: channels, derivatives, releases, and what definitions of the text settle."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from licensecheck.catalog.built_data import rules_root
from licensecheck.domain.findings import Status
from licensecheck.errors import DataError
from licensecheck.judge.triggers import TRIGGERS

from .building import check, find, make_reading, make_term


def happens(*triggers: str, facts: frozenset[str] = frozenset(), **sections: Any) -> bool | None:
    """Whether the triggers happen in a deployment: a duty that is not done shows it."""
    term = make_term("include-license", triggers=triggers)
    profile = {**sections, "materials": {"license_copy": False}}
    status = find(check(make_reading(term, facts=facts), profile=profile), "include-license").status
    return {Status.ACTION: True, Status.NOT_APPLICABLE: False}.get(status)


def channels(*names: str) -> dict[str, Any]:
    return {"channels": list(names)}


FINE_TUNED = {"modifies_model": True, "trains_other_models": False, "trained_model_released": True}
KEPT = {**FINE_TUNED, "trained_model_released": False}


@pytest.mark.parametrize(
    ("trigger", "sections", "expected"),
    [
        ("use", {}, True),
        ("make-available", {"deployment": channels("hosted-api")}, True),
        ("make-available", {"deployment": channels("internal")}, False),
        ("make-available", {}, None),
        ("distribute-model", {"deployment": channels("weights")}, True),
        ("distribute-model", {"deployment": channels("on-device")}, True),
        ("distribute-model", {"deployment": channels("hosted-api")}, False),
        ("hosted-service", {"deployment": channels("hosted-api")}, True),
        ("hosted-service", {"deployment": channels("product")}, None),
        ("network-interaction", {"deployment": channels("product")}, True),
        ("commercial-use", {"deployment": {"purpose": "research"}}, False),
        ("modify", {"derivatives": KEPT}, True),
        ("release-trained-model", {"derivatives": FINE_TUNED}, True),
        ("release-trained-model", {"derivatives": KEPT}, False),
        ("distribute-derivative", {"deployment": channels("weights"), "derivatives": FINE_TUNED}, True),
        ("distribute-derivative", {"deployment": channels("hosted-api"), "derivatives": KEPT}, False),
        ("train-other-model", {"derivatives": KEPT}, False),
        ("publish-output", {"deployment": {"purpose": "research", "channels": ["internal"]}}, False),
        ("publish-output", {"deployment": {"purpose": "commercial", "channels": ["internal"]}}, None),
    ],
)
def test_trigger_follows_the_deployment(trigger: str, sections: dict[str, Any], expected: bool | None) -> None:
    assert happens(trigger, **sections) is expected


def test_any_of_several_triggers_is_enough() -> None:
    assert happens("modify", "make-available", deployment=channels("hosted-api"), derivatives={"modifies_model": False})


def test_joined_triggers_must_both_happen() -> None:
    unmodified = {"deployment": channels("hosted-api"), "derivatives": {"modifies_model": False}}
    assert happens("modify+network-interaction", **unmodified) is False


def test_hosting_is_distribution_where_the_text_says_so() -> None:
    facts = frozenset({"hosting-is-distribution"})
    assert happens("distribute-model", facts=facts, deployment=channels("hosted-api")) is True


def test_copies_alone_count_where_hosting_is_taken_off() -> None:
    facts = frozenset({"hosting-is-distribution"})
    assert happens("distribute-copies", facts=facts, deployment=channels("hosted-api")) is False


def test_application_in_the_background_is_no_hosting_where_the_text_says_so() -> None:
    facts = frozenset({"background-app-is-not-hosting"})
    assert happens("hosted-service", facts=facts, deployment=channels("product")) is False


def test_model_trained_on_outputs_is_a_derivative_where_the_text_says_so() -> None:
    trained = {"modifies_model": False, "trains_other_models": True, "trained_model_released": True}
    sections = {"deployment": channels("weights"), "derivatives": trained}
    told = frozenset({"distilled-model-is-derivative"})
    assert [happens("distribute-derivative", facts=f, **sections) for f in (told, frozenset())] == [True, False]


def test_size_goes_with_each_other_trigger() -> None:
    limit = make_term(
        "scale-threshold",
        metric="monthly-active-users",
        value=100,
        includes_affiliates=True,
        consequence="display-attribution",
    )
    credit = make_term(
        "display-attribution", triggers=["above-threshold", "commercial-use"], texts=("Zorp",), required=True
    )
    profile = {"organization": {"monthly_active_users": 5}, "deployment": {"purpose": "commercial"}}
    report = check(make_reading(limit, credit), profile=profile)
    assert find(report, "display-attribution").status is Status.NOT_APPLICABLE


def test_vocabulary_and_code_name_the_same_triggers() -> None:
    vocabulary = yaml.safe_load((rules_root() / "triggers.yaml").read_text(encoding="utf-8"))
    assert set(vocabulary["triggers"]) == set(TRIGGERS)


def test_name_that_nothing_defines_is_told() -> None:
    with pytest.raises(DataError, match="no such trigger: teleport"):
        happens("teleport")


@pytest.mark.parametrize(("names", "truth"), [(("hosted-api",), False), (("hosted-api", "internal"), None)])
def test_released_model_stays_behind_an_interface_where_nothing_else_is_used(
    names: tuple[str, ...], truth: bool | None
) -> None:
    released = {"modifies_model": True, "trained_model_released": True}
    assert happens("distribute-copies", deployment=channels(*names), derivatives=released) is truth


def test_shipped_change_that_is_said_not_to_be_released_is_a_question() -> None:
    made = {"modifies_model": True, "trained_model_released": False}
    assert happens("release-trained-model", deployment=channels("weights"), derivatives=made) is None


def test_other_model_is_not_taken_for_released_because_the_first_is_shipped() -> None:
    made = {"modifies_model": False, "trains_other_models": True}
    assert happens("release-trained-model", deployment=channels("weights"), derivatives=made) is None
