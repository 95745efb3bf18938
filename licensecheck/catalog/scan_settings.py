"""Settings of the scan, from `licensecheck.yaml` (section `scan`) or `[tool.licensecheck.scan]` of `pyproject.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from licensecheck.catalog.yaml_files import find_line, parse_section, parse_yaml
from licensecheck.domain.findings import Verdict
from licensecheck.domain.repository import ReferenceRole
from licensecheck.errors import Place, ProfileError
from licensecheck.frozen import dataclass
from licensecheck.text.io import read_text

SECTION = "scan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """What a repository has settled for its scans.

    `roles`: on which references the verdict rests. `exclude`: patterns of paths that are not read. `names`: what a
    name used here stands for, where the catalog cannot know it (an alias, a bucket): name to model or license id.
    `models`: what is loaded here though no file names it; None where nobody has said so. `strict`: a file that may load
    a model and was not read is a question.
    """

    fail_on: str | None = None
    roles: tuple[ReferenceRole, ...] = (ReferenceRole.LOAD,)
    exclude: tuple[str, ...] = ()
    baseline: str | None = None
    names: Mapping[str, str] | None = None
    models: tuple[str, ...] | None = None
    strict: bool = False


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
        raise _wrong("not a mapping", path, text)
    for name in section:
        if name not in ("fail_on", "roles", "exclude", "baseline", "names", "models", "strict"):
            known = "baseline, exclude, fail_on, models, names, roles, strict"
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
        raise _wrong("baseline: not a file name", path, text, "baseline")
    names = section.get("names") or {}
    if not isinstance(names, dict):
        raise _wrong("names: not a mapping of names to models", path, text, "names")
    strict = section.get("strict", False)
    if not isinstance(strict, bool):
        raise _wrong("strict: is neither true nor false", path, text, "strict")
    return ScanSettings(
        fail_on=fail_on,
        models=_texts(section, "models", path, text) if "models" in section else None,
        strict=strict,
        roles=tuple(ReferenceRole(role) for role in _texts(section, "roles", path, text)) or (ReferenceRole.LOAD,),
        exclude=_texts(section, "exclude", path, text),
        baseline=baseline,
        names={str(name): str(model) for name, model in names.items()},
    )


def _texts(section: Mapping[str, Any], name: str, path: Path, text: str) -> tuple[str, ...]:
    value = section.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _wrong(f"{name}: not a list of texts", path, text, name)
    return tuple(value)


def _wrong(message: str, path: Path, text: str, *where: str) -> ProfileError:
    spot = find_line(text, path=[SECTION, *where]) if path.suffix != ".toml" else None
    line, column = spot or (None, None)
    return ProfileError(f"{SECTION}: {message}", Place(path=str(path), line=line, column=column))
