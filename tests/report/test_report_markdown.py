"""The comment for a pull request is short, and the rest is folded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from heron import FINDINGS, TARGET, make_report, make_trio

from licensecheck.domain.findings import Report
from licensecheck.report.markdown import code, escape, render


def many(count: int, *, message: str = "m") -> Report:
    findings = tuple(replace(FINDINGS[1], message=f"{message} {n}") for n in range(count))
    return make_report(replace(TARGET, findings=findings))


def test_actions_are_a_checklist(report: Report) -> None:
    assert "- [ ] **Notice file**: Add a notice file to every copy that reads “Heron 9 comes" in render(report)


def test_what_is_met_is_folded(report: Report) -> None:
    shown = render(report)

    assert shown.index("<details><summary>Met (1)</summary>") < shown.index("Weapons are ruled out")


def test_every_fold_is_closed(report: Report) -> None:
    assert render(report).count("<details>") == render(report).count("</details>")


def test_a_review_row_says_what_is_open_and_not_what_to_do(report: Report) -> None:
    assert "- **Size threshold**: The license limits how large a user may be, and no size is given." in render(report)


def test_several_models_start_with_a_table() -> None:
    assert "| wader/Heron-9 | ⛔ Denied |" in render(make_report(*make_trio()))


@pytest.mark.parametrize(("count", "message"), [(120, "m"), (120, "long " * 80), (2000, "long " * 80)])
def test_a_comment_never_grows_too_long_for_github(count: int, message: str) -> None:
    shown = render(many(count, message=message))

    assert len(shown) <= 65_536
    assert "Denied" in shown


def test_a_code_span_holds_backticks() -> None:
    assert code("a ``b`` c") == "```a ``b`` c```"
    assert code("`x`") == "`` `x` ``"


def test_text_is_shown_as_it_is() -> None:
    assert escape("**b** [x](y) <i> #1\n@me") == "\\*\\*b\\*\\* \\[x\\](y) &lt;i&gt; \\#1 @&#8203;me"
