"""The name of a model as its place tells it: the hub cache, else the folder it lies in."""

from __future__ import annotations

import re
from pathlib import Path

from licensecheck.model.record import Resolution
from licensecheck.sources.cache import model_of_path
from licensecheck.sources.files import role_of
from licensecheck.sources.known import known_model

_LISTED = (Resolution.EXACT, Resolution.ALIAS, Resolution.PATTERN)
_ID = re.compile(r"^(?:[A-Za-z0-9][\w.-]{0,95}/)?[A-Za-z0-9][\w.-]{0,95}$")


def looks_like_model_id(name: str) -> bool:
    """True for `owner/name` by the rules of the hub; a name without an owner can be anything."""
    return "/" in name and is_repository_id(name)


def is_repository_id(name: str) -> bool:
    """True for what can be a model on the hub; the oldest ones have no owner (`gpt2`)."""
    return bool(_ID.match(name)) and "--" not in name and ".." not in name


def name_of_folder(folder: Path) -> str | None:
    """The model's name from its folder; with its owner where the catalog knows `parent/folder`."""
    cached = model_of_path(folder)
    if cached is not None:
        return cached
    if not folder.name:
        return None
    full = f"{folder.parent.name}/{folder.name}"
    entry = known_model(full) if looks_like_model_id(full) else None
    return full if entry is not None and (entry.certain or entry.resolved in _LISTED) else folder.name


def name_of_file(path: Path) -> str | None:
    """The model's name from the folder of a README; None for a file whose own name says more than its folder."""
    role = role_of(path.name)
    if model_of_path(path) is not None or (role is not None and role.role == "card"):
        return name_of_folder(path.parent)
    return None
