"""Weights that lie in a repository: what their headers say of license and base is a reference like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from licensecheck.errors import LicenseCheckError, SourceError
from licensecheck.model.reference import Reference, ReferenceRole
from licensecheck.text.regular import open_regular

SUFFIXES = (".gguf", ".safetensors")
SYNTAX = "header of weights"
_POINTER = b"version https://git-lfs"


def weight_references(root: Path, paths: Iterable[str]) -> Iterator[Reference]:
    """A reference for each file of weights whose header names a license or a base model."""
    for path in paths:
        if path.lower().endswith(SUFFIXES):
            found = _reference(root, path)
            if found is not None:
                yield found


def _reference(root: Path, path: str) -> Reference | None:
    from licensecheck.sources.header import header_reader

    reader = header_reader(Path(path).name)
    if reader is None or _is_pointer(root / path):
        return None
    try:
        header = reader(root / path, path)
    except (LicenseCheckError, OSError):
        return None
    model = next(iter(header.base_models), None) or header.name
    if model is None or not (header.licenses or header.license_texts or header.base_models):
        return None
    return Reference(path=path, line=1, model=model, role=ReferenceRole.LOAD, syntax=SYNTAX, name=model)


def _is_pointer(path: Path) -> bool:
    try:
        with open_regular(path) as file:
            return file.read(len(_POINTER)) == _POINTER
    except SourceError:
        return True
