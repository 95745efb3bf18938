"""Matches made into terms: attributes read, statements of the same term brought together, evidence quoted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.records import find_record
from licensecheck.domain.licenses import Evidence, Identity, LicenseClass, MatchKind, Term, Value
from licensecheck.reading.attributes import read_value
from licensecheck.reading.detection import Found, ReadyRule, RuleSet, is_duty, make_scope, matches_context
from licensecheck.reading.force import ForceWords
from licensecheck.reading.indexed_text import IndexedText
from licensecheck.reading.numbers import read_thresholds

QUOTE = 600
"""Characters up to which a sentence is quoted whole; of longer ones the part around the match is."""
AROUND = 150
MAX_EVIDENCE = 8

Key = tuple[str, "str | None", "str | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One passage that states a term."""

    kind: str
    attributes: Mapping[str, Value]
    details: Mapping[str, Value]
    triggers: tuple[str, ...]
    provisos: tuple[str, ...]
    evidence: Evidence
    rule: str
    rank: int


class Quoter:
    """Quotes passages of one text with their place."""

    def __init__(self, indexed: IndexedText, path: str) -> None:
        self._page = indexed
        self._path = path
        self._lines = [0, *(found.end() for found in re.finditer("\n", indexed.tree.text))]

    def quote(self, found: Found) -> Evidence:
        """The sentence of a match, or the part of a long one around it."""
        sentence = found.hit.context.sentence
        start, end = sentence.start, sentence.end
        if end - start > QUOTE:
            first, last = self._page.offsets(found.hit.words)
            start, end = self._around(start, end, first, last)
        return self.passage(start, end, sentence.clause.section)

    def passage(self, start: int, end: int, section: str | None) -> Evidence:
        """The evidence of these offsets."""
        text = self._page.tree.text
        return Evidence(
            path=self._path,
            quote=text[start:end],
            start=start,
            end=end,
            line=bisect_right(self._lines, start),
            section=section,
        )

    def _around(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        """Offsets around a match, at word boundaries, within a sentence."""
        masked = self._page.tree.masked
        left, right = max(start, first - AROUND), min(end, max(last, min(last, first + QUOTE)) + AROUND)
        right = min(right, left + 2 * QUOTE)
        while left > start and not masked[left - 1].isspace():
            left += 1
        while right < end and not masked[right].isspace():
            right -= 1
        return (left, right) if left < first and right > left else (first, max(last, first + 1))


def state_terms(indexed: IndexedText, rules: RuleSet, found: Iterable[Found], quoter: Quoter) -> list[Statement]:
    """The statements that the matches of term rules make, in the order of the text."""
    softeners = [r for r in rules.rules if r.rule.yields.sort in ("trigger", "proviso")]
    timed = {kind for r in softeners if r.rule.yields.sort == "trigger" for kind in r.rule.applies_to}
    statements: list[Statement] = []
    for match in found:
        names = _applying(indexed, softeners, match, rules.force)
        rule = match.ready.rule
        triggers = _together(rule.triggers, names["trigger"])
        name = rule.yields.name
        unread = not triggers and name in timed and is_duty(name) and _names_event(indexed, match)
        for attributes, details in _attributes(indexed, match):
            statements.append(
                Statement(
                    kind=rule.yields.name,
                    attributes=attributes,
                    details={**details, "event": "unread"} if unread else details,
                    triggers=triggers,
                    provisos=_together(rule.provisos, names["proviso"]),
                    evidence=quoter.quote(match),
                    rule=rule.id,
                    rank=rule.rank,
                )
            )
    return statements


def _names_event(indexed: IndexedText, match: Found) -> bool:
    """True where the sentence of a match, or what leads into it, says when something holds."""
    spans = ((first, last) for first, last, _ in match.hit.context.parts)
    return any(word in _events() for first, last in spans for word in indexed.words.lower[first:last])


@per_catalog
def _events() -> frozenset[str]:
    return frozenset(load_data("triggers.yaml")["events"])


def _together(own: Iterable[str], found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*own, *found}))


def _applying(
    indexed: IndexedText, softeners: Sequence[ReadyRule], match: Found, force: ForceWords
) -> dict[str, list[str]]:
    """The triggers and provisos that stand with a match."""
    names: dict[str, list[str]] = {"trigger": [], "proviso": []}
    rule = match.ready.rule
    known = {rule.yields.name, str(rule.set.get("category"))}
    for ready in softeners:
        wanted = ready.rule.applies_to
        if (not wanted or known.intersection(wanted)) and matches_context(indexed, ready, match.hit.context, force):
            names[ready.rule.yields.sort].append(ready.rule.yields.name)
    return names


