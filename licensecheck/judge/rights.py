"""The rights that a deployment needs against those that a text grants: a grant with its quote, or a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import PurePath

from licensecheck.catalog.phrasing import kind_label
from licensecheck.domain.findings import Finding, RightRow, Status
from licensecheck.domain.licenses import Evidence, Grant, LicenseClass, LicenseReading, MatchKind, Term
from licensecheck.domain.rules import Asking, RightsModel
from licensecheck.frozen import replace
from licensecheck.judge.case import Case, Situation
from licensecheck.judge.conditions import Outcome, evaluate_condition
from licensecheck.judge.licensing import lost_terms
from licensecheck.judge.unread import opening
from licensecheck.lazy import re
from licensecheck.reading.operative_clause import is_title, operative_first

ALL = "all"
"""The name of a grant of every right."""
RELICENSE = "relicense"
"""The right to offer what is made from the work under another license."""
UNSPECIFIED = "unspecified"
"""The name of a grant that names no right."""
NEGATED = "negated"
"""The limit of a sentence that denies something, which grants nothing."""
KIND = "right-not-granted"
GRANTED, LIMITED, REFUSED, MISSING, ASKED = "granted", "limited", "refused", "not-granted", "not-understood"
PRESUMED = "presumed"
"""What became of a needed right: granted; granted within a limit that is kept or judged by itself; refused by a term
that is judged by itself; granted by nothing; granted in words that leave open whether it covers this deployment; not
granted in words, and taken to be given since a clause says how it is to be exercised."""
PRESUMPTION = "right-presumed"
"""The kind of finding on a right that is presumed."""
_OPEN = (MISSING, ASKED)
_PART = re.compile(r"(\d+)|([A-Za-z]+)")


def right_rows(situation: Situation) -> tuple[RightRow, ...]:
    """Each right that the deployment needs, for each license of its own that binds the target.

    Of the license of a base only what stays on a derivative that is offered under another license.
    """
    own = (row for reading in _licenses(situation) for row in _rows(reading, situation))
    survives = situation.knowledge.rights.survives
    handed_on = (row for reading in _bases(situation) for row in _rows(reading, situation) if row.right == RELICENSE)
    return (*own, *(row for row in handed_on if survives.intersection(row.limited_by)))


def _licenses(situation: Situation) -> Iterator[LicenseReading]:
    """The licenses whose grants count: the target's own, as far as anything was read in them."""
    for reading in situation.readings:
        if reading.role != "policy" and reading.inherited_from is None and (reading.terms or reading.grants):
            yield reading


def _bases(situation: Situation) -> Iterator[LicenseReading]:
    """The licenses of ancestors that are not the target's own too."""
    own = {reading.label for reading in _licenses(situation)}
    for reading in situation.readings:
        if reading.role != "policy" and reading.inherited_from is not None and reading.label not in own:
            yield reading


def _rows(reading: LicenseReading, situation: Situation) -> Iterator[RightRow]:
    model = situation.knowledge.rights
    case = Case(term=Term(kind=KIND), reading=reading, situation=situation)
    for need in model.needs:
        needed = evaluate_condition(need.when, case)
        if needed.truth is not False:
            yield _row(need.right, needed, case, model)


def _row(right: str, needed: Outcome, case: Case, model: RightsModel) -> RightRow:
    """What grants the right, by the grant with the least limits; else why nothing does."""
    reading = case.reading
    barring = [term for term in reading.terms if term.kind in model.rights[right].refused_by]
    barring_facts = reading.facts.intersection(model.rights[right].refused_by)
    row = RightRow(
        right=right, says=model.rights[right].says, status=MISSING, license=reading.label, needed=needed.truth
    )
    if barring or barring_facts:
        kinds = tuple(sorted({*(term.kind for term in barring), *barring_facts}))
        passages = tuple(passage for term in barring for passage in term.evidence)
        evidence = operative_first(passages, kind=barring[0].kind)[0] if passages else None
        clause = None if evidence else next((term.clause for term in barring if term.clause), None)
        return replace(row, status=REFUSED, limited_by=kinds, evidence=evidence, clause=clause or _section(evidence))
    lost = lost_terms(case, model.survives) if right == RELICENSE else ()
    if lost:
        evidence = next((e for term in reading.terms if term.kind == "flow-down" for e in term.evidence), None)
        return replace(row, status=ASKED, limited_by=lost, evidence=evidence, clause=_section(evidence))
    best = _best(right, case, model)
    if best is not None and best[0] == 0:
        return _granted(row, *best[1:], status=LIMITED if best[2] else GRANTED)
    taken = _presumed_row(row, case, model)
    if taken is not None and not _by_definition(reading):
        return taken
    best = best or _best(right, case, model, presuming=True)
    if _by_definition(reading):
        grant = best[1] if best else None
        return (
            replace(_granted(row, grant, ()), limited_by=())
            if grant
            else replace(row, status=GRANTED, clause="OSD 1-6")
        )
    return row if best is None else _granted(row, *best[1:], status=ASKED)


