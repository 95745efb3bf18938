"""One model card, read wholly: its fields, what its prose says, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from licensecheck.domain.subject import Ancestor, Card, Disclosure, Document, Role
from licensecheck.frozen import dataclass, replace
from licensecheck.models.ancestry import Base
from licensecheck.models.base_models import (
    bases_of_name,
    find_prose_bases,
    shown_by_name,
    with_version_named,
)
from licensecheck.models.card import read_card, texts
from licensecheck.models.claims import find_disclosures
from licensecheck.models.doubts import Doubtful, find_doubts, metadata_sentences, stray_bases, stray_licenses
from licensecheck.models.files import text_document
from licensecheck.models.front_matter import FrontMatter, split_front_matter
from licensecheck.models.issues import Facts, find_issues, find_limits
from licensecheck.models.license_names import NO_NAMES, known_license, known_model, licenses_of_value
from licensecheck.models.mentions import (
    LicenseMention,
    Named,
    declared_licenses,
    find_namings,
    find_other_license,
    prose_word,
)
from licensecheck.models.prose import Sentence, gate_sentences, read_sentences
from licensecheck.models.restrictions import find_restrictions
from licensecheck.models.training_data import find_data_terms
from licensecheck.models.weights import model_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnalysis:
    """A card with everything that its text gave, but for what needs the base models.

    `bases` are the base models of metadata, prose and name; `declared` the license names that count for the model.
    """

    front: FrontMatter
    card: Card
    documents: tuple[Document, ...]
    sentences: tuple[Sentence, ...] = ()
    license_mentions: tuple[LicenseMention, ...] = ()
    bases: tuple[Base, ...] = ()
    declared: tuple[str, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()

    def with_issues(self, ancestors: Sequence[Ancestor], *, name: str | None) -> Card:
        """The card with everything that is wrong with it, its base models known."""
        facts = Facts(
            front=self.front,
            card=self.card,
            sentences=self.sentences,
            license_mentions=self.license_mentions,
            ancestors=ancestors,
            name=name or self.card.title,
            restrictions=find_restrictions(self.sentences, name=name or self.card.title, title=self.card.title),
        )
        family = None
        if not ancestors:
            others = (*texts(self.front.values.get("model_name")), *texts(self.front.values.get("model-index")))
            family = shown_by_name(self.card, name=name, sentences=self.sentences, others=others)
        doubtful = Doubtful(
            front=self.front,
            card=self.card,
            sentences=self.sentences,
            license_mentions=self.license_mentions,
            name=facts.name,
            family=family,
            has_no_base=not ancestors,
        )
        return replace(
            self.card,
            issues=find_issues(facts),
            restrictions=find_limits(facts),
            doubts=find_doubts(doubtful),
            data_terms=find_data_terms(self.card, self.sentences),
        )


def analyse_card(document: Document, *, name: str | None) -> CardAnalysis:
    """What a card says, its issues included; `name` is the model's own where its folder tells it."""
    front = split_front_matter(document.text)
    card = read_card(front, path=document.path, name=name)
    documents = [document]
    gate = _terms_of_gate(_gate_words(card))
    if gate:
        documents.append(text_document(gate, shown=f"{document.path} (gate text)", role=Role.GATE))
    sentences = read_sentences(front.body, first_line=front.body_line)
    in_gate = [*_gate_sentences(front, card), *metadata_sentences(front)]
    own = name or card.title
    license_mentions = find_namings((*sentences, *in_gate), name=own)
    return CardAnalysis(
        front=front,
        card=card,
        documents=tuple(documents),
        sentences=(*sentences, *in_gate),
        license_mentions=tuple(license_mentions),
        bases=_bases(front, card, sentences, name=own),
        declared=_declared_with_prose(front, card, license_mentions),
        disclosures=find_disclosures(card, sentences, front.body),
    )


def _gate_sentences(front: FrontMatter, card: Card) -> list[Sentence]:
    """The sentences of the gate, on the line on which its metadata begins."""
    line = next((line for key, line in front.lines.items() if key.startswith("extra_gated")), 1)
    return gate_sentences(_gate_words(card), line=line)


def _terms_of_gate(gate: str) -> str:
    """The text of a gate that sets terms, without the sentences that only ask who is there and tell how to get in."""
    binds = False
    for sentence in gate_sentences(gate, line=1):
        text = sentence.text
        if prose_word("gate_enters").search(text):
            gate = gate.replace(sentence.raw, " " * len(sentence.raw), 1)
        elif prose_word("gate_binds").search(text) and not prose_word("gate_asks").search(text):
            binds = True
    return gate if binds else ""


def _gate_words(card: Card) -> str:
    """The text of the gate, and what a person who asks for access has to tick: those are conditions too."""
    ticked = [name for name, kind in card.gate_fields.items() if kind == "checkbox"]
    parts = [card.gate_text or "", "\n".join(ticked)]
    return "\n\n".join(part for part in parts if part.strip())


def _bases(front: FrontMatter, card: Card, sentences: Sequence[Sentence], *, name: str | None) -> tuple[Base, ...]:
    """The base models of the metadata, then those of the prose, last what the name shows."""
    bases = [Base(model=base, named_in=card.path, relation=card.relation) for base in card.base_models]
    bases += [
        Base(model=base, named_in=f"{card.path}, line {line}", relation=card.relation, line=line)
        for base, line in stray_bases(front)
    ]
    bases += find_prose_bases(sentences, name=name, path=card.path)
    if not bases:
        bases += bases_of_name(card, name=name, sentences=sentences)
    own = f"{name or ''} {card.title or ''}"
    return tuple(with_version_named(base, own, sentences) for base in bases)


def _declared_with_prose(front: FrontMatter, card: Card, license_mentions: Sequence[LicenseMention]) -> tuple[str, ...]:
    """The licenses of the metadata, and those that the prose names for the model where it contradicts or is alone."""
    names = list(declared_names(card))
    declared = declared_licenses(card)
    if not names:
        names += [one for name in stray_licenses(front) for one in _resolved(name)]
    other = find_other_license(declared, license_mentions)
    if other is not None:
        names.append(other.license.alias)
    elif not declared:
        names += [naming.license.alias for naming in license_mentions if naming.subject is Named.MODEL]
    return _distinct(names)


def declared_names(card: Card) -> tuple[str, ...]:
    """The license names that the metadata declares, `other` and its like replaced by the name or link beside them."""
    names = [name for name in card.licenses if name.strip().lower() not in NO_NAMES]
    named = card.license_name is not None and card.license_name.strip().lower() not in NO_NAMES
    if card.license_name is not None and named:
        names.append(card.license_name)
    names = [one for name in names for one in _resolved(name)]
    if not names or not any(known_license(name) for name in names):
        names.extend(_linked(card.license_link))
    if not names:
        names.extend(tag.partition(":")[2] for tag in card.tags if tag.startswith("license:"))
    return _distinct(names)


def _resolved(name: str) -> tuple[str, ...]:
    """The licenses that a value means, by the ids of their records; the value itself where none is known."""
    if known_license(name) is not None:
        return (name,)
    return tuple(one.record.id if one.record is not None else name for one in licenses_of_value(name))


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
