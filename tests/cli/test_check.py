"""`licensecheck check` and `licensecheck profile` as they are called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from licensecheck.cli.main import run

PROFILE = """\
version: 1
organization: {domicile: US, monthly_active_users: 1000}
deployment: {purpose: commercial, channels: [hosted-api], regions: [US], modalities: [text], uses: [travel tips]}
derivatives: {modifies_model: false, trains_other_models: false}
"""


@pytest.fixture
def profile(tmp_path: Path) -> str:
    """A profile of a small company behind an interface."""
    path = tmp_path / "licensecheck.yaml"
    path.write_text(PROFILE, encoding="utf-8")
    return str(path)


def report(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    """The JSON report that a call prints."""
    run(["check", *argv, "--format", "json"])
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def test_license_id_is_checked_offline(capsys: pytest.CaptureFixture[str], profile: str) -> None:
    data = report(capsys, "mit", "-p", profile)
    assert (data["schema_version"], data["verdict"]) == ("1", "approved")
    assert data["targets"][0]["licenses"][0]["source"] == "record"


def test_worst_target_gives_the_verdict(capsys: pytest.CaptureFixture[str], profile: str) -> None:
    data = report(capsys, "mit", "cc-by-nc-4.0", "-p", profile)
    assert [target["verdict"] for target in data["targets"]] == ["approved", "denied"]
    assert data["verdict"] == "denied"


@pytest.mark.parametrize(
    ("argv", "status"),
    [
        (["mit"], 0),
        (["cc-by-nc-4.0"], 1),
        (["cc-by-nc-4.0", "--fail-on", "never"], 0),
        (["mit", "--fail-on", "approved"], 1),
    ],
)
def test_exit_status_follows_the_level(argv: list[str], status: int, profile: str) -> None:
    assert run(["check", *argv, "-p", profile, "-f", "json"]) == status


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["no-such-license-anywhere"], "no license and no model"),
        (["mit", "--profile", "absent.yaml"], "absent.yaml"),
        (["mit", "--date", "tomorrow"], "is not a day"),
        (["mit", "--what-if", "size=1"], "section.field=value"),
        (["mit", "--what-if", "organization.size=1"], "no such field"),
        ([], "Missing argument"),
    ],
)
def test_unusable_call_is_told_on_one_line(argv: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", *argv]) == 2
    error = capsys.readouterr().err
    assert told in error or "no license" in error
    assert error.count("\n") == 1


def test_misspelt_key_names_file_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("organization:\n  domicil: DE\n", encoding="utf-8")
    assert run(["check", "mit", "-p", str(path)]) == 2
    assert "p.yaml:2:12: organization.domicil: no such field; did you mean 'domicile'?" in capsys.readouterr().err


def test_supposition_shows_what_changes(profile: str, capsys: pytest.CaptureFixture[str]) -> None:
    change = "deployment.purpose=research"
    run(["check", "cc-by-nc-4.0", "-p", profile, "--what-if", change, "-f", "json"])
    data = json.loads(capsys.readouterr().out)
    assert data["verdict"]["before"] == "denied"
    assert [(c["kind"], c["before"], c["after"]) for c in data["changes"]] == [("noncommercial", "violation", "met")]


def test_report_goes_to_a_file(tmp_path: Path, profile: str) -> None:
    out = tmp_path / "report.json"
    run(["check", "mit", "-p", profile, "-f", "json", "-o", str(out)])
    assert json.loads(out.read_text(encoding="utf-8"))["verdict"] == "approved"


def test_known_target_is_checked_without_the_matching_machinery(profile: str) -> None:
    code = (
        "import sys\nfrom licensecheck.cli.main import run\n"
        f"run(['check', 'meta-llama/Llama-4-Scout-17B-16E-Instruct', '-p', {profile!r}])\n"
        "print(sorted({'spacy', 'requests', 'jsonschema', 'jinja2', 'numpy'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_new_profile_asks_what_the_target_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from licensecheck.cli.profiles import command

    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command, ["new", "cc-by-nc-4.0"], input="research\ninternal\n" + "\n" * 20)
    assert "Is the model used commercially" in done.output
    assert "purpose: research" in (tmp_path / "licensecheck.yaml").read_text(encoding="utf-8")


def interview(tmp_path: Path, *args: str, typed: str) -> tuple[str, str]:
    """What the interview prints, and the profile that it writes."""
    from click.testing import CliRunner

    from licensecheck.cli.profiles import command

    path = tmp_path / "p.yaml"
    done = CliRunner().invoke(command, ["new", *args, "-o", str(path)], input=typed)
    return done.output, path.read_text(encoding="utf-8")


def test_the_interview_goes_on_after_a_question_that_was_left_open(tmp_path: Path) -> None:
    shown, _ = interview(tmp_path, "llama-4", typed="\n" * 30)
    assert shown.count(" left] ") >= 5
    assert "[1 left]" in shown


def test_the_interview_explains_choices_goes_back_and_shows_the_verdict(tmp_path: Path) -> None:
    shown, written = interview(tmp_path, "cc-by-nc-4.0", typed="?\ncommercial\n<\nresearch\n" + "\n" * 30)
    assert "to find things out and publish them" in shown
    assert "Verdict so far: Denied" in shown
    assert "purpose: research" in written
    assert "Next: licensecheck check cc-by-nc-4.0" in shown


def test_answers_are_kept_where_the_input_ends(tmp_path: Path) -> None:
    shown, written = interview(tmp_path, "cc-by-nc-4.0", typed="research\n")
    assert "The input ended" in shown
    assert "purpose: research" in written


def test_a_profile_that_is_there_is_taken_up(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("version: 1\norganization: {name: Acme}\n")
    _, written = interview(tmp_path, "cc-by-nc-4.0", typed="research\n" + "\n" * 30)
    assert "name: Acme" in written
    assert "purpose: research" in written


def test_profile_check_says_what_is_missing(profile: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "check", "bigscience-openrail-m", "-p", profile]) == 0
    out = capsys.readouterr().out
    assert "can be read" in out
    assert "materials.downstream_terms" in out


def test_written_profile_is_read_again(shared: Path, tmp_path: Path) -> None:
    from licensecheck.catalog.profile_files import load_profile, render_profile

    profile = load_profile(shared / "contract" / "profile.yaml")
    again = tmp_path / "again.yaml"
    again.write_text(render_profile(profile), encoding="utf-8")
    assert load_profile(again) == type(profile)(
        **{**_fields(profile), "path": str(again), "sha256": load_profile(again).sha256}
    )


def _fields(profile: Any) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in profile.__slots__}
