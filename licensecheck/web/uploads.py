"""Files that are handed in: bounded in size, count and depth, unpacked in a folder of their own, no path out of it."""

from __future__ import annotations

import shutil
import stat
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from licensecheck.errors import UsageError

MAX_BYTES = 2 * 1024**3
"""All files of one upload, unpacked."""
MAX_FILES = 20_000
MAX_DEPTH = 20
MAX_TEXT = 5 * 1024**2
"""Characters of a text that is pasted."""
_CHUNK = 1024**2


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
    """Keep uploaded files; a single zip is unpacked. The folder, or the file where there is one only."""
    folder = new_folder(root)
    try:
        kept = [_keep(name, source, folder) for name, source in files]
        if not kept:
            raise UsageError("no file was chosen")
        if len(kept) == 1 and kept[0].suffix.lower() == ".zip":
            unpack(kept[0], folder / "files")
            kept[0].unlink()
            return _only_folder(folder / "files")
        return kept[0] if len(kept) == 1 else folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _keep(name: str, source: BinaryIO, folder: Path) -> Path:
    path = folder / (_name(name) or "file")
    left = MAX_BYTES
    with path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise UsageError(f"{path.name}: larger than {MAX_BYTES:,} bytes")
            target.write(chunk)
    return path


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a zip; UsageError where it is none, holds links or paths that lead out, or more than may be unpacked."""
    folder.mkdir()
    left = MAX_BYTES
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(entries) > MAX_FILES:
                raise UsageError(f"the archive holds more than {MAX_FILES:,} files")
            for entry in entries:
                left = _unpack_one(packed, entry, folder, left)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as fault:
        raise UsageError(f"the archive cannot be unpacked: {fault}") from None


def _unpack_one(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, left: int) -> int:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UsageError(f"{entry.filename}: the archive holds a link")
    if not parts or parts[0] in ("/", "\\") or ".." in parts or ":" in parts[0] or len(parts) > MAX_DEPTH:
        raise UsageError(f"{entry.filename}: a path that leads out of the archive, or is too deep")
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(entry) as source, path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise UsageError(f"the archive holds more than {MAX_BYTES:,} bytes")
            target.write(chunk)
    return left


def _only_folder(folder: Path) -> Path:
    """The one folder in a folder, where an archive wraps its files in one."""
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _name(name: str) -> str:
    """The last part of a file name, without characters that a file system might take for something else."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*')
    return kept.strip(". ")[:200]
