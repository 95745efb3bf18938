"""Packages at a pinned version, fetched with the ordinary clients into a folder and read without importing them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

TEXTS = (".py", ".pyi", ".json", ".yaml", ".yml", ".toml", ".txt", ".md", ".cfg", ".js", ".mjs", ".cjs", ".ts", ".map")
TEXT_NAMES = ("METADATA", "entry_points.txt", "package.json", "LICENSE")
MAX_BYTES = 8_000_000


def fetch(ecosystem: str, package: str, version: str, folder: Path) -> Path | None:
    """The archive of a package, from the folder where it lies there; None where it could not be had.

    Of a source distribution (`sdist`) it is the unpacked folder: pip keeps that even where the package cannot be built.
    """
    home = folder / re.sub(r"\W+", "-", f"{ecosystem}-{package}-{version}")
    if not home.is_dir() or not any(home.iterdir()):
        home.mkdir(parents=True, exist_ok=True)
        pip = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            f"{package}=={version}",
            "-d",
            str(home),
        ]
        sdist = [*pip, "--no-binary", package, "--no-build-isolation", "--no-clean"]
        npm = ["npm", "pack", "--silent", "--ignore-scripts", f"{package}@{version}", "--pack-destination", str(home)]
        command = {"npm": npm, "sdist": sdist}.get(ecosystem, pip)
        subprocess.run(command, check=False, capture_output=True, env={**os.environ, "TMPDIR": str(home)})
    if ecosystem == "sdist":
        return next(iter(sorted(home.glob(f"pip-download-*/{package}_*"))), None)
    return next((path for path in sorted(home.iterdir()) if path.suffix in (".whl", ".zip", ".gz", ".tgz")), None)


def files(archive: Path) -> Iterator[tuple[str, str]]:
    """The names of the files of an archive, each with its text; of one that is no text with nothing."""
    if archive.is_dir():
        for path in sorted(archive.rglob("*")):
            if path.is_file():
                read = _is_text(path.name) and path.stat().st_size < MAX_BYTES
                yield str(path.relative_to(archive)), path.read_text("utf-8", "replace") if read else ""
        return
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as opened:
            for info in opened.infolist():
                read = _is_text(info.filename) and info.file_size < MAX_BYTES
                yield info.filename, opened.read(info).decode("utf-8", "replace") if read else ""
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if _is_text(member.name) and member.size < MAX_BYTES else None
            yield member.name, file.read().decode("utf-8", "replace") if file else ""


def text_of(ecosystem: str, package: str, version: str, name: str, folder: Path) -> str:
    """The text of the file of a package whose path ends so; SystemExit where there is none."""
    archive = fetch(ecosystem, package, version, folder)
    found = next((text for path, text in files(archive) if path.endswith(name)), None) if archive else None
    if found is None:
        raise SystemExit(f"{package} {version}: has no {name}, or could not be fetched")
    return found


def _is_text(name: str) -> bool:
    return name.endswith(TEXTS) or name.rpartition("/")[2].startswith(TEXT_NAMES)
