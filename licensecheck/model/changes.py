"""What differs between two reports on the same targets."""

from __future__ import annotations

from dataclasses import dataclass

from licensecheck.model.finding import Finding, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A finding that is another one under the supposed facts; None where it stands on one side only."""

    target: str
    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The verdicts of both sides and the findings that differ."""

    before: Verdict
    after: Verdict
    changes: tuple[Change, ...]
