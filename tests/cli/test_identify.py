"""`licensecheck identify`: exit statuses, JSON as the contract has it, and what a person reads."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from licensecheck.cli.main import run

PROSE = "The council met on Tuesday and spoke at length about the repair of the old bridge over the river.\n" * 3
CLAUSE = 'If the Software serves more than 90 million monthly active users, you must display "Quince" in front.\n'


@pytest.fixture
def modified(shared: Path, tmp_path: Path) -> Path:
    """The MIT license with one clause more."""
    path = tmp_path / "LICENSE"
    path.write_text((shared / "corpus" / "licenses" / "mit.txt").read_text() + "\n" + CLAUSE)
    return path


def test_json_has_the_fields_of_the_contract(modified: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["identify", str(modified), "-f", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema_version"] == "1"
    assert data["exact"] is False
    [match] = data["matches"]
    assert match["id"] == "mit"
    assert match["ids"]["spdx"] == "MIT"
    assert (match["coverage"], match["missing"]) == (1.0, 0.0)
    [extra] = data["extra"]
    assert extra["quote"] == CLAUSE.strip()
    assert modified.read_text()[extra["start"] : extra["end"]] == extra["quote"]


def test_several_files_give_a_line_each_in_their_order(
    modified: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = tmp_path / "prose.txt"
    prose.write_text(PROSE)
    assert run(["identify", str(prose), str(modified), "-f", "json"]) == 0
    one, other = map(json.loads, capsys.readouterr().out.splitlines())
    assert one["matches"] == []
    assert other["matches"]


def test_text_names_the_license_and_the_line_of_the_passage(modified: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["identify", str(modified)]) == 0
    out = capsys.readouterr().out
    line = modified.read_text().splitlines().index(CLAUSE.strip()) + 1
    assert f"MIT License (mit) plus a passage at line {line}" in out
    assert "Quince" in out


def test_terms_of_an_added_passage_are_listed(modified: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["identify", str(modified), "--terms"]) == 0
    assert "scale-threshold" in capsys.readouterr().out


def test_prose_is_no_known_license(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(PROSE)
    assert run(["identify", str(path)]) == 0
    assert "no known license" in capsys.readouterr().out


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PROSE.encode())))
    assert run(["identify", "-"]) == 0
    assert capsys.readouterr().out.startswith("standard input: no known license")


def test_missing_file_is_said_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["identify", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_control_characters_of_a_text_do_not_reach_the_terminal(
    modified: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    modified.write_text(modified.read_text() + "\nPay \x1b[2J me nothing at all for this little extra line\n")
    assert run(["identify", str(modified)]) == 0
    assert "\x1b" not in capsys.readouterr().out
