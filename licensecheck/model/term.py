"""Terms: what a license text states, each with the passage that states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Scalar = str | int | float | bool | None
Value = Scalar | tuple[str, ...]
"""An attribute's value; a set of `terms.yaml` is a sorted tuple of strings, a date an ISO 8601 string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage that supports a term or a finding, as it stands in the file that was given.

    `start` and `end` (exclusive) are offsets in characters of the decoded file, so that `text[start:end] == quote`.
    """

    path: str
    quote: str
    start: int
    end: int
    line: int
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of `rules/terms.yaml`, stated by a text or held by a license record.

    `triggers` names what sets a condition off, as far as the text says (see `rules/triggers.yaml`); empty: always.
    `provisos` names what softens a ban or duty ("unlicensed", "without-consent"); empty: outright.
    `details` holds what the contract has no attribute for (`operator`, `scope`, `join`; see `rules/triggers.yaml`).
    A term from a license record has no quote of its own: its evidence is empty and `clause` says where it stands.
    """

    kind: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    rule: str | None = None
    triggers: tuple[str, ...] = ()
    provisos: tuple[str, ...] = ()
    details: Mapping[str, Value] = field(default_factory=dict)
    clause: str | None = None

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What makes two statements the same term: kind, category and (of a threshold) metric."""
        category = self.attributes.get("category")
        metric = self.attributes.get("metric")
        return self.kind, category if isinstance(category, str) else None, metric if isinstance(metric, str) else None
