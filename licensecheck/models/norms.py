"""Which sentences of a card forbid, limit or charge: groups of words that stand together in one clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog, per_catalog_up_to
from licensecheck.lazy import re
from licensecheck.models.cues import bit_of, group_pattern, groups_together, marks_of
from licensecheck.models.license_names import find_license_names
from licensecheck.models.prose import Kind, Sentence

if TYPE_CHECKING:
    from licensecheck.reading.sentence_reader import SentenceVerdict

SELF = "selfmodel"
"""What stands for the model's own name while a sentence is matched."""
REACH = 90
"""How many characters may stand between two words that make a restriction together."""
_WHOLE = 25
"""A gate of more sentences holds a license, and is read as one."""
LONGEST = 1_500
"""A longer sentence is none, but of a gate; it is left to the reader of license texts."""
TECHNIQUE = ("technique", "craft", "technical")
"""The groups whose words count in their own clause alone."""
_BAN = ("forbid", "trade")
"""The groups of a plain ban."""
_CLAUSE = re.compile(
    r";|,(?= (?:and |but |while )?(?:the|our|its|these|this) (?:\w+ )?(?:weights?|models?|checkpoints?|parameters)\b)"
    r"| but (?!not\b|never\b)| however\b| whereas\b| while\b| although\b| though\b"
)
_PLAIN, _RIGHTS, _LICENSE = -1, 1, 2
"""What a heading is about: advice, where a plain ban alone counts; rights in some way; or the license itself."""
_ADVICE, _OTHERS = 1, 2
"""What else a heading can be about: advice on the model, or other works and results."""
_JOINT = re.compile(r"[,/&\s]*(?:(?:and|or|as well as)\s+)?")
"""What stands between two things of which a sentence says the same: "the data, code and model"."""
_ASIDE = re.compile(
    r"\b(?:for|in|to|by|as|via|with|at|train|training|improve|build|develop) (?:any |an? |the |our |your |their )?$"
)
"""Behind these words a thing is not what the sentence speaks of."""
_PARTS = (":", "—", "–", "(")
"""What a part of a clause begins behind, that has a subject of its own."""
_GAP = re.compile(r"[^\n]")
_NAME = re.compile(r"[A-Z][a-z]{2,}")
_HEAD = re.compile(r"\b(?:model|name|system|baseline|method)s?\b.*\blicen[cs]e")
_ALLOWED = re.compile(r"\|\s*(?:is it |use )?(?:allowed|permitted|ok|okay|may i|licensed)\s*\??\s*(?:\||$)")
_CROSSED = re.compile(r"\|\s*(?:✗|✘|❌|🚫|⛔|no|never|not (?:allowed|permitted))\W*(?:\||$)")
_SAYING = re.compile(r"[\"'“”„«].*[\"'“”»]\W*|.*[:?：]\s*\d+\W*|\|(?:[^|]*\|){4,}.*|\W*(?:\w+\W*){1,2}")
"""No sentence of the card: words in quotation marks, a lone number behind a lead-in, a row of many cells, two words."""
_BLANKED = re.compile(r"_{2,}")
_ROWS = 40
"""How many lines of a table are looked back to its head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A way in which a sentence binds: a kind of term, the kinds that a license has it by, and how plain it is."""

    kind: str
    covered: frozenset[str]
    strong: bool


_BARRED = Norm(kind="other-condition", covered=frozenset(("prohibited-use", "acceptable-use-policy")), strong=False)
"""What a heading by itself comes to."""


def find_norms(sentences: Sequence[Sentence], *, own: re.Pattern[str]) -> Iterator[tuple[Norm, Sentence]]:
    """Each sentence that binds, with the first way in which it does; `own` finds the model's name."""
    words = _words()
    gate = sum(sentence.kind is Kind.GATE for sentence in sentences)
    if gate > _WHOLE:
        sentences = [sentence for sentence in sentences if sentence.kind is not Kind.GATE]
    yield from _barred_by_heading(sentences, words)
    yield from _crossed_rows(sentences)
    for sentence, legal in words.worth_reading(sentences):
        if sentence.kind is Kind.ROW and _is_of_another(sentence, sentences, own):
            continue
        low = own.sub(SELF, sentence.text).lower().replace("’", "'")
        if sentence.asked:
            low = f"{sentence.asked[-400:].lower().replace('’', chr(39))} {low}"
        if legal == _LICENSE and next(find_license_names(sentence.text), None) is not None:
            legal = _RIGHTS
        norm = _norm_of(low, legal)
        if norm is not None:
            yield norm, sentence


