"""Where the data folders `rules/` and `licenses/` lie: inside the wheel, or beside the package in a checkout."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def data_root() -> Path:
    """The folder that holds `rules/` and `licenses/`."""
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


def rules_root() -> Path:
    """The folder of the rules that ship with the project."""
    return data_root() / "rules"


def licenses_root() -> Path:
    """The folder of the license records that ship with the project."""
    return data_root() / "licenses"
