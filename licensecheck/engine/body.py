"""What sort of body the organization is, as far as its stated name tells."""

from __future__ import annotations

from licensecheck.engine.case import Case, Fact
from licensecheck.engine.words import tokens
from licensecheck.load.checks import load_bodies


def body_named(case: Case) -> Fact:
    """Academic, public or commercial where the name holds words of one sort only; else not known."""
    name = case.profile.organization.name
    sorts = sort_of(name) if name else frozenset()
    if len(sorts) != 1:
        return Fact(value=None)
    (sort,) = sorts
    return Fact(value=sort, reason=f'By its name "{name}" the organization is {sort}.')


def sort_of(name: str) -> frozenset[str]:
    """The sorts of body whose words the name holds."""
    words = tokens(name.replace(".", ""))
    return frozenset(sort for sort, phrases in load_bodies().items() if any(_holds(p, words) for p in phrases))


def _holds(phrase: str, words: tuple[str, ...]) -> bool:
    """True where the phrase's words stand in the name one after the other."""
    pieces = phrase.split()
    spots = range(len(words) - len(pieces) + 1)
    return any(all(_fits(piece, word) for piece, word in zip(pieces, words[i:], strict=False)) for i in spots)


def _fits(piece: str, word: str) -> bool:
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece
