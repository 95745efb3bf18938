"""The terms of one text for the terminal: by group, a sentence each with its section, the quote on demand."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from licensecheck.load.sayings import load_sayings
from licensecheck.model.license import LicenseReading, MatchKind
from licensecheck.model.term import Evidence, Term
from licensecheck.report.passages import clause_words, telling_first
from licensecheck.report.sentence import describe
from licensecheck.text.screen import plain_line

WIDTH = 100


def render(reading: LicenseReading, *, quotes: bool = False) -> str:
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


def _identity(reading: LicenseReading) -> str:
    known = reading.identity
    label = known.name or known.id
    said = {
        MatchKind.EXACT: f"{label}, word for word",
        MatchKind.MODIFIED: f"{label}, changed ({known.coverage:.0%} of the text is this license's)",
        MatchKind.UNKNOWN: "No license of the catalog",
    }[known.match]
    kind = reading.license_class.value if reading.license_class else "class not known"
    number = "1 term" if len(reading.terms) == 1 else f"{len(reading.terms)} terms"
    return plain_line(f"{said} · {kind} · {number}")


def _grouped(terms: Iterable[Term]) -> list[tuple[str, list[Term]]]:
    """The terms under the titles of their groups, in the order of the vocabulary."""
    sayings = load_sayings()
    order = {kind: at for at, kind in enumerate(sayings.kinds)}
    groups: dict[str, list[Term]] = {}
    for term in sorted(terms, key=lambda t: (order.get(t.kind, 999), t.evidence[0].start if t.evidence else 0)):
        groups.setdefault(sayings.kinds[term.kind].group, []).append(term)
    return [(sayings.group_titles[name], groups[name]) for name in sayings.group_titles if name in groups]


def _term_lines(term: Term, *, quotes: bool) -> list[str]:
    first = telling_first(term.evidence)[0] if term.evidence else None
    place = clause_words(first) if first else ""
    lines = textwrap.wrap(
        plain_line(describe(term)), width=WIDTH - 14, initial_indent="", subsequent_indent="", break_long_words=False
    )
    rows = [f"  {place if i == 0 else '':<11} {line}" for i, line in enumerate(lines)]
    if quotes and first:
        quote = plain_line(first.quote)
        rows += textwrap.wrap(f"“{quote}”", width=WIDTH, initial_indent=" " * 16, subsequent_indent=" " * 16)
    return rows
