"""What every test may use: the project's folders, and the real texts beside the checkout where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real license texts and cards; the test skips where it is not at hand."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the real texts in ../shared are not at hand")
    return SHARED
