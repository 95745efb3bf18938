"""Files that are handed in: bounded in size, count, depth and time, unpacked in a folder of their own, no path out."""

from __future__ import annotations

import shutil
import stat
import time
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from licensecheck.errors import UsageError

MAX_BYTES = 2 * 1024**3
"""All files of one upload, unpacked."""
MAX_FILES = 20_000
MAX_DEPTH = 20
MAX_TEXT = 5 * 1024**2
"""Characters of a text that is pasted."""
MAX_SECONDS = 600
"""How long an archive may take to unpack."""
UNPACKED = "files"
"""The folder beside an archive in which its files lie."""
_CHUNK = 1024**2
Tick = Callable[[int, int], bool]
"""Told how many bytes of how many are unpacked; false where the work is to stop."""


def new_folder(root: Path) -> Path:
    """A fresh folder for one target."""
    folder = root / "targets" / uuid.uuid4().hex
    folder.mkdir(parents=True)
    return folder


def keep_text(text: str, name: str, root: Path) -> Path:
    """Keep a pasted license text or card as a file."""
    if not text.strip():
        raise UsageError("the text is empty")
    if len(text) > MAX_TEXT:
        raise UsageError(f"the text has more than {MAX_TEXT:,} characters")
    path = new_folder(root) / (_name(name) or "LICENSE")
    path.write_text(text, encoding="utf-8", newline="")
    return path


def keep_files(files: Iterable[tuple[str, BinaryIO]], root: Path) -> Path:
    """Keep uploaded files as they are. Their folder, or the file where there is one only, such as an archive."""
    folder = new_folder(root)
    try:
        kept = [_keep(name, source, folder) for name, source in files]
        if not kept:
            raise UsageError("no file was chosen")
        return kept[0] if len(kept) == 1 else folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _keep(name: str, source: BinaryIO, folder: Path) -> Path:
    path = folder / (_name(name) or "file")
    if path.exists():
        raise UsageError(f"{path.name}: two files have this name; hand in the folder as one zip")
    left = MAX_BYTES
    with path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise UsageError(f"{path.name}: larger than {MAX_BYTES:,} bytes")
            target.write(chunk)
    return path


def is_archive(path: Path) -> bool:
    """True for a file that is to be unpacked."""
    return path.is_file() and path.suffix.lower() == ".zip"


def unpack_beside(archive: Path, tick: Tick) -> Path | None:
    """Unpack an archive into the folder beside it, anew where an earlier try was cut short; None where it was stopped.

    The folder in which the files of the archive lie, where it wraps all of them in one.
    """
    folder = archive.parent / UNPACKED
    if not archive.exists() and folder.is_dir():
        return _only_folder(folder)  # it was unpacked whole before a stop
    shutil.rmtree(folder, ignore_errors=True)
    return _only_folder(folder) if unpack(archive, folder, tick) else None


def _goes_on(_: int, __: int) -> bool:
    return True


class _StoppedError(Exception):
    """The work is not wanted any more."""


class _Bounds:
    """What is left of the bytes and of the time, told while an archive is unpacked."""

    def __init__(self, total: int, tick: Tick) -> None:
        self._total, self._tick = total, tick
        self._done, self._told = 0, 0.0
        self._end = time.monotonic() + MAX_SECONDS

    def take(self, count: int) -> None:
        """Another piece; UsageError where it is one too many, _StoppedError where no more is wanted."""
        self._done += count
        now = time.monotonic()
        if self._done > MAX_BYTES:
            raise UsageError(f"the archive holds more than {MAX_BYTES:,} bytes")
        if now > self._end:
            raise UsageError(f"the archive takes more than {MAX_SECONDS} seconds to unpack")
        if now - self._told > _TELL:
            self._told = now
            if not self._tick(min(self._done, self._total), self._total):
                raise _StoppedError


def unpack(archive: Path, folder: Path, tick: Tick = _goes_on) -> bool:
    """Unpack a zip; false where it was stopped. Nothing is left of one that was not unpacked whole.

    UsageError where it is none, holds links or paths that lead out, or more than may be unpacked, or takes too long.
    """
    folder.mkdir()
    try:
        with zipfile.ZipFile(archive) as packed:
            _unpack_all(packed, folder, tick)
    except BaseException as fault:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(fault, _StoppedError):
            return False
        if isinstance(fault, _FAULTS):
            raise UsageError(f"the archive cannot be unpacked: {fault}") from None
        raise
    return True


_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def _unpack_all(packed: zipfile.ZipFile, folder: Path, tick: Tick) -> None:
    entries = [entry for entry in packed.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES:
        raise UsageError(f"the archive holds more than {MAX_FILES:,} files")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_BYTES:
        raise UsageError(f"the archive holds more than {MAX_BYTES:,} bytes")
    bounds = _Bounds(total, tick)
    for entry in entries:
        _unpack_one(packed, entry, folder, bounds)


def _unpack_one(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, bounds: _Bounds) -> None:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UsageError(f"{entry.filename}: the archive holds a link")
    if not parts or parts[0] in ("/", "\\") or ".." in parts or ":" in parts[0] or len(parts) > MAX_DEPTH:
        raise UsageError(f"{entry.filename}: a path that leads out of the archive, or is too deep")
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(entry) as source, path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            bounds.take(len(chunk))
            target.write(chunk)


_TELL = 0.3
"""Seconds between two words about the progress."""


def _only_folder(folder: Path) -> Path:
    """The one folder in a folder, where an archive wraps its files in one."""
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _name(name: str) -> str:
    """The last part of a file name, without characters that a file system might take for something else."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*')
    return kept.strip(". ")[:200]
