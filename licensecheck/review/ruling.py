"""What findings are weighed with in a repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from licensecheck.load.scan_settings import ScanSettings
from licensecheck.model.finding import Status
from licensecheck.review.baseline import Fingerprint
from licensecheck.scan.ignores import Ignore

SHOWN = (Status.VIOLATION, Status.REVIEW, Status.ACTION, Status.WAIVED)
"""The statuses that a scan tells, the gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What findings are weighed with: settings, baseline, the ignores by line, and the day."""

    settings: ScanSettings
    baseline: frozenset[Fingerprint]
    ignores: Mapping[tuple[str, int], tuple[Ignore, ...]]
    today: str | None
