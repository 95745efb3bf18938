"""References: where a repository names a model, and what it does with it there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
