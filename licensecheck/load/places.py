"""The name of a place for a person, from its code."""

from __future__ import annotations

from functools import lru_cache

from licensecheck.load.built import load_data


def place_name(code: str) -> str:
    """The name that `rules/places.yaml` gives first for an ISO 3166 code, EU or EEA; another word as it is."""
    return _names().get(code.upper(), code)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    tables = load_data("places.yaml")
    groups = ("countries", "subdivisions", "regions")
    return {code: names[0] for group in groups for code, names in tables[group].items() if names}
