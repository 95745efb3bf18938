"""A small matcher of everyday phrases: stems, prefixes, any order, close together. No language model, no spaCy."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from licensecheck.catalog.check_rules import load_word_sets
from licensecheck.lazy import re

Spot = tuple[int, ...]
"""The places of some words of a use, in the order of the phrase that found them."""

_WORD = re.compile(r"[^\W_]+\*?")
_PIECE = re.compile(r"<[a-z]+>|[^\W_]+\*?")
_ENDING = (
    r"e|e?s|e?d|e?n|e?rs?|ors?|ings?|ies|y|ren|men|man|fe|ves|ts?|t?h|m|g?er|k?er|"
    r"(?:[ipt]|it|at)?ions?|ments?|n?ess|iness|(?:il|abil|bil)?it(?:y|ies)|t(?:y|ies)|ship|hood|age|ure|um|s?is|ia|el|"
    r"(?:i|u)?al|ally|ly|(?:at)?ive|ists?|istic|ism|[ai]ble|[ae]n(?:ts?|ce|cy)|lance|a?c[ey]|cule|"
    r"ograph(?:ic|y|ers?)|[ae]?ry|i[sz](?:e|ed|ing|ation)|ful|less|ics?|ical|i?ous|i?our|ior|at(?:e|ing)|ee|ian|ish|in"
)
_TAIL = re.compile(f"(?:{_ENDING}){{0,4}}")
MAX_WORDS = 1000
"""How many words of one use are read; a product manager's phrase has a dozen. A longer text is for a person."""
WINDOW = 7
"""Within how many words those of one phrase must stand."""
MINOR = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "from", "by", "with", "and", "or", "this", "that", "our", "your")
)
"""Words that never count as standing between two others."""
LONG = 7
"""From how many letters on a word is also found where it is written as two: "hot-wiring", "deep fakes"."""
GAP = 2
"""How many other words may stand between those of one member of a set: "keep out" is also "keep her out"."""
IRREGULAR = {
    form: base
    for base, forms in {
        "sell": "sold", "buy": "bought", "steal": "stole stolen", "hide": "hid hidden", "break": "broke broken",
        "drive": "drove driven", "shoot": "shot", "beat": "beaten", "take": "took taken", "tell": "told",
        "catch": "caught", "fight": "fought", "write": "wrote written", "make": "made", "pay": "paid",
        "keep": "kept", "lend": "lent", "woman": "women", "man": "men", "child": "children", "wife": "wives",
        "knife": "knives", "thief": "thieves", "choose": "chose chosen", "bring": "brought", "lie": "lying lied",
        "die": "dying", "feel": "felt", "know": "knew known", "speak": "spoke spoken", "sale": "sales",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Forms of words that no ending explains; each begins like its base, which keeps the search short."""
BARRIER = frozenset(("for", "that"))
"""Words across which nothing is taken back: a history quiz for soldiers is still for soldiers."""
LINKS = frozenset(
    ("of", "on", "about", "in", "from", "to", "with", "at", "by", "for", "that", "against", "before", "when", "between")
)
"""Words that end the opening of a use, whose words say what sort of thing it is."""


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, accents and case folded."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).replace("'s", "").replace("*", ""))
    return tuple(words)


@lru_cache(maxsize=16384)
def pattern(phrase: str) -> tuple[str, ...]:
    """A vocabulary phrase in pieces: a set of words in <>, the beginning of a word that ends in *, else a stem.

    A "+" between the pieces says that they stand in this order; without it any order will do.
    """
    pieces = _PIECE.findall(phrase.casefold())
    return tuple(piece if piece[-1] in "*>" else stem(piece) for piece in pieces)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The word without plural, -ing, -ed and a final e, so that score, scores, scoring and scored are one."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, least in (("ing", 6), ("ed", 5)):
        if word.endswith(ending) and len(word) >= least:
            word = _undouble(word[: -len(ending)])
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def find_phrase(phrase: str, words: tuple[str, ...]) -> Spot | None:
    """Where the words of the phrase stand, closest together; None where they do not, or too far apart."""
    spots = []
    for piece in pattern(phrase):
        found = _spots(piece, words)
        if not found:
            return None
        spots.append(found)
    chosen = [
        spot for start in (spots[0] if spots else ()) if (spot := _nearest(start, spots[1:], in_order="+" in phrase))
    ]
    return min(chosen, key=_span, default=None)


def _nearest(start: Spot, others: list[tuple[Spot, ...]], *, in_order: bool) -> Spot | None:
    """The start with the nearest spot of each other piece; None where one is too far off or is taken already."""
    chosen = start
    for spots in others:
        free = [spot for spot in spots if (spot[0] > chosen[-1] if in_order else not set(spot) & set(chosen))]
        if not free:
            return None
        chosen += min(free, key=lambda spot: abs(spot[0] - start[0]))
    return chosen if _span(chosen) < WINDOW else None


def find_name(phrase: str, words: tuple[str, ...]) -> Spot | None:
    """Where the phrase stands as one name: its words in their order, with none but small ones between them."""
    names: tuple[Spot, ...] = ((),)
    for piece in pattern(phrase):
        names = tuple(name + spot for name in names for spot in _spots(piece, words) if _goes_on(name, spot, words))
    return next(iter(names), None) or None


def _goes_on(name: Spot, spot: Spot, words: tuple[str, ...]) -> bool:
    return not name or (name[-1] < spot[0] and MINOR.issuperset(words[name[-1] + 1 : spot[0]]))


def _span(spot: Spot) -> int:
    return max(spot) - min(spot)


@lru_cache(maxsize=16384)
def _spots(piece: str, words: tuple[str, ...]) -> tuple[Spot, ...]:
    """Every spot of one piece: a word, two words that are written as one elsewhere, or a member of a set."""
    if piece.startswith("<"):
        members = (pattern(member) for member in load_word_sets()[piece[1:-1]])
        initials = {word[0] for word in words}
        runs = (run for member in members if member[0][0] in initials for run in _runs(member, words))
        return tuple(sorted(set(runs)))
    starts = [i for i, word in enumerate(words) if word[0] == piece[0]]
    single = tuple((i,) for i in starts if fits(piece, words[i]))
    if len(piece) < LONG:
        return single
    return (*single, *((i, i + 1) for i in starts if i + 1 < len(words) and fits(piece, words[i] + words[i + 1])))


def _runs(member: tuple[str, ...], words: tuple[str, ...]) -> list[Spot]:
    """The spots of a set's member, whose words stand in their order with no more than a gap between two of them."""
    runs: list[Spot] = list(_spots(member[0], words))
    for piece in member[1:]:
        runs = [run + spot for run in runs for spot in _spots(piece, words) if 0 < spot[0] - run[-1] <= GAP + 1]
    return runs


def fits(piece: str, word: str) -> bool:
    """True where the word is the piece, or goes on from it with endings only: jail* is jailer, not jailbreak."""
    if word in IRREGULAR and fits(piece, IRREGULAR[word]):
        return True
    if not piece.endswith("*"):
        return stem(word) == piece
    begin = piece[:-1]
    if not word.startswith(begin):
        return False
    rest = word[len(begin) :]
    return bool(_TAIL.fullmatch(rest) or (_TAIL.fullmatch(rest[1:]) and rest[0] == begin[-1]))


def holds(phrases: tuple[str, ...], words: tuple[str, ...]) -> str | None:
    """The first of the phrases that stands in the words."""
    return next((phrase for phrase in phrases if find_phrase(phrase, words)), None)


def beside(place: Spot, other: Spot, words: tuple[str, ...], *, gap: int) -> bool:
    """True where the two stand beside each other with at most `gap` words of weight, and no 'for', between them."""
    low, high = sorted((place, other), key=min)
    between = words[max(low) + 1 : min(high)]
    return not BARRIER & set(between) and sum(word not in MINOR for word in between) <= gap


def governs(place: Spot, other: Spot, words: tuple[str, ...]) -> bool:
    """True where the first is beside the other, or heads the use and so speaks of all that follows its 'of' or 'on'."""
    if beside(place, other, words, gap=1):
        return True
    opening = next((i for i, word in enumerate(words) if word in LINKS), len(words))
    return max(place) < opening < min(other) and not BARRIER & set(words[opening : min(other)])
