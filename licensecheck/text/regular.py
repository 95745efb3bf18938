"""The one way to open a file that strangers may have put there: never a pipe or device, never without a limit."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from licensecheck.errors import SourceError
from licensecheck.place import Place

MAX_BYTES = 8_000_000
"""The largest text file that is read; license texts are below 0.3 MB."""
_WAITING = getattr(os, "O_NONBLOCK", 0)
"""Opens a pipe that nobody writes to at once, so that it can be refused; Windows has no such files."""


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """A regular file opened for reading; SourceError where it is none, cannot be read, or changes meanwhile.

    What was opened is looked at and not its name, which may stand for another file a moment later.
    """
    place = Place(path=str(path))
    with _opened(path) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise SourceError("is no regular file", place)
        try:
            yield file
        except OSError as error:
            raise SourceError(f"cannot be read: {error.strerror or error}", place) from None
        if _version(os.fstat(file.fileno())) != _version(before):
            raise SourceError("changed while it was read", place)


def _opened(path: Path) -> BinaryIO:
    place = Place(path=str(path))
    try:
        return open(path, "rb", opener=_open)
    except FileNotFoundError:
        raise SourceError("is a link that leads nowhere" if path.is_symlink() else "no such file", place) from None
    except IsADirectoryError:
        raise SourceError("is no regular file", place) from None
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", place) from None
    except ValueError:
        raise SourceError("is no name that a file can have", place) from None


def read_bytes(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; SourceError where that cannot be had."""
    with open_regular(path) as file:
        return read_limited(file, path=str(path), limit=limit)


def read_limited(file: BinaryIO, *, path: str, limit: int = MAX_BYTES) -> bytes:
    """What is left of an open file, if that is at most `limit` bytes; SourceError where it is more."""
    data = file.read(limit + 1)
    if len(data) > limit:
        fault = f"is larger than {limit // 1_000_000} MB, too large for a text that is to be read"
        raise SourceError(fault, Place(path=path))
    return data


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | _WAITING)


def _version(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
