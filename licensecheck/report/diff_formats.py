"""A comparison for the terminal: signs before each line, changed words in [-brackets-] and {+braces+}."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from licensecheck.domain.licenses import MatchKind, Term, Value
from licensecheck.report.diff_changes import (
    AttributeChange,
    Change,
    ClauseChange,
    Comparison,
    Mark,
    Passage,
    Side,
    TermChange,
    compare_words,
    frame_changes,
)
from licensecheck.report.extraction import dump_json, term_data, value_data
from licensecheck.report.html import render_page
from licensecheck.report.sentences import describe, label_of, triggers_words, words_for
from licensecheck.text.markup import plain_line

# What a change says in a few words, for every face of the report.


SIGNS = {Change.ADDED: "+", Change.REMOVED: "-", Change.CHANGED: "~", Change.MOVED: ">", Change.SAME: "="}
"""One sign for each kind of change."""
_UNREAD = "no terms are known, so what the other states shows as added or removed."
_NO_POLICY = "its use policy is not part of the text, so the uses that the other bars show as added or removed."
_NAMES = {"triggers": "what sets it off", "provisos": "what softens it"}
"""What a term's parts are called where their own name says little."""
_LONG_SENTENCE = 60
"""So many characters and more make a text long."""
NOTHING_TO_COMPARE = "The clauses are not compared: that takes the text of both, and a record holds none."


def title_of(side: Side) -> str:
    """What a side is: its license by name where one is known, and whether the text is that license's own."""
    known = side.reading.identity
    if side.reading.source == "record":
        return f"{known.name} ({known.id}, from its record)"
    if known.id is None:
        return f"{side.name} (no license of the catalog)"
    relation = "word for word" if known.match is MatchKind.EXACT else "changed"
    return f"{side.name} ({known.name}, {relation})"


def describe_change(change: TermChange) -> str:
    """The term in a sentence; of a changed one first its name and what changed."""
    if change.change is not Change.CHANGED or change.old is None or change.new is None:
        said = describe(change.term)
        where = "now in" if change.change is Change.REMOVED else "before in"
        return f"{said} ({where} {change.elsewhere})" if change.elsewhere else said
    changes = sorted(change.attributes, key=_numbers_first)
    told = "; ".join(describe_attribute(change.term, each) for each in changes)
    said, now = f"{label_of(change.term)}: {told.removesuffix('.')}.", describe(change.new)
    is_told = now == describe(change.old) or any(map(_is_long, changes))
    return said if is_told else f"{said} Now: {now}"


def describe_attribute(term: Term, change: AttributeChange) -> str:
    """One attribute's change: what a set gained and lost, or the value before and after."""
    name = _NAMES.get(change.name, change.name.replace("_", " "))
    if change.gained or change.lost:
        parts = [f"gains {_show(term, change.name, change.gained)}"] if change.gained else []
        parts += [f"loses {_show(term, change.name, change.lost)}"] if change.lost else []
        return f"{name} {' and '.join(parts)}"
    old, new = (_show(term, change.name, value) for value in (change.old, change.new))
    if change.old in (None, ()):
        return f"{name} is now {new}"
    if change.new in (None, ()):
        return f"{name} {old} is no longer stated"
    if not _is_long(change):
        return f"{name} {old} → {new}"
    pieces = compare_words(old, new)
    is_same = all(piece.mark is Mark.KEPT for piece in pieces)
    return f"{name} differs in punctuation only" if is_same else f"{name} {frame_changes(pieces)}"


def _is_long(change: AttributeChange) -> bool:
    """True for texts of which the changed words say more than both of them."""
    texts = (change.old, change.new)
    return all(isinstance(text, str) and len(text) > _LONG_SENTENCE for text in texts)


def _numbers_first(change: AttributeChange) -> tuple[bool, str]:
    is_number = isinstance(change.new, (int, float)) and not isinstance(change.new, bool)
    return not is_number, change.name


def _show(term: Term, attribute: str, value: Value) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if attribute == "triggers" and isinstance(value, tuple):
        return triggers_words(value)
    return words_for(term.kind, attribute, value)


def places_of(change: TermChange) -> str:
    """The clauses in which the old and the new term stand."""
    old, new = (place_of(term) if term else "" for term in (change.old, change.new))
    return new or old if not (old and new) or old == new else f"{old} → {new}"


def place_of(term: Term) -> str:
    """The clause in which a term stands, as far as that is known."""
    first = term.evidence[0] if term.evidence else None
    if first is not None:
        return f"§ {first.section}" if first.section else f"line {first.line}"
    return f"§ {term.clause}" if term.clause else ""


