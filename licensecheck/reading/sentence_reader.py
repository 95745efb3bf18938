"""The detect rules on the sentences of a model card: one walk along the card's words says which rules to try where.

A rule can match only in a sentence in which every phrase of one of its patterns stands. That is decided for all
sentences at once, on a small index of the chosen rules alone; few sentences and rules are left for the full reading.

    reader = SentenceReader(standard_rules(), yields={"noncommercial", "research-only"})
    for number, reading in reader.read_all([sentence.text for sentence in sentences]):
        for statement in reading.statements: ...
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from licensecheck.catalog.catalog import per_catalog, per_catalog_up_to
from licensecheck.catalog.language_rules import codes_by_name
from licensecheck.domain.subject import Document, Role
from licensecheck.reading.compiled import standard_rules
from licensecheck.reading.detection import ReadyRule, RuleSet, run_rules
from licensecheck.reading.indexed_text import index_text
from licensecheck.reading.languages import language_of
from licensecheck.reading.license_text import read_license
from licensecheck.reading.phrase_index import Hits, PhraseIndex
from licensecheck.reading.terms import Quoter, Statement, state_terms
from licensecheck.text.clauses import parse_clauses
from licensecheck.text.tokens import split_words

MAX_KEPT = 20_000
"""How many sentences are remembered: cards repeat whole blocks from each other."""
FREE = frozenset(
    (
        "copyright-grant",
        "patent-grant",
        "outputs-unclaimed",
        "derivatives-owned-by-licensee",
        "warranty-disclaimer",
        "liability-limit",
        "output-responsibility",
        "end-user-exemption",
        "state-changes",
        "notice-file",
        "comply-with-laws",
    )
)
"""Kinds of terms that free licenses state as well."""
ANY_FIELD = "prohibited-use"
"""A kind of term that cards in other languages also state as advice: harm, crime."""
EXPLAINING = frozenset(("no-restriction", "permission", "no-duty", "acknowledgement", "risk"))
"""Kinds of boilerplate that say the same outside of a license."""
_SOFTENERS = ("trigger", "proviso")
_BETWEEN = "\n|\n"
"""Stands between two sentences, so that no word goes on from one to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceReading:
    """What a sentence states: its terms, each with the offsets of its evidence in the sentence, and its facts."""

    statements: tuple[Statement, ...] = ()
    facts: tuple[str, ...] = ()


NOTHING = SentenceReading()


