"""`licensecheck compare` on real texts and records."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from licensecheck.cli.main import run

APACHE, MIT = "apache-2.0", "mit"


def test_two_licenses_are_compared_by_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", APACHE, MIT, "-f", "json"]) == 0

    data = json.loads(capsys.readouterr().out)
    patent = next(row for row in data["rows"] if row["kind"] == "patent-grant")
    assert [target["target"] for target in data["targets"]] == [APACHE, MIT]
    assert [cell["state"] for cell in patent["cells"]] == ["stated", "silent"]


def test_a_profile_adds_verdicts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "p.yaml"
    profile.write_text("version: 1\ndeployment: {purpose: commercial}\n")

    run(["compare", APACHE, MIT, "-p", str(profile)])

    assert "== To move from" in capsys.readouterr().out


def test_the_table_is_written_as_csv(tmp_path: Path) -> None:
    out = tmp_path / "c.csv"

    assert run(["compare", APACHE, MIT, "-f", "csv", "-o", str(out)]) == 0

    with out.open(encoding="utf-8", newline="") as file:
        assert len(next(csv.reader(file))) == 5


def test_the_workbook_and_the_page_are_written(tmp_path: Path) -> None:
    for form, start in (("xlsx", b"PK"), ("html", b"<!DOCTYPE html>")):
        out = tmp_path / f"c.{form}"
        assert run(["compare", APACHE, MIT, "-f", form, "-o", str(out)]) == 0
        assert out.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([APACHE], "two targets or more"),
        ([APACHE, MIT, "-f", "xlsx"], "name a file with --output"),
        ([APACHE, "no-such-thing-at-all"], "no-such-thing-at-all"),
        ([APACHE, MIT, "-p", "no-such-profile.yaml"], "no-such-profile.yaml"),
    ],
)
def test_a_call_that_cannot_be_done_ends_with_one_line_and_2(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *arguments]) == 2

    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1


def test_a_folder_whose_name_is_no_utf8_gives_json_that_can_be_read(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = tmp_path / "wren\udcff"
    folder.mkdir()
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# Wren\n")

    run(["compare", str(folder), MIT, "-f", "json"])

    assert json.loads(capfdbinary.readouterr().out.decode())["targets"][0]["target"].endswith("wren\udcff")
