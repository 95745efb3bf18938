"""Small licenses in the project's own words against a profile: the answer of a careful lawyer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.catalog.profile_files import parse_profile
from licensecheck.checking import check_targets
from licensecheck.domain.findings import Finding, TargetReport

HERE = Path(__file__).parent
BOOKS = [yaml.safe_load((HERE / name).read_text("utf-8")) for name in ("small_cases.yaml", "more_cases.yaml")]
WHOLE = ("annual_revenue", "monthly_revenue", "total_funding")
"""Fields of a profile that are replaced as one."""


def laid_over(base: Any, facts: Any) -> Any:
    """The facts of a case over those of the company."""
    if not isinstance(base, dict) or not isinstance(facts, dict):
        return facts
    laid = {name: facts[name] if name in WHOLE else laid_over(base.get(name), facts[name]) for name in facts}
    return {**base, **laid}


def report_on(case: dict[str, Any], book: dict[str, Any], folder: Path) -> TargetReport:
    """The report on the license, folder or id of a case."""
    stated = laid_over(book["company"], case.get("profile", {}))
    profile = parse_profile({"version": 1, **json.loads(json.dumps(stated, default=str))}, path="profile.yaml")
    text = case.get("text") or book["base"].replace("{clauses}", case.get("clauses", "").strip())
    for name, content in (case.get("files") or {"LICENSE": text}).items():
        (folder / name).write_text(content, encoding="utf-8")
    return check_targets([case.get("id", str(folder))], profile, today="2026-11-30").targets[0]


def same(held: object, wanted: object) -> bool:
    """Equal, a set of the finding with a list of the book too."""
    return (list(held) if isinstance(held, tuple) else held) == wanted


def fits(finding: Finding, wanted: dict[str, Any]) -> bool:
    """True where the finding is the wanted one."""
    quoted = wanted.get("quote_contains", "")
    return (
        finding.kind == wanted["kind"]
        and finding.status.value in wanted.get("status", [finding.status.value])
        and (not quoted or any(quoted in passage.quote for passage in finding.evidence))
        and all(same(finding.attributes.get(name), value) for name, value in wanted.get("attributes", {}).items())
    )


def cases() -> Iterator[Any]:
    """Each case with its book; one that has a `gap` must keep missing until that is closed."""
    for book in BOOKS:
        for case in book["cases"]:
            known = [pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
            yield pytest.param(case, book, id=f"{case['topic']}-{case['name']}", marks=known)


@pytest.mark.parametrize(("case", "book"), list(cases()))
def test_small_license_has_the_verdict_of_a_careful_reader(
    case: dict[str, Any], book: dict[str, Any], tmp_path: Path
) -> None:
    report = report_on(case, book, tmp_path)
    told = [(finding.kind, finding.status.value, dict(finding.attributes)) for finding in report.findings]
    assert report.verdict.value in case["verdict"], told
    assert [w for w in case.get("finding", ()) if not any(fits(f, w) for f in report.findings)] == [], told
    assert [w for w in case.get("no_finding", ()) if any(fits(f, w) for f in report.findings)] == [], told
    assert len(report.questions) <= case.get("most_questions", len(report.questions))
    if "class" in case:
        found = report.readings[0].license_class
        assert (found.value if found else None) in case["class"]
