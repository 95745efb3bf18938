"""What all report tests share: a report made by hand, and the shapes of snapshots."""

from __future__ import annotations

import pytest
from heron import make_report

from licensecheck.domain.findings import Report


@pytest.fixture
def report() -> Report:
    """The report on the invented model."""
    return make_report()
