"""The little language of phrases: words by stem, `=exact`, `(this|that)`, `<set>`, `optional?` and gaps.

    <you> .. (indemnify|hold harmless) ... <licensor>

`..` stands for up to 6 other words, `...` for up to 20, `~` for any number in the sentence. A pattern is a
sequence of slots, each a set of phrases; only positions of phrases are compared, so matching costs what the hits
cost and cannot blow up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from licensecheck.errors import DataError, Place
from licensecheck.text.tokens import split_words, stem

GAPS = {"..": 6, "...": 20, "~": 400}
_PIECE = re.compile(r"\(([^()]*)\)(\??)|<([a-z][a-z0-9-]*)>(\??)|(\.\.\.|\.\.|~)(?=\s|$)|(=?[^\s()<>|]+?)(\??)(?=\s|$)")
_EXACT = re.compile(r"(?<!\S)=")
_SIGN = re.compile(r"\.\.\.?|[<>()|?~=]")
_OWN_PATTERN = "write what takes a gap, a set or an optional word as a pattern of its own"
_EXACT_WHOLE = "'=' stands before its first word and holds for the whole phrase"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other; `exact` compares them in lower case, else by stem."""

    words: tuple[str, ...]
    exact: bool


class PatternError(DataError):
    """A pattern, or an entry of a set, that cannot be read: `source`, as its file has it."""

    def __init__(self, message: str, source: str) -> None:
        super().__init__(message)
        self.source = source


PhraseSet = frozenset[Phrase]
Stem = Callable[[str], str]
"""Gives the stem of a word in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Slots in their order, and before each the largest number of other words allowed."""

    source: str
    slots: tuple[PhraseSet, ...]
    gaps: tuple[int, ...]


def parse_pattern(source: str, sets: Mapping[str, PhraseSet], *, stem: Stem = stem) -> list[Pattern]:
    """The pattern's variants, one for each choice of its optional pieces; PatternError where it cannot be read."""
    try:
        pieces = _pieces(source, sets, stem)
    except PatternError as fault:
        raise PatternError(fault.message, source) from None
    variants: list[list[tuple[PhraseSet, int]]] = [[]]
    gap = 0
    for slot, optional, width in pieces:
        if slot is None:
            gap = max(gap, width)
            continue
        longer = [[*variant, (slot, gap)] for variant in variants]
        variants = longer + [_widen(variant, gap) for variant in variants] if optional else longer
        gap = 0
    found = [_pattern(source, variant) for variant in variants if any(True for _ in variant)]
    if not found:
        raise PatternError(f"pattern {source!r} has no words", source)
    return found


def _widen(variant: list[tuple[PhraseSet, int]], gap: int) -> list[tuple[PhraseSet, int]]:
    """A variant that leaves an optional piece out keeps the gap before it as leeway after its last slot."""
    return [*variant, (frozenset(), gap)] if gap and variant else variant


def _pattern(source: str, variant: list[tuple[PhraseSet, int]]) -> Pattern:
    slots: list[PhraseSet] = []
    gaps: list[int] = []
    carried = 0
    for slot, gap in variant:
        if not slot:
            carried += gap
            continue
        slots.append(slot)
        gaps.append(gap + carried)
        carried = 0
    return _join_words(Pattern(source=source, slots=tuple(slots), gaps=tuple(gaps)))


def _join_words(pattern: Pattern) -> Pattern:
    """Neighbouring slots of one phrase each become one longer phrase, which hits more rarely."""
    slots: list[PhraseSet] = []
    gaps: list[int] = []
    for slot, gap in zip(pattern.slots, pattern.gaps, strict=True):
        if slots and gap == 0 and len(slot) == 1 and len(slots[-1]) == 1:
            (left,), (right,) = slots[-1], slot
            if left.exact == right.exact:
                slots[-1] = frozenset({Phrase(left.words + right.words, left.exact)})
                continue
        slots.append(slot)
        gaps.append(gap)
    return Pattern(source=pattern.source, slots=tuple(slots), gaps=tuple(gaps))


