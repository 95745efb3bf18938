"""What a caller hands in on where to look; the library reads no environment of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSettings:
    """How to reach the hub: its address, a token for gated models, and where what is fetched is kept."""

    endpoint: str = "https://huggingface.co"
    token: str | None = None
    cache: Path
    timeout: float = 10.0
    max_bytes: int = 8_000_000
    attempts: int = 4
    pause: float = 1.0
    """Seconds before the first repeated try; each further one waits twice as long, or what the hub asks for."""
    patience: float = 60.0
    """Seconds that one answer may take from the first to the last byte."""
    proxies: Mapping[str, str] = field(default_factory=dict)
    """Proxies by scheme, as the caller's environment names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """Where targets and their base models are looked for, besides the catalogs.

    `caches` are folders in the layout of the hub cache; `hub` is None where the network may not be used.
    """

    caches: tuple[Path, ...] = ()
    revision: str | None = None
    hub: HubSettings | None = None
