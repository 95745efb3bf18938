"""TOML from files of users."""

from __future__ import annotations

import sys
from typing import Any

from licensecheck.errors import LicenseCheckError
from licensecheck.place import Place


def parse_toml(text: str, *, path: str, error: type[LicenseCheckError]) -> dict[str, Any]:
    """The data of a TOML document; `error` where it is none."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        data: dict[str, Any] = tomllib.loads(text)
        return data
    except (ValueError, RecursionError) as fault:
        raise error(f"no valid TOML: {fault}", Place(path=path)) from None


def parse_section(text: str, *, path: str, error: type[LicenseCheckError]) -> dict[str, Any]:
    """The table `[tool.licensecheck]` of a `pyproject.toml`, empty where there is none."""
    table: Any = parse_toml(text, path=path, error=error)
    for name in ("tool", "licensecheck"):
        table = table.get(name, {})
        if not isinstance(table, dict):
            raise error(f"{name}: is no table", Place(path=path))
    section: dict[str, Any] = table
    return section
