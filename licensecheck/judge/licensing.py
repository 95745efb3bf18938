"""Which license is meant by an id, and whether derivatives may be offered under another."""

from __future__ import annotations

from collections.abc import Iterable

from licensecheck.catalog.records import find_record
from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.licenses import LicenseReading, MatchKind
from licensecheck.domain.profile import Approval
from licensecheck.domain.rules import Asking
from licensecheck.domain.subject import Role
from licensecheck.frozen import replace
from licensecheck.judge.case import Case, Fact, Situation

PURPOSES = frozenset(("noncommercial", "research-only", "no-production-use"))
"""Limits that stay on a derivative whatever other terms it may bear: nobody gives a right that he lacks."""
KEPT_SCOPES = ("file", "library")
"""Copyleft of these scopes leaves the license of a larger work free."""


def ids_of(reading: LicenseReading) -> frozenset[str]:
    """Every id by which the reading's license is known, folded, with the hash of the text."""
    own = {reading.identity.id, *reading.identity.ids.values()} - {None, ""}
    return frozenset(fold(str(name)) for name in own) | {f"sha256:{reading.sha256.casefold()}"}


def fold(name: str) -> str:
    """A license id in the form in which ids are compared."""
    return name.strip().casefold().replace("_", "-").replace(" ", "-")


def named_by(names: Iterable[str], reading: LicenseReading, *, families: bool = False) -> bool:
    """True where one of the names is an id of the reading's license, or the hash of its text.

    `families`: a name that stands for several versions names each of them.
    """
    return any(is_named(name, reading, families=families) for name in names)


def is_named(name: str, reading: LicenseReading, *, families: bool = False) -> bool:
    """True where the name is an id of the reading's license in any scheme, or the hash of its text."""
    if fold(name) in ids_of(reading):
        return True
    own = reading.identity.id
    record = None if own is None or fold(name).startswith("sha256:") else find_record(name)
    if families and own is not None and not fold(name).startswith("sha256:"):
        known = find_record(own)
        if known is not None and known.family == fold(name):
            return True
    if record is None:
        return False
    return record.id == own or (families and any(version.id == own for version in record.versions))


def license_fits(case: Case) -> Fact:
    """Whether the license that the profile names for derivatives is one that this text lets them bear."""
    offered = case.profile.derivatives.license
    if offered is None:
        return Fact(value=None, reason="No license for derivatives is named.", ask=case.asking("derivatives.license"))
    reading = case.reading
    if reading.identity.match is not MatchKind.UNKNOWN and _same_or_compatible(offered, case):
        return Fact(value=True, reason=f"Derivatives are offered under {offered}.")
    if case.term.attributes.get("scope") in KEPT_SCOPES:
        return Fact(value=None, reason=f"Only the files or the library keep this license; the rest may be {offered}.")
    if f"sha256:{reading.sha256}" == fold(offered):
        return Fact(value=True, reason="Derivatives are offered under this very text.")
    if reading.identity.match is MatchKind.UNKNOWN and find_record(offered) is None:
        ask = Asking(fact="derivatives.license", text=f"Is {offered} the license of this very text?", field=None)
        return Fact(value=None, reason=f"Neither this text nor {offered} is known by name.", ask=ask)
    return Fact(value=False, reason=f"Derivatives are offered under {offered}, not under this license.")


def notice_at_hand(case: Case) -> Fact:
    """Whether the work comes with a notice file; known where the target is a folder."""
    subject = case.situation.subject
    if any(document.role is Role.NOTICE for document in subject.documents):
        return Fact(value=True)
    in_folder = any(d.role is Role.LICENSE and d.path != subject.target for d in subject.documents)
    return Fact(value=False, reason="No notice file comes with the work.") if in_folder else Fact(value=None)


def lost_terms(case: Case, kinds: frozenset[str]) -> tuple[str, ...]:
    """The kinds of term that this text hands on and that the license which the profile names for derivatives lacks.

    Nobody gives more rights than he has: a limit stays on what is made from the work, unless the text lets that be
    offered under other terms. What the licensee writes himself, under a name that nobody knows, can hold the limit.
    """
    offered = case.profile.derivatives.license
    if offered is None or is_named(offered, case.reading) or f"sha256:{case.reading.sha256}" == fold(offered):
        return ()
    record = find_record(offered)
    if record is None or record.terms is None or _same_or_compatible(offered, case):
        return ()
    own = find_record(case.reading.identity.id) if case.reading.identity.id else None
    stated = {term.kind for reading in case.related for term in reading.terms}
    hands_on = frozenset(own.hands_on) if own is not None else frozenset(stated)
    binds = "flow-down" in stated | hands_on
    if not binds and case.says("other-terms-permitted"):
        kinds &= PURPOSES
    if binds and case.profile.materials.downstream_terms is False:
        return ()  # the duty to pass the terms on is told by itself
    kept = {term.kind for term in record.terms}
    return tuple(sorted(stated & hands_on & kinds - kept))


