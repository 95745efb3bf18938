"""The SARIF log is one that code scanning takes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from heron import TARGET, make_report
from sarif_pydantic import Sarif

from licensecheck.domain.findings import Report
from licensecheck.report.sarif import Located, render, render_sarif


def run_of(text: str) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(text)["runs"][0]
    return run


def located(**more: Any) -> Located:
    values = {"rule": "scale-threshold", "title": "t", "help": "h", "level": "error", "message": "m", "path": "a.py"}
    return Located(**{**values, **more})


def test_the_log_is_valid_sarif(report: Report) -> None:
    Sarif.model_validate_json(render(report))


def test_results_lie_where_the_evidence_stands(report: Report) -> None:
    results = {result["ruleId"]: result for result in run_of(render(report))["results"]}

    place = results["scale-threshold"]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "heron-9/LICENSE"},
        "region": {"startLine": 13, "startColumn": 16, "endLine": 13, "endColumn": 98},
    }


def test_what_is_met_gives_no_result(report: Report) -> None:
    assert {result["ruleId"] for result in run_of(render(report))["results"]}.isdisjoint(
        {"copyright-grant", "model-naming", "governing-law"}
    )


def test_an_approval_is_a_suppression(report: Report) -> None:
    results = {result["ruleId"]: result for result in run_of(render(report))["results"]}

    assert results["acceptable-use-policy"]["suppressions"][0]["kind"] == "external"
    assert "suppressions" not in results["scale-threshold"]


def test_every_rule_has_help_and_every_result_points_to_its_rule(report: Report) -> None:
    run = run_of(render(report))
    rules = run["tool"]["driver"]["rules"]

    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_fingerprints_stay_when_lines_move_and_differ_between_models() -> None:
    def prints(*items: Located) -> list[str]:
        results = run_of(render_sarif(items, tool_version="1"))["results"]
        return [result["partialFingerprints"]["licensecheck/v1"] for result in results]

    (before,) = prints(located(line=3, model="a/b", term="x"))
    (moved,) = prints(located(line=90, model="a/b", term="x"))
    (other,) = prints(located(line=3, model="a/c", term="x"))

    assert before == moved
    assert before != other


def test_two_results_that_differ_in_their_line_alone_have_two_fingerprints() -> None:
    results = run_of(render_sarif([located(line=3), located(line=9)], tool_version="1"))["results"]

    assert len({result["partialFingerprints"]["licensecheck/v1"] for result in results}) == 2


def test_the_order_of_the_input_does_not_matter() -> None:
    items = [located(path=path, line=line) for path in ("b.py", "a.py") for line in (7, 2)]

    assert render_sarif(items, tool_version="1") == render_sarif(items[::-1], tool_version="1")


def test_a_link_in_a_message_is_text() -> None:
    (result,) = run_of(render_sarif([located(message="see [here](https://x.example)")], tool_version="1"))["results"]

    assert result["message"]["text"] == "see \\[here\\](https://x.example)"


def test_paths_are_relative_uris_with_forward_slashes() -> None:
    (result,) = run_of(render_sarif([located(path="./deploy dir/a#b.yaml")], tool_version="1"))["results"]

    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "deploy%20dir/a%23b.yaml"


def test_a_finding_without_evidence_is_shown_at_the_card() -> None:
    bare = replace(TARGET, findings=(replace(TARGET.findings[0], evidence=()),))

    (result,) = run_of(render(make_report(bare)))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "heron-9/README.md"


def test_paths_are_those_seen_from_the_root_of_the_repository() -> None:
    inner = replace(TARGET, folder="models/h", card=replace(TARGET.card, path="README.md") if TARGET.card else None)
    bare = replace(inner, findings=(replace(TARGET.findings[0], evidence=()),))

    (result,) = run_of(render(make_report(bare)))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "models/h/README.md"


def test_no_two_results_say_the_same_of_the_same_place() -> None:
    items = [located(line=3, term="military"), located(line=3, term="malware")]

    assert len(run_of(render_sarif(items, tool_version="1"))["results"]) == 1


def test_no_rule_is_named_as_its_id() -> None:
    rules = run_of(render_sarif([located(rule="policy")], tool_version="1"))["tool"]["driver"]["rules"]

    assert rules[0]["name"].casefold() != rules[0]["id"]
