"""The group of commands: help without loading anything, and the boundary for errors."""

from __future__ import annotations

import subprocess
import sys

import pytest

from licensecheck.cli.main import COMMANDS, run


def test_help_imports_no_command_and_no_heavy_library() -> None:
    code = (
        "import sys; from licensecheck.cli.main import run; run(['--help']);"
        "heavy = {'spacy', 'requests', 'jinja2', 'jsonschema', 'yaml', 'licensecheck.engine'} & set(sys.modules);"
        "print(sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


@pytest.mark.parametrize("argv", [[], ["rules"]])
def test_bare_call_shows_help_on_lines_of_its_own(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(argv)
    shown = "".join(capsys.readouterr())
    assert "\nCommands:\n" in shown


def test_an_unknown_command_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["frobnicate"]) == 2
    assert "frobnicate" in capsys.readouterr().err
