"""A model folder read wholly: card, licenses, policies, notices, headers and settings."""

from __future__ import annotations

from pathlib import Path

from licensecheck.model.subject import Document, Role
from licensecheck.sources.documents import read_document
from licensecheck.sources.files import DATA_LICENSE, FolderFile, list_files
from licensecheck.sources.pile import Pile, read_header
from licensecheck.sources.settings import SourceSettings

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
