"""The rules that ship with the project: each sound, each showing what its examples say."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.catalog.detect_rules import detect_files, load_detect_rule, load_detect_rules
from licensecheck.catalog.yaml_files import load_yaml
from licensecheck.reading.rule_examples import try_examples


@pytest.mark.parametrize("path", detect_files(), ids=lambda p: p.stem)
def test_the_examples_of_a_rule_hold(path: Path) -> None:
    failed = [o for o in try_examples([load_detect_rule(path, examples=True)]) if not o.passed]
    assert [f"{o.example}: {fault}" for o in failed for fault in o.faults] == []


def test_every_kind_of_term_has_a_rule(root: Path) -> None:
    kinds = set(load_yaml(root / "rules" / "terms.yaml")["terms"])
    assert kinds - {rule.yields.name for rule in load_detect_rules()} == set()


def test_every_category_of_prohibited_use_has_a_rule(root: Path) -> None:
    categories = set(load_yaml(root / "rules" / "terms.yaml")["prohibited_use_categories"])
    assert categories - {rule.set.get("category") for rule in load_detect_rules()} == set()


def test_no_two_rules_share_an_id() -> None:
    ids = [path.stem for path in detect_files()]
    assert sorted(ids) == sorted(set(ids))
