"""The words by which cards and folders are read, from `rules/cards/`."""

from __future__ import annotations

from functools import cache
from typing import Any

from licensecheck.load.paths import rules_root
from licensecheck.load.yamlfile import load_yaml


@cache
def load_vocabulary(name: str) -> dict[str, Any]:
    """The data of `rules/cards/<name>.yaml`."""
    data: dict[str, Any] = load_yaml(rules_root() / "cards" / f"{name}.yaml", name=f"rules/cards/{name}.yaml")
    return data
