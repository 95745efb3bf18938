"""The deployment profile: what a person has said about organization, product, derivatives and house rules.

Every field may be None: a fact that nobody stated is not known, never false.
"""

from __future__ import annotations

from licensecheck.frozen import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A size, and the day (ISO 8601) on which it was counted; None where the profile gives one number only."""

    value: float
    as_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in a currency (ISO 4217), and the day it was counted, if given."""

    amount: float
    currency: str
    as_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Who deploys; sizes count all affiliates. Tuples of observations are ordered by date; None: not stated."""

    name: str | None = None
    domicile: str | None = None
    monthly_active_users: tuple[Observation, ...] | None = None
    daily_active_users: tuple[Observation, ...] | None = None
    users: tuple[Observation, ...] | None = None
    annual_revenue: tuple[Money, ...] | None = None
    monthly_revenue: tuple[Money, ...] | None = None
    total_funding: tuple[Money, ...] | None = None
    employees: tuple[Observation, ...] | None = None
    growth_per_month: float | None = None
    """Expected growth of the user counts a month, as a share: 0.12 is 12 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What is deployed, where, how and for what."""

    product: str | None = None
    purpose: str | None = None
    channels: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    modalities: tuple[str, ...] | None = None
    uses: tuple[str, ...] | None = None
    monthly_active_users: tuple[Observation, ...] | None = None
    monthly_revenue: tuple[Money, ...] | None = None
    annual_revenue: tuple[Money, ...] | None = None
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivatives:
    """What is made with the model."""

    modifies_model: bool | None = None
    trains_other_models: bool | None = None
    trained_model_released: bool | None = None
    model_name: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """What recipients and users get to see: True, False, or the path of the file to look into; None: not stated."""

    license_copy: bool | str | None = None
    notice_file: bool | str | None = None
    credit_lines: tuple[str, ...] | None = None
    change_notice: bool | str | None = None
    downstream_terms: bool | str | None = None
    source_offered: bool | str | None = None
    ai_disclosure: bool | str | None = None
    registered: tuple[str, ...] | None = None
    use_latest_version: bool | None = None
    notices_kept: bool | str | None = None
    risks_disclosed: bool | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What a person has cleared, for which license (an id or `sha256:` and the hash of its text), and until when.

    `clauses` are hashes of sentences that no rule reads: an approval of kind `unread-clause` clears those and no other.
    """

    license: str
    kind: str
    category: str | None = None
    reason: str | None = None
    by: str | None = None
    expires: str | None = None
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The house rules, on top of what the licenses say."""

    allow_classes: tuple[str, ...] | None = None
    deny_licenses: tuple[str, ...] = ()
    review_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A deployment profile as in `docs/profile.md`; `path` is the file it came from, to resolve materials against.

    `text` is what the file says, to quote a fact where it stands; None where the profile was made or changed in memory.
    """

    organization: Organization = field(default_factory=Organization)
    deployment: Deployment = field(default_factory=Deployment)
    derivatives: Derivatives = field(default_factory=Derivatives)
    materials: Materials = field(default_factory=Materials)
    approvals: tuple[Approval, ...] = ()
    policy: Policy = field(default_factory=Policy)
    path: str | None = None
    text: str | None = field(default=None, repr=False, compare=False)
    sha256: str | None = None
    """The hash of the file; None where the profile was made in memory."""
    sealed: bool = False
    """True where the files that the materials name are not to be read, since the profile came from another machine."""
