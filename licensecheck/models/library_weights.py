"""Weights that a library names itself, as a subject: `lib:LIBRARY/NAME`, or what a call of the library loads."""

from __future__ import annotations

from licensecheck.catalog.libraries import find_library, find_weights
from licensecheck.catalog.records import find_record
from licensecheck.domain.libraries import Library, Weights
from licensecheck.domain.licenses import ModelEntry
from licensecheck.domain.subject import LIBRARY_PREFIX, Subject
from licensecheck.errors import SourceError
from licensecheck.models.license_names import known_model


def library_target(target: str) -> Subject:
    """The subject that `lib:LIBRARY/NAME` means; SourceError where no such library is known."""
    name = target.removeprefix(LIBRARY_PREFIX)
    library, weights = _split(name)
    if library is None:
        raise SourceError(f"{target}: no library of this name is known, `licensecheck catalog libraries` lists them")
    if not weights:
        raise SourceError(f"{target}: names no weights; write {LIBRARY_PREFIX}{library.id}/NAME")
    return library_subject(library.id, weights)


def _split(name: str) -> tuple[Library | None, str]:
    """The library and the name of the weights; both may have slashes of their own."""
    parts = name.split("/")
    for cut in (2, 1) if name.startswith("@") else (1,):
        library = find_library("/".join(parts[:cut]))
        if library is not None:
            return library, "/".join(parts[cut:])
    return None, ""


def library_subject(library_id: str, name: str, *, pinned: str | None = None) -> Subject:
    """What is known of weights that a library loads under this name; `pinned` is its version in the repository."""
    target = f"{LIBRARY_PREFIX}{library_id}/{name}"
    library = find_library(library_id)
    weights = find_weights(library, name) if library else None
    entry = known_model(_model_of(weights, name))
    notes = (_note(library, weights, pinned),) if library else ()
    if weights is not None and weights.certain:
        record = find_record(weights.license) if weights.license else None
        declared = weights.license or weights.says or ""
        ids = (record.id,) if record else ()
        return Subject(target=target, name=_model_of(weights, name), declared=(declared,), record_ids=ids, notes=notes)
    return _by_catalog(target, _model_of(weights, name), entry, notes)


def _model_of(weights: Weights | None, name: str) -> str:
    return weights.model if weights and weights.model else name


def _by_catalog(target: str, model: str, entry: ModelEntry | None, notes: tuple[str, ...]) -> Subject:
    """A subject with what the model catalog knows of weights whose license nobody has read in the library."""
    from licensecheck.models.files import SourceSettings
    from licensecheck.models.target_evidence import TargetEvidence

    gathered = TargetEvidence(name=model, folder=None, settings=SourceSettings(), notes=notes)
    gathered.add_catalog(entry if entry is not None and entry.certain else None)
    return gathered.subject(target)


def _note(library: Library, weights: Weights | None, pinned: str | None) -> str:
    version = f"{library.id} {library.version}"
    if weights is None:
        return f"{version} is not known to have weights of this name."
    how = "read" if weights.certain else "not read anywhere, only known by hearsay"
    installed = f" The repository installs {pinned}." if pinned else " No version of it is pinned: the newest is taken."
    return f"The license is {how}: {weights.stated} ({weights.source}; {version}).{installed}"


def load_sentence(library_id: str, name: str, pinned: str | None = None) -> str:
    """What a call loads, and under which license, as a finding says it; `pinned` is the version that is installed."""
    library = find_library(library_id)
    weights = find_weights(library, name) if library else None
    newest = f"no version is pinned, {library.version} is taken" if library else "an unknown library"
    if library is not None and library.ecosystem == "debian":
        call = f"This package of Debian ({pinned or library.version}) brings"
    else:
        call = f"This call of {library_id} ({pinned or newest}) loads"
    if weights is None:
        return f"{call} {name}, whose license is not known."
    shown = f"{name} ({weights.model})" if weights.model and weights.model.lower() != name.lower() else name
    if weights.certain:
        return f"{call} {shown}, which is under {weights.stated} ({weights.source})."
    entry = known_model(_model_of(weights, name))
    if entry is None or not entry.certain or not entry.licenses:
        return f"{call} {shown}, whose license nobody has read; said of it: {weights.stated} ({weights.source})."
    return f"{call} {shown}, which is under {', '.join(entry.licenses)}."
