from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from licensecheck.domain.subject import Card, Document, Role
from licensecheck.models.ancestry import trace
from licensecheck.models.card_analysis import CardAnalysis, analyse_card


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real texts that lies beside the checkout; tests that need it are skipped without it."""
    root = Path(__file__).resolve().parents[3] / "shared"
    if not (root / "corpus" / "cards").is_dir():
        pytest.skip("needs ../shared: real model cards are not part of the project")
    return root


@pytest.fixture
def examine() -> Callable[..., CardAnalysis]:
    def run(text: str, name: str | None = None) -> CardAnalysis:
        return analyse_card(Document(path="README.md", role=Role.CARD, text=text, sha256=""), name=name)

    return run


@pytest.fixture
def card_of(examine: Callable[..., CardAnalysis]) -> Callable[..., Card]:
    """The card with its issues, base models followed through the catalog."""

    def run(text: str, name: str | None = None) -> Card:
        examined = examine(text, name)
        lineage = trace(examined.bases, own=[name] if name else [], find_card=_nowhere)
        return examined.with_issues(lineage.ancestors, name=name)

    return run


@pytest.fixture
def kinds(card_of: Callable[..., Card]) -> Callable[..., set[str]]:
    def run(text: str, name: str | None = None) -> set[str]:
        return {issue.kind for issue in card_of(text, name).issues}

    return run


def _nowhere(model: str) -> None:
    return None
