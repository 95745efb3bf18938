"""The base models that a model's own name shows, where its card does not say them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from licensecheck.model.record import ModelEntry
from licensecheck.model.subject import Card
from licensecheck.sources.known import known_model
from licensecheck.sources.lineage import BY_NAME, Base
from licensecheck.sources.prose import Sentence

_BASED = re.compile(r"\b(?:based|built) (?:up)?on (?:the )?")
_TUNED = re.compile(
    r"\b(?:finetun\w*|fine tuned|merge of|lora adapter|quantized version|gguf version|instruction tuned)\b"
)


def bases_of_name(card: Card, *, name: str | None, sentences: Iterable[Sentence]) -> list[Base]:
    """What the model's own name shows: the bases that the catalog lists for it, else the family that it was made from.

    A family counts only where tags, relation or prose bear it out: some names tell of an architecture alone.
    """
    own = name or card.title or ""
    entry = known_model(own)
    if entry is None:
        return []
    bases = [base for base in entry.bases if base.lower().rpartition("/")[2] != own.lower()]
    if bases:
        relation = card.relation or entry.relation
        return [Base(model=base, named_in="model catalog", relation=relation) for base in bases]
    family = made_from(entry)
    if family is None:
        return []
    if card.relation is None and not _tagged(card, family) and not _says_tuned(sentences, own, family):
        return []
    return [Base(model=family, named_in=BY_NAME, relation=card.relation, licenses=(family,))]


def made_from(entry: ModelEntry | None) -> str | None:
    """The license family of the models that an entry only shows to be made from something, or None."""
    return entry.made_from if entry is not None and not entry.licenses else None


def _tagged(card: Card, family: str) -> bool:
    wanted = re.sub(r"[^a-z0-9]", "", family.lower())
    return any(re.sub(r"[^a-z0-9]", "", tag.lower()).startswith(wanted) for tag in card.tags)


def _says_tuned(sentences: Iterable[Sentence], own: str, family: str) -> bool:
    """True where the prose says of the model itself that it was fine-tuned, merged, or based on the family."""
    start = re.sub(r"[^a-z0-9]", "", own.lower().rpartition("/")[2])[:8]
    stem = re.split(r"[^a-z]", family.lower())[0]
    for sentence in sentences:
        plain = re.sub(r"[^a-z0-9 ]", "", sentence.text.lower())
        based = _BASED.search(plain)
        if not _TUNED.search(plain) and not (based and stem in plain[based.end() : based.end() + 40]):
            continue
        if start in plain.replace(" ", "") or "this model" in plain:
            return True
    return False
