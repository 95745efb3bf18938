"""What was changed in the words of a copy of a known license, and whether the change can matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from licensecheck.domain.licenses import Identity, MatchKind, WordChange
from licensecheck.reading.ledger_words import CompiledLedger

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPELLINGS = (
    (re.compile(r"licenc"), "licens"),
    (re.compile(r"is(?=ations?$|ed?$|es$|ing$)"), "iz"),
    (re.compile(r"our(?=s?$)"), "or"),
)
"""British and American spellings of one word are the same word."""
_CONJUNCTIONS = frozenset(("and", "or"))
CONTEXT = 6
"""How many words are shown on each side of a change."""
WINDOW = 200
"""Characters in which these words are looked for."""
EDITED = 0.7
"""A sentence that keeps so large a share of the words of the known license is a changed copy of it."""
MOST = 12
"""Of a change more words than these are not shown."""


def find_rewordings(identity: Identity, words: CompiledLedger) -> tuple[WordChange, ...]:
    """The changes of a copy of a known license that are more than spelling, small words and names; in order."""
    if identity.match is not MatchKind.MODIFIED:
        return ()
    return tuple(change for change in identity.wording if is_significant(change, words))


def is_spelling(change: WordChange) -> bool:
    """True where the same words stand in another spelling, or are parted by a hyphen or joined."""
    added = [_spelled(word.casefold()) for word in _WORD.findall(change.added)]
    removed = [_spelled(word) for word in change.removed.split()]
    return bool(added) and (added == removed or "".join(added) == "".join(removed))


def changed_spans(identity: Identity) -> list[tuple[int, int]]:
    """Where the copy differs in more than spelling."""
    return [(change.start, change.end) for change in identity.wording if not is_spelling(change)]


def is_significant(change: WordChange, words: CompiledLedger) -> bool:
    """True where the words that came or went can change what the sentence says.

    What is written with a capital is a name, unless it is a word of force, number or party.
    """
    added, removed = _WORD.findall(change.added), change.removed.split()
    lowered = [word.casefold() for word in added]
    if is_spelling(change):
        return False
    if {*lowered, *removed} == _CONJUNCTIONS and len(lowered) == len(removed) == 1:
        return True
    if _loses_choice(change):
        return True
    if any(map(_is_number, (*lowered, *removed))):
        return True
    if any(
        word not in words.same and (not added[n][0].isupper() or word in words.significant)
        for n, word in enumerate(lowered)
    ):
        return any(not word.isdigit() for word in lowered)
    if not words.significant.isdisjoint(set(removed) - set(lowered)):
        return True
    left = {word for word in removed if word not in words.same and not word.isdigit()}
    return not added and (bool(left) if removed else change.missing > 0)


def is_telling(change: WordChange, words: CompiledLedger, *, commands: bool = True) -> bool:
    """True where a word of force, number or party came or went.

    In a sentence that commands or forbids it is the same where it is not known which words went; lost words that no
    vocabulary holds are names and the like, by which a statement or a disclaimer says nothing else.
    """
    added, removed = _WORD.findall(change.added.casefold()), change.removed.split()
    if {*added, *removed} == _CONJUNCTIONS or _loses_choice(change) or any(map(_is_number, (*added, *removed))):
        return True
    moved = set(added) ^ set(removed)
    lost = commands and change.missing > 0 and not removed and not added
    return lost or not words.significant.isdisjoint(moved)


def takes_away(changes: Iterable[WordChange], words: CompiledLedger) -> bool:
    """True where words of force, number or party went from a sentence and stand nowhere in what came for them.

    It is the same where more words went than came and it is not known which.
    """
    gone: set[str] = set()
    came: set[str] = set()
    for change in changes:
        gone.update(change.removed.split())
        came.update(_WORD.findall(change.added.casefold()))
        if not change.removed and change.missing > len(_WORD.findall(change.added)):
            return True
        if {change.removed, change.added.casefold()} == _CONJUNCTIONS or _loses_choice(change):
            return True
    return not words.significant.isdisjoint(gone - came)


def _loses_choice(change: WordChange) -> bool:
    """True where "with or without" became "with" or "without"."""
    removed = set(change.removed.split())
    return not change.added and "or" in removed and not removed.isdisjoint(("with", "without"))


def _is_number(word: str) -> bool:
    """True for a number that is no year and no number of a paragraph."""
    return _NUMBER.fullmatch(word) is not None and len(word) > 1 and not _YEAR.fullmatch(word)


def _spelled(word: str) -> str:
    for found, instead in _SPELLINGS:
        word = found.sub(instead, word)
    return word


def changes_within(changes: Iterable[WordChange], start: int, end: int) -> list[WordChange]:
    """The changes that lie in a passage; words that are missing at its very start belong to the passage before."""
    return [c for c in changes if (c.start < end and start < c.end) or (c.start == c.end and start < c.start <= end)]


def is_edited(sentence: str, changes: Iterable[WordChange]) -> bool:
    """True where most words of a sentence are those of the known license; else it is a sentence of its own."""
    words = len(_WORD.findall(sentence))
    added = missing = 0
    for change in changes:
        added += min(len(_WORD.findall(change.added)), words)
        missing += max(change.missing, len(change.removed.split()))
    kept = max(words - added, 0)
    return kept >= EDITED * (kept + max(added, missing))


def show_changes(text: str, changes: Iterable[WordChange]) -> str:
    """The words around the changes of one passage on one line: [-taken out-], {+put in+}."""
    shown: list[str] = []
    reached = 0
    for change in changes:
        between = text[max(reached, change.start - WINDOW) : change.start].split()
        if shown and len(between) <= 2 * CONTEXT:
            shown += between
        else:
            shown += [*text[reached : reached + WINDOW].split()[:CONTEXT], "…"] if shown else ["…"]
            shown += between[-CONTEXT:]
        shown += _marks(change)
        reached = change.end
    tail = text[reached : reached + WINDOW].split()
    return " ".join((*shown, *tail[:CONTEXT], *(["…"] if len(tail) > CONTEXT else [])))


def _marks(change: WordChange) -> Iterator[str]:
    if change.missing:
        number = "1 word" if change.missing == 1 else f"{change.missing} words"
        yield f"[-{change.removed or number}-]"
    if change.added:
        words = change.added.split()
        yield "{+" + " ".join((*words[:MOST], *(["…"] if len(words) > MOST else []))) + "+}"
