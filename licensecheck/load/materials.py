"""The texts of the files that a profile names as materials."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from licensecheck.errors import LicenseCheckError
from licensecheck.model.profile import Profile
from licensecheck.text.decode import read_text

FIELDS = (
    "license_copy",
    "notice_file",
    "change_notice",
    "downstream_terms",
    "source_offered",
    "ai_disclosure",
    "notices_kept",
    "risks_disclosed",
)
MAX_PATH = 200
"""A credit line that is longer is no path."""


def load_materials(profile: Profile) -> dict[str, str]:
    """Text by path as the profile writes it; what is not there or cannot be read is left out."""
    folder = Path(profile.path).parent if profile.path else Path()
    found = {}
    for name in _paths(profile):
        text = _read(folder / name)
        if text is not None:
            found[name] = text
    return found


def _paths(profile: Profile) -> Iterator[str]:
    for field in FIELDS:
        value = getattr(profile.materials, field)
        if isinstance(value, str):
            yield value
    for line in profile.materials.credit_lines or ():
        if len(line) <= MAX_PATH and "\n" not in line and "\x00" not in line:
            yield line


def _read(path: Path) -> str | None:
    try:
        return read_text(path).text if path.is_file() else None
    except (LicenseCheckError, OSError, ValueError):
        return None