def _barred_by_heading(sentences: Sequence[Sentence], words: _Words) -> Iterator[tuple[Norm, Sentence]]:
    """Each heading that bars what stands below it, or all but that, unless the words below give everything."""
    for number, sentence in enumerate(sentences):
        if sentence.kind is not Kind.HEADING or not words.bars.search(sentence.low):
            continue
        below = takewhile(_is_no_heading, sentences[number + 1 :])
        if not any(words.opens.search(one.low) for one in below):
            yield _BARRED, sentence


def _crossed_rows(sentences: Sequence[Sentence]) -> Iterator[tuple[Norm, Sentence]]:
    """The rows that say no in a table of what is allowed."""
    allowed = 0
    for sentence in sentences:
        if sentence.kind is not Kind.ROW:
            continue
        if _ALLOWED.search(sentence.low):
            allowed = sentence.line
        elif allowed and sentence.line < allowed + _ROWS and _CROSSED.search(sentence.low):
            yield _BARRED, sentence


def _is_no_heading(sentence: Sentence) -> bool:
    return sentence.kind is not Kind.HEADING


def _is_of_another(row: Sentence, sentences: Sequence[Sentence], own: re.Pattern[str]) -> bool:
    """True for a row that gives another model its license: that of a table with a column for licenses."""
    first, _, rest = row.text.strip().strip("|").partition("|")
    if not rest or not _NAME.search(first) or own.search(first):
        return False
    above = [one for one in sentences if one.kind is Kind.ROW and row.line - _ROWS < one.line < row.line]
    return any(_HEAD.search(one.low) for one in above)


@per_catalog_up_to(8192)
def _norm_of(text: str, legal: int) -> Norm | None:
    """How a sentence binds; None for one that does not. Cards repeat each other, so the answers are kept."""
    words = _words()
    able = marks_of(text)
    plain = legal == _PLAIN
    if not words.may_bind(able, max(legal, 0)):
        return None
    whole = _Clause(words, words.blanked(text, able), able)
    if whole.text != text:
        legal = min(legal, _RIGHTS)
    if whole.has("past"):
        return None
    for clause in whole.parts():
        others = is_of_others(clause, whole)
        technical = clause.has("technique") and not clause.has("law")
        for pattern in words.patterns:
            if pattern.able & able != pattern.able or (others and not pattern.ahead):
                continue
            if technical and not (pattern.norm.strong or pattern.ledger or pattern.ahead):
                continue
            if pattern.groups != _BAN if plain else legal < pattern.legal:
                continue
            if fits(pattern, clause, whole) and words.agrees(pattern, text, left=whole.text):
                return pattern.norm
    return None


def _judged(text: str) -> SentenceVerdict:
    from licensecheck.reading.sentence_reader import judge_sentence  # few cards need the rules for license texts

    return judge_sentence(text)


class _Clause:
    """A sentence or a part of it, with the places of the groups of words that were asked for."""

    def __init__(self, words: _Words, text: str, able: int) -> None:
        self.text = text
        self._words = words
        self._able = able
        self._places: dict[str, list[tuple[int, int]]] = {}

    def places(self, group: str) -> list[tuple[int, int]]:
        """Where the words of a group stand."""
        found = self._places.get(group)
        if found is None:
            found = []
            if self._able & self._words.bits[group]:
                found = [match.span() for match in self._words.group(group).finditer(self.text)]
            self._places[group] = found
        return found

    def has(self, group: str) -> bool:
        """True where a word of the group stands in the text."""
        known = self._places.get(group)
        if known is not None:
            return bool(known)
        if not self._able & self._words.bits[group]:
            return False
        return self._words.group(group).search(self.text) is not None

    def parts(self) -> Iterator[_Clause]:
        """The clauses of a sentence."""
        start = 0
        for found in _CLAUSE.finditer(self.text):
            yield _Clause(self._words, self.text[start : found.start()], self._able)
            start = found.end()
        yield _Clause(self._words, self.text[start:], self._able) if start else self


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    norm: Norm
    groups: tuple[str, ...]
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    ahead: tuple[str, ...]
    """Groups that must not stand ahead of the first one, but behind a bearer of rights."""
    legal: int
    ledger: bool
    """Whether the ledger has a say: a sentence that it explains is not asked."""
    asks: bool
    """Whether the ledger itself has to ask, or a rule for license texts to state a term or a fact that limits."""
    able: int
    """The bits of the groups that have to stand in a sentence."""


