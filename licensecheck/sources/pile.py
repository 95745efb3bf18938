"""What is gathered about one target before it becomes a subject.

What takes cards and files apart is imported where there are some: a commit hook has only names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from licensecheck.errors import LicenseCheckError
from licensecheck.model.record import ModelEntry
from licensecheck.model.subject import Document, Role, Subject
from licensecheck.sources.card_at import CardFinder
from licensecheck.sources.declaration import Header
from licensecheck.sources.documents import text_document
from licensecheck.sources.files import DATA_LICENSE, role_of
from licensecheck.sources.header import header_reader
from licensecheck.sources.known import NO_NAMES, known_license
from licensecheck.sources.lineage import Base, trace
from licensecheck.sources.settings import SourceSettings

if TYPE_CHECKING:
    from licensecheck.sources.examined import Examined


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
            from licensecheck.sources.examined import examine_card

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
        from licensecheck.sources.contradictions import find_contradictions

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
