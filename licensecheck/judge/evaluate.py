"""A subject, what its licenses say and a profile, made into a report on the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.check_rules import load_knowledge
from licensecheck.catalog.model_entries import find_model
from licensecheck.domain.findings import Finding, Openness, Question, RightRow, Status, TargetReport, Verdict
from licensecheck.domain.licenses import LicenseReading
from licensecheck.domain.profile import Profile
from licensecheck.domain.subject import Role, Subject
from licensecheck.frozen import dataclass
from licensecheck.judge.case import Situation, stated_bars
from licensecheck.judge.facts import clash_findings, find_clashes, without_clashes
from licensecheck.judge.judge import SEVERITY, judge_term
from licensecheck.judge.licensees import by_class
from licensecheck.judge.licensing import apply_approvals, named_by, waive_decided
from licensecheck.judge.openness import judge_openness
from licensecheck.judge.rights import right_findings, right_rows
from licensecheck.judge.unread import open_point_findings
from licensecheck.judge.uses import use_findings

# The house rules of the profile, on top of what the licenses say.


def policy_findings(situation: Situation) -> Iterator[Finding]:
    """The findings of kind `policy` for each license; an incorporated policy counts as part of its license."""
    for reading in situation.readings:
        if reading.role != "policy" and reading.inherited_from is None:
            yield from _class_findings(reading, situation)
            yield from _denied(reading, situation)


def _class_findings(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    allowed = situation.profile.policy.allow_classes
    if allowed is None:
        return
    listed = ", ".join(allowed) or "none"
    if reading.license_class is None:
        message = f"The class of the license cannot be told; the company policy allows {listed}."
        yield _finding(reading, Status.REVIEW, message, question="Which class is this license of?")
        return
    name = reading.license_class.value
    fits = name in allowed
    message = f"The license is {name}; the company policy allows {listed}."
    yield _finding(reading, Status.MET if fits else Status.VIOLATION, message)


def _denied(reading: LicenseReading, situation: Situation) -> Iterator[Finding]:
    barred = situation.profile.policy.deny_licenses
    if named_by(barred, reading, families=True):
        yield _finding(reading, Status.VIOLATION, f"The company policy excludes {reading.label}.")


def _finding(reading: LicenseReading, status: Status, message: str, *, question: str | None = None) -> Finding:
    return Finding(
        kind="policy",
        status=status,
        message=message,
        license=reading.label,
        question=question,
        question_fact=f"{reading.label}.class" if question else None,
        remedy="Choose a model under another license, or change the company policy."
        if status is not Status.MET
        else None,
        rule="house-rule",
    )


# The facts that are missing, each asked once, in the order of what they decide.


WEIGHT = {Status.REVIEW: 2, Status.ACTION: 1}


def collect_questions(findings: Iterable[Finding]) -> tuple[Question, ...]:
    """One question for each missing fact; first those on which most findings for review hang."""
    asked: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.question and finding.question_fact:
            asked.setdefault(finding.question_fact, []).append(finding)
    questions = [_question(fact, hanging) for fact, hanging in asked.items()]
    weight = {fact: sum(WEIGHT.get(f.status, 0) for f in hanging) for fact, hanging in asked.items()}
    return tuple(sorted(questions, key=lambda question: (-weight[question.fact], question.fact)))


def _question(fact: str, hanging: list[Finding]) -> Question:
    """The question of the first finding; where a use may fall under several bans, it names the others."""
    first = hanging[0]
    decides = sorted({_label(finding) for finding in hanging})
    differing = (f for f in hanging if f.question != first.question and "category" in f.attributes)
    others = sorted({str(f.attributes["category"]) for f in differing})
    text = f"{first.question} It may fall under {', '.join(others)} too." if others else first.question
    return Question(fact=fact, text=text or "", decides=tuple(decides))


def _label(finding: Finding) -> str:
    category = finding.attributes.get("category")
    return f"{finding.kind} ({category})" if category else finding.kind


# A subject, what its licenses say and a profile, made into a report on the target.


"""Roles of texts that are no license of the target and may restrict all the same."""


def evaluate(
    subject: Subject,
    readings: Iterable[LicenseReading],
    profile: Profile,
    *,
    today: str | None = None,
    materials: Mapping[str, str] | None = None,
    strict: bool = False,
    openness: Openness | None = None,
) -> TargetReport:
    """The report on one target; `today` (ISO 8601) decides on approvals, `materials` are texts by path.

    `openness` is that of an earlier report on the same subject: it does not hang on the profile.

    `strict`: a text that is no known license unchanged, and a file that was not read, are questions.
    """
    every = tuple(readings)
    clashes = find_clashes(profile)
    given, profile = profile, without_clashes(profile, clashes)
    situation = Situation(
        subject=subject,
        readings=tuple(reading for reading in every if not Role(reading.role).is_supplementary),
        supplementary=tuple(reading for reading in every if Role(reading.role).is_supplementary),
        profile=profile,
        knowledge=load_knowledge(),
        today=today,
        materials=materials or {},
    )
    judged = _judged(situation, given)
    found = (*clash_findings(clashes, given), *_findings(situation, judged, strict=strict))
    findings = tuple(sorted(found, key=_order))
    return TargetReport(
        target=subject.target,
        name=subject.name,
        verdict=verdict_of(findings),
        findings=findings,
        openness=openness or judge_openness(situation),
        rights=judged.rights,
        readings=situation.readings,
        documents=subject.documents,
        card=subject.card,
        lineage=subject.lineage,
        disclosures=subject.disclosures,
        questions=collect_questions(findings),
        notes=subject.notes,
        folder=subject.folder,
    )


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Denied if one is a violation, else for review, else conditional if one asks for action, else approved."""
    statuses = {finding.status for finding in findings if finding.moves_verdict}
    if Status.VIOLATION in statuses:
        return Verdict.DENIED
    if Status.REVIEW in statuses:
        return Verdict.NEEDS_REVIEW
    return Verdict.CONDITIONAL if Status.ACTION in statuses else Verdict.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What hangs on readings and profile alone: rights, uses that no ban tells of, and the findings on terms."""

    rights: tuple[RightRow, ...]
    uses: tuple[tuple[Finding, LicenseReading], ...]
    terms: tuple[tuple[Finding, LicenseReading], ...]


_KEPT = 1_000
"""How many judgments are kept: the models of a list share their licenses."""


@per_catalog
def _kept() -> dict[tuple[object, ...], tuple[_Judged, object]]:
    """Judgments by the very objects that they rest on, which are held beside them."""
    return {}


def _judged(situation: Situation, given: Profile) -> _Judged:
    """The judgment of the texts for a profile as it was `given`; one that was made before is taken again."""
    kept = _kept()
    stated = tuple(sorted(situation.materials.items()))
    given = _same(given)
    ids = (id(given), id(situation.knowledge), *map(id, situation.readings))
    key = (ids, situation.today, stated, _looked_at(situation.subject))
    found = kept.get(key)
    if found is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[key] = _judge(situation), (given, situation.knowledge, situation.readings)
    return found[0]


_PROFILES = 16
"""How many profiles are kept, to know one again that was loaded anew."""


@per_catalog
def _known_profiles() -> list[Profile]:
    return []


def _same(profile: Profile) -> Profile:
    """The profile, or an equal one that was met before."""
    known = _known_profiles()
    for one in known:
        if one is profile or one == profile:
            return one
    known.append(profile)
    del known[:-_PROFILES]
    return profile


def _looked_at(subject: Subject) -> tuple[object, ...]:
    """What of a subject judging terms looks at: its texts beside the card, and what the model handles."""
    texts = tuple((d.role, d.path, d.sha256) for d in subject.documents if d.role is not Role.CARD)
    handles = subject.card.modalities if subject.card is not None else None
    entry = find_model(subject.name or subject.target) if handles is None else None
    sure = entry is not None and entry.certain and entry.modalities is not None
    listed = (entry.model, entry.modalities) if entry is not None and sure else None
    return texts, subject.target if texts else None, handles, listed


def _judge(situation: Situation) -> _Judged:
    terms: list[tuple[Finding, LicenseReading]] = []
    for reading in situation.readings:
        for term in (*reading.terms, *stated_bars(reading, situation)):
            parts = (judge_term(part, reading, situation) for part in by_class(term))
            terms += [(waive_decided(part, situation), reading) for part in parts if part is not None]
    return _Judged(rights=right_rows(situation), uses=tuple(use_findings(situation)), terms=tuple(terms))


def _findings(situation: Situation, judged: _Judged, *, strict: bool) -> Iterator[Finding]:
    yield from policy_findings(situation)
    held: Iterable[tuple[Finding, LicenseReading | None]] = ()
    if strict:
        from licensecheck.judge.strict import strict_findings

        held = strict_findings(situation)
    for finding, license_of in right_findings(judged.rights, situation):
        yield apply_approvals(finding, license_of, situation)
    for finding, about in (*open_point_findings(situation), *held):
        yield apply_approvals(finding, about, situation) if about else finding
    for finding, about in (*judged.uses, *judged.terms):
        yield apply_approvals(finding, about, situation)


def _order(finding: Finding) -> tuple[int, bool, str, str, str, str]:
    """The gravest first; then by kind, category, license and place."""
    place = f"{finding.evidence[0].start:09d}" if finding.evidence else ""
    return (
        SEVERITY[finding.status],
        not finding.moves_verdict,
        finding.kind,
        finding.about,
        finding.license or "",
        place,
    )
