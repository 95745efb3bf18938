"""Cards as data: what is said, and the kinds of issues that it makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cards.yaml").read_text(encoding="utf-8"))


def label(case: dict[str, Any]) -> str:
    return " ".join((case.get("prose") or case["block"]).split())[:60]


@pytest.mark.parametrize("case", CASES, ids=label)
def test_kinds_of_issues(kinds: Callable[..., set[str]], case: dict[str, Any]) -> None:
    card = f"---\n{case['block']}\n---\n{case.get('prose', '')}"
    assert kinds(card, case["name"]) == set(case["kinds"])
