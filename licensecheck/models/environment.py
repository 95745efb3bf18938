"""The places where this machine keeps models, as the environment of the hub's own tools says.

The one module of the library that reads the environment; `licensecheck.api` asks it where no settings are handed in.
"""

from __future__ import annotations

import os
from pathlib import Path

from licensecheck.errors import UsageError
from licensecheck.models.files import HubSettings, SourceSettings


def local_settings(*, online: bool = False, revision: str | None = None) -> SourceSettings:
    """Where models are looked for: the hub cache of this machine, and the hub itself where that is asked for."""
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    hub = _hub_settings(cache, home) if online and not _kept_offline() else None
    return SourceSettings(caches=(cache,), revision=revision, hub=hub)


def _kept_offline() -> bool:
    """True where the environment forbids the hub to every program (the variables and values are the hub's own)."""
    stated = (os.environ.get(name, "").upper() for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"))
    return any(value in ("1", "ON", "YES", "TRUE") for value in stated)


def _hub_settings(cache: Path, home: Path) -> HubSettings:
    """How to reach the hub, as the environment of the hub's own tools says."""
    from urllib.parse import urlsplit
    from urllib.request import getproxies, proxy_bypass

    endpoint = os.environ.get("HF_ENDPOINT") or "https://huggingface.co"
    try:
        host = urlsplit(endpoint).hostname or ""
    except ValueError:
        raise UsageError(f"HF_ENDPOINT: '{endpoint}' is not an address") from None
    token = os.environ.get("HF_TOKEN") or _token_at(Path(os.environ.get("HF_TOKEN_PATH") or home / "token"))
    return HubSettings(endpoint=endpoint, token=token, cache=cache, proxies={} if proxy_bypass(host) else getproxies())


def _token_at(path: Path) -> str | None:
    """The token that `hf auth login` left behind, if any."""
    try:
        return path.read_text(encoding="utf-8").strip() or None
    except (OSError, ValueError):
        return None
