"""What changed since an earlier report stands in every format; terms that moved to a policy are not called gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from licensecheck import Checker
from licensecheck.domain.findings import Report
from licensecheck.domain.profile import Deployment, Materials, Profile

ACT = Deployment(purpose="commercial", channels=("weights",), uses=("travel tips",))
EARLIER = Profile(deployment=ACT, materials=Materials(license_copy=True))
TODAY = Profile(deployment=ACT, materials=Materials(license_copy=False, notices_kept=True))


@pytest.fixture
def report(tmp_path: Path) -> Report:
    checker = Checker()
    earlier = tmp_path / "earlier.json"
    earlier.write_text(str(checker.render(checker.check(["mit"], profile=EARLIER), "json")), encoding="utf-8")
    return checker.against(checker.check(["mit"], profile=TODAY), str(earlier))


@pytest.mark.parametrize("form", ["text", "markdown", "memo", "html"])
def test_what_changed_is_said(report: Report, form: str) -> None:
    shown = str(Checker().render(report, form))
    assert "Since " in shown
    assert "License copy" in shown
    assert "changed" in shown


def test_csv_says_of_each_duty_whether_it_is_new(report: Report) -> None:
    lines = str(Checker().render(report, "csv")).splitlines()
    assert lines[0].endswith(",Since")
    assert {line.rsplit(",", 1)[1] for line in lines[1:]} <= {"new", "changed", "unchanged", "closed"}
    assert any(line.endswith(",changed") for line in lines)


def test_sarif_gives_the_baseline_state(report: Report) -> None:
    results = json.loads(str(Checker().render(report, "sarif")))["runs"][0]["results"]
    assert "updated" in {result["baselineState"] for result in results}


def test_without_an_earlier_report_nothing_is_said() -> None:
    report = Checker().check(["mit"], profile=TODAY)
    assert "Since" not in str(Checker().render(report, "csv")).splitlines()[0]
    assert "baselineState" not in str(Checker().render(report, "sarif"))


def test_bans_that_moved_to_a_policy_are_not_called_gone() -> None:
    comparison = Checker().diff("llama-4-aup", "llama-4")
    placed = [change for change in comparison.terms if change.elsewhere == "llama-4-aup"]
    assert placed
    assert {change.change.value for change in placed} == {"removed"}
