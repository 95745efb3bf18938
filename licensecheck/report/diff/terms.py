"""Which terms one license has and another lacks, and which of them say something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from licensecheck.model.term import Term, Value
from licensecheck.report.sentence import rank_of


class Change(str, Enum):
    """What became of a term or a clause from the old license to the new."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChange:
    """One attribute that differs; of a set, what came in and what went out."""

    name: str
    old: Value
    new: Value
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """A term of the old license beside the same term of the new one."""

    change: Change
    old: Term | None
    new: Term | None
    attributes: tuple[AttributeChange, ...] = ()

    @property
    def term(self) -> Term:
        """The term as it stands now, or stood before it went."""
        found = self.new or self.old
        assert found is not None
        return found


def compare_terms(old: Iterable[Term], new: Iterable[Term]) -> tuple[TermChange, ...]:
    """Every term of either license, in the order of the vocabulary; those that changed name what."""
    before, after = _by_key(old), _by_key(new)
    changes = [
        change
        for key in sorted({*before, *after}, key=_order)
        for change in _compare_alike(before.get(key, []), after.get(key, []))
    ]
    return tuple(changes)


def _by_key(terms: Iterable[Term]) -> dict[tuple[str, str | None, str | None], list[Term]]:
    by_key: dict[tuple[str, str | None, str | None], list[Term]] = {}
    for term in terms:
        by_key.setdefault(term.key, []).append(term)
    return by_key


def _order(key: tuple[str, str | None, str | None]) -> tuple[int, str, str, str]:
    return rank_of(key[0]), key[0], key[1] or "", key[2] or ""


def _compare_alike(old: list[Term], new: list[Term]) -> Iterator[TermChange]:
    """Pairs of terms of one kind, those that agree most together."""
    left = list(new)
    alone = []
    for term in old:
        twin = next((other for other in left if not _differences(term, other)), None)
        if twin is None:
            alone.append(term)
        else:
            left.remove(twin)
            yield TermChange(change=Change.SAME, old=term, new=twin)
    for term in alone:
        if not left:
            yield TermChange(change=Change.REMOVED, old=term, new=None)
            continue
        nearest = min(left, key=lambda other: len(_differences(term, other)))
        left.remove(nearest)
        yield TermChange(change=Change.CHANGED, old=term, new=nearest, attributes=_differences(term, nearest))
    for term in left:
        yield TermChange(change=Change.ADDED, old=None, new=term)


def _differences(old: Term, new: Term) -> tuple[AttributeChange, ...]:
    """The attributes, triggers and provisos in which two terms differ."""
    before, after = _stated(old), _stated(new)
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return tuple(_difference(name, before.get(name), after.get(name)) for name in names)


def _stated(term: Term) -> Mapping[str, Value]:
    """What a term says, as far as it says it."""
    said = {name: value for name, value in term.attributes.items() if value not in (None, ())}
    if term.triggers:
        said["triggers"] = tuple(sorted(term.triggers))
    if term.provisos:
        said["provisos"] = tuple(sorted(term.provisos))
    return said


def _difference(name: str, old: Value, new: Value) -> AttributeChange:
    before = set(old) if isinstance(old, tuple) else set()
    after = set(new) if isinstance(new, tuple) else set()
    return AttributeChange(
        name=name, old=old, new=new, gained=tuple(sorted(after - before)), lost=tuple(sorted(before - after))
    )
