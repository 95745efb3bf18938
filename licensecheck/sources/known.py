"""What the catalogs know of the names that cards, headers and folders use."""

from __future__ import annotations

from licensecheck.errors import DataError
from licensecheck.load.models import find_model
from licensecheck.load.records import find_record
from licensecheck.model.record import ModelEntry, Record

NO_NAMES = frozenset({"other", "unknown", "none", "null", "n/a", "custom", "proprietary", "tbd"})
"""Values of `license` that name none."""


def known_license(name: str | None) -> Record | None:
    """The record of the license of this name, or None where it names none or none that is known."""
    if name is None or name.strip().lower() in NO_NAMES:
        return None
    try:
        return find_record(name)
    except DataError:  # the index is not built yet
        return None


def known_model(name: str | None) -> ModelEntry | None:
    """What the catalog knows of a model of this name."""
    try:
        return find_model(name) if name and name.strip() else None
    except DataError:  # the index is not built yet
        return None
