"""One model card, read wholly: its fields, what its prose says, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from licensecheck.model.subject import Card, Disclosure, Document, Role
from licensecheck.sources.card import read_card
from licensecheck.sources.documents import text_document
from licensecheck.sources.frontmatter import split_front_matter
from licensecheck.sources.header import model_id
from licensecheck.sources.known import NO_NAMES, known_license, known_model
from licensecheck.sources.lineage import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A card with everything that its text gave.

    `bases` are the base models of metadata and prose; `declared` the license names that count for the model.
    """

    card: Card
    documents: tuple[Document, ...]
    bases: tuple[Base, ...] = ()
    declared: tuple[str, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()


def examine_card(document: Document, *, name: str | None) -> Examined:
    """What a card says, its issues included; `name` is the model's own where its folder tells it."""
    front = split_front_matter(document.text)
    card = read_card(front, path=document.path, name=name)
    documents = [document]
    if card.gate_text:
        documents.append(text_document(card.gate_text, shown=f"{document.path} (gate text)", role=Role.GATE))
    bases = tuple(Base(model=base, named_in=document.path, relation=card.relation) for base in card.base_models)
    return Examined(card=card, documents=tuple(documents), bases=bases, declared=declared_names(card))


def declared_names(card: Card) -> tuple[str, ...]:
    """The license names that the metadata declares, `other` and its like replaced by the name or link beside them."""
    names = [name for name in card.licenses if name.strip().lower() not in NO_NAMES]
    named = card.license_name is not None and card.license_name.strip().lower() not in NO_NAMES
    if card.license_name is not None and named:
        names.append(card.license_name)
    if not names or not any(known_license(name) for name in names):
        names.extend(_linked(card.license_link))
    if not names:
        names.extend(tag.partition(":")[2] for tag in card.tags if tag.startswith("license:"))
    return _distinct(names)


def _linked(link: str | None) -> tuple[str, ...]:
    """The licenses of the model in whose repository a link to a license points."""
    linked = model_id(link) if link else None
    entry = known_model(linked) if linked else None
    return entry.licenses if entry is not None and entry.certain else ()


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names without those that mean a license which an earlier one means already."""
    kept: dict[str, str] = {}
    for name in names:
        record = known_license(name)
        kept.setdefault(record.id if record else name.strip().lower(), name)
    return tuple(kept.values())
