"""References: where a repository names a model, and what it does with it there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from licensecheck.domain.findings import Finding, TargetReport, Verdict


class ReferenceRole(str, Enum):
    """What a reference does with the model; meanings as in the contract of `scan -f json`."""

    LOAD = "load"
    EXAMPLE = "example"
    CLIENT = "client"
    OUTPUT = "output"
    MENTION = "mention"
    PLACEHOLDER = "placeholder"
    LOCAL = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One place that names a model. `model` is as written there, `name` what a catalog knows it by.

    `syntax` is the detector and the name that anchored it ("vllm speculative_config.model").
    """

    path: str
    line: int
    model: str
    role: ReferenceRole
    syntax: str
    name: str | None = None
    revision: str | None = None

    @property
    def fingerprint(self) -> tuple[str, str, str]:
        """What stays the same when lines move: path, model and role."""
        return self.path, self.model, self.role.value


# A review: what a scan found in a repository, and what each model's license asks there, line by line.


class Standing(str, Enum):
    """What a repository has said of a finding: nothing yet, ignored on the line, or known from the baseline."""

    OPEN = "open"
    IGNORED = "ignored"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFinding:
    """A finding at the line that loads the model. `message` says it in terms of this repository."""

    reference: Reference
    finding: Finding
    message: str
    license_name: str | None = None
    standing: Standing = Standing.OPEN
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTarget:
    """One model with every reference that its verdict rests on; `verdict` leaves out what is ignored or known."""

    report: TargetReport
    references: tuple[Reference, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to mend that is no finding: an ignore without reason, one that ran out, one that ignores nothing."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The whole of a scan. `files` were read; `skipped` gives those that were not, each with its reason."""

    verdict: Verdict
    references: tuple[Reference, ...]
    targets: tuple[ReviewTarget, ...]
    findings: tuple[LineFinding, ...]
    notices: tuple[Notice, ...]
    files: int
    skipped: tuple[tuple[str, str], ...]
    tool_version: str
    date: str | None = None
