"""The base models that a target descends from, hop by hop: through the catalog, local folders and the cache."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence

from licensecheck.domain.subject import Ancestor
from licensecheck.frozen import dataclass
from licensecheck.models.license_names import known_license, known_model

MAX_HOPS = 60
"""How many base models are followed before the chain is cut; merges of twenty models are real, loops must end."""
BY_NAME = "the model's name"
"""Where a license family was found that only a name shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base model as some source names it, and how the target was made from it.

    `licenses` are filled where only a family is known, by a name that shows what a model was made from.
    """

    model: str
    named_in: str
    relation: str | None = None
    line: int | None = None
    licenses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a card at hand says of a base model: its licenses, its own bases, and where it lies."""

    licenses: tuple[str, ...]
    base_models: tuple[str, ...]
    relation: str | None
    path: str


FindCard = Callable[[str], Declared | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The ancestors in the order of their depth, and what could not be followed."""

    ancestors: tuple[Ancestor, ...] = ()
    notes: tuple[str, ...] = ()


def trace(bases: Sequence[Base], *, own: Collection[str], find_card: FindCard) -> Lineage:
    """Every ancestor of a model whose bases these are, each once and at its least depth; `own` are its own names."""
    names = {name.lower() for name in own}
    seen = set(names)
    found: list[Ancestor] = []
    notes: list[str] = []
    waiting = deque((base, 1) for base in bases)
    while waiting:
        base, depth = waiting.popleft()
        if base.model.lower() in seen:
            if base.model.lower() in names and depth > 1:
                notes.append(f"The base models form a circle: {base.named_in} leads back to {base.model}.")
            continue
        if len(found) == MAX_HOPS:
            notes.append(f"More than {MAX_HOPS} base models; the rest was not followed.")
            break
        seen.add(base.model.lower())
        ancestor, further = _hop(base, depth, find_card)
        found.append(ancestor)
        waiting.extend((next_base, depth + 1) for next_base in further)
    return Lineage(ancestors=tuple(found), notes=tuple(notes))


def _hop(base: Base, depth: int, find_card: FindCard) -> tuple[Ancestor, list[Base]]:
    card = find_card(base.model)
    entry = known_model(base.model)
    licenses, source = base.licenses, BY_NAME if base.licenses else None
    further: list[Base] = []
    sure = True
    if entry is not None and not licenses:
        licenses, source, sure = entry.licenses, "model catalog", entry.certain
        if not licenses and entry.made_from is not None:
            licenses, source = (entry.made_from,), BY_NAME
        further = [Base(model=model, named_in="model catalog", relation=entry.relation) for model in entry.bases]
    if card is not None:
        licenses, source = _joined(licenses, card.licenses), card.path
        sure = sure or bool(card.licenses)
        further += [Base(model=model, named_in=card.path, relation=card.relation) for model in card.base_models]
    ancestor = Ancestor(
        model=base.model,
        relation=base.relation,
        license=licenses[0] if licenses else None,
        licenses=licenses,
        declared_in=source if licenses else None,
        named_in=base.named_in,
        depth=depth,
        known=bool(licenses) and source != BY_NAME and sure,
    )
    return ancestor, further


def _joined(catalog: Iterable[str], card: Iterable[str]) -> tuple[str, ...]:
    """The licenses of both sources, a license that both name once and by the name of the catalog."""
    names = list(catalog)
    ids = {record.id for name in names if (record := known_license(name))}
    for name in card:
        record = known_license(name)
        if record is None or record.id not in ids:
            names.append(name)
    return tuple(dict.fromkeys(names))
