"""What a scan says on a terminal: the gravest first, in lines that fit, and nothing where nothing is to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.report.scan_results import render_review_sarif
from licensecheck.report.scan_text import render_review_text
from licensecheck.repository.run import Request, run_scan

NC = "CohereForAI/c4ai-command-r-v01"
LLAMA = "meta-llama/Llama-3.1-8B-Instruct"
FREE = "mistralai/Mistral-7B-Instruct-v0.2"
PROFILE = """\
version: 1
organization: {name: Example AG, domicile: DE, monthly_active_users: 1000}
deployment: {purpose: commercial, channels: [hosted-api], regions: [DE], modalities: [text], uses: [customer-support]}
derivatives: {modifies_model: false, trains_other_models: false}
"""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(**options: bool | int) -> str:
    verbose, width = bool(options.get("verbose", False)), int(options.get("width", 100))
    return render_review_text(run_scan(Request(today="2026-11-30")).review, verbose=verbose, width=width)


def test_first_run_names_what_restricts_and_counts_the_rest(repo: Path) -> None:
    (repo / "serve.yaml").write_text(f"model: {FREE}\n---\nmodel: {LLAMA}\n---\nmodel: {NC}\n")
    first, second, *rest = shown(width=300).splitlines()
    assert first.startswith(f"serve.yaml:5 loads {NC}: noncommercial")
    assert second.startswith(f"serve.yaml:3 loads {LLAMA}: with a user limit")
    counted = "3 models loaded: 1 noncommercial, 1 with a user limit, 1 permissive, 1 file read"
    assert rest == [f"licensecheck: needs answers from a person ({counted}); run `licensecheck profile new`"]


def test_what_permissive_licenses_ask_is_one_line(repo: Path) -> None:
    (repo / "licensecheck.yaml").write_text(PROFILE)
    (repo / "serve.yaml").write_text(f"model: {FREE}\n")
    assert FREE not in shown()
    assert FREE in shown(verbose=True)


def test_lines_fit_and_a_long_section_is_counted(repo: Path) -> None:
    (repo / "licensecheck.yaml").write_text(PROFILE)
    (repo / "serve.yaml").write_text("".join(f"model: acme-labs/falcon-{n}b\n---\n" for n in range(20)))
    text = shown(width=80)
    assert "and 8 more; -v shows all" in text
    assert [line for line in text.splitlines() if len(line) > 90] == []


def test_sarif_gives_one_result_for_a_model_on_a_line(repo: Path) -> None:
    pytest.importorskip("sarif_pydantic")
    from sarif_pydantic import Sarif

    (repo / "licensecheck.yaml").write_text(PROFILE)
    (repo / "serve.yaml").write_text(f"model: {NC}\n---\nmodel: {LLAMA}\n")
    log = Sarif.model_validate_json(render_review_sarif(run_scan(Request(today="2026-11-30")).review))
    run = log.runs[0]
    assert sorted(result.level.value for result in run.results or [] if result.level) == ["error", "warning"]
    assert all(str(rule.help_uri).startswith("https://") for rule in run.tool.driver.rules or [])
