"""From a reference to what is known of the model that it names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from licensecheck.catalog.records import find_record
from licensecheck.domain.repository import Reference, ReferenceRole
from licensecheck.domain.subject import Subject
from licensecheck.errors import LicenseCheckError, SourceError
from licensecheck.frozen import replace
from licensecheck.models.files import SourceSettings, role_of
from licensecheck.models.library_weights import library_subject
from licensecheck.models.license_names import known_model
from licensecheck.models.target_evidence import TargetEvidence, read_header
from licensecheck.repository.stores import HUB_CACHE, OLLAMA
from licensecheck.text.io import open_regular

# Weights that lie in a repository: what their headers say of license and base is a reference like any other.


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
    from licensecheck.models.sidecars import header_reader

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


# A model folder in the repository that is loaded by its path.


def with_local_models(references: Iterable[Reference], root: Path) -> Iterator[Reference]:
    """The references; a path that is a model folder of this repository, with a card or license in it, is a load."""
    for reference in references:
        if reference.role is ReferenceRole.LOCAL and local_folder(reference, root) is not None:
            yield replace(reference, role=ReferenceRole.LOAD)
        else:
            yield reference


def local_folder(reference: Reference, root: Path) -> Path | None:
    """The folder of this repository that a reference names, seen from the root or from the file; None where none is."""
    name = reference.name or reference.model
    if not name or name.startswith(("/", "~", "\\")) or "://" in name or ":" in name[:2]:
        return None
    home = Path(os.path.abspath(root))
    for base in (home, (home / reference.path).parent):
        folder = Path(os.path.normpath(base / name))
        if folder != home and folder.is_relative_to(home) and _is_model_folder(folder):
            return folder
    return None


def _is_model_folder(folder: Path) -> bool:
    """True for a folder with a document that speaks about a model: a card with metadata, a license, a policy."""
    try:
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    except (OSError, ValueError):
        return False
    return any(role_of(name) is not None for name in names)


# From a reference to what is known of the model that it names.


def subject_of(reference: Reference, names: Mapping[str, str], root: Path) -> Subject:
    """What the catalog, and the header of weights, know of a model; `names` says what names of this repository mean."""
    library = reference.library or reference.listed_by
    if library is not None and reference.model not in names:
        return library_subject(library, reference.model, pinned=reference.pinned)
    folder = local_folder(reference, root)
    if folder is not None:
        from licensecheck.models.folder import collect_folder  # a scan without model folders has no use for the readers

        gathered = collect_folder(folder, name=folder.name, settings=SourceSettings())
        return gathered.subject(reference.model)
    if reference.syntax in (HUB_CACHE, OLLAMA):
        return _stored(reference, root)
    asked = names.get(reference.model) or names.get(reference.name or "") or reference.name or reference.model
    entry = known_model(asked)
    record = find_record(asked) if entry is None and "/" not in asked and asked in names.values() else None
    if record is not None:
        return Subject(target=reference.model, name=reference.model, declared=(asked,), record_ids=(record.id,))
    name = entry.model if entry is not None and entry.certain else asked
    gathered = TargetEvidence(name=name, folder=None, settings=SourceSettings())
    if reference.syntax == SYNTAX:
        read_header(gathered, root / reference.path, reference.path)
    gathered.add_catalog(entry)
    return gathered.subject(asked)


def _stored(reference: Reference, root: Path) -> Subject:
    """What the files of a model in the hub cache or in a store of Ollama say of it, and the catalog."""
    entry = known_model(reference.model)
    place = root / reference.path
    if reference.syntax == HUB_CACHE:
        from licensecheck.models.folder import collect_folder

        gathered = collect_folder(place, name=reference.model, settings=SourceSettings())
    else:
        from licensecheck.models.stores import gather_store, store_of_manifest

        gathered = TargetEvidence(name=reference.model, folder=None, settings=SourceSettings())
        store = store_of_manifest(place)
        if store is not None:
            gather_store(gathered, store)
    gathered.add_catalog(entry)
    return gathered.subject(reference.model)