def _by_definition(reading: LicenseReading) -> bool:
    """True for a license that the OSI approved, word for word: it approves none that keeps one of these rights back."""
    return reading.license_class is LicenseClass.OSI_APPROVED and reading.identity.match is MatchKind.EXACT


Tried = tuple[int, Grant, tuple[str, ...]]


def _best(right: str, case: Case, model: RightsModel, *, presuming: bool = False) -> Tried | None:
    """The grant with the least open limits, of those that give the right in words, or where `presuming` imply it."""
    tried = _tried(right, case, model, presuming=presuming)
    return min(tried, key=partial(_rank, right=right, clauses=_granting(case.reading)), default=None)


def _tried(right: str, case: Case, model: RightsModel, *, presuming: bool) -> Iterator[Tried]:
    """Each grant of the right with the limits that are left of it, and 0 where none of these stands in the way."""
    for grant in case.reading.grants:
        implied = presuming and _regulating(grant, right, case, model)
        if implied or {right, ALL, *model.included[right]}.intersection(grant.rights):
            open_limits = tuple(name for name in grant.limits if not _is_settled(name, case, model))
            yield len(open_limits), grant, open_limits or grant.limits


def _regulating(grant: Grant, right: str, case: Case, model: RightsModel) -> frozenset[str]:
    """The kinds of term and facts by which the text takes a right for granted with those of the grant.

    They say how it is to be exercised. Where another grant names the right within a limit, that is what the text gives.
    """
    stated = {term.kind for term in case.reading.terms} | case.reading.facts
    found = stated.intersection(model.rights[right].regulated_by) if UNSPECIFIED in grant.rights else set()
    for one in model.presumed:
        if one.right != right and one.right not in model.included[right]:
            continue
        if one.given.intersection(grant.rights) and one.where.intersection(stated):
            named = (other for other in case.reading.grants if one.right in other.rights)
            if not any(set(other.limits) - {NEGATED} for other in named):
                found |= one.where & stated
    return frozenset(found)


def _presumed_row(row: RightRow, case: Case, model: RightsModel) -> RightRow | None:
    """The right as one that the text does not grant in words and regulates, with the clause that does so."""
    best = _best(row.right, case, model, presuming=True)
    if best is None or best[0]:
        return None
    by = sorted(_regulating(best[1], row.right, case, model))
    if not by:
        return None
    terms = [term for term in case.reading.terms if term.kind in by]
    passages = [passage for term in terms for passage in term.evidence]
    passages += [passage for fact in by for passage in case.reading.grounds.get(fact, ())]
    evidence = next(iter(passages), None)
    clause = next((term.clause for term in terms if term.clause), None) or _section(evidence)
    return replace(row, status=PRESUMED, limited_by=best[2], evidence=evidence, clause=clause)


Rank = tuple[int, bool, int, bool, int, int, tuple[tuple[int, str], ...]]


def _rank(tried: Tried, *, right: str, clauses: Sequence[str]) -> Rank:
    """The grant with the least open limits first, then the clause that grants most, then one that names the right.

    Of two alike the one with fewer limits, then the one that stands first in the text; a title comes last.
    """
    left, grant, limits = tried
    clause = grant.clause or _section(grant.evidence) or ""
    order = clauses.index(clause) if clause in clauses else len(clauses)
    title = grant.evidence is not None and is_title(grant.evidence.quote)
    return left, title, order, right not in grant.rights, len(limits), len(grant.unread), _place(grant)


