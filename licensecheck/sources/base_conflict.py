"""Whether a declared license drops restrictions that the license of a base model hands on to its derivatives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.model.license import LicenseClass
from licensecheck.model.record import Record
from licensecheck.model.subject import Ancestor
from licensecheck.sources.known import known_license
from licensecheck.sources.license_names import LicenseName


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseConflict:
    """A base model whose license restricts derivatives, and the groups of terms that the declared license drops."""

    ancestor: Ancestor
    record: Record
    dropped: tuple[str, ...]


def find_base_conflict(declared: Sequence[LicenseName], ancestors: Iterable[Ancestor]) -> BaseConflict | None:
    """The nearest ancestor with terms that the declared licenses drop; None where a declared license is not known."""
    own = [name.record for name in declared if name.record is not None]
    if not own or len(own) < len(declared):
        return None
    for ancestor in ancestors:
        for record in records_of(ancestor):
            dropped = _dropped(own, record)
            if dropped:
                return BaseConflict(ancestor=ancestor, record=record, dropped=dropped)
    return None


def records_of(ancestor: Ancestor) -> tuple[Record, ...]:
    """The records of the licenses that an ancestor bears."""
    found = (known_license(name) for name in ancestor.licenses)
    return tuple(record for record in found if record is not None)


def _dropped(own: Sequence[Record], base: Record) -> tuple[str, ...]:
    if any(record.id == base.id or _is_kindred(record, base) for record in own):
        return ()
    if not _is_read(base) or not all(_is_read(record) for record in own):
        return _by_class(own, base)
    kept = {kind for record in own for kind in _kinds(record)}
    carried = set(base.hands_on)
    dropped = []
    for group in load_vocabulary("carried")["groups"]:
        wanted = carried & set(group["kinds"])
        if wanted and not kept & set(group["kinds"]) and not kept & set(group.get("kept_by", ())):
            dropped.append(str(group["name"]))
    return tuple(dropped)


def _is_kindred(own: Record, base: Record) -> bool:
    """True for two versions of one license; a family can also hold licenses that allow different things."""
    if own.family != base.family:
        return False
    classes = {own.license_class, base.license_class}
    return own.is_family or base.is_family or None in classes or len(classes) == 1


def _by_class(own: Sequence[Record], base: Record) -> tuple[str, ...]:
    """The class of the base, where it restricts more than the classes of the declared licenses."""
    classes = [record.license_class for record in own]
    known = [c.level for c in classes if c is not None]
    if base.license_class is None or len(known) < len(classes):
        return ()
    level = base.license_class.level
    restricted = level >= LicenseClass.USE_RESTRICTED.level and level > max(known)
    return (f"the restrictions of a {base.license_class.value} license",) if restricted else ()


def _is_read(record: Record) -> bool:
    return record.terms is not None or (record.is_family and bool(record.hands_on))


def _kinds(record: Record) -> set[str]:
    return {term.kind for term in record.terms or ()} | set(record.hands_on)
