"""One term under the check rules that are about its kind: a finding."""

from __future__ import annotations

from licensecheck.catalog.phrasing import kind_label
from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.licenses import LicenseReading, Term
from licensecheck.domain.rules import Asking, CheckRule
from licensecheck.frozen import dataclass, replace
from licensecheck.judge.case import Case, Fact, Situation, Truth
from licensecheck.judge.conditions import Outcome, evaluate_condition
from licensecheck.judge.openness import is_ruled_out
from licensecheck.judge.triggers import triggered_by

SEVERITY = {
    Status.VIOLATION: 0,
    Status.REVIEW: 1,
    Status.ACTION: 2,
    Status.WAIVED: 3,
    Status.MET: 4,
    Status.NOT_APPLICABLE: 5,
}
"""Which of two statuses of one term governs: the one with the lower number."""


UNREAD = "unread"
"""What a term says of its `event` where it binds in a case that was not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgment:
    status: Status
    lead: str
    facts: tuple[Fact, ...] = ()


def judge_term(term: Term, reading: LicenseReading, situation: Situation) -> Finding | None:
    """The strictest finding that the rules about this kind give; None where no rule is about it."""
    if is_ruled_out(term, reading):
        return _ruled_out(term, reading, situation)
    rules = (rule for rule in situation.knowledge.rules if term.kind in rule.terms and rule.status != "retired")
    findings = [found for rule in rules if (found := judge_by(rule, term, reading, situation)) is not None]
    return min(findings, key=_rank) if findings else None


def _ruled_out(term: Term, reading: LicenseReading, situation: Situation) -> Finding:
    """What was read as a limit in a license that has none by definition: shown, and without effect."""
    return Finding(
        kind=term.kind,
        status=Status.NOT_APPLICABLE,
        message="The OSI has approved this license, word for word, and approves none with such a limit.",
        license=reading.label,
        attributes=term.attributes,
        evidence=term.evidence,
        rule="osi-approved",
        group=situation.knowledge.groups.get(term.kind),
        moves_verdict=False,
    )


def judge_by(rule: CheckRule, term: Term, reading: LicenseReading, situation: Situation) -> Finding | None:
    """The finding that one rule gives; None where the rule is about other terms of the kind."""
    case = Case(term=term, reading=reading, situation=situation, assume=rule.assume)
    if evaluate_condition(rule.where, case).truth is False:
        return None
    return _with_review(_finding(rule, case, _judge(rule, case)), situation)


def _with_review(finding: Finding, situation: Situation) -> Finding:
    """The finding, for review where the house rules want a person to see its kind in every case."""
    return for_review(finding) if finding.kind in situation.profile.policy.review_kinds else finding


def _rank(finding: Finding) -> tuple[int, str]:
    return SEVERITY[finding.status], finding.rule or ""


def _judge(rule: CheckRule, case: Case) -> _Judgment:
    """What the rule says: is the term set off, is it kept, is the rule about the case."""
    off, unknown = _triggered(rule, case)
    if off is False:
        return _untouched(rule)
    kept = evaluate_condition(rule.unless, case, empty=False)
    if kept.truth is True:
        return _Judgment(status=Status.MET, lead=rule.met, facts=kept.facts)
    when = evaluate_condition(rule.when, case)
    if when.truth is False:
        return _Judgment(status=rule.otherwise, lead=_lead(rule, rule.otherwise), facts=when.facts)
    if off is None or when.truth is None:
        return _Judgment(status=rule.doubt, lead=rule.message, facts=(*unknown, *when.facts))
    return _broken(rule, when, kept)


def _untouched(rule: CheckRule) -> _Judgment:
    """What sets a duty off does not happen: it does not apply. What a limit bars does not happen: it is kept."""
    status = Status.NOT_APPLICABLE if rule.triggers else rule.otherwise
    return _Judgment(status=status, lead=_lead(rule, status))


def _lead(rule: CheckRule, status: Status) -> str:
    if status is Status.MET:
        return rule.met
    return rule.not_applicable if status is Status.NOT_APPLICABLE else rule.message


def _broken(rule: CheckRule, when: Outcome, kept: Outcome) -> _Judgment:
    """A duty not known to be done can simply be done; a limit not known to be kept is for a person."""
    status = rule.yields if kept.truth is False or rule.yields is Status.ACTION else rule.doubt
    return _Judgment(status=status, lead=rule.message, facts=(*when.facts, *kept.facts))


def _triggered(rule: CheckRule, case: Case) -> tuple[Truth, tuple[Fact, ...]]:
    names = (*(case.term.triggers or rule.triggers or rule.barred), *rule.adds)
    if not names:
        return True, ()
    off, facts = triggered_by(names, case)
    if off is False and rule.triggers and case.term.details.get("event") == UNREAD:
        return None, (Fact(value=None, ask=_ask_event(case)),)
    return off, facts


def _ask_event(case: Case) -> Asking:
    """How to ask whether what the clause names happens, where it says so in words that no trigger reads."""
    return Asking(
        fact=f"{case.reading.label}.{case.term.kind}.event",
        text="Does that happen on which the clause makes this duty depend?",
    )


def _finding(rule: CheckRule, case: Case, judgment: _Judgment) -> Finding:
    term, facts, status = case.term, judgment.facts, judgment.status
    asking = next((fact.ask for fact in facts if fact.ask and fact.value is None), None)
    asks = asking is not None and status in (Status.REVIEW, Status.ACTION)
    reason = Outcome(truth=None, facts=facts).reason
    question = asking.text if asks and asking else rule.question if status is Status.REVIEW else None
    return Finding(
        kind=term.kind,
        status=status,
        message=" ".join(part for part in (judgment.lead, reason) if part) or rule.title,
        license=case.reading.label,
        attributes=term.attributes,
        question=question,
        question_fact=(asking.fact if asks and asking else f"{case.reading.label}.{term.kind}") if question else None,
        remedy=rule.fix if status in (Status.VIOLATION, Status.ACTION, Status.REVIEW) else None,
        evidence=term.evidence,
        basis=_basis(case),
        rule=rule.id,
        group=case.situation.knowledge.groups.get(term.kind),
        moves_verdict=rule.yields is not Status.MET,
        limit=next((fact.limit for fact in facts if fact.limit), None),
    )


def _basis(case: Case) -> str | None:
    """License and clause that the finding rests on."""
    clause = case.term.clause or next((e.section for e in case.term.evidence if e.section), None)
    return f"{case.reading.label} {clause}" if clause else None


def for_review(finding: Finding) -> Finding:
    """The finding of a kind that the house rules want a person to see in every case."""
    if finding.status in (Status.VIOLATION, Status.REVIEW):
        return finding
    return replace(
        finding,
        status=Status.REVIEW,
        message=f"The company policy asks for a review of {kind_label(finding.kind).lower()} in every case.",
        question="Has a person read this clause and accepted it?",
        question_fact=f"{finding.license}.{finding.kind}",
        remedy="Let a person read the clause and record an approval.",
        moves_verdict=True,
    )