def _granting(reading: LicenseReading) -> list[str]:
    """The clauses that grant rights in the work, the one that tells most first."""
    found: dict[str, None] = {}
    for term in reading.terms:
        if term.kind == "copyright-grant":
            passages = operative_first(term.evidence, kind=term.kind)
            named = [each.section for each in passages if each.section] or (term.clause or "").split(", ")
            found.update(dict.fromkeys(named))
    return [clause for clause in found if clause]


def _place(grant: Grant) -> tuple[tuple[int, str], ...]:
    """Where a grant stands: by its offset, else by the parts of its clause; what has neither comes last."""
    if grant.evidence is not None:
        return ((grant.evidence.start, ""),)
    parts = _PART.findall(grant.clause or "")
    return tuple((int(number or 0), word) for number, word in parts) or ((1_000_000_000, ""),)


def _is_settled(limit: str, case: Case, model: RightsModel) -> bool:
    """True for a limit that this deployment keeps, or that a term of the text is judged for by itself."""
    known = model.limits[limit]
    kinds = {term.kind for term in case.reading.terms} | case.reading.facts
    if known.shown or kinds.intersection(known.judged_by):
        return True
    return known.kept is not None and evaluate_condition(known.kept, case).truth is True


def _granted(row: RightRow, grant: Grant, limits: tuple[str, ...], *, status: str = GRANTED) -> RightRow:
    clause = grant.clause or _section(grant.evidence)
    return replace(row, status=status, limited_by=limits, evidence=grant.evidence, clause=clause, unread=grant.unread)


def _section(evidence: Evidence | None) -> str | None:
    return evidence.section if evidence else None


# The findings on rights that are not shown.


def right_findings(rows: Sequence[RightRow], situation: Situation) -> Iterator[tuple[Finding, LicenseReading]]:
    """One finding for the rights that a text does not grant, one for each grant that was not understood."""
    open_rows = [row for row in rows if row.status in _OPEN]
    for reading in (*_licenses(situation), *_bases(situation)):
        to_do = [row for row in open_rows if row.needed is None and _is_lost(row, situation, unbound=True)]
        asked_first = [row for row in open_rows if row not in to_do]
        yield from ((found, reading) for found in _perhaps_needed(asked_first, reading, situation))
        own = [row for row in open_rows if row.license == reading.label and (row.needed or row in to_do)]
        taken = [row for row in rows if row.status == PRESUMED and row.license == reading.label and row.needed]
        if taken:
            yield _taken(taken, reading), reading
        missing = [row for row in own if row.status == MISSING]
        if missing:
            shown = next((grant.evidence for grant in reading.grants if grant.evidence), None)
            yield _missing([replace(row, evidence=shown) for row in missing], reading, situation), reading
        asked: dict[tuple[int, tuple[str, ...]], list[RightRow]] = {}
        for row in own:
            if row.status == ASKED:
                asked.setdefault((row.evidence.start if row.evidence else -1, row.limited_by), []).append(row)
        for rows_of_grant in asked.values():
            yield _limited(rows_of_grant, reading, situation), reading


