"""Sentences in a language that the rules do not read, unless the same clause stands beside in one that they read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from licensecheck.catalog.check_rules import load_languages
from licensecheck.domain.licenses import Evidence

ENOUGH = 3
"""How many different small words of a language tell that a passage is in it."""
LATIN = "\u024f"
"""The last letter of the Latin blocks; what comes after it is in another writing."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """The language of a passage that is not read, or its writing; None for one that is."""
    known = load_languages()
    if not text.isascii():
        wide = [letter for letter in text if letter > LATIN and letter.isalpha()]
        half = sum(map(str.isalpha, text)) / 2
        for script in known.scripts if len(wide) > half else ():
            if sum(unicodedata.name(letter, "").startswith(script) for letter in wide) > half:
                return script.capitalize()
    words = {word.casefold() for word in _WORD.findall(text)}
    counts = {name: len(words & small) for name, small in known.words.items()}
    best = max(sorted(counts), key=counts.__getitem__)
    return best if counts[best] >= ENOUGH and counts[best] > len(words & known.read) else None


LIKE = 3.5
"""A clause and its translation differ in length by this factor at most."""
SHARE = (0.35, 0.65)
"""The share of a text without numbers that its translation takes."""


def foreign_passages(passages: Sequence[Evidence]) -> list[bool]:
    """For each passage of a text whether it is in a language that is not read and no translation of another one."""
    foreign = [language_of(passage.quote) is not None for passage in passages]
    if not any(foreign):
        return foreign
    read = [passage for passage, told in zip(passages, foreign, strict=True) if not told]
    numbered = sum(p.section is not None for p, told in zip(passages, foreign, strict=True) if told) * 2 > sum(foreign)
    if not numbered and _is_translation(passages, foreign):
        return [False] * len(passages)
    return [told and not (numbered and _has_twin(p, read)) for p, told in zip(passages, foreign, strict=True)]


def _has_twin(passage: Evidence, read: Sequence[Evidence]) -> bool:
    """True where a clause of the same number, of about the same length, is in a language that is read."""
    return any(
        other.section == passage.section and 1 / LIKE < len(other.quote) / max(1, len(passage.quote)) < LIKE
        for other in read
    )


def _is_translation(passages: Sequence[Evidence], foreign: Sequence[bool]) -> bool:
    """True where a text without numbers holds about as much in the one language as in the other."""
    total = sum(len(passage.quote) for passage in passages)
    part = sum(len(passage.quote) for passage, told in zip(passages, foreign, strict=True) if told)
    return SHARE[0] <= part / total <= SHARE[1]
