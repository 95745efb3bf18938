"""A target made into a subject: whatever it is, everything at hand that speaks about its license."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from licensecheck.domain.licenses import ModelEntry
from licensecheck.domain.subject import Document, Role, Subject
from licensecheck.errors import LicenseCheckError, SourceError
from licensecheck.models.base_models import Base, Declared, trace
from licensecheck.models.card import read_card
from licensecheck.models.files import (
    DATA_LICENSE,
    FolderFile,
    HubSettings,
    SourceSettings,
    find_snapshot,
    is_repository_id,
    list_files,
    looks_like_model_id,
    model_of_path,
    name_of_file,
    name_of_folder,
    read_document,
    role_of,
    snapshot_at,
    text_document,
)
from licensecheck.models.front_matter import split_front_matter
from licensecheck.models.license_names import NO_NAMES, known_license, known_model
from licensecheck.models.sidecars import header_reader
from licensecheck.models.weights import Header
from licensecheck.text.io import read_text

# The cards of base models that lie at hand: in a folder beside the target, or in a cache of the hub.


class CardFinder:
    """Finds the card of a base model near the folder of the target and in the caches."""

    def __init__(self, folder: Path | None, settings: SourceSettings) -> None:
        self._folder = folder.absolute() if folder is not None else None
        self._settings = settings
        self.notes: list[str] = []

    def find(self, model: str) -> Declared | None:
        """What the card of a model declares, or None where none is at hand."""
        if not looks_like_model_id(model) and not (is_repository_id(model) and known_model(model)):
            return None
        for path in self._places(model):
            found = _declared(path, model)
            if found is not None:
                return found
        return None

    def _places(self, model: str) -> list[Path]:
        owner, _, name = model.rpartition("/")
        folders = []
        if self._folder is not None:
            above = self._folder.parent
            folders = [above.parent / owner / name, above / name]
            folders = [folder for folder in folders if folder != self._folder]
        for cache in self._settings.caches:
            snapshot = find_snapshot(model, cache)
            if snapshot is not None:
                folders.append(snapshot.folder)
        if self._settings.hub is not None and not any((folder / "README.md").is_file() for folder in folders):
            fetched = self._fetched(model, self._settings.hub)
            folders += [fetched] if fetched is not None else []
        return [folder / "README.md" for folder in folders]

    def _fetched(self, model: str, hub: HubSettings) -> Path | None:
        """The folder of a base model fetched from the hub; one that cannot be had stays unknown, with a note."""
        from licensecheck.models.hub import fetch_model

        try:
            return fetch_model(model, hub)
        except SourceError as error:
            self.notes.append(f"The base model {model} could not be fetched: {error.message}.")
            return None


def _declared(path: Path, model: str) -> Declared | None:
    try:
        if not path.is_file():
            return None
        text = read_text(path).text
    except (LicenseCheckError, OSError):
        return None
    from licensecheck.models.card_analysis import declared_names

    card = read_card(split_front_matter(text), path=str(path), name=model)
    return Declared(licenses=declared_names(card), base_models=card.base_models, relation=card.relation, path=str(path))


# What is gathered about one target before it becomes a subject.


if TYPE_CHECKING:
    from licensecheck.models.card_analysis import Examined


@dataclass(slots=True, kw_only=True)
class Pile:
    """The documents, headers, catalog entry and notes on one target; `folder` is where it lies, if it lies anywhere."""

    name: str | None
    folder: Path | None
    settings: SourceSettings
    documents: list[Document] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    examined: Examined | None = None
    entry: ModelEntry | None = None

    def add_document(self, document: Document) -> None:
        """Add a document; of a card also what it says."""
        if document.role is Role.CARD and self.examined is None:
            from licensecheck.models.card_analysis import examine_card

            self.examined = examine_card(document, name=self.name)
            self.documents.extend(self.examined.documents)
        else:
            self.documents.append(document)

    def add_header(self, header: Header) -> None:
        """Add the declarations of a file, its license texts as documents."""
        self.headers.append(header)
        for text in header.license_texts:
            self.documents.append(text_document(text, shown=f"{header.path} (license entry)", role=Role.LICENSE))

    def add_catalog(self, entry: ModelEntry | None) -> None:
        """Add what the model catalog knows of the target itself."""
        self.entry = entry
        if entry is not None and entry.note:
            self.notes.append(entry.note)

    def note_absent(self, absent: Iterable[str]) -> None:
        """Say which license files the hub is known not to have."""
        for name in absent:
            role = role_of(name)
            if role is not None:
                self.notes.append(f"The hub has no {name} for this model (the cache holds the proof).")

    def subject(self, target: str) -> Subject:
        """The subject that the pile makes."""
        declared = self._declared()
        records = (known_license(name) for name in declared)
        finder = CardFinder(self.folder, self.settings)
        lineage = trace(self._bases(), own=self._own_names(), find_card=finder.find)
        examined = self.examined
        return Subject(
            target=target,
            name=self._shown_name(),
            documents=tuple(self.documents),
            card=examined.with_issues(lineage.ancestors, name=self.name) if examined else None,
            declared=declared,
            record_ids=tuple(dict.fromkeys(record.id for record in records if record is not None)),
            lineage=lineage.ancestors,
            disclosures=examined.disclosures if examined else (),
            availability=self._availability(),
            notes=tuple(dict.fromkeys((*self.notes, *self._conflicts(), *finder.notes, *lineage.notes))),
        )

    def _conflicts(self) -> Iterable[str]:
        """Where the files name other licenses than the card."""
        if not self.documents and not self.headers:
            return ()
        from licensecheck.models.issues import find_contradictions

        return find_contradictions(self.examined.card if self.examined else None, self.documents, self.headers)

    def _shown_name(self) -> str | None:
        """What to call the target: the name of its place, else the card's title, else what a header says."""
        title = self.examined.card.title if self.examined else None
        return self.name or title or next((header.name for header in self.headers if header.name), None)

    def _own_names(self) -> tuple[str, ...]:
        """The names under which a base model may point back to the target."""
        names = [self.name] if self.name else []
        if self.folder is not None:
            folder = self.folder.absolute()
            names.append(f"{folder.parent.name}/{folder.name}")
        return tuple(names)

    def _declared(self) -> tuple[str, ...]:
        names = list(self.examined.declared) if self.examined else []
        for header in self.headers:
            names.extend(name for name in header.licenses if name.strip().lower() not in NO_NAMES)
        if self.entry is not None:
            names.extend(self.entry.licenses)
        kept: dict[str, str] = {}
        for name in names:
            record = known_license(name)
            kept.setdefault(record.id if record else name.strip().lower(), name)
        return tuple(kept.values())

    def _bases(self) -> tuple[Base, ...]:
        bases = list(self.examined.bases) if self.examined else []
        for header in self.headers:
            if header.weak and bases:
                continue
            bases.extend(
                Base(model=base, named_in=header.path, relation=header.relation) for base in header.base_models
            )
        if self.entry is not None:
            bases.extend(
                Base(model=base, named_in="model catalog", relation=self.entry.relation) for base in self.entry.bases
            )
        kept: dict[str, Base] = {}
        for base in bases:
            kept.setdefault(base.model.lower(), base)
        return tuple(kept.values())

    def _availability(self) -> str | None:
        if self.entry is not None and self.entry.availability is not None:
            return self.entry.availability.value
        return "gated" if self.examined and self.examined.card.gated else None