def summarize(comparison: Comparison) -> str:
    """How many terms and clauses changed, in one sentence."""
    terms = ", ".join(_counts(comparison.count_terms, (Change.CHANGED, Change.ADDED, Change.REMOVED, Change.SAME)))
    if comparison.clauses is None:
        return f"Terms: {terms or 'none'}."
    order = (Change.CHANGED, Change.ADDED, Change.REMOVED, Change.MOVED, Change.SAME)
    said = f"Terms: {terms or 'none'}. Clauses: {', '.join(_counts(comparison.count_clauses, order)) or 'none'}."
    number = len(comparison.telling_clauses())
    clauses = "1 clause" if number == 1 else f"{number} clauses"
    return f"{said} {clauses} with other words of force, number or party." if number else said


def changed_wording(comparison: Comparison) -> list[tuple[str, str]]:
    """Where a copy at hand differs from the license of the other side, of which only the fingerprint is known."""
    old, new = comparison.old.reading, comparison.new.reading
    if comparison.clauses is not None or old.identity.id != new.identity.id:
        return []
    lines = [line for reading in (old, new) for line in reading.ledger if line.wording]
    places = [f"§ {line.evidence.section}" if line.evidence.section else f"line {line.evidence.line}" for line in lines]
    return list(zip(places, (line.wording for line in lines), strict=True))


def describe_terms(comparison: Comparison) -> str:
    """What stands in place of the list where no term changed: that is not to say that nothing did."""
    if not comparison.telling_clauses() and not changed_wording(comparison):
        return "No term changed."
    return "No term that the rules know changed, but clauses below have other words of force, number or party."


def describe_words(clause: ClauseChange) -> str:
    """The words of force, number and party that a clause gained and lost; empty for none."""
    parts = ((verb, _listed(words)) for verb, words in (("gains", clause.gained), ("loses", clause.lost)) if words)
    return ", ".join(f"{verb} {words}" for verb, words in parts)


