"""Licenses: their class, how a text was identified, and what a text or record says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from licensecheck.model.term import Evidence, Term


class LicenseClass(str, Enum):
    """The class of a license from its text alone; ids and meanings as in `rules/terms.yaml`.

    They stand in the order of what they leave out: each restricts more than the one before.
    """

    OSI_APPROVED = "osi-approved"
    OPEN = "open"
    USE_RESTRICTED = "use-restricted"
    NONCOMMERCIAL = "noncommercial"
    PROPRIETARY = "proprietary"

    @property
    def level(self) -> int:
        """How much it restricts; higher is more."""
        return list(LicenseClass).index(self)


class MatchKind(str, Enum):
    """How a text relates to the known license that it is closest to."""

    EXACT = "exact"
    MODIFIED = "modified"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which known license a text is; `coverage` is the share (0 to 1) of the text that the license explains.

    `ids` holds its other identifiers by scheme: `spdx`, `hf` (Hugging Face), `scancode`.
    """

    match: MatchKind
    id: str | None = None
    name: str | None = None
    version: str | None = None
    coverage: float = 0.0
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseReading:
    """What one license text, policy or record says.

    `source` is "text" where the terms were read in a text at hand, "record" where they come from a license record.
    `facts` holds what definitions settle for the triggers of other clauses (for example `hosting-is-distribution`).
    `unread` marks clauses in which no term was found, so that a person can look.
    `role` is what the text is to the target ("license", "code-license", "policy", "gate"); `inherited_from` names the
    ancestor model whose license this is, where it is not the target's own.
    """

    path: str
    sha256: str
    identity: Identity
    license_class: LicenseClass | None
    terms: tuple[Term, ...]
    facts: frozenset[str] = frozenset()
    grounds: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """Where the text states each of its `facts`; empty for a record."""
    unread: tuple[Evidence, ...] = ()
    source: str = "text"
    record_version: str | None = None
    role: str = "license"
    inherited_from: str | None = None
    added: tuple[Evidence, ...] = ()
    """Passages of an edited text that the known license does not explain and in which no term was found."""

    @property
    def label(self) -> str:
        """What to call the license in a finding: its id, else the path of its text."""
        return self.identity.id or self.path
