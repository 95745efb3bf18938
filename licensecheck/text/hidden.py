"""Letters that are hidden or split so that a reader sees a word and a search does not: folded, and told.

The folded text has the length of the text: the letters of a word close up, and spaces stand after them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import unescape

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\U000e0001-\U000e007f"
)
_MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_ENTITY = r"&\#(?:\d{2,6}|x[0-9a-fA-F]{1,5});"
_HIDING = re.compile(
    rf"[{_INVISIBLE}{_MARKS}]|{_ENTITY}|\b[a-zA-Z](?:[ \u00a0._*-][a-zA-Z]){{4}}|[\uff21-\uff5a\U0001d400-\U0001d7ff]"
)
"""What a text must hold to be looked at closely; nearly none does."""
_RUN = re.compile(rf"(?:[^\W_]|[{_INVISIBLE}{_MARKS}]|{_ENTITY})+")
_INSIDE = re.compile(rf"[{_INVISIBLE}{_MARKS}]")
_SPACED = re.compile(r"(?<![^\W_])[a-zA-Z](?:[ \u00a0._*-][a-zA-Z](?![^\W_])){3,}(?![^\W_])")
_TAGS = 0xE0000
_EDGES = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""What stands at the ends of words in many files: it hides nothing there."""
FEWEST = 4
"""So many letters in a row make a hidden word; accents and single marks are spelling."""

Fold = tuple[int, int, str]
"""Offsets of a run and the letters that a reader sees there."""


def fold_hidden(text: str, folds: Sequence[Fold]) -> str:
    """The text with these hidden and split letters closed up, at the same length."""
    for start, end, seen in reversed(folds):
        text = text[:start] + seen.ljust(end - start)[: end - start] + text[end:]
    return text


def find_hidden(text: str) -> list[Fold]:
    """The runs in which letters are hidden or split, in order."""
    if _HIDING.search(text) is None:
        return []
    found = [fold for run in _RUN.finditer(text) if (fold := _fold(run))]
    taken = [(start, end) for start, end, _ in found]
    for run in _SPACED.finditer(text):
        seen = re.sub(r"[^a-zA-Z]", "", run.group())
        if not seen.isupper() and not any(start < run.end() and run.start() < end for start, end in taken):
            found.append((run.start(), run.end(), seen))
    return sorted(found)


def _fold(run: re.Match[str]) -> Fold | None:
    """A run that holds more than a reader sees, or letters in disguise; None for plain spelling."""
    raw = run.group()
    plain = raw.isascii() and "&#" not in raw
    if plain or (raw.strip(_EDGES).isalnum() and raw.strip(_EDGES).isascii()):
        return None
    shown = "".join(chr(ord(c) - _TAGS) if 0xE0020 <= ord(c) <= 0xE007E else c for c in raw)
    shown = unescape(shown)
    seen = unicodedata.normalize(
        "NFKC", _INSIDE.sub("", unicodedata.normalize("NFD", shown) if _is_marked(raw) else shown)
    )
    letters = [c for c in seen if c.isascii() and c.isalpha()]
    if seen == raw or len(letters) < FEWEST or len(seen) > len(raw):
        return None
    return run.start(), run.end(), seen


def _is_marked(raw: str) -> bool:
    """True where marks stand over several letters: a struck or dotted word, not one with an accent."""
    return len(_INSIDE.findall(raw)) > 1
