"""The one door to the network: what is missing is fetched from the hub into the cache."""

from __future__ import annotations

from pathlib import Path

from licensecheck.sources.settings import HubSettings


def fetch_model(model: str, hub: HubSettings, *, revision: str | None = None) -> Path | None:
    """The folder in the cache with the documents of a model, or None where the hub has no such model."""
    raise NotImplementedError
