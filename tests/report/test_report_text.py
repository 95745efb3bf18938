"""The report on a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from heron import FINDINGS, TARGET, make_report, make_trio

from licensecheck.domain.findings import Report, Status
from licensecheck.report.text import render


def test_the_verdict_comes_first(report: Report) -> None:
    assert render(report).startswith("DENIED  wader/Heron-9\n")


def test_open_questions_come_before_violations_and_these_before_actions(report: Report) -> None:
    text = render(report)

    assert text.index("Open questions (") < text.index("Violations (") < text.index("Actions (") < text.index("Met (")


@pytest.mark.parametrize("width", [40, 72, 120])
def test_no_line_is_wider_than_asked(report: Report, width: int) -> None:
    assert max(map(len, render(report, width=width, full=True).splitlines())) <= width


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


def test_a_passage_is_quoted_once_where_two_findings_rest_on_it() -> None:
    passage = FINDINGS[0].evidence
    twice = tuple(
        replace(FINDINGS[0], kind=kind, status=Status.ACTION, evidence=passage)
        for kind in ("notice-file", "retain-notices")
    )
    report = make_report(replace(TARGET, findings=twice))
    assert render(report).count("(the passage quoted above)") == 1
    assert "(the passage quoted above)" not in render(report, full=True)
