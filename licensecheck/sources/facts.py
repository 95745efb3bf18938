"""What the issues of a card are found from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from licensecheck.model.subject import Ancestor, Card
from licensecheck.sources.compare import declared_licenses
from licensecheck.sources.frontmatter import FrontMatter
from licensecheck.sources.license_names import LicenseName
from licensecheck.sources.namings import Naming
from licensecheck.sources.prose import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the issues of a card are found from; `name` is the model's own, `ancestors` its base models."""

    front: FrontMatter
    card: Card
    sentences: Sequence[Sentence]
    namings: Sequence[Naming]
    ancestors: Sequence[Ancestor]
    name: str | None

    @property
    def declared(self) -> tuple[LicenseName, ...]:
        """The licenses of the metadata that have a name."""
        return declared_licenses(self.card)

    def line(self, *keys: str) -> int | None:
        """The line of the first of these keys that the metadata has."""
        return next((self.front.lines[key] for key in keys if key in self.front.lines), None)
