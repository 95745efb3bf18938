"""Who is meant by a capitalized name: rules speak of the licensee, a text may call it "Company" or "Customer"."""

from __future__ import annotations

import re

from licensecheck.text.words import Words

LICENSEE = "licensee"
_QUOTED = r"[\"“”]\s*{name}\s*(?:[,.]\s*)?[\"“”]"
_NAME = r"([A-Z][a-z]{2,20})"
_JOIN = r"\s*(?:[,/]\s*)?(?:(?:and|or)\s*)?(?:the\s+)?"
_YOU = r"(?:[Yy]ou|YOU|[Yy]our|[Ll]icensee)"
_PARTY = (
    r"(?:entity|individual|person|organi[sz]ation|party|company|legal entity)\b[^.()\"“”]{0,120}[(]\s*"
    r"(?:the\s+|each,?\s+an?\s+|an?\s+)?"
)
_ROLES = (
    "Company|Customer|Developer|Subscriber|Institution|Recipient|Purchaser|Participant|Client|Member|User|Researcher"
)
_LICENSEE = (
    re.compile(_QUOTED.format(name=_NAME) + _JOIN + _QUOTED.format(name=_YOU)),
    re.compile(_QUOTED.format(name=_YOU) + _JOIN + _QUOTED.format(name=_NAME)),
    re.compile(_QUOTED.format(name=_NAME) + r"\s*(?:means|refers to|shall mean)\s+(?:you\b|the\s+licensee\b)"),
    re.compile(_PARTY + _QUOTED.format(name=f"({_ROLES})")),
)
"""Where a text gives the licensee a name of its own."""
_LICENSOR = (
    re.compile(
        _QUOTED.format(name=_NAME)
        + r"\s*(?:,\s*)?(?:(?:and|or)\s*)?"
        + _QUOTED.format(name="(?:[Ww]e|[Uu]s|[Oo]ur|[Ll]icensor)")
    ),
    re.compile(_QUOTED.format(name="(?:[Ww]e|[Uu]s|[Oo]ur|[Ll]icensor)") + _JOIN + _QUOTED.format(name=_NAME)),
)
"""Where it gives that name to the licensor."""
_OPEN_WORDS = frozenset({"you", "your", "licensor", "licensee", "the"})


def words_by_role(words: Words, masked: str) -> list[str]:
    """The words of a text in lower case, the licensee's own name replaced by the word for it."""
    names = _names(_LICENSEE, masked) - _names(_LICENSOR, masked)
    if not names:
        return words.lower
    return [
        LICENSEE if word in names and masked[start].isupper() else word
        for word, start in zip(words.lower, words.starts, strict=True)
    ]


def _names(patterns: tuple[re.Pattern[str], ...], masked: str) -> set[str]:
    found = {match[1].lower() for pattern in patterns for match in pattern.finditer(masked)}
    return found - _OPEN_WORDS
