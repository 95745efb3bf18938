"""Whether a size lies above a limit that the text names."""

from __future__ import annotations

from licensecheck.engine.case import Case, Fact
from licensecheck.engine.limit_words import ask_for, in_words, limit_of, reason_of
from licensecheck.engine.measure import bounds_of
from licensecheck.engine.reach import is_commercial
from licensecheck.engine.sizes import Bounds
from licensecheck.engine.truth import Truth, every, some
from licensecheck.model.term import Term


def over_limit(case: Case) -> Fact:
    """Whether the size is above the limit of this term, and of all that must be exceeded together with it."""
    truth = every((_over(case.term, case), *(_over(term, case) for term in _partners(case))))
    if truth is None and any(_over(term, case) for term in _alternatives(case)):
        return Fact(value=True, reason=f"Another limit is passed already; {in_words(case.term)} decides nothing more.")
    reason = reason_of(case.term, case)
    ask = ask_for(case) if truth is None else None
    return Fact(value=truth, reason=reason, ask=ask, limit=limit_of(case.term, case))


def any_over(case: Case) -> Truth:
    """Whether the licensee lies above any size that the text names; not known where the text names none."""
    terms = [term for term in case.reading.terms if term.kind == "scale-threshold"]
    joined = [term for term in terms if _is_joined(term)]
    together = every(_over(term, case) for term in joined) if joined else False
    alone = some(_over(term, case) for term in terms if term not in joined)
    return some((together, alone)) if terms else None


def counts_here(case: Case) -> Fact:
    """Whether the limit concerns this deployment: some bind commercial use only, some only what runs on devices."""
    deployment = case.profile.deployment
    if case.term.attributes.get("commercial_only") is True:
        known = is_commercial(deployment.purpose)
        reason = "The limit binds commercial use only." if known is False else ""
        return Fact(value=known, reason=reason, ask=case.asking("deployment.purpose") if known is None else None)
    if case.term.details.get("unit") == "devices" and deployment.channels is not None:
        shipped = any(channel in deployment.channels for channel in ("on-device", "weights"))
        return Fact(value=shipped, reason="" if shipped else "Nothing is shipped to devices.")
    return Fact(value=True)


def _partners(case: Case) -> list[Term]:
    """The other thresholds of the text that must be exceeded too."""
    return [term for term in _others(case) if _is_joined(case.term) and _is_joined(term)]


def _alternatives(case: Case) -> list[Term]:
    """The other thresholds each of which, passed alone, has the same consequence as this one."""
    consequence = case.term.attributes.get("consequence")
    alone = [term for term in _others(case) if not _is_joined(case.term) and not _is_joined(term)]
    return [term for term in alone if consequence and term.attributes.get("consequence") == consequence]


def _others(case: Case) -> list[Term]:
    return [term for term in case.reading.terms if term.kind == "scale-threshold" and term is not case.term]


def _is_joined(term: Term) -> bool:
    """True where the limit counts only together with the others that are so joined."""
    return term.details.get("join") == "and"


def _over(term: Term, case: Case) -> Truth:
    value = term.attributes.get("value")
    if not isinstance(value, (int, float)):
        return None
    return compare(bounds_of(term, case), float(value), operator=term.details.get("operator"))


def compare(size: Bounds, value: float, *, operator: object) -> Truth:
    """Whether the limit is broken; at exactly the limit that depends on the operator (gt, ge, or not known)."""
    if size.low > value or (operator == "ge" and size.low >= value):
        return True
    if size.high < value or (operator == "gt" and size.high <= value):
        return False
    return None
