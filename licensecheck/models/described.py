"""A model that a row of a list describes: its metadata and texts are at hand, its files are not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.records import built_index
from licensecheck.domain.subject import Document, Role, Subject
from licensecheck.errors import TextError
from licensecheck.frozen import dataclass, field
from licensecheck.lazy import re
from licensecheck.models.files import DATA_LICENSE, SourceSettings, role_of, text_document
from licensecheck.models.license_names import known_model
from licensecheck.models.target_evidence import TargetEvidence

_WORDS = re.compile(
    r"([a-z]{3,})((?:[-_. ]?\d{1,2}(?:[._]\d{1,2})?(?![a-z0-9]))?"
    r"(?:[-_ ](?:instruct|chat|base|it|\d+(?:\.\d+)?[bm])(?![a-z0-9]))*)"
)
"""A word of a name, and the version, size and kind that may follow it."""
_PARTS = re.compile(r"[-_. /]+")
MAX_CARD = 8_000_000
"""How many characters a card may have, as many as a file that is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a row says of a model. `card` is the whole card, `metadata` what a card without its text would declare.

    `files` are the texts that lie beside the card, by their paths; `gated` is None where the row does not say.
    """

    id: str
    card: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    gated: bool | None = None


def load_described(described: Described) -> Subject:
    """The subject that a row makes; nothing is looked up but the catalog. TextError where a card is too long."""
    card = described.card if described.card is not None else "".join(_front_matter(described.metadata))
    if len(card) > MAX_CARD:
        raise TextError(f"{described.id}: the card is larger than {MAX_CARD // 1_000_000} MB")
    gathered = TargetEvidence(name=described.id, folder=None, settings=SourceSettings())
    if card:
        gathered.add_document(text_document(card, shown="card", role=Role.CARD))
    for document in _documents(described.files):
        gathered.add_document(document)
    if "/" in described.id:
        gathered.add_catalog(known_model(described.id))
    return gathered.subject(described.id)


def name_traits(model: str) -> tuple[Any, ...]:
    """What the name of a model may add to its metadata: its entry in the catalog, and the words of families in it."""
    entry = known_model(model) if "/" in model else None
    shown: tuple[Any, ...] = ()
    if entry is not None:
        known = entry.model if entry.model.lower() not in model.lower() else None
        shown = known, entry.resolved.value, entry.licenses, entry.bases, entry.relation, entry.note
    base = model.rpartition("/")[2].lower()
    families = _family_words()
    telling = tuple(word + follows for word, follows in _WORDS.findall(base) if word in families)
    parts = set(_PARTS.split(model.lower())) | set(model.lower().split("-"))
    relation = next((name for name, words in _relation_words() if words & parts), None)
    return shown, telling, bool(telling) and base.startswith(telling[0]), relation


@per_catalog
def _relation_words() -> list[tuple[str, frozenset[str]]]:
    """For each way in which a model is made from another, the words by which a name shows it."""
    relations = load_vocabulary("relations")["relations"]
    return [(name, frozenset(map(str, signs["words"]))) for name, signs in relations.items()]


@per_catalog
def _family_words() -> frozenset[str]:
    """The words by which families of models and licenses are called."""
    words = [word for _, contains in built_index().find("models", "families") or () for word in contains]
    names = (*words, *built_index().keys("family"), *built_index().keys("name"))
    return frozenset(found[1] for name in names if (found := _WORDS.search(name)))


def _front_matter(metadata: Mapping[str, Any]) -> Iterator[str]:
    """The metadata as the head of a card, a key a line: JSON is YAML."""
    if metadata:
        yield "---\n"
        for key, value in metadata.items():
            yield f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
        yield "---\n"


def _documents(files: Mapping[str, str]) -> Iterator[Document]:
    for name, text in sorted(files.items()):
        role = role_of(name)
        if role is not None and role.role not in (DATA_LICENSE, Role.CARD.value):
            yield text_document(text, shown=name, role=Role(role.role))
