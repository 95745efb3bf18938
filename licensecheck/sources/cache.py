"""The cache of the hub: `models--org--name` with `refs`, `snapshots` and, as proof of absence, `.no_exist`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_REPO = re.compile(r"^models--(?P<id>[\w.-]+)$")
_COMMIT = re.compile(r"^[0-9a-f]{40}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One revision of a model in the cache: its id, its folder, and the files that the hub is known not to have."""

    model: str
    folder: Path
    commit: str
    absent: tuple[str, ...] = ()


def model_of_path(path: Path) -> str | None:
    """The id of the model in whose cache folder a path lies."""
    for part in reversed(path.parts):
        found = _REPO.match(part)
        if found:
            return found["id"].replace("--", "/", 1)
    return None


def snapshot_at(path: Path, *, revision: str | None = None) -> Snapshot | None:
    """The snapshot that a path of the cache means: the folder of a model, or one of its snapshots."""
    model = model_of_path(path)
    if model is None:
        return None
    parts = path.parts
    root = Path(*parts[: 1 + max(index for index, part in enumerate(parts) if _REPO.match(part))])
    if path.parent.name == "snapshots" and path.parent.parent == root:
        return _snapshot(model, root, path.name)
    commit = _commit(root, revision) if path == root else None
    return _snapshot(model, root, commit) if commit else None


def find_snapshot(model: str, cache: Path, *, revision: str | None = None) -> Snapshot | None:
    """The snapshot of a model in a cache folder, or None."""
    root = cache / f"models--{model.replace('/', '--')}"
    commit = _commit(root, revision) if root.is_dir() else None
    return _snapshot(model, root, commit) if commit else None


def _commit(root: Path, revision: str | None) -> str | None:
    """The commit that a revision names; without one that of `main`, else the only snapshot there is."""
    if revision is not None and _COMMIT.match(revision):
        return revision if (root / "snapshots" / revision).is_dir() else None
    wanted = revision or "main"
    if ".." in wanted or wanted.startswith("/"):
        return None
    try:
        commit = (root / "refs" / wanted).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        commit = ""
    if commit and "/" not in commit and (root / "snapshots" / commit).is_dir():
        return commit
    snapshots = sorted(path.name for path in (root / "snapshots").glob("*") if path.is_dir())
    return snapshots[0] if revision is None and len(snapshots) == 1 else None


def _snapshot(model: str, root: Path, commit: str) -> Snapshot:
    proofs = root / ".no_exist" / commit
    absent = sorted(str(path.relative_to(proofs)) for path in proofs.rglob("*") if path.is_file())
    return Snapshot(model=model, folder=root / "snapshots" / commit, commit=commit, absent=tuple(absent))