_MARKS = 100_000
"""For how many marks of sentences it is remembered whether they can bind."""


class _Words:
    """The words of `rules/cards/norms.yaml`; a group is compiled when it is first looked for."""

    def __init__(self) -> None:
        data = load_vocabulary("norms")
        self._data = data["groups"]
        self._groups: dict[str, re.Pattern[str]] = {}
        self.bits = {name: bit_of(f"norms/{name}") for name in self._data}
        self._legal = re.compile(data["legal"])
        self._license = re.compile(data["license"])
        self.bars = re.compile(data["bars"])
        self.opens = re.compile(data["opens"])
        self._elsewhere = re.compile(data["elsewhere"])
        self._advice = re.compile(data["advice"])
        self._sections: dict[tuple[str, ...], tuple[int, int]] = {}
        self._limiting = frozenset(data["limiting"])
        self.patterns = tuple(
            self._pattern(entry, groups) for entry in data["patterns"] for groups in groups_together(entry)
        )
        self._of_name = marks_of(SELF)
        self._plainly = self.bits["forbid"] | self.bits["trade"]
        self._binding = tuple(map(self._least, (0, _RIGHTS, _LICENSE)))
        self._able: dict[tuple[int, int], bool] = {}

    def _pattern(self, entry: dict[str, Any], groups: tuple[str, ...]) -> _Pattern:
        norm = Norm(kind=entry["kind"], covered=frozenset(entry["covered"]), strong=entry.get("strong", False))
        able = 0
        for group in (*groups, *entry.get("needs", ())):
            able |= self.bits[group]
        return _Pattern(
            norm=norm,
            groups=groups,
            needs=tuple(entry.get("needs", ())),
            unless=tuple(entry.get("unless", ())),
            ahead=tuple(entry.get("ahead", ())),
            legal=_LICENSE if entry.get("license") else _RIGHTS if entry.get("legal") else 0,
            ledger=entry.get("ledger", False) or entry.get("asks", False),
            asks=entry.get("asks", False),
            able=able,
        )

    def group(self, name: str) -> re.Pattern[str]:
        """The expression of a group."""
        found = self._groups.get(name)
        if found is None:
            found = self._groups[name] = re.compile(group_pattern(self._data[name]))
        return found

    def agrees(self, pattern: _Pattern, text: str, *, left: str) -> bool:
        """True where the reader of license texts has nothing against a restriction, or sees one itself if it must.

        `left` is the sentence without what only gives.
        """
        if not pattern.ledger:
            return True
        if not pattern.asks:
            return not _judged(text.replace(SELF, "the model")).explained
        if _SAYING.fullmatch(text):
            return False
        return all(self._limits(one) for one in dict.fromkeys((text, _BLANKED.sub(" ", left))))

    def _limits(self, text: str) -> bool:
        verdict = _judged(text.replace(SELF, "the model"))
        return verdict.stands_in_the_way or not verdict.facts.isdisjoint(self._limiting)

    def may_bind(self, able: int, legal: int) -> bool:
        """True where all groups of a pattern can stand in a sentence under a heading of this sort."""
        known = self._able.get((able, legal))
        if known is None:
            if len(self._able) >= _MARKS:
                self._able.clear()
            known = self._able[able, legal] = any(bits & able == bits for bits in self._binding[legal])
        return known

    def may_be_plain(self, able: int) -> bool:
        """True where a plain ban on trade can stand in a sentence: that counts under any heading on the model."""
        return able & self._plainly == self._plainly

    def _least(self, legal: int) -> tuple[int, ...]:
        """The bits of the patterns of a sort of heading, without those that include another's."""
        needed = {pattern.able for pattern in self.patterns if legal >= pattern.legal}
        return tuple(
            sorted(one for one in needed if not any(other != one and other & one == other for other in needed))
        )

    def worth_reading(self, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int]]:
        """The sentences that can bind, and whether their heading is about rights."""
        for sentence in sentences:
            if len(sentence.low) > LONGEST and sentence.kind is not Kind.GATE:
                continue
            legal, elsewhere = self._section(sentence.section)
            if sentence.kind is Kind.HEADING:
                legal = 0
            marks = sentence.marks | self._of_name
            if sentence.asked:
                marks |= marks_of(sentence.asked.lower())
            if elsewhere and not legal:
                if elsewhere is _ADVICE and self.may_be_plain(marks):
                    yield sentence, _PLAIN
                continue
            if self.may_bind(marks, legal):
                yield sentence, legal

    def _section(self, section: tuple[str, ...]) -> tuple[int, int]:
        """Whether one of the headings above is about rights, and whether one is about advice or other works."""
        known = self._sections.get(section)
        if known is None:
            below = section[1:] or section
            legal = _RIGHTS if any(self._legal.search(part) for part in below) else 0
            elsewhere = _OTHERS if any(self._elsewhere.search(part) for part in section) else 0
            elsewhere = elsewhere or (_ADVICE if any(self._advice.search(part) for part in section) else 0)
            last = section[-1] if section else ""
            beside = self._elsewhere.search(last) or self._advice.search(last)
            if beside and not self._legal.search(last):
                legal = 0
            if legal and self._license.search(last):
                legal = _LICENSE
            if len(self._sections) > 10_000:
                self._sections.clear()
            known = self._sections[section] = (legal, elsewhere)
        return known

    def blanked(self, text: str, able: int) -> str:
        """The sentence without what only gives: a limit that is denied, a use that is allowed."""
        for group in ("free", "allow"):
            if able & self.bits[group]:
                text = self.group(group).sub(_blank, text)
        return text


