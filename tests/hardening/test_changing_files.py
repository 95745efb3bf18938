"""Files that are not what they were a moment ago: what is read belongs together, or is said not to be read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Call, Outcome
from hostile import LICENSE

from licensecheck.domain.subject import Role
from licensecheck.models import folder as folders
from licensecheck.models.files import read_document
from licensecheck.text import io as regular

CARD = "---\nlicense: mit\n---\n# A\n"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model folder whose card says MIT and whose license says otherwise."""
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "README.md").write_text(CARD)
    (folder / "LICENSE").write_text(LICENSE)
    return folder


def is_asked_for(shown: Outcome) -> bool:
    """True where the report says that a license is there which nobody has read, and asks for review."""
    (target,) = json.loads(shown.out)["targets"]
    kinds = {finding["kind"] for finding in target["findings"] if finding["status"] == "review"}
    return target["verdict"] == "needs-review" and "unread-license" in kinds


def _vanish(path: Path) -> None:
    path.unlink()


def _become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _become_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _become_a_ring(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def _grow_too_large(path: Path) -> None:
    os.truncate(path, 9_000_000)


CHANGES = (_vanish, _become_a_folder, _become_a_pipe, _become_a_ring, _grow_too_large)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_license_that_changes_behind_the_listing_is_not_taken_for_absent(
    call: Call, model: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    listing = folders.list_files

    def list_and_change(folder: Path) -> object:
        found = listing(folder)
        change(folder / "LICENSE")
        return found

    monkeypatch.setattr(folders, "list_files", list_and_change)
    assert is_asked_for(call("check", str(model), "-f", "json"))


@pytest.mark.parametrize("content", ["", LICENSE[:20], LICENSE * 3], ids=["emptied", "cut", "grown"])
def test_a_license_that_is_written_to_while_it_is_read_is_said_not_to_be_read(
    call: Call, model: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    limited = regular.read_limited

    def read_and_write(*arguments: object, **named: object) -> bytes:
        data = limited(*arguments, **named)  # type: ignore[arg-type]
        (model / "LICENSE").write_text(content)
        return data

    monkeypatch.setattr(regular, "read_limited", read_and_write)
    shown = call("check", str(model), "-f", "json")
    assert is_asked_for(shown)
    assert "LICENSE changed while it was read" in shown.out


def test_hash_and_text_of_a_document_are_of_one_reading(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = model / "LICENSE"
    limited = regular.read_limited

    def read_and_replace(*arguments: object, **named: object) -> bytes:
        data = limited(*arguments, **named)  # type: ignore[arg-type]
        (model / "new").write_text("Other words.")
        os.replace(model / "new", path)
        return data

    monkeypatch.setattr(regular, "read_limited", read_and_replace)
    for data in (LICENSE.encode(), b" " * 200):
        path.write_bytes(data)
        document = read_document(path, shown="LICENSE", role=Role.LICENSE).document
        assert document is not None
        assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("size", [9_000_000, 8_000_001])
def test_a_license_blown_up_with_blanks_is_not_taken_for_absent(call: Call, model: Path, size: int) -> None:
    (model / "LICENSE").write_text(LICENSE + " " * size)
    assert is_asked_for(call("check", str(model), "-f", "json"))


def test_what_stands_behind_very_many_files_is_asked_for(
    call: Call, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MAX_FILES", 3)
    for i in range(5):
        (model / f"LICENSE-{i}").write_text(LICENSE)
    shown = call("check", str(model), "-f", "json")
    assert is_asked_for(shown)
    assert "4 further files were not read" in shown.out


def test_files_that_say_nothing_hide_none_that_do(call: Call, model: Path) -> None:
    for i in range(6_000):
        (model / f"A{i}.txt").touch()
    assert "military" in call("check", str(model)).out.lower()
