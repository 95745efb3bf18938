"""The other package of the import name: told in one line, at the start."""

from __future__ import annotations

from pathlib import Path

from licensecheck import DATA_VERSION
from licensecheck.start import clash


def test_alone_nothing_is_said(tmp_path: Path) -> None:
    assert clash(str(tmp_path), DATA_VERSION) is None


def test_files_of_the_other_package_are_told(tmp_path: Path) -> None:
    (tmp_path / "packageinfo.py").touch()
    message, stops = clash(str(tmp_path), DATA_VERSION) or ("", True)
    assert (message.count("\n"), stops) == (0, False)
    assert "pip uninstall licensecheck" in message


def test_an_overwritten_package_stops(tmp_path: Path) -> None:
    assert (clash(str(tmp_path), None) or ("", False))[1] is True
