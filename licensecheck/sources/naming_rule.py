"""Whether the name of a derivative keeps the naming rules of its own license and of its base models' licenses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from licensecheck.model.record import Record, Resolution
from licensecheck.model.subject import Ancestor
from licensecheck.sources.base_conflict import records_of
from licensecheck.sources.known import known_model
from licensecheck.sources.license_names import LicenseName


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenNaming:
    """The license that prescribes a word for names, where the word must stand, and through which base."""

    record: Record
    word: str
    position: str
    ancestor: Ancestor | None = None


def find_broken_naming(
    name: str | None, declared: Sequence[LicenseName], ancestors: Sequence[Ancestor]
) -> BrokenNaming | None:
    """The first naming rule that the name breaks; None where no name is known or no rule applies."""
    if not name:
        return None
    if is_licensors_own(name) and not any(_is_foreign(ancestor, name) for ancestor in ancestors):
        return None
    own = name.rpartition("/")[2]
    return _first(own, ancestors) or _of_declared(own, declared)


def is_licensors_own(name: str) -> bool:
    """True for a model that bears a name given by the licensor itself: the listed original or a re-upload of it."""
    entry = known_model(name)
    if entry is not None and entry.resolved is Resolution.MIRROR and entry.bases:
        entry = known_model(entry.bases[0])
    if entry is None or entry.resolved is Resolution.DERIVATIVE or "/" not in entry.model:
        return False
    owner = entry.model.partition("/")[0].lower()
    return all(base.lower().startswith(f"{owner}/") for base in entry.bases)


def _is_foreign(ancestor: Ancestor, name: str) -> bool:
    """True for a model of another owner from which a model was made that is no mere re-upload of it."""
    entry = known_model(name)
    is_mirror = entry is not None and entry.resolved is Resolution.MIRROR
    owner, slash, _ = ancestor.model.partition("/")
    return bool(slash) and not is_mirror and owner.lower() != name.partition("/")[0].lower()


def _of_declared(own: str, declared: Sequence[LicenseName]) -> BrokenNaming | None:
    for license_name in declared:
        for word, position in naming_terms(license_name.record):
            if license_name.record is not None and not _keeps(own, word, position, license_name.record):
                return BrokenNaming(record=license_name.record, word=word, position=position)
    return None


def _first(own: str, ancestors: Iterable[Ancestor]) -> BrokenNaming | None:
    for ancestor in ancestors:
        for record in records_of(ancestor):
            for word, position in naming_terms(record):
                if not _keeps(own, word, position, record):
                    return BrokenNaming(record=record, word=word, position=position, ancestor=ancestor)
    return None


def naming_terms(record: Record | None) -> Iterator[tuple[str, str]]:
    """The words that a license prescribes for the names of derivatives, and where they must stand.

    A family of licenses prescribes none: its versions differ in it, and which one applies is not known.
    """
    if record is None or record.is_family:
        return
    for term in record.terms or ():
        word, position = term.attributes.get("text"), term.attributes.get("position")
        if term.kind == "model-naming" and isinstance(word, str) and _is_brand(word, record):
            yield word, position if isinstance(position, str) else "anywhere"


def _is_brand(word: str, record: Record) -> bool:
    """True for a word of the licensor's own: other prescriptions on names are of documents, not of models."""
    return _letters(word) in _letters(f"{record.name} {record.steward or ''}") and "license" not in word.lower()


def _keeps(own: str, word: str, position: str, record: Record) -> bool:
    """True where the name keeps the rule, also behind the name of the licensor ("Meta-Llama-3-...")."""
    steward = _letters(record.steward or "")
    return keeps(own, word, position) or (bool(steward) and _letters(own).startswith(steward + _letters(word)))


def keeps(name: str, word: str, position: str) -> bool:
    """True where a name has the word where it must stand, whatever separates its parts."""
    own, wanted = _letters(name), _letters(word)
    return own.startswith(wanted) if position == "prefix" else wanted in own


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
