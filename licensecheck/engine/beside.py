"""What stands beside the license, in a card, notice or gate, and may restrict more than the license does."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.engine.bars import is_quoted, stated_bars
from licensecheck.engine.case import Situation
from licensecheck.engine.gap import make_gap
from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.model.finding import Finding
from licensecheck.model.license import LicenseClass, LicenseReading
from licensecheck.model.subject import CardIssue, CardRestriction, Role
from licensecheck.model.term import Evidence

EXTRA = "extra-restriction"
CARD_DOUBTS = {
    EXTRA: "Does this restriction of the card bind beside the license?",
    "prose-conflict": "Which of the two licenses does the model bear?",
    "several-licenses": "Do the licenses hold together, or may one be chosen?",
}
"""Kinds of card issues under which a declared license is not the whole story, and what a person has to answer."""
FORMAL = frozenset(
    (
        "no-trademark-use",
        "no-additional-restrictions",
        "distillation-derivative",
        "no-circumvention",
        "no-reverse-engineering",
    )
)
"""Limits that leave every use free."""
CLOSED = (LicenseClass.NONCOMMERCIAL, LicenseClass.PROPRIETARY)
REMEDY = "Ask the publisher, or keep to the stricter reading."


def beside_findings(situation: Situation, own: LicenseReading | None) -> Iterator[Finding]:
    """Findings on what the card doubts, and on restrictions that the license itself (`own`) does not state."""
    label = own.label if own else None
    card = situation.subject.card
    for issue in card.issues if card is not None else ():
        if issue.kind in CARD_DOUBTS:
            yield _of_issue(issue, label, situation)
    told = any(issue.kind == EXTRA for issue in card.issues) if card is not None else False
    for restriction in card.restrictions if card is not None and not told else ():
        if not _is_covered(restriction, situation):
            yield _of_card(restriction, label, situation)
            break
    for reading in situation.beside:
        yield from _of_text(reading, label, situation)


def _of_issue(issue: CardIssue, label: str | None, situation: Situation) -> Finding:
    return make_gap(
        issue.kind,
        issue.message,
        CARD_DOUBTS[issue.kind],
        key=situation.subject.target,
        license=label,
        evidence=_quoted(issue.line, situation),
        remedy=REMEDY,
    )


def _of_card(restriction: CardRestriction, label: str | None, situation: Situation) -> Finding:
    return make_gap(
        EXTRA,
        f"The card adds a restriction ({restriction.kind}) that no license at hand states.",
        CARD_DOUBTS[EXTRA],
        key=situation.subject.target,
        license=label,
        evidence=_quoted(restriction.line, situation),
        remedy=REMEDY,
    )


def _is_covered(restriction: CardRestriction, situation: Situation) -> bool:
    """True where a license at hand states the like, or closes the matter by its class; or none is at hand."""
    own = [reading for reading in situation.readings if reading.inherited_from is None]
    closes = restriction.covered & {"noncommercial", "research-only"}
    if not own or (closes and any(reading.license_class in CLOSED for reading in own)):
        return True
    return any(term.kind in restriction.covered for reading in situation.readings for term in reading.terms)


def _of_text(reading: LicenseReading, label: str | None, situation: Situation) -> Iterator[Finding]:
    """The limits of a notice or gate of which the license states none of the kind; one finding a kind."""
    stated = {term.kind for binding in situation.readings for term in binding.terms}
    groups = situation.knowledge.groups
    seen: set[str] = set()
    bars = (bar for bar in stated_bars(reading, situation) if not any(is_quoted(e, reading) for e in bar.evidence))
    for term in (*reading.terms, *bars):
        limits = groups.get(term.kind, "limit") == "limit" and term.kind not in FORMAL
        if limits and term.kind not in seen and not stated & _kin(term.kind):
            seen |= _kin(term.kind)
            yield make_gap(
                EXTRA,
                f"{reading.path} adds a restriction ({term.kind}) that no license at hand states.",
                "Does this restriction bind beside the license?",
                key=f"{reading.path}.{term.kind}",
                license=label,
                evidence=term.evidence,
                remedy=REMEDY,
            )


def _kin(kind: str) -> frozenset[str]:
    """The kinds of term that restrict the same matter, the kind itself included."""
    groups = (frozenset(group["kinds"]) for group in load_vocabulary("carried")["groups"])
    return next((kinds for kinds in groups if kind in kinds), frozenset((kind,)))


def _quoted(line: int | None, situation: Situation) -> tuple[Evidence, ...]:
    """A line of the card."""
    card = next((d for d in situation.subject.documents if d.role is Role.CARD), None)
    if card is None or line is None:
        return ()
    rows = card.text.splitlines(keepends=True)
    if line > len(rows):
        return ()
    start = sum(len(row) for row in rows[: line - 1])
    quote = rows[line - 1].rstrip()[:300]
    return (card.passage(start, start + len(quote)),)
