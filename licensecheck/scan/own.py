"""Models that a repository makes itself: asked for by name afterwards, they are nobody else's to license."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from licensecheck.model.reference import Reference, ReferenceRole

_ASKED = frozenset({ReferenceRole.LOAD, ReferenceRole.EXAMPLE})


def without_own(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references, those to a name without an owner that the same repository creates taken for clients."""
    references = tuple(references)
    made = {_plain(each) for each in references if each.role is ReferenceRole.OUTPUT} - {""}
    if not made:
        return references
    return tuple(
        replace(each, role=ReferenceRole.CLIENT) if each.role in _ASKED and _plain(each) in made else each
        for each in references
    )


def _plain(reference: Reference) -> str:
    """A name without an owner, one spelling for each; empty where there is an owner."""
    name = reference.name or ""
    return "" if "/" in name else name.removesuffix(":latest").lower()