def _attributes(indexed: IndexedText, match: Found) -> list[tuple[dict[str, Value], dict[str, Value]]]:
    """The attributes and details of a match; thresholds may give several, a reader in need of a value none."""
    rule = match.ready.rule
    fixed = {name: _frozen(value) for name, value in rule.set.items()}
    details = {name: _frozen(value) for name, value in rule.details.items()}
    for name, spec in rule.read_details.items():
        value = read_value(indexed, match.hit, match.ready, spec)
        if value not in (None, ()):
            details[name] = value
    if "threshold" in rule.read:
        spec = rule.read["threshold"]
        read = read_thresholds(make_scope(indexed, match.hit, match.ready, spec), spec)
        return [({**attributes, **fixed}, {**details, **more}) for attributes, more in read]
    attributes = {name: read_value(indexed, match.hit, match.ready, spec) for name, spec in rule.read.items()}
    if any(spec.get("needed") and attributes[name] in (None, ()) for name, spec in rule.read.items()):
        return []
    return [({**attributes, **fixed}, details)]


def _frozen(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]  # the schema allows scalars


def merge_statements(statements: Iterable[Statement]) -> list[Term]:
    """One term for each kind, category and metric, in the order of first mention."""
    groups: dict[Key, list[Statement]] = {}
    for statement in statements:
        key = Term(kind=statement.kind, attributes=statement.attributes).key
        groups.setdefault(key, []).append(statement)
    return [_merge(group) for group in groups.values()]


def _merge(group: list[Statement]) -> Term:
    """The term of several statements: the weightiest gives the attributes, what it leaves open the others fill.

    One that names a size and not what follows from it weighs least.
    """
    ranked = sorted(group, key=lambda s: (-s.rank, not _tells_all(s), s.evidence.start))
    weighty = {id(s) for s in ranked if _tells_all(s) or not _tells_all(ranked[0])}
    attributes: dict[str, Value] = {}
    details: dict[str, Value] = {}
    for statement in ranked:
        for name, value in statement.attributes.items():
            known = attributes.get(name)
            attributes[name] = _fill(known, value) if id(statement) in weighty or known is None else known
        for name, value in statement.details.items():
            details[name] = _fill(details.get(name), value)
    triggers = tuple(sorted({t for s in group for t in s.triggers}))
    if triggers:
        details.pop("event", None)
    softened = all(s.provisos for s in group)
    evidence = {(s.evidence.start, s.evidence.end): s.evidence for s in ranked}
    return Term(
        kind=group[0].kind,
        attributes=attributes,
        details=details,
        evidence=tuple(evidence.values())[:MAX_EVIDENCE],
        rule=ranked[0].rule,
        triggers=triggers,
        provisos=tuple(sorted({p for s in group for p in s.provisos})) if softened else (),
    )


def _tells_all(statement: Statement) -> bool:
    return statement.attributes.get("consequence", "") is not None


def _fill(known: Value, value: Value) -> Value:
    """A set takes in what other statements add; anything else stays as first stated."""
    if isinstance(known, tuple) and isinstance(value, tuple):
        return tuple(sorted({*known, *value}))
    if isinstance(known, bool) and isinstance(value, bool):
        return known or value
    return value if known is None else known


# The class of a license: from its fingerprint where it is an OSI license word for word, else from its terms.


@per_catalog
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_data("classes.yaml")
    return data


def classify(
    terms: Collection[Term], facts: Collection[str], identity: Identity, *, title: str = ""
) -> LicenseClass | None:
    """The class of a text with these terms and this title; None where it states nothing that tells."""
    if identity.match is MatchKind.EXACT and identity.id:
        record = find_record(identity.id)
        if record and record.osi_approved:
            return LicenseClass.OSI_APPROVED
    data = _data()
    harmless = data["harmless_categories"]
    light = data["harmless_consequences"]
    kinds = {
        term.kind
        for term in terms
        if term.attributes.get("category") not in harmless and term.attributes.get("consequence") not in light
    }
    policies = data["policies"]
    if kinds and any(title.casefold().rstrip(" .:").endswith(name) for name in policies["titles"]):
        return LicenseClass(policies["class"])
    for entry in data["classes"]:
        if any(_holds(condition, kinds, facts) for condition in entry["when"]):
            return LicenseClass(entry["class"])
    return None


def _holds(condition: Mapping[str, list[str]], kinds: Collection[str], facts: Collection[str]) -> bool:
    return (
        ("terms" not in condition or any(kind in kinds for kind in condition["terms"]))
        and ("facts" not in condition or any(fact in facts for fact in condition["facts"]))
        and not any(fact in facts for fact in condition.get("lacks", ()))
    )
