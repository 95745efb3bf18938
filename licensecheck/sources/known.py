"""What the catalogs know of the names that cards, headers and folders use."""

from __future__ import annotations

from functools import lru_cache

from licensecheck.load.models import find_model
from licensecheck.load.records import find_record
from licensecheck.model.record import ModelEntry, Record

NO_NAMES = frozenset({"other", "unknown", "none", "null", "n/a", "custom", "proprietary", "tbd"})
"""Values of `license` that name none."""


def known_license(name: str | None) -> Record | None:
    """The record of the license of this name, or None where it names none or none that is known."""
    if name is None or name.strip().lower() in NO_NAMES:
        return None
    return find_record(name)


@lru_cache(maxsize=4096)
def known_model(name: str | None) -> ModelEntry | None:
    """What the catalog knows of a model of this name."""
    return find_model(name) if name and name.strip() else None
