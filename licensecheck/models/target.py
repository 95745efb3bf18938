"""A target made into a subject: whatever it is, everything at hand that speaks about its license."""

from __future__ import annotations

import os
from pathlib import Path

from licensecheck.catalog.model_entries import unknown_model
from licensecheck.domain.subject import LIBRARY_PREFIX, Role, Subject
from licensecheck.errors import SourceError
from licensecheck.models.files import (
    DATA_LICENSE,
    SourceSettings,
    find_snapshot,
    holds_weights,
    is_repository_id,
    looks_like_model_id,
    model_of_path,
    name_of_file,
    name_of_folder,
    read_document,
    role_of,
    snapshot_at,
)
from licensecheck.models.license_names import known_license, known_model
from licensecheck.models.target_evidence import TargetEvidence, read_header
from licensecheck.text.io import place_in_repository


def role_for(path: Path) -> Role:
    """What a single file is to be read as: by its name, else a card if it is Markdown, else a license text."""
    role = role_of(path.name)
    if role is not None and role.role != DATA_LICENSE:
        return Role(role.role)
    return Role.CARD if path.suffix.lower() in (".md", ".markdown") else Role.LICENSE


_DEFAULTS = SourceSettings()


def load_subject(target: str, *, settings: SourceSettings = _DEFAULTS) -> Subject:
    """The subject that a target means: a folder, a card, license text or weight file, a license or model id.

    SourceError where there is no such file and the name cannot be one of a license or model.
    """
    path = Path(target)
    if os.path.exists(target):  # unlike that of Path, False for a name that no file can have
        return _load_folder(path, target, settings) if path.is_dir() else _load_file(path, target, settings)
    return _load_named(target, settings)


def _load_folder(path: Path, target: str, settings: SourceSettings) -> Subject:
    from licensecheck.models.folder import collect_folder  # a check by id has no use for the readers

    resolved = path.absolute()
    snapshot = snapshot_at(resolved, revision=settings.revision)
    if snapshot is None:
        if model_of_path(resolved) is not None and resolved.name.startswith("models--"):
            raise SourceError(f"{target}: the cache folder holds no snapshot that could be read")
        name = name_of_folder(resolved)
        gathered = collect_folder(path, name=name, settings=settings)
        gathered.place = place_in_repository(path)
        return gathered.subject(target)
    gathered = collect_folder(snapshot.folder, name=snapshot.model, settings=settings)
    gathered.note_absent(snapshot.absent)
    return gathered.subject(target)


def _load_file(path: Path, target: str, settings: SourceSettings) -> Subject:
    from licensecheck.models.stores import gather_store, store_of_manifest

    gathered = TargetEvidence(name=name_of_file(path.absolute()), folder=None, settings=settings)
    gathered.place = place_in_repository(path.absolute().parent)
    store = store_of_manifest(path)
    if store is not None:
        gather_store(gathered, store)
        return gathered.subject(target)
    if read_header(gathered, path, target, strict=True) and (holds_weights(path.name) or gathered.says_something):
        return gathered.subject(target)
    if holds_weights(path.name):
        gathered.notes.append(
            f"{target} is a file of weights of a format whose header is not read: it is not a license text."
        )
        return gathered.subject(target)
    role = role_for(path)
    reading = read_document(path, shown=target, role=role, strict=True)
    if reading.note:
        gathered.notes.append(reading.note)
    if reading.document is not None:
        gathered.add_document(reading.document)
    return gathered.subject(target)


def _load_named(target: str, settings: SourceSettings) -> Subject:
    if target.startswith(LIBRARY_PREFIX):
        from licensecheck.models.library_weights import library_target

        return library_target(target)
    record = None if "/" in target else known_license(target)
    if record is not None:
        return Subject(target=target, name=None, declared=(target,), record_ids=(record.id,))
    entry = known_model(target)
    model = entry.model if entry is not None and entry.certain else target
    folder = _fetched(model, settings)
    if folder is not None:
        from licensecheck.models.folder import collect_folder

        gathered = collect_folder(folder, name=model, settings=settings)
    elif entry is not None or (looks_like_model_id(target) and not holds_weights(target)):
        gathered = TargetEvidence(name=model, folder=None, settings=settings)
        if entry is None:
            gathered.notes.append(f"{target} is {unknown_model(target)}.")
    else:
        raise SourceError(f"{target}: there is no such file, and no license or model of this name is known")
    gathered.add_catalog(entry)
    return gathered.subject(target)


def _fetched(model: str, settings: SourceSettings) -> Path | None:
    """The folder of a model in one of the caches, or fetched into the cache where the network may be used."""
    if not looks_like_model_id(model) and not (is_repository_id(model) and known_model(model)):
        return None
    for cache in settings.caches:
        snapshot = find_snapshot(model, cache, revision=settings.revision)
        if snapshot is not None:
            return snapshot.folder
    if settings.hub is None:
        return None
    from licensecheck.models.hub import fetch_model

    return fetch_model(model, settings.hub, revision=settings.revision)
