"""Two licenses with all that differs between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum

from licensecheck.catalog.records import find_record
from licensecheck.domain.licenses import LicenseReading, Term, Value
from licensecheck.frozen import dataclass, replace
from licensecheck.reading.compiled import standard_rules
from licensecheck.report.sentences import rank_of
from licensecheck.text.clauses import parse_clauses

# Which terms one license has and another lacks, and which of them say something else.


class Change(str, Enum):
    """What became of a term or a clause from the old license to the new."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChange:
    """One attribute that differs; of a set, what came in and what went out."""

    name: str
    old: Value
    new: Value
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """A term of the old license beside the same term of the new one."""

    change: Change
    old: Term | None
    new: Term | None
    attributes: tuple[AttributeChange, ...] = ()
    elsewhere: str | None = None
    """The policy that states a term which is gone from the text, where the license incorporates it."""

    @property
    def term(self) -> Term:
        """The term as it stands now, or stood before it went."""
        found = self.new or self.old
        assert found is not None
        return found


def compare_terms(old: Iterable[Term], new: Iterable[Term]) -> tuple[TermChange, ...]:
    """Every term of either license, in the order of the vocabulary; those that changed name what."""
    before, after = _by_key(old), _by_key(new)
    changes = [
        change
        for key in sorted({*before, *after}, key=_order)
        for change in _compare_alike(before.get(key, []), after.get(key, []))
    ]
    return tuple(changes)


def _by_key(terms: Iterable[Term]) -> dict[tuple[str, str | None, str | None], list[Term]]:
    by_key: dict[tuple[str, str | None, str | None], list[Term]] = {}
    for term in terms:
        by_key.setdefault(term.key, []).append(term)
    return by_key


def _order(key: tuple[str, str | None, str | None]) -> tuple[int, str, str, str]:
    return rank_of(key[0]), key[0], key[1] or "", key[2] or ""


def _compare_alike(old: list[Term], new: list[Term]) -> Iterator[TermChange]:
    """Pairs of terms of one kind, those that agree most together."""
    left = list(new)
    alone = []
    for term in old:
        twin = next((other for other in left if not _differences(term, other)), None)
        if twin is None:
            alone.append(term)
        else:
            left.remove(twin)
            yield TermChange(change=Change.SAME, old=term, new=twin)
    for term in alone:
        if not left:
            yield TermChange(change=Change.REMOVED, old=term, new=None)
            continue
        nearest = min(left, key=lambda other: len(_differences(term, other)))
        left.remove(nearest)
        yield TermChange(change=Change.CHANGED, old=term, new=nearest, attributes=_differences(term, nearest))
    for term in left:
        yield TermChange(change=Change.ADDED, old=None, new=term)


def _differences(old: Term, new: Term) -> tuple[AttributeChange, ...]:
    """The attributes, triggers and provisos in which two terms differ."""
    before, after = _stated(old), _stated(new)
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return tuple(_difference(name, before.get(name), after.get(name)) for name in names)


def _stated(term: Term) -> Mapping[str, Value]:
    """What a term says, as far as it says it."""
    said = {name: value for name, value in term.attributes.items() if value not in (None, ())}
    if term.triggers:
        said["triggers"] = tuple(sorted(term.triggers))
    if term.provisos:
        said["provisos"] = tuple(sorted(term.provisos))
    return said


def _difference(name: str, old: Value, new: Value) -> AttributeChange:
    before = set(old) if isinstance(old, tuple) else set()
    after = set(new) if isinstance(new, tuple) else set()
    return AttributeChange(
        name=name, old=old, new=new, gained=tuple(sorted(after - before)), lost=tuple(sorted(before - after))
    )


# The words of two passages, marked as kept, taken out or put in; layout, case and punctuation do not count.


_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\s\u3040-\u30ff\u3400-\u9fff]+\\s*|\\s+")
_PLAIN_WORD = re.compile(r"\w+")
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


