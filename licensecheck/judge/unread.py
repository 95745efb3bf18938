"""What could not be told about a target; none of it is ever approved unseen."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.records import find_record
from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.licenses import Evidence, LedgerLine, LicenseClass, LicenseReading, MatchKind
from licensecheck.domain.subject import Ancestor, CardIssue, CardRestriction, Doubt, Role
from licensecheck.frozen import replace
from licensecheck.judge.case import Situation, is_quoted, stated_bars
from licensecheck.judge.licensing import CLAUSES, names_clause
from licensecheck.lazy import re

# The finding on something that could not be told.


def make_open_point(
    kind: str,
    message: str,
    question: str,
    *,
    key: str,
    license: str | None = None,
    evidence: tuple[Evidence, ...] = (),
    remedy: str = "Get the text of the license and check it.",
) -> Finding:
    """A finding for review; `key` tells what it is about, so that its question is asked once."""
    return Finding(
        kind=kind,
        status=Status.REVIEW,
        message=message,
        license=license,
        question=question,
        question_fact=f"{kind}.{key}",
        remedy=remedy,
        evidence=evidence,
        rule=kind,
    )


# What stands beside the license, in a card, notice or gate, and may restrict more than the license does.


EXTRA = "extra-restriction"
CARD_DOUBTS = {
    EXTRA: "Does this restriction of the card bind beside the license?",
    "prose-conflict": "Which of the two licenses does the model bear?",
    "several-licenses": "Do the licenses hold together, or may one be chosen?",
    "unknown-license": "Under which license, and which text of it, is the model offered?",
    "unknown-base": "From which model was it made, and what does that model's license hand on?",
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
LIMITS = frozenset(("ban", "limit", "reach", "money", "consent"))
"""The sorts of words by which a sentence beside a license restricts; a notice tells many things that bind nobody."""
CLOSED = (LicenseClass.NONCOMMERCIAL, LicenseClass.PROPRIETARY)
SHOWN = 3
"""How many passages of a card a question quotes."""
REMEDY = "Ask the publisher, or keep to the stricter reading."


def supplementary_findings(situation: Situation, own: LicenseReading | None) -> Iterator[Finding]:
    """Findings on what the card doubts, and on restrictions that the license itself (`own`) does not state."""
    label = own.label if own else None
    card = situation.subject.card
    told = (*card.issues, *card.doubts) if card is not None else ()
    asked = {issue.kind: issue for issue in reversed(told) if not _makes_no_difference(issue, situation)}
    for kind in CARD_DOUBTS:
        if kind in asked:
            yield _of_issue(asked[kind], label, situation)
    if card is not None and EXTRA not in asked:
        extra = tuple(one for one in card.restrictions if not is_covered(one.covered, situation))
        if extra:
            yield _of_card(extra, label, situation)
    if card is not None and card.data_terms:
        yield _of_data(card.data_terms, situation)
    for reading in situation.supplementary:
        yield from _of_text(reading, label, situation)
        yield from _unread_supplementary(reading, label)


def _of_data(told: tuple[CardIssue, ...], situation: Situation) -> Finding:
    """The training data whose own terms restrict: whether these reach the model nobody has decided."""
    finding = make_open_point(
        "training-data",
        " ".join(issue.message for issue in told[:SHOWN]),
        "Do the terms of the training data reach the weights, in the view of your counsel?",
        key=situation.subject.target,
        evidence=tuple(evidence for issue in told[:SHOWN] for evidence in _quoted(issue.line, situation)),
        remedy="Let counsel say whether the terms of the data are taken to bind the model.",
    )
    return replace(finding, moves_verdict=False)


def _makes_no_difference(issue: CardIssue, situation: Situation) -> bool:
    """True where the texts at hand answer it: several licenses that are all free and read, a name beside its text."""
    own = [reading for reading in situation.readings if reading.inherited_from is None]
    if issue.kind == "unknown-license":
        return any(reading.source == "text" and reading.role == "license" for reading in own)
    if issue.kind != "several-licenses" or (situation.subject.card and issue in situation.subject.card.doubts):
        return False
    free = bool(own) and all(reading.license_class in SEEM_OPEN for reading in own)
    return free and len(own) >= len(situation.subject.declared)


def _of_issue(issue: CardIssue, label: str | None, situation: Situation) -> Finding:
    return make_open_point(
        issue.kind,
        issue.message,
        CARD_DOUBTS[issue.kind],
        key=situation.subject.target,
        license=label,
        evidence=_quoted(issue.line, situation),
        remedy=REMEDY,
    )


def _of_card(extra: tuple[CardRestriction, ...], label: str | None, situation: Situation) -> Finding:
    """What the card says beyond the license: one question for all of it, with the passages."""
    lines = tuple(dict.fromkeys(restriction.line for restriction in extra))
    return make_open_point(
        EXTRA,
        f"The card adds a restriction ({extra[0].kind}) that no license at hand states.",
        CARD_DOUBTS[EXTRA],
        key=situation.subject.target,
        license=label,
        evidence=tuple(evidence for line in lines[:SHOWN] for evidence in _quoted(line, situation)),
        remedy=REMEDY,
    )


def is_covered(covered: frozenset[str], situation: Situation) -> bool:
    """True where a license at hand states the like, or closes the matter by its class; or none is at hand."""
    own = [reading for reading in situation.readings if reading.inherited_from is None]
    closes = covered & {"noncommercial", "research-only"}
    if not own or (closes and any(reading.license_class in CLOSED for reading in own)):
        return True
    return any(term.kind in covered for reading in situation.readings for term in reading.terms)


def _of_text(reading: LicenseReading, label: str | None, situation: Situation) -> Iterator[Finding]:
    """The limits of a notice or gate of which the license states none of the kind; one finding a kind."""
    stated = {term.kind for binding in situation.readings for term in binding.terms}
    groups = situation.knowledge.groups
    seen: set[str] = set()
    bars = (bar for bar in stated_bars(reading, situation) if not any(is_quoted(e, reading) for e in bar.evidence))
    for term in (*reading.terms, *bars):
        limits = groups.get(term.kind, "limit") == "limit" and term.kind not in FORMAL
        if limits and term.kind not in seen and not stated & _related(term.kind):
            seen |= _related(term.kind)
            yield make_open_point(
                EXTRA,
                f"{reading.path} adds a restriction ({term.kind}) that no license at hand states.",
                "Does this restriction bind beside the license?",
                key=f"{reading.path}.{term.kind}",
                license=label,
                evidence=term.evidence,
                remedy=REMEDY,
            )


def _unread_supplementary(reading: LicenseReading, label: str | None) -> Iterator[Finding]:
    """The sentences of a notice or gate that limit in words that no rule reads."""
    asking = tuple(line.evidence for line in reading.ledger if LIMITS & set(line.asks))
    if asking:
        yield make_open_point(
            EXTRA,
            f"{reading.path} may add a restriction, in words that were not understood.",
            "Does this restriction bind beside the license?",
            key=f"{reading.path}.unread-clause",
            license=label,
            evidence=asking[:QUOTED],
            remedy=REMEDY,
        )


def _related(kind: str) -> frozenset[str]:
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


# Texts that reserve the right to modify or redistribute: whether what they do grant settles a use in the house.


COPYING = frozenset(("reproduce", "modify"))
"""Rights that a license of a work grants, and the terms of a service do not."""


def is_reserved(reading: LicenseReading) -> bool:
    """True by what the text says, or by the record of the license that the text is word for word."""
    if reading.license_class is LicenseClass.PROPRIETARY:
        return True
    name = reading.identity.id if reading.identity.match is MatchKind.EXACT else None
    record = find_record(name) if name else None
    return record is not None and record.license_class is LicenseClass.PROPRIETARY


def is_settled(reading: LicenseReading, situation: Situation) -> bool:
    """True where the text grants use, bars no more than passing the work on, and the work stays in the house."""
    if not _stays_in_house(situation) or not _is_license_of_work(reading):
        return False
    barred = {term.kind for term in reading.terms}
    changed = situation.profile.derivatives.modifies_model is not False
    return "no-distribution" in barred and not (changed and "modify" not in _rights(reading))


def _stays_in_house(situation: Situation) -> bool:
    deployment = situation.profile.deployment
    return deployment.purpose == "internal" and deployment.channels == ("internal",)


def _is_license_of_work(reading: LicenseReading) -> bool:
    """True for a grant of the rights of a copyright owner, or of use without a fee; access to a service is neither."""
    return bool(_rights(reading) & COPYING) or ("use" in _rights(reading) and "royalty-free" in _qualities(reading))


def _rights(reading: LicenseReading) -> frozenset[str]:
    return _listed(reading, "rights")


def _qualities(reading: LicenseReading) -> frozenset[str]:
    return _listed(reading, "qualities")


def _listed(reading: LicenseReading, attribute: str) -> frozenset[str]:
    """The entries of a set attribute of the grants in the text."""
    values = (term.attributes.get(attribute) for term in reading.terms if term.kind == "copyright-grant")
    return frozenset(str(entry) for value in values if isinstance(value, tuple) for entry in value)


# What could not be told about a target; none of it is ever approved unseen.


SEEM_OPEN = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)
FILLERS = frozenset(("license", "licence", "licensed", "the", "version", "v", "0"))
"""Words that names of licenses share."""
_NAME_WORD = re.compile(r"[^\W\d_]+?(?=v?\d|[\W_]|$)|\d+")
FOREIGN = "language"
"""What a sentence in a language that is not read asks by."""
DIFFS = 6
"""How many changed sentences are shown with their words."""
QUOTED = 12
"""How many unread sentences of a text a finding quotes."""


def open_point_findings(situation: Situation) -> Iterator[tuple[Finding, LicenseReading | None]]:
    """Findings for a license that cannot be told, a text in which nothing is granted, a base that is not known.

    Each with the text that it is about, if it is about one: an approval of another text does not clear it.
    """
    for finding in _unnamed(situation):
        yield finding, None
    for reading in situation.readings:
        for finding in _ill_read(reading, situation):
            yield finding, reading
    own = next((r for r in situation.readings if r.inherited_from is None), None)
    for finding in supplementary_findings(situation, own):
        yield finding, own
    for ancestor in situation.subject.lineage:
        for finding in _unknown_base(ancestor, situation):
            yield finding, None
    for doubt in situation.subject.doubts:
        if not (doubt.covered and is_covered(doubt.covered, situation)):
            yield _of_doubt(doubt, own), own


def _of_doubt(doubt: Doubt, own: LicenseReading | None) -> Finding:
    """What the sources at hand leave open; a credit that they ask for is a thing to do, and no question."""
    finding = make_open_point(
        doubt.kind,
        doubt.message,
        doubt.question,
        key=doubt.key,
        license=own.label if own else None,
        evidence=doubt.evidence,
        remedy=REMEDY,
    )
    if not doubt.settled:
        return finding
    return replace(finding, status=Status.ACTION, question=None, question_fact=None, remedy="Name the creator.")


def _unnamed(situation: Situation) -> Iterator[Finding]:
    """Which license it is, where that cannot be told."""
    licenses = [r for r in situation.readings if r.role != "policy"]
    if not any(r.inherited_from is None for r in licenses):
        yield _unknown_license(situation)
    elif not any(r.source == "text" for r in licenses):
        yield from _unknown_further(situation)
    elif _is_of_another(licenses, situation):
        yield _unmatched(situation)


def _ill_read(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    """What one text leaves open; of a text in another language nothing more is to be said."""
    foreign = tuple(_foreign(reading, situation))
    yield from foreign
    if reading.role != "policy":
        if reading.terms or not foreign:
            yield from _unread(reading, situation)
        if is_reserved(reading) and not is_settled(reading, situation):
            yield _proprietary(reading, situation)
    asking = sorted((line for line in reading.ledger if line.asks and FOREIGN not in line.asks), key=_unchanged)
    for lines in _by_approval(asking, situation):
        yield _unread_clause(reading, lines)


def _unchanged(line: LedgerLine) -> bool:
    """The key by which sentences that were changed come first."""
    return not line.wording


def _unknown_license(situation: Situation) -> Finding:
    declared = ", ".join(situation.subject.declared)
    told = f"Declared is {declared}, of which neither text nor record is at hand." if declared else "None is declared."
    return make_open_point(
        "unknown-license",
        f"The license of the model could not be determined. {told}",
        "Under which license, and which text of it, is the model offered?",
        key=situation.subject.target,
    )


def _unknown_further(situation: Situation) -> Iterator[Finding]:
    """A license that is declared beside known ones (in a header, say) and of which nothing is at hand."""
    names = [name for name in situation.subject.declared if find_record(name) is None]
    if names:
        yield make_open_point(
            "unknown-license",
            f"Declared beside the known license is {', '.join(names)}, of which neither text nor record is at hand.",
            "Under which license, and which text of it, is the model offered?",
            key=situation.subject.target,
        )


def _is_of_another(licenses: list[LicenseReading], situation: Situation) -> bool:
    """True where the card names a license that nobody knows, and the texts at hand are open ones that everybody knows.

    Such a text is that of the code more often than that of the weights.
    """
    subject = situation.subject
    own = [r for r in licenses if r.inherited_from is None]
    known = all(r.identity.match is MatchKind.EXACT and r.license_class in SEEM_OPEN for r in own)
    if not known or not subject.declared or subject.record_ids:
        return False
    names = " ".join(name for r in own for name in (r.label, r.identity.name or "", *r.identity.ids.values()))
    return any(not _name_words(name) <= _name_words(names) for name in subject.declared)


def _name_words(name: str) -> set[str]:
    """What tells one license's name from another's."""
    return set(_NAME_WORD.findall(name.casefold())) - FILLERS


def _unmatched(situation: Situation) -> Finding:
    declared = ", ".join(situation.subject.declared)
    return make_open_point(
        "unknown-license",
        f"The card declares {declared}, which is not known here, beside the text of another license.",
        "Is the text at hand that of the declared license, and does it cover the weights?",
        key=situation.subject.target,
    )


def _unknown_base(ancestor: Ancestor, situation: Situation) -> Iterator[Finding]:
    """A base without a license, or under one of which nothing is at hand; what the target declares is judged there."""
    own = {name.casefold() for name in situation.subject.declared}
    names = ancestor.licenses or ((ancestor.license,) if ancestor.license else ())
    unknown = [name for name in names if name.casefold() not in own and find_record(name) is None]
    if unknown or not (names or ancestor.known):
        named = f" ({', '.join(unknown)})" if unknown else ""
        yield make_open_point(
            "unknown-base",
            f"The model descends from {ancestor.model}, whose license{named} is not known here.",
            "Under which license is the base model, and which of its terms carry over?",
            key=ancestor.model,
        )


def _proprietary(reading: LicenseReading, situation: Situation) -> Finding:
    """Terms that reserve the rights: what they leave to this deployment is for a person to say."""
    return make_open_point(
        "proprietary-terms",
        f"{reading.label} is proprietary: it gives no right to modify or redistribute, or is the terms of a service.",
        "Do these terms, or a contract beside them, permit this use?",
        key=reading.label,
        license=reading.label,
        evidence=opening(reading, situation),
    )


def _by_approval(asking: list[LedgerLine], situation: Situation) -> list[tuple[LedgerLine, ...]]:
    """The unread sentences that no approval names, then those that one names, in groups that can be cleared as one."""
    approvals = [approval for approval in situation.profile.approvals if approval.kind == "unread-clause"]
    groups: dict[int, list[LedgerLine]] = {}
    for line in asking:
        by = next((i for i, approval in enumerate(approvals) if names_clause(approval, line.hash)), -1)
        groups.setdefault(by, []).append(line)
    return [tuple(groups[by]) for by in sorted(groups)]


def _unread_clause(reading: LicenseReading, asking: tuple[LedgerLine, ...]) -> Finding:
    """The sentences that command, limit or charge in words that no rule and no review explains."""
    changed = [line for line in asking if "change" in line.asks]
    others = len(asking) - len(changed)
    hidden = sum("hidden" in line.asks for line in asking)
    told = [_told_changes(changed, reading)] if changed else []
    if others:
        where = f"{_sentences(others)} of {reading.path}"
        told.append(f"{where} may impose a duty, limit or charge and could not be interpreted.")
    if hidden:
        told.append(f"{_sentences(hidden)} {'hides or splits' if hidden == 1 else 'hide or split'} letters.")
    hashes = tuple(dict.fromkeys(line.hash for line in asking))
    finding = make_open_point(
        "unread-clause",
        " ".join(told),
        "What do these passages ask, allow or forbid?",
        key=reading.label,
        license=reading.label,
        evidence=tuple(line.evidence for line in asking[:QUOTED]),
        remedy=f"Let a person read these passages and record an approval with clauses: [{', '.join(hashes)}].",
    )
    return replace(finding, attributes={CLAUSES: hashes})


def _told_changes(changed: list[LedgerLine], reading: LicenseReading) -> str:
    """How many sentences of a copy were changed, and the first of them with the words that came and went."""
    verb = "differs" if len(changed) == 1 else "differ"
    shown = "; ".join(f"{_place_of(line.evidence)}: {line.wording}" for line in changed[:DIFFS])
    more = f"; and {len(changed) - DIFFS} more" if len(changed) > DIFFS else ""
    of = reading.identity.name or reading.label
    return (
        f"{_sentences(len(changed))} of {reading.path} {verb} from the wording of {of}"
        f" ([-taken out-], {{+put in+}}): {shown}{more}."
    )


def _sentences(number: int) -> str:
    return "1 sentence" if number == 1 else f"{number} sentences"


def _place_of(evidence: Evidence) -> str:
    return f"§ {evidence.section}" if evidence.section else f"line {evidence.line}"


def _unread(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    """A text that grants nothing that could be read, or hardly says a thing, is no license to rely on."""
    what = _lack(reading)
    if what is not None:
        yield make_open_point(
            "unread-license",
            f"In {reading.path} {what} could be read.",
            "What does this text permit?",
            key=reading.label,
            license=reading.label,
            evidence=opening(reading, situation),
            remedy="Let a person read the text and record an approval of it.",
        )


def _lack(reading: LicenseReading) -> str | None:
    """What a text lacks to be relied on; which rights it gives is told by the rights themselves."""
    return None if reading.terms or reading.grants else "no term at all"


def _foreign(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    """Passages in a language that the rules do not read may hold whatever they hold."""
    passages = tuple(line.evidence for line in reading.ledger if FOREIGN in line.asks)
    if passages:
        from licensecheck.reading.languages import language_of

        yield make_open_point(
            "unread-language",
            f"{reading.path} holds passages in a language that is not read here ({language_of(passages[0].quote)}).",
            "What do these passages ask, allow or forbid?",
            key=reading.label,
            license=reading.label,
            evidence=passages[:3],
            remedy="Get the text in English, or let somebody who knows the language read it; then record an approval.",
        )


def opening(reading: LicenseReading, situation: Situation) -> tuple[Evidence, ...]:
    """The first line of the text, so that a person finds it."""
    document = next((d for d in situation.subject.documents if d.path == reading.path), None)
    if document is None or not document.text.strip():
        return ()
    start = len(document.text) - len(document.text.lstrip())
    quote = document.text[start:].split("\n", 1)[0].rstrip()[:200]
    return (document.passage(start, start + len(quote)),)
