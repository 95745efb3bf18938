"""The labelled cards beside the checkout: fields and issues as a reader found them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.domain.subject import Card


def as_list(value: Any) -> list[str]:
    return [] if value is None else [str(item) for item in (value if isinstance(value, list) else [value])]


@pytest.fixture
def labelled(corpus: Path, card_of: Callable[..., Card]) -> list[tuple[dict[str, Any], Card]]:
    gold = yaml.safe_load((corpus / "gold" / "cards.yaml").read_text(encoding="utf-8"))
    cards = corpus / "corpus" / "cards"
    read = []
    for label in gold:
        text = (cards / f"{label['slug']}.md").read_bytes().decode()
        read.append((label, card_of(text, label.get("model") or label["slug"])))
    return read


def test_fields_are_as_labelled(labelled: list[tuple[dict[str, Any], Card]]) -> None:
    wrong = []
    for label, card in labelled:
        for name in ("licenses", "base_models", "license_name", "license_link", "relation"):
            if name in (label.get("uncertain_fields") or []):
                continue
            value = getattr(card, name)
            if as_list(list(value) if isinstance(value, tuple) else value) != as_list(label.get(name)):
                wrong.append((label["slug"], name, value))
    assert len(wrong) <= 0.01 * 5 * len(labelled), wrong


def test_issues_are_as_labelled(labelled: list[tuple[dict[str, Any], Card]]) -> None:
    right = false = missed = 0
    for label, card in labelled:
        skip = set(label.get("uncertain") or [])
        want = {issue["kind"] for issue in label.get("issues") or []} - skip
        got = {issue.kind for issue in card.issues} - skip
        right, false, missed = right + len(want & got), false + len(got - want), missed + len(want - got)
    precision, recall = right / (right + false), right / (right + missed)
    assert precision >= 0.92
    assert 2 * precision * recall / (precision + recall) >= 0.90