def _same_or_compatible(offered: str, case: Case) -> bool:
    also = case.situation.knowledge.compatible
    own = ids_of(case.reading)
    return is_named(offered, case.reading) or any(fold(offered) in also.get(license_id, ()) for license_id in own)


def registered_here(case: Case) -> Fact:
    """Whether registration is done for this license."""
    registered = case.profile.materials.registered
    if registered is None:
        return Fact(value=None, reason="The profile names no registration.", ask=case.asking("materials.registered"))
    readings = (case.reading, *case.related)
    return Fact(value=any(named_by(registered, reading) for reading in readings))


# Approvals: what a person has cleared, for which text, and until when.


CLAUSES = "clauses"
"""The attribute of a finding that holds the hashes of the sentences that it is about, which an approval has to name."""
WAIVABLE = (Status.VIOLATION, Status.REVIEW, Status.ACTION)


def apply_approvals(finding: Finding, reading: LicenseReading, situation: Situation) -> Finding:
    """The finding as waived by an approval in force; else the finding, saying why an approval for it does not count."""
    if finding.status not in WAIVABLE:
        return finding
    remarks = []
    for approval in situation.profile.approvals:
        if not _clears(approval, finding):
            continue
        if not approval.reason or not approval.by:
            remarks.append(f"The approval for {approval.license} does not count: it names no person or no reason.")
            continue
        obstacle = _obstacle(approval, reading, situation)
        if obstacle is None:
            return _waived(finding, approval)
        remarks.append(obstacle)
    return replace(finding, message=" ".join((finding.message, *remarks))) if remarks else finding


def waive_decided(finding: Finding, situation: Situation) -> Finding:
    """The finding on a banned use as waived where the profile says that a person has ruled it out."""
    category = finding.attributes.get("category")
    if finding.status is Status.MET and category and category in situation.profile.deployment.decided:
        message = "A person has ruled this use out, as the profile states (deployment.decided)."
        return replace(finding, status=Status.WAIVED, message=message)
    return finding


def _clears(approval: Approval, finding: Finding) -> bool:
    """True where kind and, for a prohibited use, category are those of the finding; and the clauses of unread ones."""
    if approval.kind != finding.kind or approval.category != finding.attributes.get("category"):
        return False
    clauses = finding.attributes.get(CLAUSES)
    return not isinstance(clauses, tuple) or all(names_clause(approval, str(clause)) for clause in clauses)


def names_clause(approval: Approval, clause: str) -> bool:
    """True where an approval names a clause by its hash or the beginning of it."""
    return any(clause.startswith(named) for named in approval.clauses)


def _obstacle(approval: Approval, reading: LicenseReading, situation: Situation) -> str | None:
    """Why the approval does not cover a finding of this reading; None where it does."""
    names = [r for r in _covered(reading, situation) if is_named(approval.license, r)]
    if not names:
        return f"An approval of {approval.kind} is for another license or text ({approval.license})."
    by_hash = fold(approval.license).startswith("sha256:")
    if not by_hash and all(r.source == "text" and r.identity.match is MatchKind.MODIFIED for r in names):
        return f"The approval for {approval.license} does not count: the text at hand differs from that license."
    if approval.expires is not None and (situation.today is None or approval.expires < situation.today):
        return f"The approval by {approval.by or 'a person'} expired on {approval.expires} and no longer counts."
    return None


def _covered(reading: LicenseReading, situation: Situation) -> list[LicenseReading]:
    """The texts whose approval covers this one: itself, and for a policy the license that it is part of."""
    if reading.role != "policy":
        return [reading]
    return [reading, *(r for r in situation.readings if r.role != "policy")]


def _waived(finding: Finding, approval: Approval) -> Finding:
    until = f" until {approval.expires}" if approval.expires else ""
    by = f" by {approval.by}"
    return replace(
        finding,
        status=Status.WAIVED,
        message=f"Cleared{by}{until}: {approval.reason}. {finding.message}",
        question=None,
        question_fact=None,
        remedy=None,
    )
