"""The words of two passages, marked as kept, taken out or put in; layout, case and punctuation do not count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\s\u3040-\u30ff\u3400-\u9fff]+\\s*|\\s+")
_NOT_A_WORD = re.compile(r"[\W_]+")
_KEPT = 12
"""How many kept words are shown on each side of a change."""


class Mark(str, Enum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


_FRAMES = {Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words with one mark, as it stands in its text."""

    mark: Mark
    text: str


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both passages in order; kept words stand as in the new one."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, list(map(word_of, before)), list(map(word_of, after)), autojunk=False)
    pieces: list[Piece] = []
    for _, a, b, c, d in matcher.get_opcodes():
        same = [word_of(token) for token in before[a:b]] == [word_of(token) for token in after[c:d]]
        if same:
            pieces += _piece(Mark.KEPT, after[c:d])
        else:
            pieces += _piece(Mark.REMOVED, before[a:b]) + _piece(Mark.ADDED, after[c:d])
    return tuple(pieces)


def frame_changes(pieces: Sequence[Piece]) -> str:
    """The words on one line, changes in [-brackets-] and {+braces+}; long stretches of kept words are cut."""
    end = len(pieces) - 1
    return " ".join(_show(piece, first=n == 0, last=n == end) for n, piece in enumerate(pieces))


def _show(piece: Piece, *, first: bool, last: bool) -> str:
    text = " ".join(piece.text.split())
    if piece.mark is not Mark.KEPT:
        return _FRAMES[piece.mark].format(text)
    words = text.split(" ")
    head = [] if first else words[:_KEPT]
    tail = [] if last else words[-_KEPT:]
    return text if len(words) <= len(head) + len(tail) + 3 else " ".join([*head, "…", *tail])


def word_of(token: str) -> str:
    """The word that a token stands for when tokens are compared."""
    return _NOT_A_WORD.sub("", token).lower()


def words_of(passage: str) -> tuple[str, ...]:
    """The words of a passage as they are compared."""
    return tuple(word for token in _TOKEN.findall(passage) if (word := word_of(token)))


def _piece(mark: Mark, tokens: list[str]) -> list[Piece]:
    text = "".join(tokens)
    return [Piece(mark=mark, text=text)] if text.strip() else []
