"""Whether a policy that the license incorporates is at hand."""

from __future__ import annotations

from licensecheck.engine.case import Case, Fact


def policy_at_hand(case: Case) -> Fact:
    """Whether the incorporated policy was read: as a text of its own, or where none is named apart, as an annex."""
    policies = [reading for reading in case.situation.readings if reading.role == "policy" and reading.terms]
    if policies:
        by_record = all(policy.source == "record" for policy in policies)
        return Fact(value=True, reason=f"Its {'record' if by_record else 'text'} is at hand.")
    url = case.term.attributes.get("url")
    attached = any(term.kind == "prohibited-use" for term in case.reading.terms)
    if url is None and attached:
        return Fact(value=True, reason="The use restrictions stand in the text itself.")
    where = f" ({url})" if url else ""
    return Fact(value=False, reason=f"The policy that the license incorporates{where} is not at hand.")
