"""The report on a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from heron import TARGET, make_report, make_trio

from licensecheck.domain.findings import Question, Report, RightRow, Status
from licensecheck.report.text import render


def test_the_verdict_comes_first(report: Report) -> None:
    assert render(report).startswith("DENIED  wader/Heron-9\n")


@pytest.mark.parametrize("full", [False, True])
def test_what_bars_comes_first_then_what_is_asked_then_what_is_to_be_done(report: Report, full: bool) -> None:
    text = render(report, full=full)
    todo = "Actions (" if full else "To do ("
    assert text.index("Violations (") < text.index("To answer") < text.index(todo) < text.index("Met")


def test_the_short_form_fits_a_terminal_and_holds_the_hashes(report: Report) -> None:
    text = render(report)
    assert len(text.splitlines()) <= 45
    assert all(f"sha256:{reading.sha256}" in text for reading in report.targets[0].readings if reading.sha256)


@pytest.mark.parametrize("width", [40, 72, 120])
def test_no_line_is_wider_than_asked(report: Report, width: int) -> None:
    lines = render(report, width=width, full=True).splitlines()
    assert max(len(line) for line in lines if "sha256:" not in line) <= width


def test_there_is_colour_only_where_it_is_asked_for(report: Report) -> None:
    assert "\x1b" not in render(report)
    assert "\x1b[31mDENIED\x1b[0m" in render(report, colour=True)


def test_short_quotes_stand_under_what_must_be_looked_at_and_full_ones_everywhere(report: Report) -> None:
    assert "“bears a name that starts with Heron”" not in render(report)
    assert "“bears a name that starts with Heron”" in render(report, full=True)


def test_a_question_that_decides_findings_is_asked_once(report: Report) -> None:
    assert render(report, width=200).count("How many monthly active users did the group have") == 1


def test_several_targets_end_with_the_verdict_of_all() -> None:
    assert "\n\nAll 3 targets: DENIED\n\n" in render(make_report(*make_trio()))


def test_a_target_without_findings_says_so() -> None:
    assert "no findings" in render(make_report(replace(TARGET, findings=())))


def test_what_only_settles_a_duty_is_no_question_of_the_verdict(report: Report) -> None:
    target = report.targets[0]
    duties = [finding.kind for finding in target.findings if finding.status is Status.ACTION]
    asked = Question(fact="materials.some_duty", text="Is that duty done already?", decides=(duties[0],))
    text = render(replace(report, targets=(replace(target, questions=(*target.questions, asked)),)), full=True)
    before, confirm, after = text.partition("To confirm where it is done already (")
    assert confirm
    assert asked.text not in before
    assert asked.text in after
    assert f"To answer ({len(target.questions)})" in before


def test_rights_of_one_clause_stand_over_one_quote(report: Report) -> None:
    target = report.targets[0]
    grant = next(finding.evidence[0] for finding in target.findings if finding.evidence)
    rights = tuple(
        RightRow(right=right, says=f"to {right}", status="granted", license="l", clause=clause, evidence=grant)
        for right, clause in (("run", "1"), ("modify", "1"), ("host", "2"))
    )
    text = render(replace(report, targets=(replace(target, rights=rights),)), full=True)
    assert "granted: to run; to modify [l 1]\n" in text
    assert "granted: to host [l 2]\n" in text
    short = render(replace(report, targets=(replace(target, rights=rights),)))
    assert "granted: to run; to modify [l 1]\n" in short
    assert "granted: to host [l 2]\n" in short
