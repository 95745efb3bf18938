"""The deployment profile from a file: every fault told, with its place, in words a product manager understands.

The same rules stand as JSON Schema in `schemas/profile.schema.json` for editors; a test holds the two together. No
schema library is loaded here, since this runs in a commit hook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from licensecheck.catalog.profile_fields import PARTS, Problem, read_fields, tell_wrong
from licensecheck.catalog.records import is_license_name, known_names
from licensecheck.catalog.yaml_files import find_line, hint, parse_section, parse_yaml
from licensecheck.domain.profile import (
    Approval,
    Deployment,
    Derivatives,
    Materials,
    Money,
    Observation,
    Organization,
    Policy,
    Profile,
)
from licensecheck.errors import Faults, LicenseCheckError, Place, ProfileError
from licensecheck.frozen import replace
from licensecheck.lazy import yaml
from licensecheck.text.io import read_text

PROFILE_NAME = "licensecheck.yaml"
"""The file that holds the profile of a repository."""
OTHER_SECTIONS = ("scan",)
"""What else the file may hold: the settings of the scan (`load.scan_settings`)."""
CLASSES = {
    "organization": Organization,
    "deployment": Deployment,
    "derivatives": Derivatives,
    "materials": Materials,
    "policy": Policy,
}
"""Each section of a profile as a dataclass."""


def find_profile(folder: Path) -> Path | None:
    """The profile of a folder: `licensecheck.yaml`, or a `pyproject.toml` with a section for it."""
    own = folder / PROFILE_NAME
    if own.is_file():
        return own
    project = folder / "pyproject.toml"
    if project.is_file() and "[tool.licensecheck" in read_text(project).text:
        return project
    return None


def load_profile(path: Path) -> Profile:
    """The profile in a YAML file or a `pyproject.toml`; ProfileError or Faults where it cannot be used."""
    source = read_text(path)
    return replace(profile_of_text(source.text, path), sha256=source.sha256, text=source.text)


def profile_of_text(text: str, path: Path) -> Profile:
    """The profile that text states; `path` is what faults name, and its suffix tells TOML."""
    if path.suffix == ".toml":
        section = parse_section(text, path=str(path), error=ProfileError)
        return parse_profile(section.get("profile", {}), path=str(path))
    data = parse_yaml(text, path=str(path), error=ProfileError)
    inner = isinstance(data, dict) and "profile" in data
    root = ("profile",) if inner else ()
    if isinstance(data, dict):
        data = {name: value for name, value in data.items() if name not in OTHER_SECTIONS}
    return parse_profile(data["profile"] if inner else data, path=str(path), text=text, root=root)


def parse_profile(data: Any, *, path: str, text: str | None = None, root: tuple[str, ...] = ()) -> Profile:
    """The profile that plain data states; `text` is the YAML it came from, to tell lines."""
    if data is None:
        data = {}
    problems: list[Problem] = []
    values = _values(data, problems)
    if problems:
        raise _faults(problems, path=path, text=text, root=root)
    return _build(values, path)


def change_profile(profile: Profile, path: str, value: str) -> Profile:
    """The profile with one field set to a value written in YAML; faults as in a file."""
    section, _, field = path.partition(".")
    data = parse_yaml(value, path=path, error=ProfileError)
    problems: list[Problem] = []
    values = _values({section: {field: data}}, problems)
    if problems or section not in CLASSES:
        raise ProfileError("; ".join(problem.message for problem in problems) or f"{section}: no section to change")
    part: Any = getattr(profile, section)
    parts: dict[str, Any] = {section: replace(part, **{field: values[section].get(field)})}
    return replace(profile, text=None, **parts)


def _values(data: Any, problems: list[Problem]) -> dict[str, Any]:
    """The values of a profile's sections; denied licenses must be known, since a ban on none would be silent."""
    values = read_fields(data, PARTS, (), problems)
    for i, name in enumerate((values.get("policy") or {}).get("deny_licenses") or ()):
        if name is not None and not name.casefold().startswith("sha256:") and not is_license_name(name):
            expected = f"a license or family of licenses{hint(name.casefold(), known_names())}"
            tell_wrong(name, expected, ("policy", "deny_licenses", i), problems)
    return values


def _build(values: Mapping[str, Any], path: str) -> Profile:
    sections = {name: cls(**values.get(name, {})) for name, cls in CLASSES.items()}
    approvals = tuple(Approval(**approval) for approval in values.get("approvals", ()))
    return Profile(approvals=approvals, path=path, **sections)


def _faults(problems: list[Problem], *, path: str, text: str | None, root: tuple[str, ...]) -> ProfileError | Faults:
    errors = [_error(problem, path=path, text=text, root=root) for problem in problems]
    return errors[0] if len(errors) == 1 else Faults(errors)


def _error(problem: Problem, *, path: str, text: str | None, root: tuple[str, ...]) -> ProfileError:
    spot = find_line(text, path=[*root, *problem.where]) if text is not None else None
    line, column = spot if spot else (None, None)
    return ProfileError(problem.message, Place(path=path, line=line, column=column))


# A profile as YAML that a person can go on editing.


SECTIONS = ("organization", "deployment", "derivatives", "materials", "policy")
HEAD = "# A deployment profile. Every field is optional; what is not given is unknown and becomes a question.\n"


def render_profile(profile: Profile) -> str:
    """The stated fields of a profile as YAML, sections in their usual order."""
    data: dict[str, Any] = {"version": 1}
    for name in SECTIONS:
        section = _stated(getattr(profile, name))
        if section:
            data[name] = section
    if profile.approvals:
        data["approvals"] = [_stated(approval) for approval in profile.approvals]
    return HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)


def _stated(part: Any) -> dict[str, Any]:
    """The fields of a dataclass that hold something; an empty tuple that is a default says nothing."""
    from dataclasses import fields

    values = {field.name: (getattr(part, field.name), field.default) for field in fields(part)}
    return {name: _plain(value) for name, (value, default) in values.items() if value is not None and value != default}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        alone = value[0] if len(value) == 1 else None
        if isinstance(alone, Observation) and alone.as_of is None:
            return alone.value
        if isinstance(alone, Money) and alone.as_of is None:
            return _stated(alone)
        return [_plain(item) for item in value]
    return _stated(value) if isinstance(value, (Observation, Money)) else value


# The texts of the files that a profile names as materials.


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
    if profile.sealed:
        return {}
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
