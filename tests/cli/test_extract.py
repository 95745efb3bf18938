"""The command line of `extract`, and how bad input is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from licensecheck.cli.main import run


def test_json_is_one_object_a_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = root / "examples" / "heron-9"
    assert run(["extract", str(folder / "LICENSE"), str(folder / "USE_POLICY.md"), "--format", "json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["license"]["class"] == "use-restricted"
    assert {t["attributes"]["category"] for t in second["terms"] if t["kind"] == "prohibited-use"} >= {
        "weapons",
        "spam",
    }


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty", b"", "is empty"),
        ("blank", b" \n\t\n", "is empty"),
        ("binary", b"\x7fELF\x00\x01\x02", "binary"),
        ("half-utf16", b"\xff\xfea", "UTF-16"),
        ("broken.pdf", b"%PDF-1.7 nothing", "PDF"),
        ("broken.docx", b"PK\x03\x04 word/ nothing", "DOCX"),
    ],
)
def test_an_unusable_file_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert run(["extract", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert name in captured.err
    assert said in captured.err


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "no/such/file"]) == 2
    assert "no/such/file: no such file" in capsys.readouterr().err


def test_control_characters_of_a_name_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "evil\x1b[2Jname"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_without_identification_the_terms_are_the_same(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = str(root / "examples" / "heron-9" / "LICENSE")
    assert run(["extract", name, "--format", "json"]) == 0
    known = json.loads(capsys.readouterr().out)
    assert run(["extract", name, "--format", "json", "--no-identify"]) == 0
    bare = json.loads(capsys.readouterr().out)
    assert bare["terms"] == known["terms"]
    assert bare["license"]["match"] == "unknown"
