"""Verdicts, approvals, house rules and what could not be told."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.catalog.records import all_records
from licensecheck.domain.findings import Finding, Status, TargetReport, Verdict
from licensecheck.domain.licenses import Disposition, Evidence, Identity, LedgerLine, LicenseClass, MatchKind
from licensecheck.domain.subject import Ancestor, Subject
from licensecheck.judge.evaluate import verdict_of

from .building import check, find, make_reading, make_term

RESEARCH = {"deployment": {"purpose": "research", "channels": ["internal"]}}
BUSINESS = {"deployment": {"purpose": "commercial", "channels": ["internal"]}}


def unread(passage: Evidence, digest: str = "ab12cd34ef") -> LedgerLine:
    """A sentence that may bind and that nothing explains."""
    return LedgerLine(evidence=passage, disposition=Disposition.UNREAD, force="ban", asks=("ban",), hash=digest)


SIGNED = {"by": "Legal", "reason": "by letter"}


def judge(profile: dict[str, Any], *, approval: dict[str, str] | None = None, **fields: Any) -> Finding:
    """The finding on a noncommercial license used commercially."""
    approvals = {"approvals": [{"kind": "noncommercial", **SIGNED, **approval}]} if approval else {}
    reading = make_reading(make_term("noncommercial"), **fields)
    return find(check(reading, profile={**profile, **approvals}), "noncommercial")


def test_limit_that_is_broken_denies() -> None:
    assert check(make_reading(make_term("noncommercial")), profile=BUSINESS).verdict is Verdict.DENIED


def test_broken_limit_names_the_fact_of_the_profile_that_breaks_it() -> None:
    assert judge(BUSINESS).message.endswith("The profile gives purpose: commercial.")


def test_nothing_open_approves() -> None:
    assert check(make_reading(make_term("noncommercial")), profile=RESEARCH).verdict is Verdict.APPROVED


@pytest.mark.parametrize("name", ["zorp-1.0", "ZORP-1.0", "Zorp 1.0", "sha256:" + "ab" * 32])
def test_approval_under_any_name_of_the_license_counts(name: str) -> None:
    assert judge(BUSINESS, approval={"license": name}).status is Status.WAIVED


def test_approval_for_another_license_does_not_count() -> None:
    finding = judge(BUSINESS, approval={"license": "mit"})
    assert finding.status is Status.VIOLATION
    assert "for another license or text (mit)" in finding.message


def test_approval_for_another_text_does_not_count() -> None:
    assert judge(BUSINESS, approval={"license": "sha256:" + "cd" * 32}).status is Status.VIOLATION


def test_expired_approval_does_not_count_and_is_told() -> None:
    finding = judge(BUSINESS, approval={"license": "zorp-1.0", "expires": "2025-06-30"})
    assert finding.status is Status.VIOLATION
    assert "expired on 2025-06-30" in finding.message


def test_approval_that_expires_does_not_count_where_the_day_is_not_known() -> None:
    approvals = [{"license": "zorp-1.0", "kind": "noncommercial", **SIGNED, "expires": "2099-12-31"}]
    report = check(make_reading(make_term("noncommercial")), profile={**BUSINESS, "approvals": approvals}, today=None)
    assert find(report, "noncommercial").status is Status.VIOLATION


def test_approval_of_the_day_it_expires_counts() -> None:
    assert judge(BUSINESS, approval={"license": "zorp-1.0", "expires": "2026-11-20"}).status is Status.WAIVED


def test_approval_by_name_does_not_cover_an_edited_text() -> None:
    edited = Identity(match=MatchKind.MODIFIED, id="zorp-1.0")
    assert judge(BUSINESS, approval={"license": "zorp-1.0"}, identity=edited).status is Status.VIOLATION


def test_approval_of_one_edited_text_leaves_the_question_on_its_twin() -> None:
    edited = Identity(match=MatchKind.MODIFIED, id="zorp-1.0")
    texts = [
        make_reading(
            identity=edited,
            path=path,
            sha256=letter * 64,
            ledger=(unread(Evidence(path=path, quote="Ask us first.", start=0, end=13, line=1)),),
        )
        for path, letter in (("LICENSE", "a"), ("weights/LICENSE", "b"))
    ]
    approvals = [{"license": "sha256:" + "a" * 64, "kind": "unread-clause", "clauses": ["ab12cd34"], **SIGNED}]
    report = check(*texts, profile={**RESEARCH, "approvals": approvals})
    statuses = {f.evidence[0].path: f.status for f in report.findings if f.kind == "unread-clause"}
    assert statuses == {"LICENSE": Status.WAIVED, "weights/LICENSE": Status.REVIEW}


def test_approval_of_an_unread_clause_clears_no_other_clause_of_the_text() -> None:
    asked, new = (
        Evidence(path="LICENSE", quote=q, start=i, end=i + 9, line=1) for i, q in enumerate(("Ask us.", "Pay us."))
    )
    reading = make_reading(sha256="a" * 64, ledger=(unread(asked, "ab12cd34ef"), unread(new, "0123456789")))
    approval = {"license": "sha256:" + "a" * 64, "kind": "unread-clause", "clauses": ["ab12cd34ef"], **SIGNED}
    report = check(reading, profile={**RESEARCH, "approvals": [approval]})
    statuses = {f.evidence[0].quote: f.status for f in report.findings if f.kind == "unread-clause"}
    assert statuses == {"Ask us.": Status.WAIVED, "Pay us.": Status.REVIEW}


def test_approval_of_unread_clauses_that_names_none_clears_none() -> None:
    clause = Evidence(path="LICENSE", quote="Ask us.", start=0, end=7, line=1)
    approval = {"license": "sha256:" + "a" * 64, "kind": "unread-clause", **SIGNED}
    report = check(
        make_reading(sha256="a" * 64, ledger=(unread(clause),)), profile={**RESEARCH, "approvals": [approval]}
    )
    assert find(report, "unread-clause").status is Status.REVIEW


def test_use_that_a_person_has_ruled_out_is_waived_and_says_so() -> None:
    profile = {"deployment": {"uses": ["travel tips"], "decided": ["military"]}}
    found = find(
        check(make_reading(make_term("prohibited-use", category="military")), profile=profile), "prohibited-use"
    )
    assert found.status is Status.WAIVED
    assert "deployment.decided" in found.message


def test_approval_of_a_category_covers_no_other() -> None:
    terms = [make_term("prohibited-use", category=name) for name in ("military", "weapons")]
    approval = {"license": "zorp-1.0", "kind": "prohibited-use", "category": "military", **SIGNED}
    profile = {"deployment": {"uses": ["drone targeting"]}, "approvals": [approval]}
    statuses = {
        f.attributes["category"]: f.status
        for f in check(make_reading(*terms), profile=profile).findings
        if f.kind == "prohibited-use"
    }
    assert statuses == {"military": Status.WAIVED, "weapons": Status.VIOLATION}


def test_approval_of_the_license_covers_its_policy() -> None:
    policy = make_reading(
        make_term("disclose-risks"), path="USE_POLICY.md", sha256="ef" * 32, role="policy", identity=_unknown()
    )
    profile = {"approvals": [{"license": "zorp-1.0", "kind": "disclose-risks", **SIGNED}]}
    assert find(check(make_reading(), policy, profile=profile), "disclose-risks").status is Status.WAIVED


def _unknown() -> Identity:
    return Identity(match=MatchKind.UNKNOWN)


def test_house_rule_on_classes_denies() -> None:
    report = check(make_reading(), profile={**RESEARCH, "policy": {"allow_classes": ["open"]}})
    assert (report.verdict, find(report, "policy").status) == (Verdict.DENIED, Status.VIOLATION)


def test_unknown_class_is_for_review_where_classes_matter() -> None:
    report = check(make_reading(license_class=None), profile={**RESEARCH, "policy": {"allow_classes": ["open"]}})
    assert report.verdict is Verdict.NEEDS_REVIEW


def test_house_rule_bars_a_license_under_any_of_its_ids() -> None:
    known = Identity(match=MatchKind.EXACT, id="zorp", ids={"spdx": "MIT"})
    report = check(make_reading(identity=known), profile={**RESEARCH, "policy": {"deny_licenses": ["mit"]}})
    assert report.verdict is Verdict.DENIED


def test_kind_named_for_review_is_for_review() -> None:
    reading = make_reading(make_term("governing-law", jurisdiction="CN"))
    report = check(reading, profile={**RESEARCH, "policy": {"review_kinds": ["governing-law"]}})
    assert (report.verdict, find(report, "governing-law").status) == (Verdict.NEEDS_REVIEW, Status.REVIEW)


def test_standing_terms_leave_the_verdict() -> None:
    reading = make_reading(make_term("indemnify"), make_term("audit"), make_term("governing-law"))
    assert check(reading, profile={}).verdict is Verdict.APPROVED


def test_license_that_cannot_be_told_is_never_approved() -> None:
    assert check(profile=RESEARCH).verdict is Verdict.NEEDS_REVIEW


def test_text_that_grants_nothing_is_never_approved() -> None:
    assert check(make_reading(terms=()), profile=RESEARCH).verdict is Verdict.NEEDS_REVIEW


def test_base_whose_license_is_not_known_is_for_review() -> None:
    subject = Subject(target="t", lineage=(Ancestor(model="someone/base"),))
    assert check(make_reading(), profile=RESEARCH, subject=subject).verdict is Verdict.NEEDS_REVIEW


def test_policy_at_an_address_is_for_review_until_it_is_at_hand() -> None:
    reading = make_reading(make_term("acceptable-use-policy", url="https://example.com/policy"))
    policy = make_reading(path="USE_POLICY.md", role="policy")
    statuses = [find(_c(*readings), "acceptable-use-policy").status for readings in ((reading,), (reading, policy))]
    assert statuses == [Status.REVIEW, Status.MET]


def _c(*readings: Any) -> TargetReport:
    return check(*readings, profile=RESEARCH)


def test_question_is_asked_once_and_the_most_deciding_first() -> None:
    kinds = ("include-license", "flow-down", "no-model-improvement")
    report = check(make_reading(*(make_term(kind) for kind in kinds)), profile={})
    assert [(q.fact, q.decides) for q in report.questions] == [
        ("deployment.channels", ("flow-down", "include-license")),
        ("derivatives.trains_other_models", ("no-model-improvement",)),
    ]


def test_every_open_finding_carries_its_quote() -> None:
    report = check(make_reading(make_term("include-license"), make_term("noncommercial")), profile=BUSINESS)
    still = [f for f in report.findings if f.status in (Status.VIOLATION, Status.REVIEW, Status.ACTION)]
    assert {f.kind for f in still} >= {"noncommercial"}
    assert [f.kind for f in still if not f.evidence] == []


def test_headline_uses_the_words_of_the_field() -> None:
    subject = Subject(target="t", availability="gated")
    report = check(make_reading(make_term("noncommercial")), profile={}, subject=subject)
    assert report.openness.headline == "open-weight, use-restricted license, not open source"


def test_failed_criteria_of_the_definition_name_the_clause() -> None:
    report = check(make_reading(make_term("prohibited-use", category="military")), profile={})
    assert [(c.id, c.basis) for c in report.openness.osd] == [("osd-6", "zorp-1.0 2")]


def test_approved_license_fails_no_criterion() -> None:
    report = check(make_reading(license_class=LicenseClass.OSI_APPROVED), profile={})
    assert (report.openness.open_source, report.openness.osd) == (True, ())


def test_sentence_that_may_bind_and_is_unread_is_for_review() -> None:
    clause = Evidence(path="LICENSE", quote="Nobody born on a Tuesday", start=90, end=114, line=9)
    report = check(make_reading(ledger=(unread(clause),)), profile=RESEARCH)
    assert (report.verdict, find(report, "unread-clause").evidence) == (Verdict.NEEDS_REVIEW, (clause,))


def test_limit_read_in_an_approved_license_is_without_effect() -> None:
    reading = make_reading(make_term("noncommercial"), license_class=LicenseClass.OSI_APPROVED)
    report = check(reading, profile=BUSINESS)
    assert (report.verdict, find(report, "noncommercial").status) == (Verdict.APPROVED, Status.NOT_APPLICABLE)


def test_limit_written_into_an_approved_license_bites() -> None:
    edited = Identity(match=MatchKind.MODIFIED, id="zorp-1.0")
    reading = make_reading(make_term("noncommercial"), license_class=LicenseClass.OSI_APPROVED, identity=edited)
    assert check(reading, profile=BUSINESS).verdict is Verdict.DENIED


def test_proprietary_terms_are_for_review_until_cleared() -> None:
    reading = make_reading(license_class=LicenseClass.PROPRIETARY)
    cleared = {"approvals": [{"license": "zorp-1.0", "kind": "proprietary-terms", **SIGNED}]}
    verdicts = [check(reading, profile=profile).verdict for profile in (RESEARCH, {**RESEARCH, **cleared})]
    assert verdicts == [Verdict.NEEDS_REVIEW, Verdict.APPROVED]


def test_finding_that_is_shown_only_leaves_the_verdict() -> None:
    shown = Finding(kind="x", status=Status.VIOLATION, message="shown", moves_verdict=False)
    assert verdict_of([shown]) is Verdict.APPROVED


def test_gravest_findings_come_first() -> None:
    terms = (make_term("governing-law"), make_term("use-latest-version"), make_term("noncommercial"))
    report = check(make_reading(*terms), profile=BUSINESS)
    assert [finding.kind for finding in report.findings][:2] == ["noncommercial", "use-latest-version"]


def test_question_governs_over_what_can_simply_be_done() -> None:
    term = make_term("prohibited-use", category="undisclosed-ai")
    report = check(make_reading(term), profile={"deployment": {"channels": ["product"]}})
    assert find(report, "prohibited-use").status is Status.REVIEW


def test_house_that_allows_no_class_allows_none() -> None:
    report = check(make_reading(), profile={**RESEARCH, "policy": {"allow_classes": []}})
    assert report.verdict is Verdict.DENIED


def test_house_rule_on_a_family_bars_each_version() -> None:
    family = next(record for record in all_records() if record.versions)
    version = Identity(match=MatchKind.EXACT, id=family.versions[0].id)
    report = check(make_reading(identity=version), profile={**RESEARCH, "policy": {"deny_licenses": [family.id]}})
    assert report.verdict is Verdict.DENIED
