"""`licensecheck rules`: what is listed, checked, tried and started."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from licensecheck.catalog.built_data import rules_root
from licensecheck.cli.main import cli
from licensecheck.errors import UsageError
from licensecheck.repository.detector_examples import try_detector


def _run(*arguments: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(cli, ["rules", *arguments], standalone_mode=False)
    return result.return_value, result.output.splitlines()


def test_lint_says_how_many_files_of_each_folder_it_read() -> None:
    status, lines = _run("lint", *(str(path) for path in sorted((rules_root() / "openness").glob("*.yaml"))))
    assert (status, lines) == (0, ["    3 files in rules/openness", "3 files, 0 faults"])


def test_lint_tells_a_slip_in_a_table_and_exits_with_1(tmp_path: Path) -> None:
    path = tmp_path / "rules" / "regions.yaml"
    path.parent.mkdir()
    path.write_text("version: 1\nregoins: {}\nregions:\n  EU: [AT]\n")
    status, lines = _run("lint", str(path))
    assert (status, lines[-1]) == (1, "1 file, 1 fault")
    assert lines[0].endswith("regions.yaml:2:1: the file: 'regoins' is not a key here; did you mean 'regions'?")


def test_a_rule_that_was_started_fits_its_schema_but_for_what_is_to_fill_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "detect" / "limits").mkdir(parents=True)
    monkeypatch.setattr("licensecheck.catalog.built_data.rules_root", lambda: tmp_path)
    assert _run("new", "limits", "no-benchmarking", "--term", "no-hosting")[0] == 0
    monkeypatch.undo()
    status, lines = _run("lint", str(tmp_path / "detect" / "limits" / "no-benchmarking.yaml"))
    assert (status, lines[-1]) == (0, "1 file, 0 faults")


def test_examples_of_detect_and_check_rules_are_run() -> None:
    status, lines = _run("test", "missing-license-copy", "hosting-barred")
    assert status == 0
    assert lines[-1].startswith("2 rules, ")
    assert lines[-1].endswith(" examples, 0 failed")


def test_examples_of_scan_rules_are_run() -> None:
    assert _run("test", "vllm", "kserve")[1][-1].startswith("2 rules, ")


def test_a_scan_example_that_finds_another_model_is_told() -> None:
    example = {"name": "x", "file": "serve.sh", "text": "vllm serve acme-labs/Falcon-7B\n", "expect": ["1 load a/b"]}
    assert try_detector(example) == "gives ['1 load acme-labs/Falcon-7B'], expected ['1 load a/b']"


def test_a_table_without_examples_is_named() -> None:
    refused = CliRunner().invoke(cli, ["rules", "test", "military"], standalone_mode=False)
    assert str(refused.exception).startswith("rules/uses/military.yaml: has no examples to run")


def test_patterns_are_listed_with_the_examples_in_which_they_act(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The Model may not be used by anybody who sells furniture to hotels.\n")
    plain = _run("test", "classes-of-users-excluded", "--patterns")[1]
    assert any(line.startswith("2 examples") and "any: =no (rights|right|" in line for line in plain)
    assert any(line.startswith("nowhere") and line.endswith("none: for testing") for line in plain)
    assert not any("texts" in line for line in plain)
    status, counted = _run("test", "classes-of-users-excluded", "--patterns", "--corpus", str(tmp_path))
    assert status == 0
    assert sum(", 1 text" in line for line in counted) == 1


def test_an_exception_acts_where_it_alone_keeps_a_rule_quiet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("For testing, the Model may not be used by any firm that sells furniture.\n")
    idle = _run("test", "classes-of-users-excluded", "--idle", "--corpus", str(tmp_path))[1]
    assert not any(line.endswith("none: for testing") for line in idle)
    assert any(line.endswith("none: interact") for line in idle)


def test_the_shared_sets_are_listed_and_printed() -> None:
    status, lines = _run("sets")
    assert status == 0
    assert any(line.startswith("<user-class>") for line in lines)
    assert _run("sets", "ban")[1][0] == "<ban>"
    refused = CliRunner().invoke(cli, ["rules", "sets", "bann"], standalone_mode=False)
    assert "did you mean 'ban'" in str(refused.exception)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--term", "no-hostng"), "'no-hostng' is not a kind of term; did you mean 'no-hosting'?"),
        (("--term", "zorp"), "'zorp' is not a kind of term; rules/terms.yaml lists them, and a new one starts there"),
        (("--term", "prohibited-use", "--category", "zorp"), "'zorp' is not a category of prohibited use"),
        (("--term", "no-hosting", "--category", "malware"), "--category goes with --term prohibited-use"),
    ],
)
def test_rule_of_an_unknown_kind_is_not_started(options: tuple[str, ...], complaint: str) -> None:
    refused = CliRunner().invoke(cli, ["rules", "new", "limits", "zorp-barred", *options], standalone_mode=False)
    assert isinstance(refused.exception, UsageError)
    assert str(refused.exception).startswith(complaint)
    assert not (rules_root() / "detect" / "limits" / "zorp-barred.yaml").exists()
