"""What is gathered about one target before it becomes a subject: documents, headers, further prose, doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from licensecheck.domain.licenses import LicenseClass, ModelEntry
from licensecheck.domain.subject import Ancestor, Document, Doubt, ReleasePart, Role, Subject
from licensecheck.errors import LicenseCheckError, SourceError
from licensecheck.lazy import re
from licensecheck.models.ancestry import Base, Declared, trace
from licensecheck.models.files import (
    HubSettings,
    SourceSettings,
    find_snapshot,
    is_repository_id,
    looks_like_model_id,
    role_of,
    text_document,
)
from licensecheck.models.license_names import known_license, known_model
from licensecheck.text.io import read_text

if TYPE_CHECKING:
    from licensecheck.models.card_analysis import CardAnalysis
    from licensecheck.models.identity import Shown
    from licensecheck.models.weights import Header

RESTRICTED = (LicenseClass.USE_RESTRICTED, LicenseClass.NONCOMMERCIAL, LicenseClass.PROPRIETARY)

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
    from licensecheck.models.card import read_card
    from licensecheck.models.card_analysis import declared_names
    from licensecheck.models.front_matter import split_front_matter

    card = read_card(split_front_matter(text), path=str(path), name=model)
    return Declared(licenses=declared_names(card), base_models=card.base_models, relation=card.relation, path=str(path))


# What is gathered about one target before it becomes a subject.


def _of_provider(entry: ModelEntry) -> Doubt:
    """The agreement under which a model is called at a provider, and which nobody has read here."""
    way = entry.channels[0]
    return Doubt(
        kind="provider-agreement",
        message=f"{entry.asked} is got by way of a {way.name}, whose terms of service bind beside the license.",
        question="Under which agreement with the provider is the model called, and does it permit this use?",
        key=entry.asked,
    )


class TargetEvidence:
    """The documents, headers, catalog entry and notes on one target; `folder` is where it lies, if it lies anywhere.

    `further_cards` is what other prose says than the card: descriptions in headers, cards in other languages, notes.
    `paths` are the files of the folder, by their paths in it; `place` is where they lie in the repository.
    """

    def __init__(
        self, *, name: str | None, folder: Path | None, settings: SourceSettings, notes: Iterable[str] = ()
    ) -> None:
        self.name = name
        self.folder = folder
        self.settings = settings
        self.documents: list[Document] = []
        self.headers: list[Header] = []
        self.notes = list(notes)
        self.doubts: list[Doubt] = []
        self.examined: CardAnalysis | None = None
        self.further_cards: list[CardAnalysis] = []
        self.entry: ModelEntry | None = None
        self.paths: tuple[str, ...] = ()
        self.place: str | None = None

    def add_document(self, document: Document) -> None:
        """Add a document; of a card also what it says."""
        if document.role is Role.CARD and self.examined is None:
            from licensecheck.models.card_analysis import analyse_card

            self.examined = analyse_card(document, name=self.name)
            self.documents.extend(self.examined.documents)
        else:
            self.documents.append(document)

    def add_header(self, header: Header) -> None:
        """Add the declarations of a file, its license texts as documents."""
        self.headers.append(header)
        for text in header.license_texts:
            self.documents.append(text_document(text, shown=f"{header.path} (license entry)", role=Role.LICENSE))

        for said in header.prose:
            self.add_prose(text_document(said.value, shown=f"{header.path}, {said.key}", role=Role.CARD))

    def add_prose(self, document: Document) -> None:
        """Add a text that describes the model beside its card: what it declares, names and forbids counts too."""
        from licensecheck.models.card_analysis import analyse_card

        self.further_cards.append(analyse_card(document, name=self.name))

    @property
    def says_something(self) -> bool:
        """True where a header declares, names or describes anything."""
        return any(h.licenses or h.license_texts or h.base_models or h.names or h.prose for h in self.headers)

    def add_catalog(self, entry: ModelEntry | None) -> None:
        """Add what the model catalog knows of the target itself."""
        self.entry = entry
        if entry is not None and entry.note:
            self.notes.append(entry.note)
        if entry is not None and entry.channels and all("provider" in way.binds for way in entry.channels):
            self.doubts.append(_of_provider(entry))

    def note_absent(self, absent: Iterable[str]) -> None:
        """Say which license files the hub is known not to have."""
        for name in absent:
            role = role_of(name)
            if role is not None:
                self.notes.append(f"The hub has no {name} for this model (the cache holds the proof).")

    def subject(self, target: str) -> Subject:
        """The subject that the gathered makes."""
        declared = self._declared()
        records = (known_license(name) for name in declared)
        record_ids = tuple(dict.fromkeys(record.id for record in records if record is not None))
        shown = list(self._shown())
        finder = CardFinder(self.folder, self.settings)
        lineage = trace(self._bases(shown), own=self._own_names(), find_card=finder.find)
        examined = self.examined
        card = examined.with_issues(lineage.ancestors, name=self.name) if examined else None
        told = [issue.message for issue in card.data_terms] if card else []
        return Subject(
            target=target,
            name=self._shown_name(),
            documents=tuple(self.documents),
            card=card,
            declared=declared,
            record_ids=record_ids,
            lineage=lineage.ancestors,
            disclosures=examined.disclosures if examined else (),
            parts=self._parts(),
            files=len(self.paths),
            availability=self._availability(),
            folder=self.place,
            doubts=tuple(self._doubts(target, declared, lineage.ancestors, shown)),
            notes=tuple(dict.fromkeys((*told[:3], *self.notes, *self._conflicts(), *finder.notes, *lineage.notes))),
        )

    def _shown(self) -> Iterator[Shown]:
        """What each header shows of what the target is."""
        if self.headers:
            from licensecheck.models.identity import shown_by

            yield from (shown_by(header, own=self._all_names()) for header in self.headers)

    def _doubts(
        self, target: str, declared: tuple[str, ...], ancestors: tuple[Ancestor, ...], shown: list[Shown]
    ) -> Iterator[Doubt]:
        """What of all this nobody has settled, each once."""
        names = [name for ancestor in ancestors for name in ancestor.licenses]
        families = [family for one in shown for family in (*one.families, *(() if names else one.kinds))]
        found = [*self.doubts, *self._uncertain_entry(target)]
        if self.examined or self.headers or self.further_cards:
            from licensecheck.models.contradictions import find_doubts

            found += find_doubts(self.examined, self.headers, self.further_cards, self.documents, target=target)
        if self.examined and self.paths:
            from licensecheck.models.named_files import absent_terms

            found += absent_terms(self.examined, self.paths, target=target)
        if families:
            from licensecheck.models.identity import family_doubts

            found += family_doubts(families, (*declared, *names), target=target)
        kept: dict[tuple[str, str], Doubt] = {}
        for doubt in found:
            kept.setdefault((doubt.kind, doubt.key), doubt)
        yield from kept.values()

    def _uncertain_entry(self, target: str) -> Iterator[Doubt]:
        """A question where the license rests on an entry of the catalog alone that nobody has made sure of."""
        entry = self.entry
        if entry is None or entry.certain or not entry.licenses or self._is_stated():
            return
        named = " and ".join(entry.licenses)
        yield Doubt(
            kind="unknown-license",
            message=f"The model catalog lists {entry.model} under {named}, which nobody has made sure of.",
            question=f"Does {entry.model} stand under {named}?",
            key=f"{target}.catalog",
        )

    def _is_stated(self) -> bool:
        """True where a text at hand, a card or a header says under which license the target stands."""
        if any(document.role is Role.LICENSE for document in self.documents):
            return True
        said = [
            *(self.examined.declared if self.examined else ()),
            *(name for h in self.headers for name in licenses_of(h)),
        ]
        return bool(said) or any(further.declared for further in self.further_cards)

    def _conflicts(self) -> Iterable[str]:
        """Where the files name other licenses than the card."""
        if not self.documents and not self.headers:
            return ()
        from licensecheck.models.issues import find_contradictions

        return find_contradictions(self.examined.card if self.examined else None, self.documents, self.headers)

    def _parts(self) -> tuple[ReleasePart, ...]:
        """What card and folder show of the release."""
        if self.examined is None and not self.paths:
            return ()
        from licensecheck.models.release_parts import find_parts

        return find_parts(self.examined, self.paths)

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

    def _all_names(self) -> tuple[str, ...]:
        """Every name of the target, the card's title among them."""
        title = self.examined.card.title if self.examined else None
        return (*self._own_names(), *((title,) if title else ()))

    def _declared(self) -> tuple[str, ...]:
        names = list(self.examined.declared) if self.examined else []
        for header in self.headers:
            names.extend(licenses_of(header))
        for further in self.further_cards:
            names.extend(further.declared)
        if self.entry is not None:
            names.extend(self.entry.licenses)
        kept: dict[str, str] = {}
        for name in names:
            record = known_license(name)
            kept.setdefault(record.id if record else name.strip().lower(), name)
        return tuple(kept.values())

    def _bases(self, shown: list[Shown]) -> tuple[Base, ...]:
        bases = list(self.examined.bases) if self.examined else []
        for header in self.headers:
            if header.weak and bases:
                continue
            bases.extend(
                Base(model=base, named_in=header.at(base), relation=header.relation) for base in header.base_models
            )
        for further in self.further_cards:
            bases.extend(further.bases)
        for one in shown:
            bases.extend(one.bases)
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


