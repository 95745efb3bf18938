"""`licensecheck scan` from the command line, and as a hook of pre-commit."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from licensecheck.cli.main import run

LLAMA = "meta-llama/Llama-3.1-8B-Instruct"
PROFILE = """\
version: 1
organization: {name: Example AG, domicile: DE, monthly_active_users: 900000000}
deployment: {purpose: commercial, channels: [hosted-api], regions: [DE], modalities: [text], uses: [customer-support]}
derivatives: {modifies_model: false, trains_other_models: false}
"""
APPROVAL = """\
approvals:
  - {license: llama-3.1, kind: scale-threshold, reason: License granted by letter, by: Legal, expires: 2099-12-31}
"""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work tree whose profile a loaded model breaks, as the working folder."""
    folder = tmp_path / "repo"
    (folder / "deploy").mkdir(parents=True)
    (folder / "licensecheck.yaml").write_text(PROFILE)
    (folder / "deploy" / "vllm.yaml").write_text(f"# our server\nmodel: {LLAMA}\n")
    (folder / "clean.yaml").write_text("port: 8000\n")
    git(folder, "init")
    git(folder, "add", "--all")
    monkeypatch.chdir(folder)
    return folder


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def test_denied_model_fails_at_its_line(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan"]) == 1
    assert f"deploy/vllm.yaml:2 loads {LLAMA}: violation: " in capsys.readouterr().out


def test_file_without_models_passes(repo: Path) -> None:
    assert run(["scan", "clean.yaml"]) == 0


def test_level_is_taken_from_the_option_before_the_settings(repo: Path) -> None:
    (repo / "licensecheck.yaml").write_text(f"{PROFILE}scan: {{fail_on: never}}\n")
    assert run(["scan"]) == 0
    assert run(["scan", "--fail-on", "denied"]) == 1


def test_json_holds_the_references_of_the_contract(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["scan", "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    assert data["schema_version"] == "1"
    assert data["verdict"] == "denied"
    assert (
        data["references"][0].items() >= {"path": "deploy/vllm.yaml", "line": 2, "model": LLAMA, "role": "load"}.items()
    )
    assert data["targets"][0]["references"] == [{"path": "deploy/vllm.yaml", "line": 2}]


def test_sarif_points_to_the_line_and_marks_what_was_cleared(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "licensecheck.yaml").write_text(PROFILE + APPROVAL)
    run(["scan", "--format", "sarif"])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    threshold = next(result for result in results if result["ruleId"] == "scale-threshold")
    place = threshold["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("deploy/vllm.yaml", 2)
    assert threshold["suppressions"][0]["status"] == "accepted"


def shown_way(capsys: pytest.CaptureFixture[str], name: str) -> str:
    """The line for the profile that the scan proposes, filled in as a person would."""
    found = re.search(rf"in licensecheck.yaml: ({name}: .*[}}\]])", capsys.readouterr().out)
    assert found is not None
    return found.group(1).replace("YYYY-MM-DD", "2099-12-31").replace("...", "letter")


def test_approval_that_is_proposed_clears_the_violation(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan"]) == 1
    (repo / "licensecheck.yaml").write_text(f"{PROFILE}{shown_way(capsys, 'approvals')}\n")
    assert run(["scan"]) == 0


def test_setting_that_is_proposed_settles_an_unknown_license(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "deploy" / "vllm.yaml").write_text("model: acme-labs/Falcon-7B\n")
    assert run(["scan", "--fail-on", "needs-review"]) == 1
    (repo / "licensecheck.yaml").write_text(f"{PROFILE}{shown_way(capsys, 'scan')}\n")
    assert run(["scan", "--fail-on", "needs-review"]) == 0


def test_markdown_lists_models_and_violations(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["scan", "--format", "markdown"])
    shown = capsys.readouterr().out
    assert "`deploy/vllm.yaml:2`" in shown
    assert "**Violations (1)**" in shown


def test_written_baseline_is_honoured(repo: Path) -> None:
    assert run(["scan", "--write-baseline"]) == 0
    assert run(["scan", "--fail-on", "conditional"]) == 0


def test_staged_files_alone_are_read(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repo, "commit", "-m", "first")
    (repo / "clean.yaml").write_text("port: 9000\n")
    (repo / "other.yaml").write_text(f"model: {LLAMA}\n")
    git(repo, "add", "clean.yaml")
    assert run(["scan", "--staged", "--verbose"]) == 0
    assert "1 file read" in capsys.readouterr().out


def test_commit_without_models_is_told_nothing_unless_something_was_not_read(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repo, "commit", "-m", "first")
    (repo / "clean.yaml").write_text("port: 9000\n")
    git(repo, "add", "clean.yaml")
    assert run(["scan", "--staged"]) == 0
    assert capsys.readouterr().out == ""
    (repo / "run.pl").write_text("print 1;\n")
    git(repo, "add", "run.pl")
    assert run(["scan", "--staged"]) == 0
    assert ".pl" in capsys.readouterr().out


def test_staged_files_are_read_as_they_are_staged(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repo, "commit", "-m", "first")
    inner = repo / "inner"
    inner.mkdir()
    (inner / "later.yaml").write_text(f"model: {LLAMA}\n")
    git(repo, "add", "inner/later.yaml")
    (inner / "later.yaml").write_text("port: 9000\n")
    run(["scan", "--staged", "--format", "json"])
    assert [each["path"] for each in json.loads(capsys.readouterr().out)["references"]] == ["inner/later.yaml"]
    run(["scan", "inner", "--staged", "--format", "json"])
    assert [each["path"] for each in json.loads(capsys.readouterr().out)["references"]] == ["later.yaml"]
    git(repo, "add", "inner/later.yaml")
    (inner / "later.yaml").write_text(f"model: {LLAMA}\n")
    run(["scan", "--staged", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["references"] == []


def test_changed_files_alone_are_read(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repo, "commit", "-m", "first")
    (repo / "clean.yaml").write_text("port: 9000\n")
    assert run(["scan", "--changed"]) == 0
    assert "1 file read" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["none.yaml"], ["--since", "no-such-branch"], ["--profile", "none.yaml"], ["--date", "soon"]]
)
def test_unusable_call_is_one_line_and_2(repo: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(["scan", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_control_characters_of_a_name_do_not_reach_the_terminal(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "deploy" / "\x1b[31mred.yaml").write_text(f"model: {LLAMA}\n")
    run(["scan", "--verbose"])
    assert "\x1b" not in capsys.readouterr().out


def test_heavy_libraries_are_not_loaded(repo: Path) -> None:
    code = (
        "import sys; from licensecheck.cli.main import run; run(['scan']);"
        "print(sorted({'spacy', 'requests', 'jinja2', 'jsonschema'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def pre_commit() -> str | None:
    """The pre-commit at hand: that of this environment, or the one named in PRE_COMMIT_BIN."""
    beside = Path(sys.executable).parent / "pre-commit"
    return os.environ.get("PRE_COMMIT_BIN") or (str(beside) if beside.exists() else shutil.which("pre-commit"))


@pytest.fixture
def hooked(repo: Path, root: Path) -> Path:
    """The work tree with the project's own hook manifest installed; the hook runs in this environment."""
    program = pre_commit()
    if program is None:
        pytest.skip("pre-commit is not installed; PRE_COMMIT_BIN names one")
    manifest = repo.parent / "hooks"
    manifest.mkdir()
    text = (root / ".pre-commit-hooks.yaml").read_text()
    text = text.replace("language: python", "language: system")
    text = text.replace("entry: licensecheck scan", f"entry: {sys.executable} -m licensecheck scan")
    (manifest / ".pre-commit-hooks.yaml").write_text(text)
    git(manifest, "init")
    git(manifest, "add", "--all")
    git(manifest, "commit", "-m", "hooks")
    git(manifest, "tag", "v1")
    config = f"repos:\n- repo: {manifest}\n  rev: v1\n  hooks:\n  - id: licensecheck\n  - id: licensecheck-files\n"
    (repo / ".pre-commit-config.yaml").write_text(config)
    git(repo, "add", "--all")
    return repo


def hook(folder: Path, *arguments: str, offline: bool = False) -> subprocess.CompletedProcess[str]:
    program = pre_commit()
    assert program is not None
    cut = ["unshare", "--map-root-user", "--net"] if offline else []
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(folder.parent / "cache"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [*cut, program, "run", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.slow
def test_hook_fails_the_commit_and_an_approval_silences_it(hooked: Path) -> None:
    failed = hook(hooked)
    assert failed.returncode == 1
    assert f"deploy/vllm.yaml:2 loads {LLAMA}: violation" in failed.stdout
    (hooked / "licensecheck.yaml").write_text(PROFILE + APPROVAL)
    git(hooked, "add", "--all")
    assert hook(hooked).returncode == 0


@pytest.mark.slow
def test_hook_passes_a_commit_without_models(hooked: Path) -> None:
    assert hook(hooked, "licensecheck-files", "--files", "clean.yaml").returncode == 0


@pytest.mark.slow
def test_hook_shows_a_question_that_does_not_fail_the_commit(hooked: Path) -> None:
    (hooked / "deploy" / "vllm.yaml").write_text("model: acme-labs/Falcon-7B\n")
    git(hooked, "add", "--all")
    passed = hook(hooked)
    assert passed.returncode == 0
    assert "deploy/vllm.yaml:1 loads acme-labs/Falcon-7B: to answer" in passed.stdout


@pytest.mark.slow
def test_hook_works_with_the_network_cut(hooked: Path) -> None:
    hook(hooked)  # pre-commit itself fetches the manifest once
    if subprocess.run(["unshare", "--map-root-user", "--net", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine cannot cut the network of a process")
    assert f"deploy/vllm.yaml:2 loads {LLAMA}: violation" in hook(hooked, offline=True).stdout
