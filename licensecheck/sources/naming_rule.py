"""Whether the name of a derivative keeps the naming rules of its own license and of its base models' licenses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from licensecheck.model.record import Record
from licensecheck.model.subject import Ancestor
from licensecheck.sources.base_conflict import records_of
from licensecheck.sources.license_names import LicenseName


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenNaming:
    """The license that prescribes a word for names, the word, where it must stand, and through which base it applies."""

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
    own = name.rpartition("/")[2]
    if any(_repeats(own, ancestor.model) for ancestor in ancestors if not ancestor.licenses or ancestor.known):
        ancestors = tuple(ancestor for ancestor in ancestors if not _repeats(own, ancestor.model))
        return _first(own, ancestors)
    return _first(own, ancestors) or _of_declared(own, declared)


def _of_declared(own: str, declared: Sequence[LicenseName]) -> BrokenNaming | None:
    for license_name in declared:
        for word, position in naming_terms(license_name.record):
            if license_name.record is not None and not keeps(own, word, position):
                return BrokenNaming(record=license_name.record, word=word, position=position)
    return None


def _first(own: str, ancestors: Iterable[Ancestor]) -> BrokenNaming | None:
    for ancestor in ancestors:
        for record in records_of(ancestor):
            for word, position in naming_terms(record):
                if not keeps(own, word, position):
                    return BrokenNaming(record=record, word=word, position=position, ancestor=ancestor)
    return None


def naming_terms(record: Record | None) -> Iterator[tuple[str, str]]:
    """The words that a license prescribes for the names of derivatives, and where they must stand."""
    for term in (record.terms if record is not None else None) or ():
        word, position = term.attributes.get("text"), term.attributes.get("position")
        if term.kind == "model-naming" and isinstance(word, str):
            yield word, position if isinstance(position, str) else "anywhere"


def keeps(name: str, word: str, position: str) -> bool:
    """True where a name has the word where it must stand, whatever separates its parts."""
    own, wanted = _letters(name), _letters(word)
    return own.startswith(wanted) if position == "prefix" else wanted in own


def _repeats(own: str, model: str) -> bool:
    """True where a name begins with the whole name of its base: a re-upload, not a name of its own."""
    return _letters(own).startswith(_letters(model.rpartition("/")[2]))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
