"""What commands take from options and environment before they call the library."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from licensecheck.errors import UsageError
from licensecheck.load.profile import find_profile, load_profile
from licensecheck.model.profile import Profile
from licensecheck.sources.settings import HubSettings, SourceSettings


def profile_at(path: str | None) -> Profile:
    """The profile named, else the one of the working folder, else one that states nothing."""
    if path is not None:
        return load_profile(Path(path))
    found = find_profile(Path())
    return load_profile(found) if found else Profile()


def parse_day(text: str | None) -> str:
    """The day given, checked; today where none is."""
    if text is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--date: '{text}' is not a day, written 2026-06-30") from None


def source_settings(*, online: bool = False, revision: str | None = None) -> SourceSettings:
    """Where models are looked for: the hub cache of this machine, and the hub itself where that is asked for."""
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    endpoint = os.environ.get("HF_ENDPOINT", "https://huggingface.co")
    hub = HubSettings(endpoint=endpoint, token=os.environ.get("HF_TOKEN"), cache=cache) if online else None
    return SourceSettings(caches=(cache,), revision=revision, hub=hub)