class SentenceReader:
    """Reads sentences by the rules of a set that yield one of some terms or facts; by all of them without a choice.

    Sentences are plain text without markup. A list item is given together with the words that lead into it, as
    "You may not:\\n- sell it".
    """

    def __init__(self, rules: RuleSet, *, yields: Collection[str] | None = None) -> None:
        self._rules = rules
        self._softeners = tuple(r for r in rules.rules if r.rule.yields.sort in _SOFTENERS)
        self._wanted = [
            ready
            for ready in rules.rules
            if ready.rule.yields.sort in ("term", "fact") and (yields is None or ready.rule.yields.name in yields)
        ]
        self._index, numbers = _part(
            rules.index, {slot for r in self._wanted for compiled in r.any for slot in compiled.slots}
        )
        self._rows = sorted(
            {
                (tuple(sorted({numbers[slot] for slot in compiled.slots})), place)
                for place, ready in enumerate(self._wanted)
                for compiled in ready.any
            }
        )
        self._known: dict[str, SentenceReading] = {}

    def read_all(self, sentences: Sequence[str]) -> Iterator[tuple[int, SentenceReading]]:
        """The number of each sentence that states something, and what it states."""
        able: dict[int, list[int]] = {}
        for place, numbers in self._places(sentences).items():
            for number in numbers:
                able.setdefault(number, []).append(place)
        for number, places in sorted(able.items()):
            reading = self._read(sentences[number], places)
            if reading is not NOTHING:
                yield number, reading

    def _places(self, sentences: Sequence[str]) -> dict[int, set[int]]:
        """For each rule, by its place, the sentences in which all phrases of one of its patterns stand."""
        words = split_words(_BETWEEN.join(sentences))
        begins = [0]
        for sentence in sentences:
            begins.append(begins[-1] + len(sentence) + len(_BETWEEN))
        hits = self._index.find(words.lower)
        present = {slot for phrase in hits for slot in self._index.slots_of[phrase]}
        where: dict[int, set[int]] = {}
        found: dict[int, set[int]] = {}
        for slots, place in self._rows:
            if not present.issuperset(slots):
                continue
            for slot in slots:
                if slot not in where:
                    where[slot] = self._numbers(slot, hits, words.starts, begins)
            numbers = set.intersection(*(where[slot] for slot in slots))
            if numbers:
                found.setdefault(place, set()).update(numbers)
        return found

    def _numbers(self, slot: int, hits: Hits, starts: Sequence[int], begins: Sequence[int]) -> set[int]:
        """The sentences in which a phrase of a slot begins."""
        phrases = self._index.slots[slot]
        return {bisect_right(begins, starts[at]) - 1 for p in phrases if p in hits for at, _ in hits[p]}

    def _read(self, sentence: str, places: Sequence[int]) -> SentenceReading:
        known = self._known.get(sentence)
        if known is None:
            known = self._state(sentence, [self._wanted[place] for place in sorted(places)])
            if len(self._known) >= MAX_KEPT:
                self._known.clear()
            self._known[sentence] = known
        return known

    def _state(self, sentence: str, able: Sequence[ReadyRule]) -> SentenceReading:
        index, force = self._rules.index, self._rules.force
        rules = RuleSet(rules=(*able, *self._softeners), index=index, force=force)
        indexed = index_text(parse_clauses(sentence), index)
        facts = tuple(sorted({found.ready.rule.yields.name for found in run_rules(indexed, rules, ("fact",))}))
        found = [
            f for f in run_rules(indexed, rules, ("term",)) if not set(f.ready.rule.unless_facts).intersection(facts)
        ]
        statements = tuple(state_terms(indexed, rules, found, Quoter(indexed, "")))
        return SentenceReading(statements=statements, facts=facts) if statements or facts else NOTHING


def _part(index: PhraseIndex, slots: Collection[int]) -> tuple[PhraseIndex, dict[int, int]]:
    """An index of some slots of another one alone, and the number that each has in it."""
    kept = sorted(slots)
    phrases = sorted({phrase for slot in kept for phrase in index.slots[slot]})
    numbers = {phrase: number for number, phrase in enumerate(phrases)}
    part = PhraseIndex(
        [index.phrases[phrase] for phrase in phrases], [[numbers[p] for p in index.slots[slot]] for slot in kept]
    )
    return part, {slot: number for number, slot in enumerate(kept)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceVerdict:
    """What the reader of license texts makes of one sentence.

    `explained`: it gives, tells, or says who does what, and nothing is asked. `stands_in_the_way`: the ledger asks
    about it, or it states a term that free licenses do not state.
    """

    explained: bool
    stands_in_the_way: bool
    facts: frozenset[str]


@per_catalog_up_to(8192)
def judge_sentence(text: str) -> SentenceVerdict:
    """What the rules for license texts, and their ledger, say of a sentence that stands somewhere else."""
    reading = read_license(Document(path="", role=Role.LICENSE, text=text, sha256=""))
    asks = any(line.asks for line in reading.ledger)
    limiting = [term.kind for term in reading.terms if term.kind not in FREE]
    explaining = _explaining()
    told = bool(reading.terms) or any(not explaining.isdisjoint(line.by) for line in reading.ledger)
    return SentenceVerdict(
        explained=told and not asks and all(kind == ANY_FIELD for kind in limiting),
        stands_in_the_way=asks or bool(limiting),
        facts=frozenset(reading.facts),
    )


@per_catalog_up_to(8192)
def states_limit(text: str) -> bool:
    """True for a sentence in another language that is read, which states a term that free licenses do not."""
    if language_of(text) not in codes_by_name():
        return False
    reading = read_license(Document(path="", role=Role.LICENSE, text=text, sha256=""))
    return any(term.kind not in FREE for term in reading.terms)


@per_catalog
def _explaining() -> frozenset[str]:
    """The rules for boilerplate that explain a sentence wherever it stands; others suppose a license around it."""
    return frozenset(
        ready.rule.id
        for ready in standard_rules().rules
        if ready.rule.yields.sort == "boilerplate" and ready.rule.yields.name in EXPLAINING
    )
