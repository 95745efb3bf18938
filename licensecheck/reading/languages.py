"""The language of a sentence, and whether the same clause stands beside it in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from licensecheck.catalog.check_rules import load_languages
from licensecheck.domain.licenses import Evidence
from licensecheck.text.han import fold_han

ENOUGH = 3
"""How many different small words of a language tell that a passage is in it."""
LATIN = "\u024f"
"""The last letter of the Latin blocks; what comes after it is in another writing."""
_WORD = re.compile(r"[^\W\d_]+")
LIST, NAMES = 12, 0.7
"""So many words of which this share begin with a capital are a list of names."""


FEW = 0.1
"""The share of a writing that tells where Chinese characters stand beside it."""


def language_of(text: str) -> str | None:
    """The language of a passage, or its writing; None for English."""
    known = load_languages()
    if not text.isascii():
        wide = [letter for letter in text if letter > LATIN and letter.isalpha()]
        letters = sum(map(str.isalpha, text))
        for name, scripts in known.scripts.items() if wide else ():
            share = FEW * len(wide) if name in known.mixed else letters / 2
            if len(wide) * 4 > letters and sum(_is_of(letter, scripts) for letter in wide) > share:
                return name
    words = set(_WORD.findall(text.lower())) if text.isascii() else {word.casefold() for word in _WORD.findall(text)}
    if words.isdisjoint(known.small) or _names_people(text):
        return None
    counts = {name: len(words & small) for name, small in known.words.items()}
    best = max(sorted(counts), key=counts.__getitem__)
    english = len(words & known.read)
    accented = any("\x7f" < letter <= LATIN and letter.isalpha() for letter in text)
    enough = ENOUGH if english else 1 if accented else ENOUGH - 1
    return best if counts[best] >= enough and counts[best] > english else None


def _names_people(text: str) -> bool:
    """True for a list of names: "van der" in it is neither Dutch nor German."""
    written = _WORD.findall(text)
    return len(written) >= LIST and sum(map(str.istitle, written)) > NAMES * len(written)


@lru_cache(maxsize=8192)
def _is_of(letter: str, scripts: tuple[str, ...]) -> bool:
    return unicodedata.name(letter, "").startswith(scripts)


def is_known(language: str) -> bool:
    """True for a language that the rules for English read as well."""
    return language in load_languages().known


def can_bind(text: str, language: str) -> bool:
    """True for a sentence in which nothing was found and which holds something by which it can bind."""
    return any(word in fold_han(text) for word in load_languages().known[language])


LIKE = 3.5
"""A clause and its translation differ in length by this factor at most."""
SHARE = (0.35, 0.65)
"""The share of a text without numbers that its translation takes."""


def foreign_passages(passages: Sequence[Evidence], languages: Sequence[str | None] | None = None) -> list[bool]:
    """For each passage of a text whether it is in another language than English and no translation of another one.

    `languages` are those of the passages, where they are known.
    """
    named = [language_of(passage.quote) for passage in passages] if languages is None else languages
    foreign = [name is not None for name in named]
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
