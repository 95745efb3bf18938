"""What license a whole text is, in the few words that its reading carries."""

from __future__ import annotations

from licensecheck.identify.identify import Identification, identify_text
from licensecheck.identify.index import Index
from licensecheck.identify.matches import Match
from licensecheck.model.license import Identity, MatchKind

_SHARE = 0.5
"""A license that makes up less of a file is something the file contains, not what it is."""


def identity_of(text: str, *, index: Index | None = None) -> Identity:
    """The license that a text is, to the letter or modified; `unknown` where none makes up most of it."""
    found = identify_text(text, index=index)
    if not found.matches:
        return Identity(match=MatchKind.UNKNOWN)
    main = max(found.matches, key=_length)
    coverage = _coverage(found, total=len(text.strip()))
    if coverage < _SHARE or main.end - main.start < _SHARE * sum(_length(match) for match in _first_of_each(found)):
        return Identity(match=MatchKind.UNKNOWN, coverage=round(coverage, 4))
    return Identity(
        match=MatchKind.EXACT if found.exact else MatchKind.MODIFIED,
        id=main.id,
        name=main.name,
        version=main.version,
        coverage=round(coverage, 4),
        ids=main.ids,
    )


def _coverage(found: Identification, *, total: int) -> float:
    """The share of a text that licenses explain."""
    return max(0.0, 1 - sum(end - start for start, end in found.extra) / total)


def _first_of_each(found: Identification) -> list[Match]:
    """The matches without the alternatives for a passage."""
    return list({(match.start, match.end): match for match in reversed(found.matches)}.values())


def _length(match: Match) -> int:
    return match.end - match.start