def read_header(pile: Pile, path: Path, shown: str, *, strict: bool = False) -> bool:
    """Add the declarations of a file if its kind makes any; a faulty one is told, or raised where `strict`."""
    reader = header_reader(path.name)
    if reader is None:
        return False
    try:
        pile.add_header(reader(path, shown))
    except LicenseCheckError as error:
        if strict:
            raise
        pile.notes.append(f"{shown} {error.message}.")
    return True


def role_for(path: Path) -> Role:
    """What a single file is to be read as: by its name, else a card if it is Markdown, else a license text."""
    role = role_of(path.name)
    if role is not None and role.role != DATA_LICENSE:
        return Role(role.role)
    return Role.CARD if path.suffix.lower() in (".md", ".markdown") else Role.LICENSE


# A model folder read wholly: card, licenses, policies, notices, headers and settings.


MAX_FILES = 1_000
"""How many files of a folder are read; the largest collection of licenses with a model has some hundreds."""


def gather_folder(folder: Path, *, name: str | None, settings: SourceSettings) -> Pile:
    """Everything in a folder that speaks about the license of the model in it."""
    pile = Pile(name=name, folder=folder, settings=settings)
    listed = list(list_files(folder))
    files = listed[:MAX_FILES]
    for_weights = any(file.role is not None and file.role.model for file in files)
    for file in files:
        if file.role is None:
            read_header(pile, file.path, file.shown)
        elif file.role.role == DATA_LICENSE:
            pile.notes.append(f"{file.shown} is the license of data, not of the model, and was not read.")
        else:
            _add(pile, file, for_weights=for_weights)
    if len(listed) > MAX_FILES:
        _add_unread(pile, len(listed) - MAX_FILES)
    if not pile.documents and not pile.headers:
        pile.notes.append("The folder holds no card, license, policy or header.")
    return pile


