"""Sentences in languages other than English, read by the phrases of `rules/languages/`.

A language is opened where a sentence of the text is in it, and its rules look at those sentences alone. What a rule
reads is a term or a fact like any other. A sentence counts as read whole only where nothing in it can say more; else it
asks, as every sentence does in which no rule found anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.language_rules import Language, codes_by_name, load_language
from licensecheck.frozen import dataclass
from licensecheck.reading.compiling import compile_rules
from licensecheck.reading.detection import Found, RuleSet, run_rules
from licensecheck.reading.force import WORD_SETS
from licensecheck.reading.indexed_text import Context, IndexedText, index_text
from licensecheck.reading.terms import Quoter, Statement, state_terms
from licensecheck.text.clause_tree import Sentence
from licensecheck.text.tokens import stemmer_of

GRANTING = frozenset(
    ("copyright-grant", "commercial-use-permitted", "distribution-permitted", "modification-permitted")
)
"""What permits: a sentence that says nothing else may hang it on a condition."""
LISTED = "prohibited-use"
"""The kind of which one sentence may name several, known ones and others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReading:
    """What the sentences in other languages state: terms, the matches behind them, facts, and where all was read."""

    statements: tuple[Statement, ...] = ()
    terms: tuple[Found, ...] = ()
    facts: tuple[Found, ...] = ()
    whole: frozenset[int] = frozenset()
    """The offsets of sentences of which all was read."""
    alone: frozenset[int] = frozenset()
    """The offsets of sentences that only the rules of their language look at."""


NOTHING_ELSE = OtherReading()


@per_catalog
def language_rules(code: str) -> RuleSet:
    """The rules of a language, made ready."""
    return ready_rules(load_language(code))


def ready_rules(language: Language) -> RuleSet:
    """The rules of a language over its own words; a set of force that it does not fill is empty."""
    sets = {**{name: [] for name in WORD_SETS}, **language.sets}
    sets["postposed"] = language.sets.get("postposed", [*sets["ban"], *sets["permit"], *sets["duty"]])
    file = f"rules/languages/{language.code}/language.yaml"
    lexicon = {"sets": sets, "headings": language.headings, "file": file}
    return compile_rules(language.rules, lexicon, stem=stemmer_of(language.stemmer))


def read_other_languages(
    indexed: IndexedText, languages: Sequence[str | None], path: str, *, facts: Collection[str]
) -> OtherReading:
    """What the sentences say that are in a language which is read; `languages` names that of each of the text.

    `facts` are those that the text states elsewhere: rules that give way to one give way to it here too.
    """
    codes = codes_by_name()
    spoken = sorted({name for name in languages if name is not None and name in codes})
    read = [_read_language(indexed, languages, load_language(codes[name]), path, facts) for name in spoken]
    if not read:
        return NOTHING_ELSE
    return OtherReading(
        statements=tuple(one for reading in read for one in reading.statements),
        terms=tuple(one for reading in read for one in reading.terms),
        facts=tuple(one for reading in read for one in reading.facts),
        whole=frozenset(start for reading in read for start in reading.whole),
        alone=frozenset(start for reading in read for start in reading.alone),
    )


def _read_language(
    indexed: IndexedText, languages: Sequence[str | None], language: Language, path: str, facts: Collection[str]
) -> OtherReading:
    rules = language_rules(language.code)
    own = index_text(indexed.tree, rules.index)
    places = {
        context.sentence.start: context
        for context, name in zip(indexed.contexts, languages, strict=True)
        if name == language.name
    }
    told = [found for found in run_rules(own, rules, ("fact",)) if found.hit.context.sentence.start in places]
    known = {*facts, *(found.ready.rule.yields.name for found in told)}
    matches = [
        found
        for found in run_rules(own, rules, ("term",))
        if found.hit.context.sentence.start in places and not known.intersection(found.ready.rule.unless_facts)
    ]
    quoter = Quoter(own, path)
    statements = state_terms(own, rules, matches, quoter)
    stated = {(statement.rule, statement.evidence.start) for statement in statements}
    matches = [found for found in matches if (found.ready.rule.id, quoter.quote(found).start) in stated]
    by_start: dict[int, set[str]] = {}
    for found in (*told, *matches):
        by_start.setdefault(found.hit.context.sentence.start, set()).add(found.ready.rule.yields.name)
    whole = {start for start, kinds in by_start.items() if _is_whole(indexed, places[start].sentence, kinds, language)}
    return OtherReading(
        statements=tuple(statements),
        terms=tuple(_on(places[_start(found)], found) for found in matches),
        facts=tuple(_on(places[_start(found)], found) for found in told),
        whole=frozenset(whole),
        alone=frozenset(places) if language.alone else frozenset(),
    )


def _start(found: Found) -> int:
    return found.hit.context.sentence.start


def _on(context: Context, found: Found) -> Found:
    """A match as one of the text in English, whose words have the same numbers."""
    return replace(found, hit=found.hit._replace(context=context))


def _is_whole(indexed: IndexedText, sentence: Sentence, kinds: Iterable[str], language: Language) -> bool:
    """True where nothing in a sentence can say more than what was read in it."""
    low = indexed.tree.masked[sentence.start : sentence.end].casefold()
    found = set(kinds)
    if any(word in low for word in language.turns):
        return False
    if found <= GRANTING:
        return not any(word in low for word in language.conditions)
    return found != {LISTED} or not any(word in low for word in language.joins)
