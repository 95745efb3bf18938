"""`licensecheck materials` writes what is missing, and a check with it finds the duties done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.cli.main import run

TERMS = """WREN COMMUNITY LICENSE AGREEMENT

1. License grant. You are granted a non-exclusive, worldwide, royalty-free license to use, reproduce, distribute and
modify the Wren Materials.

2. Redistribution. If you distribute the Wren Materials, you shall (a) provide a copy of this Agreement with them; and
(b) prominently display "Built with Wren" on a related website, user interface or about page.

3. Notice. Every copy of the Wren Materials that you distribute must retain, in a text file named "Notice" beside it,
this attribution notice: "Wren is licensed under the Wren Community License."

4. Changes. You must cause any modified files to carry prominent notices stating that you changed the files.
"""
PROFILE: dict[str, Any] = {
    "version": 1,
    "organization": {"name": "Acme AG", "domicile": "DE"},
    "deployment": {"purpose": "commercial", "channels": ["weights"], "regions": ["DE"], "uses": ["customer support"]},
    "derivatives": {"modifies_model": True, "trains_other_models": False, "trained_model_released": False},
    "materials": {"license_copy": False, "notice_file": False, "credit_lines": []},
}
SETTLED = ("include-license", "notice-file", "display-attribution")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model folder under a license made up here."""
    folder = tmp_path / "wren-1"
    folder.mkdir()
    (folder / "LICENSE").write_text(TERMS)
    return folder


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "acme.yaml"
    path.write_text(yaml.safe_dump(PROFILE))
    return path


def statuses(model: Path, profile: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    run(["check", str(model), "-p", str(profile), "-f", "json"])
    findings = json.loads(capsys.readouterr().out)["targets"][0]["findings"]
    return {finding["kind"]: finding["status"] for finding in findings}


def test_what_is_written_turns_actions_into_met(
    model: Path, profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = statuses(model, profile, capsys)

    assert run(["materials", str(model), "-p", str(profile), "-o", str(tmp_path / "legal")]) == 0
    lines = capsys.readouterr().out.partition("Into the profile:\n")[2]
    profile.write_text(yaml.safe_dump({**PROFILE, **yaml.safe_load(lines)}))
    after = statuses(model, profile, capsys)

    assert {kind: before[kind] for kind in SETTLED} == dict.fromkeys(SETTLED, "action")
    assert {kind: after[kind] for kind in SETTLED} == dict.fromkeys(SETTLED, "met")


def test_the_notice_is_the_prescribed_text(model: Path, profile: Path, tmp_path: Path) -> None:
    run(["materials", str(model), "-p", str(profile), "-o", str(tmp_path / "legal")])

    assert (tmp_path / "legal" / "NOTICE").read_text() == "Wren is licensed under the Wren Community License.\n"


def test_a_template_with_blanks_is_not_put_into_the_profile(
    model: Path, profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["materials", str(model), "-p", str(profile), "-o", str(tmp_path / "legal")])

    lines = capsys.readouterr().out.partition("Into the profile:\n")[2]
    assert "[name]" in (tmp_path / "legal" / "CHANGES.txt").read_text()
    assert "change_notice" not in yaml.safe_load(lines)["materials"]


def test_nothing_is_ever_overwritten(
    model: Path, profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    legal = tmp_path / "legal"
    legal.mkdir()
    (legal / "NOTICE").write_text("mine")

    assert run(["materials", str(model), "-p", str(profile), "-o", str(legal)]) == 2

    assert [(path.name, path.read_text()) for path in legal.iterdir()] == [("NOTICE", "mine")]
    assert "not overwritten: NOTICE" in capsys.readouterr().err


def test_a_license_without_such_duties_needs_no_file(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["materials", "cc0-1.0", "-p", str(profile), "-o", str(tmp_path / "legal")]) == 0

    assert "Nothing to write" in capsys.readouterr().out
    assert not (tmp_path / "legal").exists()
