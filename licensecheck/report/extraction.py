"""The terms of one text for the terminal: by group, a sentence each with its section, the quote on demand."""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from licensecheck.catalog.phrasing import load_phrasing
from licensecheck.domain.licenses import (
    Disposition,
    Evidence,
    LedgerLine,
    LicenseReading,
    MatchKind,
    Term,
    Value,
)
from licensecheck.reading.operative_clause import operative_first
from licensecheck.report.sentences import clause_words, describe
from licensecheck.text.markup import UNSAFE, counted, plain_line

WIDTH = 100


def render_text(reading: LicenseReading, *, quotes: bool = False) -> str:
    """The reading as plain text without colour."""
    lines = [plain_line(reading.path), _identity(reading), ""]
    for title, terms in _grouped(reading.terms):
        lines.append(title)
        for term in terms:
            lines.extend(_term_lines(term, quotes=quotes))
        lines.append("")
    if not reading.terms:
        lines += ["No term was found in this text. A person has to read it.", ""]
    lines += _unread(reading.unread, shown=quotes)
    return "\n".join(lines).rstrip() + "\n"


def _unread(passages: Sequence[Evidence], *, shown: bool) -> list[str]:
    """The sentences in which no term was found: how many, and which where quotes are shown."""
    if not passages:
        return []
    number = "1 sentence states" if len(passages) == 1 else f"{len(passages)} sentences state"
    lines = [f"Unread: {number} no term that the rules know{'' if shown else ' (-v shows them)'}."]
    for passage in passages if shown else ():
        lines += textwrap.wrap(
            plain_line(passage.quote), width=WIDTH, initial_indent=f"  {f'line {passage.line}':<12}",
            subsequent_indent=" " * 14, max_lines=2, placeholder=" …",
        )  # fmt: skip
    return lines


def render_ledger(reading: LicenseReading) -> str:
    """Every sentence with its disposition and force as plain text, in the order of the file."""
    counts = Counter(line.disposition for line in reading.ledger)
    told = ", ".join(f"{counts[sort]} {sort.value}" for sort in Disposition if counts[sort])
    number = counted(len(reading.ledger), "sentence")
    lines = [plain_line(reading.path), _identity(reading), f"{number}: {told or 'none'}", ""]
    for line in reading.ledger:
        by = ", ".join(line.by) or ("settled" if line.reviewed else "no rule")
        why = f"asks by {', '.join(line.asks)}" if line.asks else by
        lines.append(
            plain_line(f"  {f'line {line.evidence.line}':<10} {line.disposition.value:<12} {line.force} ({why})")
        )
        lines += textwrap.wrap(
            plain_line(line.evidence.quote), width=WIDTH, initial_indent=" " * 13, subsequent_indent=" " * 13,
            max_lines=2, placeholder=" …",
        )  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _identity(reading: LicenseReading) -> str:
    known = reading.identity
    label = known.name or known.id
    said = {
        MatchKind.EXACT: f"{label}, word for word",
        MatchKind.MODIFIED: f"{known.title}, {known.coverage:.0%} like {label}"
        if known.title
        else f"{label}, changed ({known.coverage:.0%} of the text is this license's)",
        MatchKind.UNKNOWN: "No license of the catalog",
    }[known.match]
    kind = reading.license_class.value if reading.license_class else "class not known"
    number = "1 term" if len(reading.terms) == 1 else f"{len(reading.terms)} terms"
    return plain_line(f"{said} · {kind} · {number}")


def _grouped(terms: Iterable[Term]) -> list[tuple[str, list[Term]]]:
    """The terms under the titles of their groups, in the order of the vocabulary."""
    sayings = load_phrasing()
    order = {kind: at for at, kind in enumerate(sayings.kinds)}
    groups: dict[str, list[Term]] = {}
    for term in sorted(terms, key=lambda t: (order.get(t.kind, 999), t.evidence[0].start if t.evidence else 0)):
        groups.setdefault(sayings.kinds[term.kind].group, []).append(term)
    return [(sayings.group_titles[name], groups[name]) for name in sayings.group_titles if name in groups]


def _term_lines(term: Term, *, quotes: bool) -> list[str]:
    first = operative_first(term.evidence, kind=term.kind)[0] if term.evidence else None
    place = clause_words(first) if first else ""
    lines = textwrap.wrap(
        plain_line(describe(term)), width=WIDTH - 14, initial_indent="", subsequent_indent="", break_long_words=False
    )
    rows = [f"  {place if i == 0 else '':<11} {line}" for i, line in enumerate(lines)]
    if term.rewording:
        told = plain_line(f"changed: {term.rewording}")
        rows += textwrap.wrap(told, width=WIDTH, initial_indent=" " * 14, subsequent_indent=" " * 16)
    if quotes and first:
        quote = plain_line(first.quote)
        rows += textwrap.wrap(f"“{quote}”", width=WIDTH, initial_indent=" " * 16, subsequent_indent=" " * 16)
    return rows


# JSON that reads back as it was and harms no terminal on the way.


def dump_json(data: Any, *, indent: int | None = None) -> str:
    """The data as JSON in which control characters, overrides of direction and lone surrogates stand as escapes."""
    return UNSAFE.sub(_escape, json.dumps(data, ensure_ascii=False, indent=indent))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


# The JSON of `extract`, as `docs/json-report.md` describes it.


SCHEMA_VERSION = "1"


def render_json(reading: LicenseReading, *, ledger: bool = False) -> str:
    """The reading as one line of JSON, with its ledger where that is asked for."""
    data = reading_data(reading)
    if ledger:
        data["ledger"] = [line_data(line) for line in reading.ledger]
    return dump_json(data)


def line_data(line: LedgerLine) -> dict[str, Any]:
    """One line of the ledger as plain data."""
    return {
        "disposition": line.disposition.value,
        "force": line.force,
        "asks": list(line.asks),
        "by": list(line.by),
        "reviewed": line.reviewed,
        "hash": line.hash,
        **({"wording": line.wording} if line.wording else {}),
        **({"lead_in": line.lead_in} if line.lead_in else {}),
        "evidence": evidence_data(line.evidence),
    }


def reading_data(reading: LicenseReading) -> dict[str, Any]:
    """The reading as plain data."""
    known = reading.identity
    return {
        "schema_version": SCHEMA_VERSION,
        "source": {"path": reading.path, "sha256": reading.sha256},
        "license": {
            "id": known.id,
            "name": known.name,
            **({"title": known.title} if known.title else {}),
            "version": known.version,
            "match": known.match.value,
            "coverage": round(known.coverage, 4),
            "class": reading.license_class.value if reading.license_class else None,
        },
        "facts": sorted(reading.facts),
        "terms": [term_data(term) for term in reading.terms],
    }


def term_data(term: Term) -> dict[str, Any]:
    """One term as plain data."""
    data: dict[str, Any] = {
        "kind": term.kind,
        "attributes": {name: value_data(value) for name, value in term.attributes.items()},
        "evidence": [evidence_data(e) for e in term.evidence],
        "rule": term.rule,
    }
    for name in ("triggers", "provisos"):
        if getattr(term, name):
            data[name] = list(getattr(term, name))
    if term.rewording:
        data["rewording"] = term.rewording
    if term.details:
        data["details"] = {name: value_data(value) for name, value in sorted(term.details.items())}
    return data


def value_data(value: Value) -> Any:
    """An attribute's value as plain data."""
    return list(value) if isinstance(value, tuple) else value


def evidence_data(evidence: Evidence) -> dict[str, Any]:
    """One passage as plain data."""
    return {
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "line": evidence.line,
        "section": evidence.section,
    }
