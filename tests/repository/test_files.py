"""Which files a scan reads."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from licensecheck.domain.repository import SkipKind
from licensecheck.errors import SourceError
from licensecheck.repository.walk import list_files, scan_files


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def test_ignored_files_of_a_work_tree_are_left_out(tmp_path: Path) -> None:
    git(tmp_path, "init")
    for name in ("kept.yaml", "dropped.yaml"):
        (tmp_path / name).write_text("model: acme-labs/Falcon-7B\n")
    (tmp_path / ".gitignore").write_text("dropped.yaml\n")
    assert list_files(tmp_path).paths == (".gitignore", "kept.yaml")


def test_caches_are_left_out_where_there_is_no_git(tmp_path: Path) -> None:
    for name in ("node_modules/a/x.yaml", ".venv/x.yaml", "deploy/x.yaml"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    assert list_files(tmp_path).paths == ("deploy/x.yaml",)


def test_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    os.symlink(tmp_path, tmp_path / "a" / "up")
    (tmp_path / "a" / "x.yaml").touch()
    assert "a/x.yaml" in list_files(tmp_path).paths


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        list_files(tmp_path / "none")


def test_huge_file_is_read_in_part_and_told(tmp_path: Path) -> None:
    (tmp_path / "big.yaml").write_bytes(
        b"model: acme-labs/Falcon-7B\n" + b"a: b\n" * 400_001 + b"model: acme-labs/falcon-last\n"
    )
    scan = scan_files(tmp_path, ["big.yaml"])
    assert [(each.line, each.model) for each in scan.references] == [
        (1, "acme-labs/Falcon-7B"),
        (400003, "acme-labs/falcon-last"),
    ]
    assert [(each.path, each.kind, each.reason[:35]) for each in scan.skipped] == [
        ("big.yaml", SkipKind.TOO_LARGE, "larger than 2 MB, read to line 9999")
    ]


def test_file_without_a_reader_is_told_with_its_kind(tmp_path: Path) -> None:
    names = ("a.zig", "b.png", "uv.lock")
    for name in names:
        (tmp_path / name).write_text("model = 'acme-labs/Falcon-7B'")
    kinds = [each.kind for each in scan_files(tmp_path, names).skipped]
    assert kinds == [SkipKind.LANGUAGE, SkipKind.OTHER, SkipKind.GENERATED]


def test_binary_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"model: a/b\x00\x01")
    assert scan_files(tmp_path, ["a.yaml"]).references == ()


@pytest.mark.parametrize(("name", "kind"), [("damaged.yaml", SkipKind.UNREADABLE), ("film.ts", SkipKind.OTHER)])
def test_zero_bytes_are_told_by_name_where_settings_are_damaged(tmp_path: Path, name: str, kind: SkipKind) -> None:
    (tmp_path / name).write_bytes(b"model: acme-labs/Falcon-7B\n\0\0")
    assert [each.kind for each in scan_files(tmp_path, [name]).skipped] == [kind]


@pytest.mark.parametrize("suffix", ["py", "yaml", "json", "sh", "md", "toml", "ipynb", "pbtxt"])
@pytest.mark.parametrize(
    "text", ["{" * 5000, "model: [" * 3000, '"' * 999, "model = (" * 2000, "\x0cmodel: {a: *b}\n", "<<A\n" * 500]
)
def test_broken_file_gives_no_traceback(tmp_path: Path, suffix: str, text: str) -> None:
    name = f"a.{suffix}"
    (tmp_path / name).write_text(f"model://x/y\n{text}")
    assert scan_files(tmp_path, [name]).files == 1


@pytest.mark.parametrize("depth", [900, 980, 3000])
def test_deeply_nested_code_is_read_or_told(tmp_path: Path, depth: int) -> None:
    (tmp_path / "a.py").write_text("model = " + "+\\\n".join(["'org/name'"] * depth))
    assert scan_files(tmp_path, ["a.py"]).files == 1


def test_pipe_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    assert scan_files(tmp_path, ["a.yaml", "gone.yaml"]).references == ()


def test_script_without_a_suffix_is_read_by_its_first_line(tmp_path: Path) -> None:
    (tmp_path / "serve").write_text("#!/usr/bin/env bash\nvllm serve acme-labs/Falcon-7B\n")
    (tmp_path / "notes").write_text("vllm serve acme-labs/Falcon-7B\n")
    assert [each.path for each in scan_files(tmp_path, ["notes", "serve"]).references] == ["serve"]


def test_files_of_a_submodule_are_listed(tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner", tmp_path / "outer"
    for folder in (inner, outer):
        folder.mkdir()
        git(folder, "init")
    (inner / "x.yaml").touch()
    git(inner, "add", "--all")
    git(inner, "-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "commit", "-m", "x")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", str(inner), "part")
    assert "part/x.yaml" in list_files(outer).paths
