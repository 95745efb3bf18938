"""What the names in a header show of the base of a model: by address, by name, by architecture, by tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.records import find_record
from licensecheck.domain.licenses import ModelEntry, Resolution
from licensecheck.domain.subject import Doubt
from licensecheck.lazy import re
from licensecheck.models.ancestry import Base
from licensecheck.models.license_names import known_license, known_model
from licensecheck.models.weights import Header, Said, model_id

_SURE = (Resolution.EXACT, Resolution.ALIAS, Resolution.MIRROR, Resolution.PATTERN, Resolution.LISTED)
_REPOSITORY = re.compile(r"^[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*$")
_TAGGED_BASE = re.compile(r"^base_model:(?:(?P<how>adapter|finetune|merge|quantized):)?(?P<model>[\w.-]+/[\w.-]+)$")
_QUESTION = "Which model was this made from, and what does the license of that model hand on?"


@dataclass(slots=True)
class Shown:
    """What a header shows: base models, and families of models of which it names no member."""

    bases: list[Base] = field(default_factory=list)
    families: list[tuple[str, str]] = field(default_factory=list)
    """The license of a family, and the name or tag that shows it."""
    kinds: list[tuple[str, str]] = field(default_factory=list)
    """The license of a family, and the architecture that shows it: of no account where a base model is known."""


def shown_by(header: Header, *, own: Iterable[str]) -> Shown:
    """The base models and families that the names, addresses, architecture and tags of a header show.

    `own` are the names of the target itself: what equals one of them is no base.
    """
    names = _Own(own)
    shown = Shown()
    for said in header.sources:
        _of_address(said, header, names, shown, source=True)
    for said in header.repositories:
        _of_address(said, header, names, shown, source=False)
    for said in (*header.families, *header.names):
        _of_family(said, header, shown)
    for said in header.names:
        _of_name(said, header, names, shown)
    for said in header.tags:
        _of_tag(said, header, names, shown)
    for said in header.architectures:
        license_name = _listed(_table("architectures"), said.value)
        if license_name is not None:
            shown.kinds.append((license_name, _words(header, said)))
    return shown


def family_doubts(families: Sequence[tuple[str, str]], bearing: Iterable[str], *, target: str) -> Iterator[Doubt]:
    """One question for each family of which no license at hand is (`bearing`: those of the model and of its bases)."""
    at_hand = {record.family for name in bearing if (record := known_license(name)) is not None}
    told: set[str] = set()
    for license_name, words in families:
        record = find_record(license_name)
        if record is None or record.family in at_hand or record.family in told:
            continue
        told.add(record.family)
        yield Doubt(
            kind="unknown-base",
            message=f"{words} shows a model of a family under {record.name}; no base model under it is named.",
            question=_QUESTION,
            key=f"{target}.{record.family}",
        )


class _Own:
    """The names of the target, and the catalog entries that they mean."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {_letters(name.rpartition("/")[2]) for name in names}
        found = (known_model(name) for name in names)
        self._models = {entry.model.lower() for entry in found if entry is not None and entry.resolved in _SURE}

    def holds(self, model: str) -> bool:
        return model.lower() in self._models

    def resembles(self, model: str) -> bool:
        """True where a repository bears the target's own name, whoever owns it."""
        name = _letters(model.rpartition("/")[2])
        return any(one and (name.startswith(one) or one.startswith(name)) for one in self._names)


def _of_address(said: Said, header: Header, own: _Own, shown: Shown, *, source: bool) -> None:
    """A source that nobody knows is a base with an unknown license, unless it bears the name of the model itself."""
    model = _repository(said.value)
    if model is None or own.holds(model):
        return
    entry = known_model(model)
    if entry is not None and (entry.licenses or entry.bases or entry.made_from):
        shown.bases.append(_base(model, header, said))
        return
    names = [n.value for n in header.names]
    if source and not own.resembles(model) and not _Own(names).resembles(model):
        shown.bases.append(_base(model, header, said))


def _repository(value: str) -> str | None:
    found = model_id(value)
    if found is not None:
        return found
    entry = known_model(value)
    if entry is not None and entry.resolved in _SURE:
        return entry.model
    return value if _REPOSITORY.match(value) else None


def _of_name(said: Said, header: Header, own: _Own, shown: Shown) -> None:
    for form in dict.fromkeys((said.value.replace(" ", "-"), said.value)):
        entry = known_model(form)
        if entry is None or _is_word(form):
            continue
        if entry.resolved in _SURE:
            model = _original(entry)
            if not own.holds(model):
                shown.bases.append(_base(model, header, said))
            return
    entry = known_model(said.value.replace(" ", "-"))
    if entry is not None and entry.made_from is not None and not entry.licenses:
        shown.families.append((entry.made_from, _words(header, said)))


def _original(entry: ModelEntry) -> str:
    return entry.bases[0] if entry.resolved is Resolution.MIRROR and entry.bases else entry.model


def _is_word(name: str) -> bool:
    """True for a word without a number or an owner, which names a kind of model at best."""
    return name.isalpha() and name.islower() and len(name) < 4


def _of_family(said: Said, header: Header, shown: Shown) -> None:
    """A base as sidecars name it, by a family; of another file's word the family alone is known."""
    license_name = _listed(_table("families"), said.value)
    if license_name is None or find_record(license_name) is None:
        return
    if said in header.families:
        base = Base(model=said.value, named_in=f"{header.path}, {said.key}", licenses=(license_name,))
        shown.bases.append(base)
    else:
        shown.kinds.append((license_name, _words(header, said)))


def _of_tag(said: Said, header: Header, own: _Own, shown: Shown) -> None:
    found = _TAGGED_BASE.match(said.value)
    if found is not None:
        if not own.holds(found["model"]):
            shown.bases.append(_base(found["model"], header, said, relation=found["how"]))
        return
    if not re.search(r"\d", said.value) and _listed(_table("architectures"), said.value) is None:
        return
    entry = known_model(said.value.replace(" ", "-"))
    if entry is not None and (entry.made_from or entry.licenses):
        license_name = entry.made_from or entry.licenses[0]
        shown.families.append((license_name, _words(header, said)))


def _base(model: str, header: Header, said: Said, *, relation: str | None = None) -> Base:
    return Base(model=model, named_in=f"{header.path}, {said.key}", relation=relation or header.relation)


def _words(header: Header, said: Said) -> str:
    return f"{header.path}, {said.key} {said.value[:80]!r},"


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _listed(table: Sequence[tuple[re.Pattern[str], str]], value: str) -> str | None:
    low = value.strip().lower()
    return next((license_name for pattern, license_name in table if pattern.search(low)), None)


@per_catalog
def _table(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry["find"]), entry["license"]) for entry in load_vocabulary("metadata")[name])
