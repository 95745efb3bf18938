"""Words of a masked text with their offsets, and their stems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module

from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.text.han import fold_han

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(
    rf"[nN][oO][nN](?:[-\u2010-\u2015]\s{{0,40}}|\s?)(?=[a-zA-Z])|[{_CJK}]|\d+(?:[.,]\d+)*|[^\W\d_{_CJK}]+(?:['’`\u2060]+[^\W\d_{_CJK}]+)*"
)
_SPELLING = {
    "licenc": "licens",
    "licence": "license",
    "defenc": "defens",
    "offenc": "offens",
    "behaviour": "behavior",
    "favour": "favor",
    "honour": "honor",
    "labour": "labor",
    "colour": "color",
    "artefact": "artifact",
    "programm": "program",
    "fulfil": "fulfill",
    "catalogu": "catalog",
    "judgement": "judgment",
    "acknowledgement": "acknowledg",
    "cheque": "check",
    "analys": "analyz",
    "defam": "defam",
}


def with_one_spelling(words: Sequence[str]) -> Sequence[str]:
    """The words with "licence" and its kin spelled as "license"; the same list where none is there."""
    if not any("licenc" in word for word in words):
        return words
    return [word.replace("licenc", "licens") for word in words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a text in lower case, with start and end offsets; Chinese and its kin count one word a character."""

    lower: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.lower)


def split_words(masked: str) -> Words:
    """The words of a masked text; "non-commercial" and "non commercial" are the one word "noncommercial"."""
    masked = fold_han(masked)
    spans = [found.span() for found in _WORD.finditer(masked)]
    low = masked.lower()
    if len(low) == len(masked) and "Σ" not in masked:  # sigma is another small letter at the end of a word
        lower = [low[start:end] for start, end in spans]
    else:
        lower = [masked[start:end].lower() for start, end in spans]
    starts = [start for start, _ in spans]
    prefixes = set()
    for number, word in enumerate(lower):
        if word.isalnum() and word[:3] != "non":
            continue
        if word[:3] == "non" and len(word.rstrip()) <= 5 and (not word.isalpha() or _goes_on(masked, *spans[number])):
            prefixes.add(number)
        elif not word.isalnum():
            word = word.replace("’", "'").replace("`", "'").replace("\u2060", "")
            lower[number] = word[:-2] if word.endswith("'s") else word
    ends = [end for _, end in spans]
    if not prefixes:
        return Words(lower=lower, starts=starts, ends=ends)
    for number in prefixes:
        if number + 1 < len(lower) and number + 1 not in prefixes:
            lower[number + 1] = "non" + lower[number + 1]
            starts[number + 1] = starts[number]
    kept = [number for number in range(len(lower)) if number not in prefixes]
    return Words(
        lower=[lower[number] for number in kept],
        starts=[starts[number] for number in kept],
        ends=[ends[number] for number in kept],
    )


def _goes_on(masked: str, start: int, end: int) -> bool:
    """True for "non" that is the beginning of a longer word ("nonexclusive"), which the pattern cut off."""
    return end - start == 3 and end < len(masked) and masked[end].isalpha()


_MAX_STEMS = 200_000
_ISE = re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|er|ers|ation|ations)\Z)")
"""Where British spelling has an "s" that American has a "z" for; words that have it in both fare alike everywhere."""


class _Stems(dict[str, str]):
    """Each word's stem, computed once."""

    def __missing__(self, word: str) -> str:
        plain = word.isascii() and word.isalpha() and len(word) < 40
        found = _fold(_stemmer()(_ISE.sub("iz", word))) if plain else word
        if len(self) < _MAX_STEMS:
            self[word] = found
        return found


_stems = _Stems()


def stem(word: str) -> str:
    """The Snowball stem of an English word in lower case, British spelling folded into American."""
    return _stems[word]


def learn_stems(known: Mapping[str, str]) -> None:
    """Take over stems that were computed before, so that the stemmer need not be asked."""
    _stems.update(known)


def _fold(found: str) -> str:
    found = _SPELLING.get(found, found)
    if found.endswith("is") and len(found) > 5 and found[-3] not in "ys":
        return found[:-1] + "z"
    return found


_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\w)")
"""What French joins to the beginning of a word."""


@lru_cache(maxsize=8)
def stemmer_of(language: str | None) -> Callable[[str], str]:
    """The Snowball stemmer of a language by its English name in lower case; without one, words stay as they are."""
    if language is None:
        return str
    module = import_module(f"snowballstemmer.{language}_stemmer")
    stem_word = _one_at_a_time(getattr(module, f"{language.capitalize()}Stemmer")().stemWord)
    known: dict[str, str] = {}

    def stem_of(word: str) -> str:
        found = known.get(word)
        if found is None:
            bare = _ELISION.sub("", word, count=1) if "'" in word else word
            found = known[word] = stem_word(bare) if len(bare) < 40 else bare
        return found

    return stem_of


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    """The stemmer, made on first use so that importing this module stays cheap."""
    from snowballstemmer.english_stemmer import EnglishStemmer

    return _one_at_a_time(EnglishStemmer().stemWord)


def _one_at_a_time(stem_word: Callable[[str], str]) -> Callable[[str], str]:
    """A stemmer for threads: it keeps the word that it works on, and two at once would take each other's."""
    from threading import Lock

    lock = Lock()

    def called(word: str) -> str:
        with lock:
            return stem_word(word)

    return called