# The clauses of two texts side by side: which are the same, changed, new, gone or elsewhere.


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
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    """The words of force, number and party (`rules/ledger.yaml`) of which the new clause has more or less."""

    @property
    def is_telling(self) -> bool:
        """True where the clause may command, forbid or allow something else than before."""
        return bool(self.gained or self.lost)


def _with_telling(change: ClauseChange, telling: frozenset[str]) -> ClauseChange:
    """The change with the words of force, number and party that came and went."""
    if change.change in (Change.SAME, Change.MOVED):
        return change
    old, new = (Counter(_telling_words(side, telling)) for side in (change.old, change.new))
    return replace(change, gained=tuple((new - old).elements()), lost=tuple((old - new).elements()))


def _telling_words(passage: Passage | None, telling: frozenset[str]) -> Iterator[str]:
    for word in _PLAIN_WORD.findall(passage.text) if passage else ():
        if word.lower() in telling or (word.isdigit() and len(word) > 1):
            yield word.lower()


def compare_clauses(old: str, new: str, *, telling: frozenset[str] = frozenset()) -> tuple[ClauseChange, ...]:
    """The clauses of both texts in the order of the new one, those that went where they stood.

    `telling` are the words of force, number and party whose coming and going is told clause by clause.
    """
    before, after = split_passages(old), split_passages(new)
    matcher = SequenceMatcher(None, [p.words for p in before], [p.words for p in after], autojunk=False)
    changes: list[ClauseChange] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(before[a:b], after[c:d], strict=True)
            changes += [ClauseChange(change=Change.SAME, old=one, new=other) for one, other in pairs]
        else:
            changes += _pair(before[a:b], after[c:d])
    return tuple(_with_telling(change, telling) for change in _with_moves(changes))


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


# Two licenses with all that differs between them.


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two licenses: what the user called it, what it says, and its text if that is at hand."""

    name: str
    reading: LicenseReading
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed from the old license to the new; `clauses` is None where one of the texts is not at hand."""

    old: Side
    new: Side
    terms: tuple[TermChange, ...]
    clauses: tuple[ClauseChange, ...] | None

    def changed_terms(self) -> tuple[TermChange, ...]:
        """The terms that are not the same in both."""
        return tuple(term for term in self.terms if term.change is not Change.SAME)

    def telling_clauses(self) -> tuple[ClauseChange, ...]:
        """The clauses in which words of force, number or party came or went."""
        return tuple(clause for clause in self.clauses or () if clause.is_telling)

    def count_terms(self, change: Change) -> int:
        """How many terms changed in this way."""
        return Counter(term.change for term in self.terms)[change]

    def count_clauses(self, change: Change) -> int:
        """How many clauses changed in this way."""
        return Counter(clause.change for clause in self.clauses or ())[change]


def compare_sides(old: Side, new: Side) -> Comparison:
    """All that differs between two licenses."""
    ledger = standard_rules().ledger
    significant = ledger.significant if ledger else frozenset[str]()
    clauses = None if old.text is None or new.text is None else compare_clauses(old.text, new.text, telling=significant)
    terms = tuple(_placed(change, old, new) for change in compare_terms(old.reading.terms, new.reading.terms))
    return Comparison(old=old, new=new, terms=terms, clauses=clauses)


def _placed(change: TermChange, old: Side, new: Side) -> TermChange:
    """A term that is only on one side, with the policy of the other side that states it."""
    other = {Change.REMOVED: new, Change.ADDED: old}.get(change.change)
    if other is None or other.reading.identity.id is None:
        return change
    return replace(change, elsewhere=incorporated_terms(other.reading.identity.id).get(change.term.key))


def incorporated_terms(license_id: str) -> dict[tuple[str, str | None, str | None], str]:
    """The terms of the policies that a license incorporates, each with the id of the policy that states it."""
    record = find_record(license_id)
    found: dict[tuple[str, str | None, str | None], str] = {}
    for policy in record.incorporates if record else ():
        part = find_record(policy)
        for term in (part.terms or ()) if part else ():
            found.setdefault(term.key, policy)
    return found
