"""What every test may use: the project's folders, and the real texts beside the checkout where they are at hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from licensecheck.catalog.lint import lint_file, read_definitions
from licensecheck.catalog.records import known_names
from licensecheck.errors import LicenseCheckError
from licensecheck.judge.conditions import ASSUMED, COMPUTED
from licensecheck.reading.rule_examples import pattern_faults

# The same examples each time, so that a run tells of the change under test; .ci/slow searches with others.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

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


@pytest.fixture(scope="session")
def lint() -> Callable[[Path], list[LicenseCheckError]]:
    """The faults of a file of `rules/`, as `licensecheck rules lint` tells them."""
    definitions = read_definitions((*COMPUTED, *ASSUMED), licenses=known_names())

    def faults_of(path: Path) -> list[LicenseCheckError]:
        return lint_file(path, definitions, pattern_faults=pattern_faults)

    return faults_of
