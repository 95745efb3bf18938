"""Which sentences of a card forbid, limit or charge: groups of words that stand together in one clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog, per_catalog_up_to
from licensecheck.lazy import re
from licensecheck.models.cues import bit_of, marks_of
from licensecheck.models.license_names import find_license_names
from licensecheck.models.prose import Kind, Sentence

SELF = "selfmodel"
"""What stands for the model's own name while a sentence is matched."""
REACH = 90
"""How many characters may stand between two words that make a restriction together."""
_WHOLE = 25
"""A gate of more sentences holds a license, and is read as one."""
LONGEST = 1_500
"""A longer sentence is none, but of a gate; it is left to the reader of license texts."""
_CLAUSE = re.compile(r";| but (?!not\b|never\b)| however\b| whereas\b| while\b| although\b| though\b")
_RIGHTS, _LICENSE = 1, 2
"""What a heading is about: rights in some way, or the license itself."""
_JOINT = re.compile(r"[,/&\s]*(?:(?:and|or|as well as)\s+)?")
"""What stands between two things of which a sentence says the same: "the data, code and model"."""
_ASIDE = re.compile(r"\b(?:for|in|to|by|as|via|with|at) (?:any |an? |the |our |your |their )?$")
"""Behind these words a thing is not what the sentence speaks of."""
_GAP = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A way in which a sentence binds: a kind of term, the kinds that a license has it by, and how plain it is."""

    kind: str
    covered: frozenset[str]
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A sentence with the words that lead into it, in lower case; `legal` tells of the heading above it."""

    sentence: Sentence
    low: str
    legal: int


def find_norms(sentences: Sequence[Sentence], *, own: re.Pattern[str]) -> Iterator[tuple[Norm, Sentence]]:
    """Each sentence that binds, with the first way in which it does; `own` finds the model's name."""
    words = _words()
    gate = sum(sentence.kind is Kind.GATE for sentence in sentences)
    if gate > _WHOLE:
        sentences = [sentence for sentence in sentences if sentence.kind is not Kind.GATE]
    for spoken in _with_leads(words.worth_reading(sentences), own):
        legal = spoken.legal
        if legal == _LICENSE and next(find_license_names(spoken.sentence.text), None) is not None:
            legal = _RIGHTS
        norm = _norm_of(spoken.low, legal)
        if norm is not None:
            yield norm, spoken.sentence


@per_catalog_up_to(8192)
def _norm_of(text: str, legal: int) -> Norm | None:
    """How a sentence binds; None for one that does not. Cards repeat each other, so the answers are kept."""
    words = _words()
    whole = words.blanked(text)
    if whole != text:
        legal = min(legal, _RIGHTS)
    if words.has("past", whole):
        return None
    for clause in _clauses(whole):
        if words.is_of_others(clause, whole):
            continue
        technical = words.has("technique", clause) and not words.has("law", clause)
        for pattern in words.patterns:
            if legal >= pattern.legal and (pattern.norm.strong or not technical) and words.fits(pattern, clause, whole):
                return pattern.norm
    return None


def _clauses(text: str) -> Iterator[str]:
    start = 0
    for found in _CLAUSE.finditer(text):
        yield text[start : found.start()]
        start = found.end()
    yield text[start:]


def _with_leads(sentences: Iterable[tuple[Sentence, str, int]], own: re.Pattern[str]) -> Iterator[Spoken]:
    """The sentences as they read: an item behind what leads into its list, an answer behind its question."""
    for sentence, lead, legal in sentences:
        low = own.sub(SELF, sentence.text).lower().replace("’", "'")
        yield Spoken(sentence=sentence, low=f"{lead} {low}" if lead else low, legal=legal)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    norm: Norm
    groups: tuple[str, ...]
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    legal: int


