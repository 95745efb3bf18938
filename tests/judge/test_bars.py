"""What a text bars in words for which there is no kind of term, and what stands beside the license."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from licensecheck.catalog.check_rules import load_knowledge
from licensecheck.catalog.profile_fields import approvable_kinds
from licensecheck.checking import check_targets
from licensecheck.domain.findings import Status, Verdict
from licensecheck.domain.licenses import Evidence, LicenseReading
from licensecheck.domain.profile import Deployment, Derivatives, Profile
from licensecheck.judge.unread import CARD_DOUBTS

from .building import check, find, make_reading, make_term

SENTENCE = Evidence(path="LICENSE", quote="not for trains", start=10, end=24, line=2)
API: dict[str, Any] = {"deployment": {"purpose": "commercial", "channels": ["hosted-api"]}}
HOUSE: dict[str, Any] = {"deployment": {"purpose": "internal", "channels": ["internal"]}}
INTERNAL = Profile(
    deployment=Deployment(purpose="internal", channels=("internal",)), derivatives=Derivatives(modifies_model=False)
)
MIT = (
    "Permission is hereby granted, free of charge, to use, copy, modify and distribute the model, provided that "
    "the copyright notice and this notice stand in all copies.\n\nThe model is provided as is, without warranty. "
    "In no event shall the authors be liable for any claim.\n"
)


def barring(fact: str, **fields: Any) -> LicenseReading:
    return make_reading(facts=frozenset((fact,)), grounds={fact: (SENTENCE,)}, **fields)


def test_fact_that_bars_is_judged_with_its_passage() -> None:
    finding = find(check(barring("offer-for-pay-barred"), profile=API), "offer-for-pay-barred")
    assert (finding.status, finding.evidence) == (Status.VIOLATION, (SENTENCE,))


def test_fact_that_bars_nothing_by_itself_is_no_finding() -> None:
    report = check(barring("hosting-is-distribution"), profile=API)
    assert [finding.kind for finding in report.findings] == ["copyright-grant"]


def test_approval_clears_a_fact_that_bars() -> None:
    approvals = [{"license": "zorp-1.0", "kind": "offer-for-pay-barred", "reason": "by letter", "by": "Legal"}]
    report = check(barring("offer-for-pay-barred"), profile={**API, "approvals": approvals})
    assert find(report, "offer-for-pay-barred").status is Status.WAIVED


def test_whatever_a_rule_or_a_card_puts_for_review_can_be_approved() -> None:
    judged = {kind for rule in load_knowledge().rules for kind in rule.terms}
    assert judged | set(CARD_DOUBTS) <= set(approvable_kinds())


def test_passage_that_no_term_quotes_comes_first() -> None:
    quoted = make_term("governing-law")
    fact = "offer-for-pay-barred"
    apart = Evidence(path="LICENSE", quote="not for pay", start=90, end=101, line=9)
    reading = make_reading(quoted, facts=frozenset((fact,)), grounds={fact: (quoted.evidence[0], apart)})
    assert find(check(reading, profile=API), fact).evidence == (apart,)


def folder_verdict(folder: Path, **files: str) -> tuple[Verdict, list[str]]:
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    report = check_targets([str(folder)], INTERNAL)
    extra = [f for f in report.targets[0].findings if f.kind == "extra-restriction"]
    return report.verdict, [f.evidence[0].quote for f in extra]


def test_restriction_of_a_notice_is_for_review_with_its_sentence(tmp_path: Path) -> None:
    notice = "Foo 7B\nCopyright 2024 Foo\n\nThe weights are for academic use only.\n"
    verdict, quotes = folder_verdict(tmp_path / "m", LICENSE=MIT, NOTICE=notice)
    assert (verdict, quotes) == (Verdict.NEEDS_REVIEW, ["The weights are for academic use only."])


def test_notice_that_only_credits_changes_nothing(tmp_path: Path) -> None:
    assert folder_verdict(tmp_path / "m", LICENSE=MIT, NOTICE="Foo 7B\nCopyright 2024 Foo\n")[0] is Verdict.APPROVED


def test_notice_that_repeats_the_license_adds_nothing(tmp_path: Path) -> None:
    closed = MIT + "\nYou may use the model for research purposes only.\n"
    notice = "The weights may be used for non-commercial purposes only.\n"
    assert folder_verdict(tmp_path / "m", LICENSE=closed, NOTICE=notice)[1] == []


@pytest.mark.parametrize("front", ["", "---\ntags: [text]\n---\n"], ids=["no metadata", "metadata without a license"])
def test_restriction_of_a_card_beside_a_license_text_is_for_review(tmp_path: Path, front: str) -> None:
    card = f"{front}# Foo\n\nFoo reads maps. The model is intended for research purposes only.\n"
    verdict, quotes = folder_verdict(tmp_path / "m", LICENSE=MIT, README_md=card)
    assert verdict is Verdict.NEEDS_REVIEW
    assert "research purposes only" in quotes[0]


def test_restriction_of_a_card_that_the_text_has_itself_is_no_finding(tmp_path: Path) -> None:
    closed = MIT + "\nYou may use the model for non-commercial purposes only.\n"
    card = "# Foo\n\nThe model is intended for research purposes only.\n"
    assert folder_verdict(tmp_path / "m", LICENSE=closed, README_md=card)[1] == []
