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
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise error(f"no valid TOML: {fault}", Place(path=path)) from None