def _pieces(source: str, sets: Mapping[str, PhraseSet], stem: Stem) -> list[tuple[PhraseSet | None, bool, int]]:
    pieces: list[tuple[PhraseSet | None, bool, int]] = []
    at = 0
    while at < len(source):
        if source[at].isspace():
            at += 1
            continue
        found = _PIECE.match(source, at)
        if not found:
            raise PatternError(f"pattern {source!r} cannot be read at {source[at:]!r}", source)
        at = found.end()
        group, group_q, name, name_q, gap, word, word_q = found.groups()
        if gap:
            pieces.append((None, False, GAPS[gap]))
        elif name:
            pieces.append((_set(name, sets, source), bool(name_q), 0))
        elif group is not None:
            choices = [choice.strip() for choice in group.split("|") if choice.strip()]
            pieces.append((join_phrases(choices, sets, source=source, stem=stem), bool(group_q), 0))
        else:
            pieces.append((frozenset({parse_phrase(word, stem=stem)}), bool(word_q), 0))
    return pieces


def join_phrases(
    entries: Iterable[str], sets: Mapping[str, PhraseSet], *, source: str | None = None, stem: Stem = stem
) -> PhraseSet:
    """The phrases of entries that are phrases or named sets, `<name>`; PatternError, with `source`, for no set."""
    found: set[Phrase] = set()
    for entry in entries:
        found |= _set(entry[1:-1], sets, source or entry) if _is_set(entry) else {parse_phrase(entry, stem=stem)}
    return frozenset(found)


def _is_set(entry: str) -> bool:
    return entry.startswith("<") and entry.endswith(">")


def _set(name: str, sets: Mapping[str, PhraseSet], source: str) -> PhraseSet:
    if name not in sets:
        raise PatternError(f"pattern {source!r} names the set <{name}>, which rules/lexicon.yaml does not have", source)
    return sets[name]


def parse_phrase(source: str, *, stem: Stem = stem) -> Phrase:
    """A phrase as written in a rule; a leading `=` asks for the very words, in any case."""
    exact = source.startswith("=")
    plain = _EXACT.sub("", source) if exact else source
    sign = _SIGN.search(plain)
    if sign:
        raise PatternError(
            f"phrase {source!r} holds '{sign.group()}', but alternatives and entries of sets are plain words; "
            + (_EXACT_WHOLE if sign.group() == "=" else _OWN_PATTERN),
            source,
        )
    words = split_words(plain).lower
    if not words:
        raise PatternError(f"phrase {source!r} has no words", source)
    return Phrase(tuple(words if exact else map(stem, words)), exact)


def word_sets(lexicon: Mapping[str, Any], *, stem: Stem = stem) -> dict[str, PhraseSet]:
    """The named sets of a lexicon; PatternError with its file where an entry is faulty."""
    try:
        return _parse_sets(lexicon["sets"], stem)
    except PatternError as fault:
        fault.place = Place(path=lexicon.get("file", "rules/lexicon.yaml"))
        raise


def _parse_sets(lexicon: Mapping[str, list[str]], stem: Stem) -> dict[str, PhraseSet]:
    """The named sets of phrases; a set may take in another by `<name>`."""
    done: dict[str, PhraseSet] = {}

    def resolve(name: str, seen: tuple[str, ...]) -> PhraseSet:
        if name in done:
            return done[name]
        if name in seen or name not in lexicon:
            raise PatternError(f"lexicon set <{name}> is {'circular' if name in seen else 'not defined'}", f"<{name}>")
        slot: set[Phrase] = set()
        for entry in lexicon[name]:
            if entry.startswith("<"):
                slot |= resolve(entry.strip("<>"), (*seen, name))
            else:
                slot.add(parse_phrase(entry, stem=stem))
        done[name] = frozenset(slot)
        return done[name]

    for name in lexicon:
        resolve(name, ())
    return done