def is_of_others(clause: _Clause, whole: _Clause) -> bool:
    """True for a clause whose first noun is a work with terms of its own: data, code, a demo, another model."""
    if whole.has("reaches"):
        return False
    for part in (clause, whole):
        text = part.text
        found = part.places("other")
        others = [span for span in found if not _ASIDE.search(text, max(0, span[0] - 20), span[0])]
        own = min(
            (
                start
                for name in ("weights", "outputs")
                for start, end in part.places(name)
                if all(end <= s or e <= start for s, e in others)
            ),
            default=None,
        )
        if others and own is not None:
            before = [end for start, end in others if start < own]
            return bool(before) and not _JOINT.fullmatch(text, max(before), max(own, max(before)))
        if others or own is not None:
            return bool(others)
    return False


def fits(pattern: _Pattern, clause: _Clause, whole: _Clause) -> bool:
    """True where the groups of a pattern stand near each other in a clause, each in words of its own."""
    places: list[list[tuple[int, int]]] = []
    for group in pattern.groups:
        found = clause.places(group)
        if pattern.ahead and not places:
            found = [span for span in found if not _is_led(clause, span[0], pattern.ahead)]
        if not found:
            return False
        places.append(found)
    if not all(whole.has(group) for group in pattern.needs) or not _near(places):
        return False
    lawful = pattern.ledger and clause.has("lawful")
    return not any(
        clause.has(group) and not lawful if group in TECHNIQUE else whole.has(group) for group in pattern.unless
    )


def _is_led(clause: _Clause, at: int, ahead: tuple[str, ...]) -> bool:
    """True where a word of some groups stands ahead of a place, and none for a bearer of rights ahead of that."""
    begin = max(clause.text.rfind(mark, 0, at) for mark in _PARTS)
    first = min((start for group in ahead for start, _ in clause.places(group) if begin < start < at), default=at)
    return first < at and not any(begin < start <= first for start, _ in clause.places("holder"))


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


@per_catalog
def _words() -> _Words:
    return _Words()
