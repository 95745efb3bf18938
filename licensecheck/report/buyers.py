"""What a buyer asks first of a license: may we use it, host it, change it, release it, and at what price."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from licensecheck.domain.findings import RightRow, TargetReport
from licensecheck.domain.licenses import Term
from licensecheck.reading.operative_clause import clause_of
from licensecheck.report.compare_matrix import was_read
from licensecheck.report.reviewed import text_lines, words_of_limits
from licensecheck.report.sentences import cell_of, describe, label_of, word_for

NOT_READ = "not read"
SILENT = "not granted by a clause that was read"
_STILL_PERMITTED = ("display-attribution",)
"""What may follow beyond a size without ending the right to use the work."""
_WORST = ("granted", "limited", "presumed", "not-understood", "not-granted", "refused")
"""What may become of a right, from best to worst: of several licenses the strictest decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question with the answer for each target."""

    question: str
    cells: tuple[str, ...]


def buyer_answers(targets: Sequence[TargetReport]) -> tuple[Answer, ...]:
    """The answers for targets side by side; "not read" where no text or reading was at hand.

    The targets are reports without any fact of a deployment, so that each right is looked for.
    """
    return tuple(
        Answer(question=question, cells=tuple(answer(target) if was_read(target) else NOT_READ for target in targets))
        for question, answer in QUESTIONS
    )


def _terms(target: TargetReport, *kinds: str) -> list[Term]:
    return [term for reading in target.readings for term in reading.terms if term.kind in kinds]


def _clause(term: Term) -> str:
    section = clause_of(term)
    return f" [{section}]" if section else ""


def _right(target: TargetReport, name: str) -> str:
    """Whether a right is granted, as the table of rights has it: yes, no, or what a person has to read."""
    rows = [row for row in target.rights if row.right == name]
    if not rows:
        return SILENT
    row = max(rows, key=_badness)
    clause = f" [{row.clause}]" if row.clause else ""
    if row.status == "refused":
        return f"no: {_refusal(target, row)}"
    if row.status == "not-granted":
        return SILENT
    limits = words_of_limits(row)
    if row.status == "presumed":
        return f"not in words; regulated{clause}"
    if row.status == "not-understood":
        return f"to be read by a person{f': {limits}' if limits else ''}{clause}"
    return f"yes{f', {limits}' if row.status == 'limited' and limits else ''}{clause}"


def _badness(row: RightRow) -> int:
    return _WORST.index(row.status) if row.status in _WORST else len(_WORST)


def _refusal(target: TargetReport, row: RightRow) -> str:
    """What refuses the right: each term in its sentence with its clause."""
    barring = {term.kind: term for term in reversed(_terms(target, *row.limited_by))}
    said = [f"{describe(term).removesuffix('.')}{_clause(term)}" for term in barring.values()]
    return "; ".join(said) or words_of_limits(row)


def _commercial(target: TargetReport) -> str:
    answer = _right(target, "commercial-use")
    sizes = _terms(target, "scale-threshold")
    if not sizes or not answer.startswith("yes"):
        return answer
    ends = any(term.attributes.get("consequence") not in _STILL_PERMITTED for term in sizes)
    return f"if below the size limits: {_limits(target)}" if ends else f"{answer}; beyond a size: {_limits(target)}"


def _limits(target: TargetReport) -> str:
    """Every size limit with its consequence; those that hold together are joined by "and", others by "or"."""
    sizes = _terms(target, "scale-threshold")
    joined = [_limit(term) for term in sizes if term.details.get("join") == "and"]
    alone = [_limit(term) for term in sizes if term.details.get("join") != "and"]
    parts = [*dict.fromkeys(alone), *([" and ".join(dict.fromkeys(joined))] if joined else [])]
    return " or ".join(parts) or "none"


def _limit(term: Term) -> str:
    follows = term.attributes.get("consequence")
    consequence = f": {word_for('consequence', follows)}" if isinstance(follows, str) else ""
    return f"{cell_of(term)}{consequence}{_clause(term)}"


def _hosting(target: TargetReport) -> str:
    return _within_purpose(target, _right(target, "host"))


def _change(target: TargetReport) -> str:
    return _within_purpose(target, _right(target, "modify"))


def _within_purpose(target: TargetReport, answer: str) -> str:
    """A yes of a license that refuses commercial use holds for other purposes alone, and says so."""
    if answer.startswith("yes") and _right(target, "commercial-use").startswith("no"):
        return f"not commercially; otherwise {answer}"
    return answer


def _release(target: TargetReport) -> str:
    """Who releases what is made from the work changes it and gives copies out: both have to be granted."""
    changed, given = _right(target, "modify"), _right(target, "distribute")
    answer = next((one for one in (changed, given) if not one.startswith("yes")), given)
    riders = [describe(term).removesuffix(".") for term in _terms(target, "same-license", "model-naming", "flow-down")]
    if riders and answer.startswith("yes"):
        answer = f"{answer}; {'; '.join(dict.fromkeys(riders))}"
    return _within_purpose(target, answer)


def _outputs(target: TargetReport) -> str:
    answer = _right(target, "train")
    binding = _terms(target, "distillation-derivative")
    if binding and answer.startswith("yes"):
        answer = f"yes, and what is trained is bound by the license{_clause(binding[0])}"
    return _within_purpose(target, answer)


def _territory(target: TargetReport) -> str:
    found = _terms(target, "territory-restriction", "excluded-users")
    said = (f"{describe(term).removesuffix('.')}{_clause(term)}" for term in found)
    return "; ".join(dict.fromkeys(said)) or "no place or user excluded by a clause that was read"


def _credit(target: TargetReport) -> str:
    found = _terms(target, "display-attribution", "notice-file", "retain-notices", "include-license")
    parts = (f"{label_of(term)}{_prescribed(term)}{_clause(term)}" for term in found)
    return "; ".join(dict.fromkeys(parts)) or "none"


def _prescribed(term: Term) -> str:
    """The words that a credit line must hold."""
    texts = term.attributes.get("texts")
    return f" “{texts[0]}”" if isinstance(texts, tuple) and texts else ""


def _version(target: TargetReport) -> str:
    return "; ".join(
        ", ".join(dict.fromkeys(filter(None, (line.licensor, line.version, line.date)))) or line.title
        for line in text_lines(target)
    )


def _link(target: TargetReport) -> str:
    return "; ".join(dict.fromkeys(line.url for line in text_lines(target) if line.url)) or "not known"


QUESTIONS: tuple[tuple[str, Callable[[TargetReport], str]], ...] = (
    ("Commercial use", _commercial),
    ("Size limits and what follows", _limits),
    ("Offer it as a hosted service", _hosting),
    ("Fine-tune it", _change),
    ("Release what is made from it", _release),
    ("Train other models on its outputs", _outputs),
    ("Places and users excluded", _territory),
    ("Credit and notices", _credit),
    ("Licensor, version, date", _version),
    ("Where the text is published", _link),
)
