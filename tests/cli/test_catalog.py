"""`licensecheck catalog` lists, shows, resolves and makes records."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.catalog.build import load_record_data
from licensecheck.cli.main import run


def test_list_names_each_record_of_a_family(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "list", "--family", "deepseek"]) == 0
    assert capsys.readouterr().out.startswith("deepseek-la-1.0")


def test_list_can_keep_to_a_class(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "list", "--class", "proprietary"]) == 0
    out = capsys.readouterr().out
    assert "openai-tou-20241211" in out
    assert "apache-2.0" not in out


def test_show_gives_facts_versions_and_terms_with_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "show", "LLAMA4"]) == 0
    out = capsys.readouterr().out
    assert "Meta" in out
    assert "* 2025-04-05  llama-4" in out
    assert "value: 700000000" in out
    assert "[2]" in out


def test_show_says_where_no_text_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "show", "other"]) == 0
    assert "its terms are not known" in capsys.readouterr().out


def test_show_of_an_unknown_name_is_one_line_and_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "show", "no-such-license"]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("llama3.2:1b", "llama-3.2"),
        ("gpt-4o", "nothing to license"),
        ("google/gemma-7b", "which version is not said"),
        ("somebody/a-llama", "a model under llama"),
        ("org/model", "not known here (data of "),
    ],
)
def test_models_tells_what_is_known(name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "models", name]) == 0
    assert said in capsys.readouterr().out


def test_models_shows_hostile_names_as_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "models", "a\x1b[2Jb"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_record_writes_a_record_that_can_be_loaded(tmp_path: Path) -> None:
    text, record = tmp_path / "heron-1.0.txt", tmp_path / "heron-1.0.yaml"
    text.write_text("Heron License\n\n1. You may use the Model for non-commercial purposes only.\n", encoding="utf-8")
    assert run(["catalog", "record", str(text), "--family", "heron", "--hf", "heron", "-o", str(record)]) == 0
    data = load_record_data(record)
    assert (data["id"], data["class"], data["ids"]) == ("heron-1.0", "noncommercial", {"hf": ["heron"]})


def test_record_of_a_missing_text_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "record", str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


def test_refresh_of_a_missing_folder_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "refresh", str(tmp_path / "none")]) == 2
    assert "not a folder of license texts" in capsys.readouterr().err
