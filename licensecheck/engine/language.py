"""Passages in a language that the rules do not read."""

from __future__ import annotations

import re
import unicodedata

from licensecheck.load.checks import load_languages
from licensecheck.model.license import LicenseReading, MatchKind
from licensecheck.model.term import Evidence

ENOUGH = 3
"""How many different small words of a language tell that a passage is in it."""
NAMES = 0.05
"""The share of a known license that names of persons and bodies take; what was added to one is told by itself."""
TRANSLATION = (0.35, 0.65)
"""The share of a text that its translation takes where both stand in one file."""
_WORD = re.compile(r"[^\W\d_]+")


def foreign_passages(reading: LicenseReading, length: int) -> tuple[Evidence, ...]:
    """The unread passages in such a language, unless they are names in a known license, or a translation of the text.

    `length` is that of the text.
    """
    passages = tuple(passage for passage in reading.unread if language_of(passage.quote) is not None)
    share = sum(passage.end - passage.start for passage in passages) / max(1, length)
    are_names = share < NAMES and reading.identity.match is not MatchKind.UNKNOWN
    return () if are_names or TRANSLATION[0] <= share <= TRANSLATION[1] else passages


def language_of(text: str) -> str | None:
    """The language of a passage that is not read, or its writing; None for one that is."""
    known = load_languages()
    letters = [character for character in text if character.isalpha()]
    for script in known.scripts:
        if 2 * sum(unicodedata.name(letter, "").startswith(script) for letter in letters) > len(letters):
            return script.capitalize()
    words = {word.casefold() for word in _WORD.findall(text)}
    counts = {name: len(words & small) for name, small in known.words.items()}
    best = max(sorted(counts), key=counts.__getitem__)
    return best if counts[best] >= ENOUGH and counts[best] > len(words & known.read) else None
