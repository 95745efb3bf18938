"""A model folder read wholly: card, licenses, policies, notices, headers, settings, and texts that read like terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.subject import Document, Doubt, Role
from licensecheck.errors import LicenseCheckError
from licensecheck.lazy import re
from licensecheck.models.files import (
    DATA_LICENSE,
    FolderFile,
    Listing,
    SourceSettings,
    holds_weights,
    list_files,
    read_document,
    sidecar_of,
)
from licensecheck.models.license_names import known_model
from licensecheck.models.stores import find_store, gather_store
from licensecheck.models.target_evidence import TargetEvidence, read_header
from licensecheck.models.term_sentences import TermSentences, term_sentences
from licensecheck.text.io import decode, read_bytes

MAX_FILES = 1_000
"""How many documents of a folder are read; the largest collection of licenses with a model has some hundreds."""
MAX_TEXT = 400_000
"""How many characters of a text without a telling name are looked at; the longest license has half of them."""
MAX_SENTENCES = 400
"""A text of more sentences, none of which reads like terms, is data or a book."""
_UNREAD_QUESTION = "What do the files that were not read ask, allow or forbid?"


def collect_folder(folder: Path, *, name: str | None, settings: SourceSettings) -> TargetEvidence:
    """Everything in a folder that speaks about the license of the model in it."""
    gathered = TargetEvidence(name=name, folder=folder, settings=settings)
    store = find_store(folder)
    if store is not None:
        gather_store(gathered, store)
    listing = list_files(folder)
    gathered.paths = listing.paths
    documents = sorted((file for file in listing.files if file.role is not None), key=_is_second_card)
    for_weights = any(file.role is not None and file.role.model for file in documents)
    for file in documents[:MAX_FILES]:
        _add_named(gathered, file, for_weights=for_weights)
    for file in listing.files:
        if file.role is None and not file.judged:
            _add_header(gathered, file)
    for file in listing.files:
        if file.judged:
            _add_judged(gathered, file)
    if len(documents) > MAX_FILES:
        _add_unread(gathered, len(documents) - MAX_FILES)
    for reason in listing.left_out:
        gathered.notes.append(f"Not read: {reason}.")
        gathered.doubts.append(_left_out(reason, folder))
    gathered.doubts.extend(_weights_elsewhere(gathered, listing))
    if not gathered.documents and not gathered.headers and not gathered.further_cards:
        gathered.notes.append("The folder holds no card, license, policy or header.")
    return gathered


def _is_second_card(file: FolderFile) -> bool:
    """True for a card that is no README: where both lie there, the metadata stands in the README."""
    return file.role is not None and file.role.role == "card" and not file.path.name.lower().startswith("readme")


def _left_out(reason: str, folder: Path) -> Doubt:
    return Doubt(
        kind="unread-license",
        message=f"Not everything in the folder was looked at: {reason}.",
        question=_UNREAD_QUESTION,
        key=f"{folder.name}.left-out",
    )


def _add_unread(gathered: TargetEvidence, count: int) -> None:
    """Put down that files were not read, so that what they state is asked for."""
    reason = f"hold more than the {MAX_FILES} files that are read of one folder"
    shown = f"{count} further files"
    gathered.add_document(Document(path=shown, role=Role.LICENSE, text="", sha256="", unread=reason))
    gathered.notes.append(f"{shown} were not read: the folder has more than {MAX_FILES} that speak about licenses.")


# Files whose name says what they are.


def _add_named(gathered: TargetEvidence, file: FolderFile, *, for_weights: bool) -> None:
    assert file.role is not None
    if file.foreign is not None:
        gathered.notes.append(
            f"{file.shown} lies with the work of others or with data, and was not read as the model's."
        )
    elif file.role.role == DATA_LICENSE:
        gathered.notes.append(f"{file.shown} is the license of data, not of the model, and was not read.")
    else:
        _add(gathered, file, for_weights=for_weights)


def _add(gathered: TargetEvidence, file: FolderFile, *, for_weights: bool) -> None:
    """Add one document; a plain license beside one that says it is the weights' is taken for the code's."""
    assert file.role is not None
    role = Role(file.role.role)
    if role is Role.LICENSE and for_weights and not file.role.model:
        role = Role.CODE_LICENSE
        gathered.notes.append(
            f"{file.shown} is read as the license of the code: another file names itself the weights'."
        )
    reading = read_document(file.path, shown=file.shown, role=role)
    if reading.note:
        gathered.notes.append(reading.note)
    if reading.document is None:
        return
    if role is Role.CARD and gathered.examined is not None:
        _add_supplementary(gathered, reading.document, term_sentences(reading.document.text[:MAX_TEXT]))
    elif role is Role.LICENSE and _stands_in_for_a_license(reading.document.text):
        gathered.notes.append(f"{file.shown} says that no license file was found: it is not a license text.")
    else:
        gathered.add_document(reading.document)


def _stands_in_for_a_license(text: str) -> bool:
    """True for the sentence that an exporter writes where it finds no license file."""
    return len(text) < 2_000 and _words("no_license").search(text) is not None


# Headers and settings.


def _add_header(gathered: TargetEvidence, file: FolderFile) -> None:
    described = sidecar_of(file.path.name)
    if described is not None and not holds_weights(described):
        gathered.notes.append(f"{file.shown} is the license of {described} alone, and was not read as the model's.")
        return
    before = len(gathered.headers)
    read_header(gathered, file.path, file.shown, name=file.shown)
    added = gathered.headers[before:]
    if described is not None and not any(header.licenses for header in added):
        reading = read_document(file.path, shown=file.shown, role=Role.LICENSE)
        if reading.document is not None:
            gathered.add_document(reading.document)


# Texts whose name says nothing: their sentences have to show what they are.


def _add_judged(gathered: TargetEvidence, file: FolderFile) -> None:
    """Read a text as terms where it reads like them; of another text what it says of the model counts."""
    reading = read_document(file.path, shown=file.shown, role=Role.POLICY)
    document = reading.document
    if document is None:
        return
    if document.unread is not None:
        gathered.notes.append(f"{file.shown} was not read and may be anything: it {document.unread}.")
        if "/" not in file.shown and file.path.suffix.lower() in (".pdf", ".docx"):
            gathered.doubts.append(_not_read(file, document.unread))
        return
    text = document.text[:MAX_TEXT]
    found = term_sentences(text)
    if len(document.text) > MAX_TEXT:
        gathered.notes.append(f"Of {file.shown} only the first {MAX_TEXT} characters were looked at.")
    if found.are_the_text and not _is_described(file, found):
        role = Role.LICENSE if _words("grants").search(text) else Role.POLICY
        gathered.add_document(Document(path=document.path, role=role, text=document.text, sha256=document.sha256))
        _ask_for_foreign(gathered, document, found)
    elif found.found or found.of <= MAX_SENTENCES:
        _add_supplementary(gathered, document, found)


def _not_read(file: FolderFile, reason: str) -> Doubt:
    """A question for a document beside the card that nobody could read: terms come in such files."""
    return Doubt(
        kind="unread-license",
        message=f"{file.shown} was not read: it {reason}.",
        question=f"What does {file.shown} ask, allow or forbid?",
        key=file.shown,
    )


def _is_described(file: FolderFile, found: TermSentences) -> bool:
    """True for a card by its name: what it says is looked at sentence by sentence."""
    by_name = _words("cards").match(file.path.name.lower()) is not None
    return by_name and (bool(found.foreign) or found.of > len(found.found))


def _add_supplementary(gathered: TargetEvidence, document: Document, found: TermSentences) -> None:
    """Prose beside the card: read as a card, and asked for where it binds in a language that cards are not read in."""
    gathered.add_prose(Document(path=document.path, role=Role.CARD, text=document.text, sha256=document.sha256))
    if not gathered.further_cards[-1].with_issues((), name=None).restrictions:
        _ask_for_foreign(gathered, document, found)


def _ask_for_foreign(gathered: TargetEvidence, document: Document, found: TermSentences) -> None:
    """A question for sentences that bind in a language that is not read."""
    if found.foreign:
        sentence = found.foreign[0]
        start = document.text.find(sentence)
        gathered.doubts.append(
            Doubt(
                kind="unread-license",
                message=f"{document.path} says what could limit the use, in a language that is not read there.",
                question=f"What does {document.path} ask, allow or forbid?",
                key=document.path,
                evidence=(document.passage(start, start + len(sentence)),) if start >= 0 else (),
            )
        )


# A folder of code that fetches its weights: its license is not theirs.


MAX_CODE = 300
"""How many source files are looked through for the models that they load."""
MAX_SOURCE = 200_000


def _weights_elsewhere(gathered: TargetEvidence, listing: Listing) -> Iterator[Doubt]:
    """A question where a folder has code and no weights, declares nothing for a model, and loads one from elsewhere."""
    if listing.weights or not listing.code or not gathered.documents:
        return
    card = gathered.examined.card if gathered.examined is not None else None
    if card is not None and (card.licenses or card.license_name):
        return
    named = dict.fromkeys(_loaded(listing.code[:MAX_CODE]))
    if named or (card is not None and _words("fetched").search(_text_of(gathered, card.path))):
        what = ", ".join(_with_license(model) for model in list(named)[:5]) or "elsewhere"
        yield Doubt(
            kind="unknown-license",
            message=f"The folder holds code and no weights. The weights come from {what}; their license is not here.",
            question="Under which license are the weights that the code loads?",
            key=f"{gathered.name or 'folder'}.weights",
        )


def _text_of(gathered: TargetEvidence, path: str) -> str:
    return next((document.text for document in gathered.documents if document.path == path), "")


def _with_license(model: str) -> str:
    entry = known_model(model)
    return f"{model} ({', '.join(entry.licenses)})" if entry is not None and entry.licenses else model


def _loaded(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        try:
            text = decode(read_bytes(path, limit=MAX_SOURCE), path=path.name).text
        except LicenseCheckError:
            continue
        for found in _words("loads").finditer(text):
            yield found["model"]


@per_catalog
def _words(name: str) -> re.Pattern[str]:
    """An expression of `rules/cards/terms.yaml`."""
    return re.compile("|".join(load_vocabulary("terms")[name]), re.I | re.S)
