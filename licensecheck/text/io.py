"""Bytes to characters, once and for all: every offset in the project counts characters of this decoding."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from licensecheck.errors import Place, ReportError, SourceError, TextError
from licensecheck.frozen import dataclass
from licensecheck.lazy import sha256, tempfile

# The one way to open a file that strangers may have put there: never a pipe or device, never without a limit.


MAX_BYTES = 2_000_000
"""The largest text file that is read, which takes below ten seconds; license texts are below 0.3 MB."""
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
            raise SourceError("is not a regular file", place)
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
        raise SourceError("is a broken link" if path.is_symlink() else "no such file", place) from None
    except IsADirectoryError:
        raise SourceError("is not a regular file", place) from None
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", place) from None
    except ValueError:
        raise SourceError("is not a valid file name", place) from None


def read_start(path: str, limit: int) -> bytes | None:
    """The first `limit` bytes of a regular file; None where there is no regular file, SourceError where it is closed.

    As `open_regular`, in a fraction of its time, for whoever reads thousands of files.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _WAITING | _PLAIN)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        if os.path.exists(path) and not os.path.isfile(path):
            return None
        raise SourceError(f"cannot be read: {error.strerror or error}", Place(path=path)) from None
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            return None
        data = _read_up_to(descriptor, min(limit, before.st_size))
        after = os.fstat(descriptor)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", Place(path=path)) from None
    finally:
        os.close(descriptor)
    if before.st_mtime_ns != after.st_mtime_ns or before.st_size != after.st_size:
        raise SourceError("changed while it was read", Place(path=path))
    return data


_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _read_up_to(descriptor: int, limit: int) -> bytes:
    """At most `limit` bytes; a read may give less than it was asked for before the end."""
    data = os.read(descriptor, limit)
    while len(data) < limit:
        more = os.read(descriptor, limit - len(data))
        if not more:
            break
        data += more
    return data


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


def place_in_repository(path: Path) -> str:
    """A path as seen from the root of the repository that it lies in, else from the working folder.

    Empty for the root itself. What lies in neither keeps its whole path.
    """
    whole = os.path.abspath(path)
    for root in (_repository_of(whole), os.getcwd()):
        if root is not None and whole == root:
            return ""
        inside = root.rstrip(os.sep) + os.sep if root is not None else None
        if inside is not None and whole.startswith(inside):
            return Path(whole[len(inside) :]).as_posix()
    return Path(whole).as_posix()


def _repository_of(path: str) -> str | None:
    """The nearest folder above that holds a repository."""
    while not os.path.exists(os.path.join(path, ".git")):
        above = os.path.dirname(path)
        if above == path:
            return None
        path = above
    return path


# Bytes to characters, once and for all: every offset in the project counts characters of this decoding.


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A file as decoded. Line ends, tabs and a leading byte order mark stay, so that offsets hold for the file."""

    path: str
    text: str
    sha256: str


def decode(data: bytes, *, path: str) -> SourceText:
    """The characters of a text file: UTF-8, UTF-16 with a mark, else Windows-1252; TextError for binary data."""
    return SourceText(path=path, text=decode_text(data, path=path), sha256=sha256(data).hexdigest())


def decode_text(data: bytes, *, path: str) -> str:
    """The characters alone, as `decode` gives them."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise TextError("starts like UTF-16 but is not", Place(path=path)) from None
    if b"\x00" in data:
        raise TextError("holds binary data, not text", Place(path=path))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for encoding in ("gb18030", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" or _mostly_chinese(text):
            return text
    return data.decode("latin-1")


def _mostly_chinese(text: str) -> bool:
    """True where a decoding of legacy bytes gives plausible Chinese and not a few stray characters."""
    beyond = [c for c in text if c > "\x7f"]
    han = sum("\u4e00" <= c <= "\u9fff" for c in beyond)
    return han > 20 and han > 0.7 * len(beyond)


def read_text(path: Path, *, name: str | None = None) -> SourceText:
    """The decoded text of a file; `name` is the path to show, the file's own by default."""
    return decode(read_bytes(path), path=name or str(path))


# Writing a file so that nobody ever sees half of it.


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
        raise ReportError("is not a valid file name", Place(path=str(path))) from None


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
