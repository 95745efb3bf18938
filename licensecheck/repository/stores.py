"""What lies on a machine: the hub cache and the store of Ollama as references, each model at its folder or manifest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from licensecheck.domain.repository import Reference, ReferenceRole

HUB_CACHE = "hub cache"
OLLAMA = "ollama store"
_PREFIX = "models--"


def store_references(root: Path) -> Iterator[Reference]:
    """A reference for each model of a hub cache or of a store of Ollama; none where the folder is neither."""
    try:
        names = sorted(os.listdir(root)) if root.is_dir() else []
    except OSError:
        return
    if any(name.startswith(_PREFIX) for name in names):
        for name in names:
            yield from _cached(root, name)
    elif "manifests" in names and "blobs" in names:
        yield from _pulled(root)


def _cached(root: Path, name: str) -> Iterator[Reference]:
    """Each snapshot of one model of the hub cache."""
    owner, _, model = name.removeprefix(_PREFIX).partition("--")
    folder = root / name / "snapshots"
    if not name.startswith(_PREFIX) or not model or not folder.is_dir():
        return
    full = f"{owner}/{model}"
    for revision in sorted(each.name for each in folder.iterdir() if each.is_dir()):
        yield Reference(
            path=f"{name}/snapshots/{revision}",
            line=1,
            model=full,
            role=ReferenceRole.LOAD,
            syntax=HUB_CACHE,
            name=full,
            revision=revision,
        )


def _pulled(root: Path) -> Iterator[Reference]:
    """Each manifest of a store of Ollama: `registry/owner/name/tag`."""
    for manifest in sorted((root / "manifests").rglob("*")):
        parts = manifest.relative_to(root / "manifests").parts
        if manifest.is_file() and len(parts) >= 3:
            *_, owner, name, tag = ("library", *parts) if len(parts) == 3 else parts
            model = f"{name}:{tag}" if owner == "library" else f"{owner}/{name}:{tag}"
            place = manifest.relative_to(root).as_posix()
            yield Reference(
                path=place, line=1, model=model, role=ReferenceRole.LOAD, syntax=OLLAMA, name=model, revision=tag
            )