def _listed(words: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{word}”" for word in words[:_WORDS])
    return f"{shown} and {len(words) - _WORDS} more" if len(words) > _WORDS else shown


_WORDS = 8
"""So many words of force of one clause are listed."""


def warnings_about(comparison: Comparison) -> list[str]:
    """What keeps the two from being compared in full: terms that nobody has read, a policy that is not at hand."""
    old, new = comparison.old, comparison.new
    return [
        *(f"{title_of(side)}: {_UNREAD}" for side in (old, new) if not side.reading.terms),
        *(f"{title_of(side)}: {_NO_POLICY}" for side, other in ((old, new), (new, old)) if _lacks_policy(side, other)),
    ]


def _lacks_policy(side: Side, other: Side) -> bool:
    """True where one text holds the list of barred uses and the other only names its own."""
    here, there = ({term.kind for term in each.reading.terms} for each in (side, other))
    return "acceptable-use-policy" in here and "prohibited-use" in there - here


def _counts(count: Callable[[Change], int], order: tuple[Change, ...]) -> Iterator[str]:
    for change in order:
        number = count(change)
        if number:
            yield f"{number} {change.value}"


# A comparison for the terminal: signs before each line, changed words in [-brackets-] and {+braces+}.


_WIDTH = 100


def render_text(comparison: Comparison) -> str:
    """The comparison as plain text without colour."""
    lines = [f"old: {title_of(comparison.old)}", f"new: {title_of(comparison.new)}"]
    lines = [plain_line(line) for line in [*lines, *warnings_about(comparison), summarize(comparison)]]
    lines += ["", "TERMS", *_terms(comparison)]
    lines += ["", "CLAUSES", *_clauses(comparison)]
    return "\n".join(lines) + "\n"


def _terms(comparison: Comparison) -> Iterator[str]:
    changed = comparison.changed_terms()
    if not changed:
        yield f"  {describe_terms(comparison)}"
    for term in changed:
        yield from _term_lines(term)


def _term_lines(term: TermChange) -> list[str]:
    place = places_of(term)
    said = plain_line(describe_change(term) + (f"  [{place}]" if place else ""))
    return textwrap.wrap(
        said, _WIDTH, initial_indent=f"  {SIGNS[term.change]} ", subsequent_indent="    ", break_long_words=False
    )


def _clauses(comparison: Comparison) -> Iterator[str]:
    if comparison.clauses is None:
        yield f"  {NOTHING_TO_COMPARE}"
        for place, words in changed_wording(comparison):
            yield f"  {SIGNS[Change.CHANGED]} {plain_line(place)} changed"
            yield from textwrap.wrap(plain_line(words), _WIDTH, initial_indent="      ", subsequent_indent="      ")
        return
    changed = [clause for clause in comparison.clauses if clause.change is not Change.SAME]
    if not changed:
        yield "  No clause changed."
    for clause in changed:
        yield from _clause_lines(clause)


def _clause_lines(clause: ClauseChange) -> list[str]:
    places = [passage.place for passage in (clause.old, clause.new) if passage]
    place = plain_line(" → ".join(dict.fromkeys(places)))
    words = f": {describe_words(clause)}" if clause.is_telling else ""
    head = "  " + plain_line(f"{SIGNS[clause.change]} {place} {clause.change.value}{words}")
    passage = clause.new or clause.old
    whole = passage.text if passage else ""
    shown = plain_line(frame_changes(clause.pieces) if clause.change is Change.CHANGED else whole)
    return [head, *textwrap.wrap(shown, _WIDTH, initial_indent="      ", subsequent_indent="      ")]


# A comparison as JSON, as `docs/json-report.md` describes it.


SCHEMA_VERSION = "1"


def render_json(comparison: Comparison) -> str:
    """The comparison as one JSON document; terms and clauses that are the same are counted, not listed."""
    clauses = comparison.clauses
    data = {
        "schema_version": SCHEMA_VERSION,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "warnings": warnings_about(comparison),
        "terms": [_term(term) for term in comparison.changed_terms()],
        "same_terms": comparison.count_terms(Change.SAME),
        "clauses": None if clauses is None else [_clause(c) for c in clauses if c.change is not Change.SAME],
        "wording": [{"place": place, "changes": words} for place, words in changed_wording(comparison)],
        "same_clauses": None if clauses is None else comparison.count_clauses(Change.SAME),
    }
    return dump_json(data, indent=1) + "\n"


def _side(side: Side) -> dict[str, Any]:
    known = side.reading.identity
    return {
        "name": side.name,
        "source": side.reading.source,
        "sha256": side.reading.sha256,
        "license": {"id": known.id, "name": known.name, "version": known.version, "match": known.match.value},
    }


def _term(change: TermChange) -> dict[str, Any]:
    return {
        "change": change.change.value,
        "kind": change.term.kind,
        "message": describe_change(change),
        "attributes": [_attribute(attribute) for attribute in change.attributes],
        "old": _stated(change.old),
        "new": _stated(change.new),
    }


def _attribute(change: AttributeChange) -> dict[str, Any]:
    data: dict[str, Any] = {"name": change.name, "old": value_data(change.old), "new": value_data(change.new)}
    if change.gained or change.lost:
        data |= {"gained": list(change.gained), "lost": list(change.lost)}
    return data


def _stated(term: Term | None) -> dict[str, Any] | None:
    return None if term is None else term_data(term) | {"place": place_of(term)}


def _clause(change: ClauseChange) -> dict[str, Any]:
    return {
        "change": change.change.value,
        "old": _passage(change.old),
        "new": _passage(change.new),
        "gained": list(change.gained),
        "lost": list(change.lost),
        "pieces": [{"mark": piece.mark.value, "text": piece.text} for piece in change.pieces],
    }


def _passage(passage: Passage | None) -> dict[str, Any] | None:
    return None if passage is None else {"section": passage.section, "line": passage.line, "text": passage.text}


# A comparison as one HTML page: the terms in a table, then the clauses in two columns.


_LONG = 120
"""Longer than this, a change of an attribute is not told beside the term."""


def render_html(comparison: Comparison, *, made: str) -> str:
    """The page; `made` says by which version it was made."""
    return render_page(
        "diff.html.j2",
        comparison=comparison,
        made=made,
        summary=summarize(comparison),
        warnings=warnings_about(comparison),
        old_title=title_of(comparison.old),
        new_title=title_of(comparison.new),
        blocks=None if comparison.clauses is None else _blocks(comparison.clauses),
        nothing=NOTHING_TO_COMPARE,
        no_term=describe_terms(comparison),
        wording=changed_wording(comparison),
        words_of=describe_words,
        describe=describe,
        details=_details,
        label_of=label_of,
        place_of=place_of,
    )


def _details(change: TermChange) -> list[str]:
    """What changed of a term, attribute by attribute; long texts stand in the columns anyway."""
    return [said for attribute in change.attributes if len(said := describe_attribute(change.term, attribute)) <= _LONG]


def _blocks(clauses: Iterable[ClauseChange]) -> list[tuple[bool, list[ClauseChange]]]:
    """The clauses in runs, of such as changed and of such as are the same."""
    return [(same, list(run)) for same, run in groupby(clauses, key=_is_same)]


def _is_same(clause: ClauseChange) -> bool:
    return clause.change is Change.SAME
