"""From the text of a license or policy to what it states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from licensecheck.domain.licenses import Evidence, Identity, LicenseReading, MatchKind, Term
from licensecheck.domain.subject import Document
from licensecheck.reading.compiled import standard_rules
from licensecheck.reading.detection import Found, RuleSet, run_rules
from licensecheck.reading.grants import read_grants, written_grants
from licensecheck.reading.indexed_text import IndexedText, index_text
from licensecheck.reading.languages import language_of
from licensecheck.reading.ledger import find_boilerplate, find_reworded, lifted, make_ledger
from licensecheck.reading.other_languages import read_other_languages
from licensecheck.reading.terms import Quoter, Statement, classify, merge_statements, state_terms
from licensecheck.reading.use_words import find_named_uses
from licensecheck.text.clauses import parse_clauses

GRANT = "copyright-grant"
GRANTED = "rights-granted"
"""The fact that a sentence grants without a limit, in whatever style."""
UNREAD_WORDS = 8
"""A sentence with fewer words says nothing that a person need look at."""


def read_license(
    document: Document, *, identity: Identity | None = None, rules: RuleSet | None = None
) -> LicenseReading:
    """The terms, facts and class of a license or policy text; all of it from the text, however well that is known."""
    ruleset = rules or standard_rules()
    indexed = index_text(parse_clauses(document.text), ruleset.index)
    quoter = Quoter(indexed, document.path)
    languages = _languages(indexed) if ruleset.ledger else [None] * len(indexed.contexts)
    settled = run_rules(indexed, ruleset, ("fact",))
    other = read_other_languages(indexed, languages, document.path, facts={f.ready.rule.yields.name for f in settled})
    settled = [*(found for found in settled if _start(found) not in other.alone), *other.facts]
    grounds = _grounds(settled, quoter)
    facts = frozenset(grounds)
    boilerplate = find_boilerplate(indexed, ruleset) if ruleset.ledger else []
    matches = [
        found
        for found in run_rules(indexed, ruleset, ("term",))
        if _start(found) not in other.alone
        and not facts.intersection(found.ready.rule.unless_facts)
        and not lifted(indexed, ruleset, boilerplate, found)
    ]
    matches += [found for found in find_named_uses(indexed, ruleset, matches) if _start(found) not in other.alone]
    stated = state_terms(indexed, ruleset, matches, quoter)
    told = {(statement.rule, statement.evidence.start) for statement in stated}
    telling = [found for found in matches if (found.ready.rule.id, quoter.quote(found).start) in told]
    telling += other.terms
    read = [found.hit.words for found in telling if found.ready.rule.yields.name != GRANT]
    statements = _without_overruled([*stated, *other.statements], [*matches, *other.terms])
    terms = tuple(merge_statements(statements))
    grants = (*read_grants(indexed, ruleset, quoter, read=read), *written_grants(statements))
    known = identity or Identity(match=MatchKind.UNKNOWN)
    ledger = make_ledger(
        indexed,
        ruleset,
        [*telling, *settled],
        quoter,
        boilerplate=boilerplate,
        granted={g.evidence.start for g in grants if g.evidence and not g.limits},
        identity=known,
        languages=languages,
        whole=other.whole,
    )
    return LicenseReading(
        path=document.path,
        sha256=document.sha256,
        identity=known,
        license_class=classify(
            terms, facts | ({GRANTED} if any(not g.limits for g in grants) else set()), known, title=_title(indexed)
        ),
        terms=tuple(_with_rewording(terms, indexed, find_reworded(indexed, ruleset, known))),
        facts=facts,
        grounds=grounds,
        unread=_unread(indexed, matches, quoter),
        ledger=ledger,
        grants=grants,
    )


def _with_rewording(terms: Iterable[Term], indexed: IndexedText, reworded: Mapping[int, str]) -> Iterator[Term]:
    """The terms, those whose sentence or lead-in was changed with what was changed there."""
    spans = [(c.sentence.start, c.sentence.end) for c in indexed.contexts if c.sentence.start in reworded]
    for term in terms:
        told = dict.fromkeys(
            reworded[start] for start, end in spans if any(e.start < end and start < e.end for e in term.evidence)
        )
        yield replace(term, rewording="; ".join(told)) if told else term


def _start(found: Found) -> int:
    return found.hit.context.sentence.start


def _languages(indexed: IndexedText) -> list[str | None]:
    """The language of each sentence of a text, None for English."""
    text = indexed.tree.text
    return [language_of(text[context.sentence.start : context.sentence.end]) for context in indexed.contexts]


def _title(indexed: IndexedText) -> str:
    """The first line of the text that holds words."""
    return next((line.strip(" #*_") for line in indexed.tree.masked.splitlines() if line.strip(" #*_=-")), "")


def _grounds(found: list[Found], quoter: Quoter) -> dict[str, tuple[Evidence, ...]]:
    """Each fact that the text states, with the passages that state it."""
    names = sorted({one.ready.rule.yields.name for one in found})
    return {name: tuple(quoter.quote(one) for one in found if one.ready.rule.yields.name == name) for name in names}


def _without_overruled(statements: list[Statement], matches: list[Found]) -> list[Statement]:
    """The statements less those of rules that give way to another kind of term in the same text."""
    kinds = {statement.kind for statement in statements}
    yielding = {f.ready.rule.id for f in matches if kinds.intersection(f.ready.rule.unless_terms)}
    return [statement for statement in statements if statement.rule not in yielding]


def _unread(indexed: IndexedText, matches: list[Found], quoter: Quoter) -> tuple[Evidence, ...]:
    """The sentences in which no rule found a term, headings and definitions left out."""
    read = {id(found.hit.context.sentence) for found in matches}
    leading = {start for start, _, _ in indexed.leads}
    unread = []
    for context in indexed.contexts:
        sentence, (first, last) = context.sentence, context.words
        skip = sentence.clause.is_heading or sentence.clause.defines or first in leading
        if not skip and last - first >= UNREAD_WORDS and id(sentence) not in read:
            unread.append(quoter.passage(sentence.start, sentence.end, sentence.clause.section))
    return tuple(unread)
