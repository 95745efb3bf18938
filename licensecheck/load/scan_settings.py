"""Settings of the scan, from `licensecheck.yaml` (section `scan`) or `[tool.licensecheck.scan]` of `pyproject.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from licensecheck.errors import ProfileError
from licensecheck.load.tomlfile import parse_section
from licensecheck.load.yamlfile import find_line, parse_yaml
from licensecheck.model.finding import Verdict
from licensecheck.model.reference import ReferenceRole
from licensecheck.place import Place
from licensecheck.text.decode import read_text

SECTION = "scan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """What a repository has settled for its scans.

    `roles`: on which references the verdict rests. `exclude`: patterns of paths that are not read. `names`: what a
    name used here stands for, where the catalog cannot know it (an alias, a bucket): name to model or license id.
    """

    fail_on: str | None = None
    roles: tuple[ReferenceRole, ...] = (ReferenceRole.LOAD,)
    exclude: tuple[str, ...] = ()
    baseline: str | None = None
    names: Mapping[str, str] | None = None


def load_scan_settings(path: Path | None) -> ScanSettings:
    """The settings in the file that holds the profile; ProfileError where they cannot be used."""
    if path is None:
        return ScanSettings()
    text = read_text(path).text
    if path.suffix == ".toml":
        data = parse_section(text, path=str(path), error=ProfileError)
    else:
        data = parse_yaml(text, path=str(path), error=ProfileError)
    section = data.get(SECTION) if isinstance(data, dict) else None
    return parse_scan_settings(section or {}, path=path, text=text)


def parse_scan_settings(section: Any, *, path: Path, text: str) -> ScanSettings:
    """The settings that plain data states."""
    if not isinstance(section, dict):
        raise _wrong("is no mapping", path, text)
    for name in section:
        if name not in ("fail_on", "roles", "exclude", "baseline", "names"):
            known = "baseline, exclude, fail_on, names, roles"
            raise _wrong(f"{name}: no such setting; known here are {known}", path, text, name)
    levels = [*(verdict.value for verdict in Verdict), "never"]
    fail_on = section.get("fail_on")
    if fail_on is not None and fail_on not in levels:
        raise _wrong(f"fail_on: '{fail_on}' is not one of {', '.join(levels)}", path, text, "fail_on")
    known_roles = [role.value for role in ReferenceRole]
    for role in _texts(section, "roles", path, text):
        if role not in known_roles:
            raise _wrong(f"roles: '{role}' is not one of {', '.join(known_roles)}", path, text, "roles")
    baseline = section.get("baseline")
    if baseline is not None and not isinstance(baseline, str):
        raise _wrong("baseline: is no name of a file", path, text, "baseline")
    names = section.get("names") or {}
    if not isinstance(names, dict):
        raise _wrong("names: is no mapping of names to models", path, text, "names")
    return ScanSettings(
        fail_on=fail_on,
        roles=tuple(ReferenceRole(role) for role in _texts(section, "roles", path, text)) or (ReferenceRole.LOAD,),
        exclude=_texts(section, "exclude", path, text),
        baseline=baseline,
        names={str(name): str(model) for name, model in names.items()},
    )


def _texts(section: Mapping[str, Any], name: str, path: Path, text: str) -> tuple[str, ...]:
    value = section.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _wrong(f"{name}: is no list of texts", path, text, name)
    return tuple(value)


def _wrong(message: str, path: Path, text: str, *where: str) -> ProfileError:
    spot = find_line(text, path=[SECTION, *where]) if path.suffix != ".toml" else None
    line, column = spot or (None, None)
    return ProfileError(f"{SECTION}: {message}", Place(path=str(path), line=line, column=column))
