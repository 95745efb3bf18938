"""`profile new`: asks what decides, explains it, lets one go back, and says how an answer was understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from licensecheck.cli.profiles import command

LICENSE = """Heron License

1. You may use, copy, modify and distribute the model for any lawful purpose.

2. The rights in this license are not granted to companies with a principal place of business in the European Union.

3. You must give each recipient of the model a copy of this license.

4. The law of Sweden governs this license.
"""
COUNTRY = "In which country"


def interview(folder: Path, *answers: str) -> str:
    """What an interview on the license shows, answered line by line until the input ends."""
    (folder / "LICENSE").write_text(LICENSE, encoding="utf-8")
    arguments = ["new", str(folder / "LICENSE"), "-o", str(folder / "p.yaml")]
    return CliRunner().invoke(command, arguments, input="".join(f"{answer}\n" for answer in answers)).output


def reach(folder: Path, words: str) -> list[str]:
    """The answers, all left open, after which the question that holds these words stands."""
    given: list[str] = []
    while words not in interview(folder, *given).rsplit(" left] ", 1)[-1]:
        given.append("")
        assert len(given) < 20
    (folder / "p.yaml").unlink()
    return given


def test_it_says_how_to_explain_go_back_and_leave_open(tmp_path: Path) -> None:
    assert interview(tmp_path).startswith("Enter leaves a question open, ? explains it")


@pytest.mark.parametrize(("said", "code", "denied"), [("Sweden", "SE", True), ("Norway", "NO", False)])
def test_a_country_is_taken_by_its_name_and_decides(tmp_path: Path, said: str, code: str, denied: bool) -> None:
    shown = interview(tmp_path, *reach(tmp_path, COUNTRY), said)
    assert f"domicile: {code}" in (tmp_path / "p.yaml").read_text().replace("'", "")
    assert ("Verdict so far: Denied" in shown) is denied


def test_a_short_answer_is_said_back(tmp_path: Path) -> None:
    assert "Understood: Norway." in interview(tmp_path, *reach(tmp_path, COUNTRY), "no")


def test_an_explanation_quotes_the_clause(tmp_path: Path) -> None:
    assert "“The rights in this license are not granted to" in interview(tmp_path, *reach(tmp_path, COUNTRY), "?")


def test_going_back_keeps_the_answer_that_was_given(tmp_path: Path) -> None:
    before = reach(tmp_path, COUNTRY)
    assert "[Sweden: Enter keeps it" in interview(tmp_path, *before, "Sweden", "<")
    (tmp_path / "p.yaml").unlink()
    interview(tmp_path, *before, "Sweden", "<", "")
    assert "domicile: SE" in (tmp_path / "p.yaml").read_text()


def test_an_answer_that_was_given_can_be_left_open_again(tmp_path: Path) -> None:
    interview(tmp_path, *reach(tmp_path, COUNTRY), "Sweden", "<", "-")
    assert "domicile" not in (tmp_path / "p.yaml").read_text()