def _perhaps_needed(rows: list[RightRow], reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    """For each fact that the profile leaves open, one finding on the rights that hang on it and are not shown."""
    case = Case(term=Term(kind=KIND), reading=reading, situation=situation)
    conditions = {need.right: need.when for need in situation.knowledge.rights.needs}
    hanging: dict[str, tuple[Asking, list[RightRow]]] = {}
    for row in rows:
        if row.license == reading.label and row.needed is None:
            asks = (fact.ask for fact in evaluate_condition(conditions[row.right], case).facts if fact.ask)
            asking = next(asks, None) or Asking(fact=f"right.{row.right}", text=f"Do you {row.says}?")
            hanging.setdefault(asking.fact, (asking, []))[1].append(row)
    for asking, open_rows in hanging.values():
        named = _listed([row.says for row in open_rows])
        finding = _finding(
            open_rows,
            reading,
            message=f"The right to {named} is not shown in {file_label(reading)}; whether it is needed is not stated.",
            question=asking.text,
        )
        finding = replace(finding, question_fact=asking.fact)
        yield finding if finding.evidence else replace(finding, evidence=opening(reading, situation))


def _taken(rows: list[RightRow], reading: LicenseReading) -> Finding:
    """The rights that are presumed: no approval rests on them until a person has agreed."""
    named = _listed([row.says for row in rows])
    finding = _finding(
        rows,
        reading,
        message=f"{file_label(reading)} does not grant the right to {named} in words. It says how that is to be done,"
        " and the right is taken to be given; the clause is quoted.",
        question="",
    )
    return replace(
        finding,
        kind=PRESUMPTION,
        status=Status.ACTION,
        question=None,
        question_fact=None,
        remedy="Let a person confirm that the clause gives the right and record an approval, or ask the licensor.",
        rule=PRESUMPTION,
    )


NO_OTHER = "no-other-rights"
"""The fact that a text grants no other rights than those that it names."""


def _missing(rows: list[RightRow], reading: LicenseReading, situation: Situation) -> Finding:
    """With what the text does grant as evidence, else with its first line; refused where it grants no other right."""
    named = _listed([row.says for row in rows])
    refusing = reading.grounds.get(NO_OTHER, ())
    if refusing:
        finding = _finding(
            rows,
            reading,
            message=f"{reading.label} names no right to {named}, and grants no other rights than it names.",
            question="",
        )
        return replace(
            finding,
            status=Status.VIOLATION,
            question=None,
            question_fact=None,
            evidence=(refusing[0], *finding.evidence),
            remedy="Ask the licensor for the right, and record it as an approval, or choose another model.",
        )
    finding = _finding(
        rows,
        reading,
        message=f"No clause that was read in {file_label(reading)} grants the right to {named}.",
        question=f"What gives you the right to {named}?",
    )
    return finding if finding.evidence else replace(finding, evidence=opening(reading, situation))


def _is_lost(row: RightRow, situation: Situation, *, unbound: bool = False) -> bool:
    """True for limits that the license of the derivative lacks; `unbound`: and nothing else binds its recipients."""
    lost = row.right == RELICENSE and bool(situation.knowledge.rights.survives.intersection(row.limited_by[:1]))
    return lost and (not unbound or situation.profile.materials.downstream_terms is False)


def _lost(rows: list[RightRow], reading: LicenseReading, situation: Situation) -> Finding:
    """What the text hands on does not survive in the license under which the derivative is offered."""
    offered = situation.profile.derivatives.license
    lost = ", ".join(kind_label(kind).lower() for kind in rows[0].limited_by)
    finding = _finding(
        rows,
        reading,
        message=f"Limits of {file_label(reading)} stay on what is made from it ({lost}); {offered} has none.",
        question=f"Under which terms beside {offered} do recipients of the derivative get it?",
    )
    if _is_lost(rows[0], situation, unbound=True):  # answered: under none, so it is to be done
        finding = replace(
            finding,
            status=Status.ACTION,
            question=None,
            question_fact=None,
            remedy=f"Bind recipients of the derivative to these limits, in terms of your own beside {offered}.",
        )
    return finding if finding.evidence else replace(finding, evidence=opening(reading, situation))


def _limited(rows: list[RightRow], reading: LicenseReading, situation: Situation) -> Finding:
    model = situation.knowledge.rights
    named = _listed([row.says for row in rows])
    if _is_lost(rows[0], situation):
        return _lost(rows, reading, situation)
    limits = _listed([model.limits[name].says for name in rows[0].limited_by])
    words = f" ({', '.join(dict.fromkeys(rows[0].unread))})" if rows[0].unread else ""
    return _finding(
        rows,
        reading,
        message=f"The right to {named} is granted {limits}{words}.",
        question=f"Does this grant cover the deployment: the right to {named}, {limits}?",
    )


def _finding(rows: list[RightRow], reading: LicenseReading, *, message: str, question: str) -> Finding:
    rights = tuple(row.right for row in rows)
    evidence = rows[0].evidence
    clause = rows[0].clause
    return Finding(
        kind=KIND,
        status=Status.REVIEW,
        message=message,
        license=reading.label,
        attributes={"rights": rights},
        question=question,
        question_fact=f"{reading.label}.{KIND}.{'+'.join(rights)}",
        remedy="Let a person read the grant and record an approval, or ask the licensor.",
        evidence=(evidence,) if evidence else (),
        basis=f"{reading.label} {clause}" if clause else None,
        rule=KIND,
        group="grant",
    )


def file_label(reading: LicenseReading) -> str:
    """The license of a reading, or the name of its file where it is not known."""
    return PurePath(reading.label).name if reading.identity.id is None else reading.label


def _listed(names: list[str]) -> str:
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"
