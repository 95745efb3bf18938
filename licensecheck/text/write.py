"""Writing a file so that nobody ever sees half of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from licensecheck.errors import ReportError
from licensecheck.place import Place


def write_whole(content: str | bytes, path: Path) -> None:
    """Put the content at `path` in one step; a write that fails leaves the old file whole."""
    if os.path.isdir(path):
        raise ReportError("is a folder; name a file to write to", Place(path=str(path)))
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    try:
        _replace(data, path)
    except OSError as error:
        raise ReportError(f"cannot be written: {error.strerror or error}", Place(path=str(path))) from None
    except ValueError:
        raise ReportError("is no name that a file can have", Place(path=str(path))) from None


def write_all_new(contents: Mapping[str, str], folder: Path) -> None:
    """Write files by name into a folder, made if need be; none is written where one of them is there already."""
    there = [name for name in contents if os.path.lexists(folder / name)]
    if there:
        raise ReportError(f"exists already and is not overwritten: {', '.join(there)}", Place(path=str(folder)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"cannot be made: {error.strerror or error}", Place(path=str(folder))) from None
    for name, content in contents.items():
        write_new(content, folder / name)


def write_new(content: str, path: Path) -> None:
    """Write a file that must not be there yet."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except FileExistsError:
        raise ReportError("exists already and is not overwritten", Place(path=str(path))) from None
    except OSError as error:
        raise ReportError(f"cannot be written: {error.strerror or error}", Place(path=str(path))) from None


def _replace(data: bytes, path: Path) -> None:
    """Through a file beside the target, renamed when complete; a link or a device keeps being one."""
    target = path.resolve() if path.is_symlink() else path
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    """The umask of the process, which can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