def _add_unread(pile: Pile, count: int) -> None:
    """Put down that files were not read, so that what they state is asked for."""
    reason = f"hold more than the {MAX_FILES} files that are read of one folder"
    shown = f"{count} further files"
    pile.add_document(Document(path=shown, role=Role.LICENSE, text="", sha256="", unread=reason))
    pile.notes.append(f"{shown} were not read: the folder has more than {MAX_FILES} that speak about licenses.")


def _add(pile: Pile, file: FolderFile, *, for_weights: bool) -> None:
    """Add one document; a plain license beside one that says it is the weights' is taken for the code's."""
    assert file.role is not None
    role = Role(file.role.role)
    if role is Role.CARD and pile.examined is not None:
        return
    if role is Role.LICENSE and for_weights and not file.role.model:
        role = Role.CODE_LICENSE
        pile.notes.append(f"{file.shown} is read as the license of the code: another file names itself the weights'.")
    reading = read_document(file.path, shown=file.shown, role=role)
    if reading.note:
        pile.notes.append(reading.note)
    if reading.document is not None:
        pile.add_document(reading.document)


# A target made into a subject: whatever it is, everything at hand that speaks about its license.


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
    resolved = path.absolute()
    snapshot = snapshot_at(resolved, revision=settings.revision)
    if snapshot is None:
        if model_of_path(resolved) is not None and resolved.name.startswith("models--"):
            raise SourceError(f"{target}: the cache folder holds no snapshot that could be read")
        name = name_of_folder(resolved)
        return gather_folder(path, name=name, settings=settings).subject(target)
    pile = gather_folder(snapshot.folder, name=snapshot.model, settings=settings)
    pile.note_absent(snapshot.absent)
    return pile.subject(target)


def _load_file(path: Path, target: str, settings: SourceSettings) -> Subject:
    pile = Pile(name=name_of_file(path.absolute()), folder=None, settings=settings)
    if read_header(pile, path, target, strict=True):
        return pile.subject(target)
    role = role_for(path)
    reading = read_document(path, shown=target, role=role, strict=True)
    if reading.note:
        pile.notes.append(reading.note)
    if reading.document is not None:
        pile.add_document(reading.document)
    return pile.subject(target)


def _load_named(target: str, settings: SourceSettings) -> Subject:
    record = None if "/" in target else known_license(target)
    if record is not None:
        return Subject(target=target, name=None, declared=(target,), record_ids=(record.id,))
    entry = known_model(target)
    model = entry.model if entry is not None and entry.certain else target
    folder = _fetched(model, settings)
    if folder is not None:
        pile = gather_folder(folder, name=model, settings=settings)
    elif entry is not None or looks_like_model_id(target):
        pile = Pile(name=model, folder=None, settings=settings)
    else:
        raise SourceError(f"{target}: there is no such file, and no license or model of this name is known")
    pile.add_catalog(entry)
    return pile.subject(target)


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
