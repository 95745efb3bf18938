"""What a buyer asks first of a license: may we use it, host it, change it, release it, and at what price."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from licensecheck.domain.findings import TargetReport
from licensecheck.domain.licenses import LicenseClass, Term
from licensecheck.report.compare_matrix import was_read
from licensecheck.report.reviewed import text_lines
from licensecheck.report.sentences import cell_of, describe, label_of, word_for

NOT_READ, SILENT = "not read", "not granted by a clause that was found"
OPEN = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question with the answer for each target."""

    question: str
    cells: tuple[str, ...]


def buyer_answers(targets: Sequence[TargetReport]) -> tuple[Answer, ...]:
    """The answers for targets side by side; "not read" where no text or reading was at hand."""
    return tuple(
        Answer(question=question, cells=tuple(answer(target) if was_read(target) else NOT_READ for target in targets))
        for question, answer in QUESTIONS
    )


def _terms(target: TargetReport, *kinds: str) -> list[Term]:
    return [term for reading in target.readings for term in reading.terms if term.kind in kinds]


def _clause(term: Term) -> str:
    section = next((evidence.section for evidence in term.evidence if evidence.section), None) or term.clause
    return f" [{section}]" if section else ""


def _barred(target: TargetReport, *kinds: str) -> str:
    found = _terms(target, *kinds)
    return f"no: {describe(found[0])}{_clause(found[0])}" if found else ""


def _grants(target: TargetReport, *rights: str) -> Term | None:
    for term in _terms(target, "copyright-grant"):
        granted = term.attributes.get("rights")
        if isinstance(granted, tuple) and set(rights) <= set(granted):
            return term
    return None


def _granted(target: TargetReport, *rights: str) -> str:
    term = _grants(target, *rights)
    if term is not None:
        return f"yes{_clause(term)}"
    return "yes" if target.openness.license_class in OPEN else SILENT


def _commercial(target: TargetReport) -> str:
    barred = _barred(target, "noncommercial", "research-only", "no-production-use")
    if barred:
        return barred
    sizes = _terms(target, "scale-threshold")
    if sizes:
        return "if below the size limits: " + _limits(target)
    return _granted(target, "use") if not _grants(target, "reproduce") else _granted(target, "reproduce")


def _limits(target: TargetReport) -> str:
    """Every size limit with its consequence; each one is enough to be beyond."""
    sizes = _terms(target, "scale-threshold")
    parts = [f"{cell_of(term)}{_consequence(term)}{_clause(term)}" for term in sizes]
    return " or ".join(dict.fromkeys(parts)) or "none"


def _consequence(term: Term) -> str:
    follows = term.attributes.get("consequence")
    return f": {word_for('consequence', follows)}" if isinstance(follows, str) else ""


def _hosting(target: TargetReport) -> str:
    return _barred(target, "no-hosting") or _granted(target, "host")


def _change(target: TargetReport) -> str:
    return _barred(target, "no-derivatives") or _granted(target, "modify")


def _release(target: TargetReport) -> str:
    barred = _barred(target, "no-derivatives", "no-distribution")
    if barred:
        return barred
    answer = _granted(target, "modify", "distribute")
    riders = [describe(term).removesuffix(".") for term in _terms(target, "same-license", "model-naming")]
    return f"{answer}; {'; '.join(dict.fromkeys(riders))}" if riders and answer.startswith("yes") else answer


def _outputs(target: TargetReport) -> str:
    barred = _barred(target, "no-model-improvement")
    if barred:
        return barred
    binding = _terms(target, "distillation-derivative")
    if binding:
        return f"yes, and what is trained is bound by the license{_clause(binding[0])}"
    return "not barred"


def _territory(target: TargetReport) -> str:
    found = _terms(target, "territory-restriction", "excluded-users")
    return "; ".join(f"{describe(term)}{_clause(term)}" for term in found) or "no place or user excluded"


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
