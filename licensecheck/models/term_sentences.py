"""Whether a file that no name gives away reads like terms: sentences that bind and speak of the rights in a work."""

from __future__ import annotations

from collections.abc import Iterable

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.frozen import dataclass
from licensecheck.lazy import re

FEW = 6
"""A text of no more sentences is terms where one of them is."""
SHARE = 0.3
"""From this share of term sentences on a longer text is terms as a whole, and not a description with some in it."""
LONGEST = 900
"""A longer run without an end of a sentence is a list of data, not prose."""
_SHORTEST = 12
_WORD = 4
"""A stem of no more letters is a whole word."""
_END = re.compile(r"(?<=[.!?;:])\s+|(?<=[。！？；।؟])|\n\s*\n|\n(?=\s*(?:[-*+•#|>]|\d+[.)])\s)")
_CODE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
_TAG = re.compile(r"<[^<>]{1,300}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSentences:
    """The sentences of a text that read like terms, and how many it has in all; `foreign` are those not in English."""

    found: tuple[str, ...]
    foreign: tuple[str, ...]
    of: int

    @property
    def are_the_text(self) -> bool:
        """True where the text is terms, and not a description with a few of them."""
        return bool(self.found) and (self.of <= FEW or len(self.found) >= SHARE * self.of)


def term_sentences(text: str) -> TermSentences:
    """The sentences that read like terms, in their order."""
    words = _words()
    prose = _TAG.sub(" ", _CODE.sub(" ", text))
    found, foreign, count = [], [], 0
    for raw in _END.split(prose):
        sentence = " ".join(raw.split())
        if not _SHORTEST <= len(sentence) <= LONGEST and not _is_dense(sentence):
            continue
        count += 1
        low = sentence.lower()
        if words.matter.search(low) and words.force.search(low) and not words.harmless.search(low):
            found.append(sentence)
            if not (words.english_matter.search(low) and words.english_force.search(low)):
                foreign.append(" ".join(raw.split()))
    return TermSentences(found=tuple(found), foreign=tuple(foreign), of=count)


def _is_dense(sentence: str) -> bool:
    """True for a short sentence of a writing in which few signs say much."""
    return 4 <= len(sentence) <= LONGEST and not sentence.isascii()


@dataclass(frozen=True, slots=True)
class _Words:
    force: re.Pattern[str]
    matter: re.Pattern[str]
    harmless: re.Pattern[str]
    english_force: re.Pattern[str]
    english_matter: re.Pattern[str]


@per_catalog
def _words() -> _Words:
    data = load_vocabulary("terms")
    return _Words(
        force=_stems(data["force"].values()),
        matter=_stems(data["matter"].values()),
        harmless=re.compile("|".join(data["harmless"])),
        english_force=_stems([data["force"]["English"]]),
        english_matter=_stems([data["matter"]["English"]]),
    )


def _stems(groups: Iterable[Iterable[str]]) -> re.Pattern[str]:
    """One expression for all stems; writings that set no blanks between words are searched anywhere."""
    stems = sorted({stem.lower() for group in groups for stem in group})
    begun = [re.escape(stem) + (r"\b" if len(stem) <= _WORD else "") for stem in stems if _sets_blanks(stem)]
    anywhere = [re.escape(stem) for stem in stems if not _sets_blanks(stem)]
    parts = [rf"\b(?:{'|'.join(begun)})", *anywhere]
    return re.compile("|".join(parts))


def _sets_blanks(stem: str) -> bool:
    return all(character < "\u0530" or character in " -'" for character in stem)
