"""References: where a repository names a model, and what it does with it there."""

from __future__ import annotations

from enum import Enum

from licensecheck.domain.findings import Finding, Status, TargetReport, Verdict
from licensecheck.frozen import dataclass


class ScanVerdict(str, Enum):
    """The outcome of a scan, from best to worst: a verdict of the models that were checked, or that there were none.

    `nothing-new` is said of what a baseline knows: it was accepted, and approved by nobody.
    """

    NO_MODELS = "no-models"
    NOTHING_NEW = "nothing-new"
    APPROVED = "approved"
    CONDITIONAL = "conditional"
    NEEDS_REVIEW = "needs-review"
    DENIED = "denied"

    @property
    def level(self) -> int:
        """0 for approved to 3 for denied, as for a target; below 0 where nothing was judged or nothing is new."""
        return list(ScanVerdict).index(self) - 2

    @classmethod
    def of(cls, verdict: Verdict) -> ScanVerdict:
        """The verdict of a target as one of a scan."""
        return cls(verdict.value)


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
    library: str | None = None
    """The library whose call loads weights that it names itself; then `model` is its name for them."""
    listed_by: str | None = None
    """The library whose table knows the license of a model that the code names by its id on a hub."""
    pinned: str | None = None
    """The version of the library that the repository installs, and the file that says so."""

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
    lead: str = ""
    """What a call of a library loads, and under which license; the message begins with it."""
    license_name: str | None = None
    standing: Standing = Standing.OPEN
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTarget:
    """One model with every reference that its verdict rests on; `verdict` leaves out what an ignore clears."""

    report: TargetReport
    references: tuple[Reference, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to mend that is no finding: an ignore without reason, one that ran out, one that ignores nothing."""

    path: str
    line: int
    message: str


class SkipKind(str, Enum):
    """Why a file was not read, or not to its end; the first three may hide a model."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    LANGUAGE = "language"
    GENERATED = "generated"
    OTHER = "other"

    @property
    def may_load(self) -> bool:
        """True where such a file can load a model that the scan did not see."""
        return self in (SkipKind.UNREADABLE, SkipKind.TOO_LARGE, SkipKind.LANGUAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file that was not read, or not to its end, and why."""

    path: str
    kind: SkipKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A finding that a baseline knows: by path, model, kind and license, with its status on the day it was accepted.

    `reason`, `by` and `expires` say why, who decided it and until when; they are None where nobody has said so.
    """

    path: str
    model: str
    kind: str
    license: str
    status: Status
    reason: str | None = None
    by: str | None = None
    expires: str | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes a finding the same after lines have moved."""
        return self.path, self.model, self.kind, self.license


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The whole of a scan. `files` were read; `skipped` gives those that were not, or not to their end.

    `verdict` says what holds of the repository, `new_verdict` what its baseline does not know: the exit status goes by
    that. `notes` say of a line that loads a model what is no finding. `has_profile` is False where no facts were at
    hand, so that every fact is still open.
    """

    verdict: ScanVerdict
    new_verdict: ScanVerdict
    references: tuple[Reference, ...]
    targets: tuple[ReviewTarget, ...]
    findings: tuple[LineFinding, ...]
    notices: tuple[Notice, ...]
    notes: tuple[Notice, ...] = ()
    files: int
    skipped: tuple[Skipped, ...]
    tool_version: str
    folder: str = ""
    """Where the scanned folder lies, as seen from the root of the repository."""
    date: str | None = None
    has_profile: bool = True
    strict: bool = False