def licenses_of(header: Header) -> Iterator[str]:
    """The license names that a header declares, those in its tags among them; a link tells where no name is known."""
    from licensecheck.models.license_values import is_known, names_in, says_nothing

    values = [*header.licenses]
    values += [said.value.partition(":")[2] for said in header.tags if said.value.lower().startswith("license:")]
    values += [said.value for said in header.tags if _is_restricting_license(said.value)]
    names = [name for value in values for name in names_in(value) if not says_nothing(name)]
    yield from names
    if header.license_link:
        from licensecheck.models.doubts import licenses_of_address

        if not any(is_known(name) for name in names):
            yield from (name for name in names_in(header.license_link) if is_known(name))
        yield from (one.alias for one in licenses_of_address(header.license_link, own=None) if one.record is not None)


def _is_restricting_license(tag: str) -> bool:
    """True for a tag that is the name of a restricting license; a number or `nc` in it shows that it is no topic."""
    telling = re.search(r"\d|\bnc\b", tag.lower()) and known_model(tag) is None  # `llama-3` tags its later models too
    record = known_license(tag) if telling else None
    return record is not None and record.license_class in RESTRICTED


def read_header(
    gathered: TargetEvidence, path: Path, shown: str, *, name: str | None = None, strict: bool = False
) -> bool:
    """Add the declarations of a file if its kind makes any; a faulty one is told, or raised where `strict`.

    `name` is the name that tells the kind: the path below a model folder, or that of the file itself.
    """
    from licensecheck.models.sidecars import header_reader  # loads the readers of all formats

    reader = header_reader(name or path.name)
    if reader is None:
        return False
    try:
        gathered.add_header(reader(path, shown))
    except LicenseCheckError as error:
        if strict:
            raise
        gathered.notes.append(f"{shown} {error.message}.")
    return True
