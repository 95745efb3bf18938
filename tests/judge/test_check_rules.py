"""The check rules that ship with the project show what their examples say, and leave no kind of term out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from licensecheck.catalog.built_data import is_fresh, rules_root
from licensecheck.catalog.check_rules import check_files, load_check, load_knowledge
from licensecheck.domain.rules import CheckRule
from licensecheck.judge.check_examples import try_check
from licensecheck.judge.conditions import evaluate_condition

RULES = [load_check(path) for path in check_files()]
EXAMPLES = [(rule, example) for rule, examples in RULES for example in examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.id}: {e['name']}" for r, e in EXAMPLES])
def test_example_shows_what_it_says(rule: CheckRule, example: Mapping[str, Any]) -> None:
    fault = try_check(rule, example)
    assert bool(fault) == ("gap" in example), fault


def test_every_kind_of_term_has_a_rule() -> None:
    kinds = set(yaml.safe_load((rules_root() / "terms.yaml").read_text(encoding="utf-8"))["terms"])
    facts = set(yaml.safe_load((rules_root() / "triggers.yaml").read_text(encoding="utf-8"))["facts"])
    assert kinds == {kind for rule in load_knowledge().rules for kind in rule.terms} - facts


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in load_knowledge().rules]
    assert len(ids) == len(set(ids))


def test_empty_condition_holds() -> None:
    assert evaluate_condition(None, None).truth is True  # type: ignore[arg-type]  # an empty condition looks at no case


def test_built_file_is_fresh() -> None:
    assert is_fresh(), "run `licensecheck rules build`"
