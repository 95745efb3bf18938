"""Files that strangers put there are opened without waiting, without end, and without being fooled by a name."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from licensecheck.errors import SourceError
from licensecheck.text import io as regular
from licensecheck.text.io import open_regular, read_bytes


def refusal(path: Path) -> str:
    """Why a file is not read."""
    with pytest.raises(SourceError) as caught:
        read_bytes(path, limit=100)
    assert str(caught.value.place) == str(path)
    return caught.value.message


def test_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a" * 100)
    assert read_bytes(tmp_path / "x", limit=100) == b"a" * 100


def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x")
    assert "not a regular file" in refusal(tmp_path / "x")


def test_a_device_without_end_is_refused() -> None:
    assert "not a regular file" in refusal(Path("/dev/zero"))


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("x")
        assert "cannot be read" in refusal(Path("x"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "not a regular file" in refusal(tmp_path)


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path / "gone")
    assert "broken link" in refusal(tmp_path / "x")


def test_links_in_a_ring_are_told(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path / "x")
    assert "symbolic links" in refusal(tmp_path / "x")


@pytest.mark.parametrize(
    ("name", "said"), [("x" * 5_000, "cannot be read"), ("a\0b", "not a valid file name"), ("gone", "no such file")]
)
def test_a_name_of_no_file_is_told(tmp_path: Path, name: str, said: str) -> None:
    assert said in refusal(tmp_path / name)


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(regular, "_open", refuse)
    assert refusal(tmp_path / "x") == "cannot be read: Permission denied"


def test_a_byte_too_much_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a" * 101)
    assert "too large" in refusal(tmp_path / "x")


@pytest.mark.parametrize("content", [b"", b"aa", b"a" * 50], ids=["emptied", "cut", "grown"])
def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"a" * 10)

    def read_on() -> None:
        with open_regular(path) as file:
            file.read(5)
            path.write_bytes(content)

    with pytest.raises(SourceError, match="changed while it was read"):
        read_on()


def test_a_file_replaced_under_its_name_is_read_as_it_was_opened(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    with open_regular(path) as file:
        (tmp_path / "y").write_bytes(b"new and longer")
        os.replace(tmp_path / "y", path)
        assert file.read() == b"old"


def test_a_pipe_put_in_the_place_of_a_file_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    opener = regular._open

    def swap(name: str, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return opener(name, flags)

    monkeypatch.setattr(regular, "_open", swap)
    assert "not a regular file" in refusal(path)
