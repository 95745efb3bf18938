"""The clauses of two texts side by side: which are the same, changed, new, gone or elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from licensecheck.report.diff.terms import Change
from licensecheck.report.diff.words import Piece, compare_words, words_of
from licensecheck.text.clauses import parse_clauses

_ALIKE = 0.45
"""Clauses that share so much of their words are taken for one clause that was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One clause of a text: its section, its line, and its words as they stand."""

    section: str | None
    line: int
    text: str
    words: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"§ {self.section}" if self.section else f"line {self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """A clause of the old text beside the same clause of the new one; `pieces` marks the words of one that changed."""

    change: Change
    old: Passage | None
    new: Passage | None
    pieces: tuple[Piece, ...] = ()


def compare_clauses(old: str, new: str) -> tuple[ClauseChange, ...]:
    """The clauses of both texts in the order of the new one, those that went where they stood."""
    before, after = split_passages(old), split_passages(new)
    matcher = SequenceMatcher(None, [p.words for p in before], [p.words for p in after], autojunk=False)
    changes: list[ClauseChange] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(before[a:b], after[c:d], strict=True)
            changes += [ClauseChange(change=Change.SAME, old=one, new=other) for one, other in pairs]
        else:
            changes += _pair(before[a:b], after[c:d])
    return tuple(_with_moves(changes))


def split_passages(text: str) -> list[Passage]:
    """The clauses of a text that have words, in its order."""
    passages = []
    line, seen = 1, 0
    for clause in sorted(parse_clauses(text).clauses, key=lambda clause: (clause.start, clause.end)):
        passage = text[clause.start : clause.end]
        line, seen = line + text.count("\n", seen, clause.start), clause.start
        if words := words_of(passage):
            passages.append(Passage(section=clause.section, line=line, text=passage.strip(), words=words))
    return passages


def _pair(old: Sequence[Passage], new: Sequence[Passage]) -> list[ClauseChange]:
    """Clauses that are alike stand together, in order; the likest choice wins."""
    likeness = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    changes, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            changes.append(_changed(old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            changes.append(ClauseChange(change=Change.REMOVED, old=old[i], new=None))
            i += 1
        else:
            changes.append(ClauseChange(change=Change.ADDED, old=None, new=new[j]))
            j += 1
    changes += [ClauseChange(change=Change.REMOVED, old=passage, new=None) for passage in old[i:]]
    return changes + [ClauseChange(change=Change.ADDED, old=None, new=passage) for passage in new[j:]]


def _changed(old: Passage, new: Passage) -> ClauseChange:
    return ClauseChange(change=Change.CHANGED, old=old, new=new, pieces=compare_words(old.text, new.text))


def _likeness(old: Passage, new: Passage) -> float:
    """The share of words that two clauses have in common; 0 where it is too small for one clause."""
    total = len(old.words) + len(new.words)
    if 2 * min(len(old.words), len(new.words)) < _ALIKE * total:
        return 0.0
    shared = sum((Counter(old.words) & Counter(new.words)).values())
    return 2 * shared / total if 2 * shared >= _ALIKE * total else 0.0


def _with_moves(changes: Sequence[ClauseChange]) -> Iterator[ClauseChange]:
    """The changes with a clause that went here and came there, word for word, as one that moved."""
    gone = {c.old.words: c.old for c in changes if c.change is Change.REMOVED and c.old}
    came = {c.new.words for c in changes if c.change is Change.ADDED and c.new}
    for change in changes:
        if change.change is Change.REMOVED and change.old and change.old.words in came:
            continue
        if change.change is Change.ADDED and change.new and change.new.words in gone:
            yield replace(change, change=Change.MOVED, old=gone[change.new.words])
        else:
            yield change
