"""The deployment profile from a file: every fault told, with its place, in words a product manager understands.

The same rules stand as JSON Schema in `schemas/profile.schema.json` for editors; a test holds the two together. No
schema library is loaded here, since this runs in a commit hook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from licensecheck.errors import Faults, ProfileError
from licensecheck.load.profile_fields import PARTS
from licensecheck.load.profile_values import Problem, read_fields
from licensecheck.load.tomlfile import parse_section
from licensecheck.load.yamlfile import find_line, parse_yaml
from licensecheck.model.profile import (
    Approval,
    Deployment,
    Derivatives,
    Materials,
    Organization,
    Policy,
    Profile,
)
from licensecheck.place import Place
from licensecheck.text.decode import read_text

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
    text = read_text(path).text
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
    values = read_fields(data, PARTS, (), problems)
    if problems:
        raise _faults(problems, path=path, text=text, root=root)
    return _build(values, path)


def change_profile(profile: Profile, path: str, value: str) -> Profile:
    """The profile with one field set to a value written in YAML; faults as in a file."""
    section, _, field = path.partition(".")
    data = parse_yaml(value, path=path, error=ProfileError)
    problems: list[Problem] = []
    values = read_fields({section: {field: data}}, PARTS, (), problems)
    if problems or section not in CLASSES:
        raise ProfileError("; ".join(problem.message for problem in problems) or f"{section}: no section to change")
    part: Any = getattr(profile, section)
    parts: dict[str, Any] = {section: replace(part, **{field: values[section].get(field)})}
    return replace(profile, **parts)


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