class _Words:
    """The words of `rules/cards/norms.yaml`, compiled."""

    def __init__(self) -> None:
        data = load_vocabulary("norms")
        self._groups = {name: _compiled(words) for name, words in data["groups"].items()}
        self._legal = re.compile(data["legal"])
        self._license = re.compile(data["license"])
        self._elsewhere = re.compile(data["elsewhere"])
        self._sections: dict[tuple[str, ...], tuple[int, bool]] = {}
        self.patterns = tuple(_pattern(entry) for entry in data["patterns"])

    def worth_reading(self, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, str, int]]:
        """The sentences with a word that can bind, what leads into each, and whether their heading is about rights."""
        lead = ""
        bit = bit_of("norms")
        for sentence in sentences:
            low = sentence.low
            before = lead
            if sentence.kind is not Kind.ITEM and not low.startswith("no"):
                before = ""
            if low.endswith((":", "：", "?")):
                lead = low[-400:].replace("’", "'")
            elif sentence.kind is not Kind.ITEM:
                lead = ""
            if len(low) > LONGEST and sentence.kind is not Kind.GATE:
                continue
            legal, elsewhere = self._section(sentence.section)
            if sentence.kind is Kind.HEADING:
                legal = 0
            if elsewhere and not legal:
                continue
            if legal or sentence.marks & bit or (before and marks_of(before) & bit):
                yield sentence, before, legal

    def _section(self, section: tuple[str, ...]) -> tuple[int, bool]:
        """Whether one of the headings above is about rights, and whether one is about advice or other works."""
        known = self._sections.get(section)
        if known is None:
            below = section[1:] or section
            legal = _RIGHTS if any(self._legal.search(part) for part in below) else 0
            elsewhere = any(self._elsewhere.search(part) for part in section)
            if legal and self._elsewhere.search(section[-1]) and not self._legal.search(section[-1]):
                legal = 0
            if legal and self._license.search(section[-1]):
                legal = _LICENSE
            known = self._sections[section] = (legal, elsewhere)
            if len(self._sections) > 10_000:
                self._sections.clear()
        return known

    def blanked(self, text: str) -> str:
        """The sentence without what only gives: a limit that is denied, a use that is allowed."""
        for group in ("free", "allow"):
            text = self._groups[group].sub(_blank, text)
        return text

    def has(self, group: str, text: str) -> bool:
        """True where a word of the group stands in the text."""
        return self._groups[group].search(text) is not None

    def is_of_others(self, clause: str, whole: str) -> bool:
        """True for a clause whose first noun is a work with terms of its own: data, code, a demo, another model."""
        for text in (clause, whole):
            found = self._groups["other"].finditer(text)
            others = [m.span() for m in found if not _ASIDE.search(text, max(0, m.start() - 20), m.start())]
            own = min(
                (start for start, end in self._own(text) if all(end <= s or e <= start for s, e in others)),
                default=None,
            )
            if others and own is not None:
                before = [end for start, end in others if start < own]
                return bool(before) and not _JOINT.fullmatch(text, max(before), max(own, max(before)))
            if others or own is not None:
                return bool(others)
        return False

    def _own(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the model itself is named, or what it gives out."""
        for name in ("weights", "outputs"):
            yield from (found.span() for found in self._groups[name].finditer(text))

    def fits(self, pattern: _Pattern, clause: str, whole: str) -> bool:
        """True where the groups of a pattern stand near each other in a clause, each in words of its own."""
        if not _near([[m.span() for m in self._groups[group].finditer(clause)] for group in pattern.groups]):
            return False
        if not all(self.has(group, whole) for group in pattern.needs):
            return False
        return not any(self.has(group, whole) for group in pattern.unless)


def _near(places: list[list[tuple[int, int]]]) -> bool:
    """True where one place of each list can be taken so that none overlap and all lie within reach of the next."""
    if not all(places):
        return False
    return any(_chain([first], places[1:]) for first in places[0])


def _chain(taken: list[tuple[int, int]], rest: list[list[tuple[int, int]]]) -> bool:
    if not rest:
        return True
    for start, end in rest[0]:
        apart = all(end <= s or e <= start for s, e in taken)
        if (
            apart
            and min(max(start - e, s - end) for s, e in taken) <= REACH
            and _chain([*taken, (start, end)], rest[1:])
        ):
            return True
    return False


def _blank(found: re.Match[str]) -> str:
    return _GAP.sub("_", found.group())


def _compiled(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{'|'.join(words)})(?![\w])")


def _pattern(entry: dict[str, Any]) -> _Pattern:
    norm = Norm(kind=entry["kind"], covered=frozenset(entry["covered"]), strong=entry.get("strong", False))
    return _Pattern(
        norm=norm,
        groups=tuple(entry["all"]),
        needs=tuple(entry.get("needs", ())),
        unless=tuple(entry.get("unless", ())),
        legal=_LICENSE if entry.get("license") else _RIGHTS if entry.get("legal") else 0,
    )


@per_catalog
def _words() -> _Words:
    return _Words()
