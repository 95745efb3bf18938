"""A report file is whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from licensecheck.errors import ReportError
from licensecheck.text.io import write_all_new, write_whole


def test_the_content_replaces_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    path.write_text("old")

    write_whole("new", path)

    assert path.read_text() == "new"
    assert os.listdir(tmp_path) == ["r.html"]


def test_an_interrupted_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.html"
    path.write_text("old")

    def interrupt(source: str, target: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole("new", path)

    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["r.html"]


def test_a_folder_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="is a folder"):
        write_whole("x", tmp_path)


def test_a_missing_folder_is_an_error_of_the_report(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cannot be written"):
        write_whole("x", tmp_path / "no" / "r.html")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")

    write_whole("new", tmp_path / "link")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_the_mode_of_the_old_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "r"
    path.write_text("old")
    path.chmod(0o640)

    write_whole("new", path)

    assert path.stat().st_mode & 0o777 == 0o640


def test_nothing_is_written_where_one_of_the_files_is_there(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")

    with pytest.raises(ReportError, match="not overwritten: b"):
        write_all_new({"a": "1", "b": "2"}, tmp_path)

    assert os.listdir(tmp_path) == ["b"]
    assert (tmp_path / "b").read_text() == "mine"
