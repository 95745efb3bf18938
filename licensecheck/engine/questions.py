"""The facts that are missing, each asked once, in the order of what they decide."""

from __future__ import annotations

from collections.abc import Iterable

from licensecheck.model.finding import Finding, Status
from licensecheck.model.report import Question

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
    decides = sorted({_label(finding) for finding in hanging})
    return Question(fact=fact, text=hanging[0].question or "", decides=tuple(decides))


def _label(finding: Finding) -> str:
    category = finding.attributes.get("category")
    return f"{finding.kind} ({category})" if category else finding.kind
