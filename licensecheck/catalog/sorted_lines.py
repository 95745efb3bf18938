"""A built file of lines, `table key TAB value TAB digest`, sorted by their keys: looked up by bisection."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from licensecheck.catalog.seals import sealed, unsealed

MANY = 400
"""After so many lookups all lines are kept in memory: a run that looks up much pays for it once."""
Entry = tuple[str, str, Any]
"""A table, a key in it, and the value, which JSON can hold."""


def render_lines(entries: Iterable[Entry]) -> str:
    """The text of the file; a key that stands twice in a table keeps its first value."""
    values: dict[bytes, Any] = {}
    for table, key, value in entries:
        values.setdefault(_key(table, key), value)
    lines = (sealed(f"{key.decode()}\t{_compact(value)}") for key, value in sorted(values.items()))
    return "".join(lines)


def _key(table: str, key: str) -> bytes:
    text = f"{table} {key}"
    if "\t" in text or "\n" in text:
        text = text.translate({9: " ", 10: " "})
    return text.encode("utf-8", "surrogatepass")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class SortedLines:
    """The file opened for looking up; OSError or ValueError where it cannot be read or is empty."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._name = f"{path.parent.name}/{path.name}"
        self._asked = 0
        self._lines: dict[bytes, bytes] = {}
        self._values: dict[bytes, Any] = {}

    @property
    def is_busy(self) -> bool:
        """True once so much was looked up that all lines are kept in memory."""
        return self._asked > MANY

    def find(self, table: str, key: str) -> Any | None:
        """The value under a key; None where there is none."""
        wanted = _key(table, key)
        self._asked += 1
        if self.is_busy:
            return self._kept(wanted)
        start = self._bisect(wanted)
        end = start + len(wanted)
        if self._data[start : end + 1] != wanted + b"\t":
            return None
        return self._value(self._data[start : self._end(start)])

    def _value(self, line: bytes) -> Any:
        """The value of a whole line; DataError where it was changed after it was built."""
        return json.loads(unsealed(line, name=self._name).partition(b"\t")[2])

    def _kept(self, wanted: bytes) -> Any | None:
        """The same from memory, for runs that look up much."""
        if not self._lines:
            self._lines = {line.partition(b"\t")[0]: line for line in self._data[:].splitlines()}
        if wanted not in self._lines:
            return None
        if wanted not in self._values:
            self._values[wanted] = self._value(self._lines[wanted])
        return self._values[wanted]

    def keys(self, table: str) -> Iterator[str]:
        """All keys of a table, in order."""
        begin = f"{table} ".encode()
        start = self._bisect(begin)
        while self._data[start : start + len(begin)] == begin:
            end = self._end(start)
            yield self._data[start + len(begin) : self._data.find(b"\t", start, end)].decode("utf-8", "surrogatepass")
            start = end + 1

    def neighbours(self, table: str, key: str) -> Iterator[str]:
        """The keys of a table right before and after a key that need not stand in it."""
        begin, start = f"{table} ".encode(), self._bisect(_key(table, key))
        for place in (self._data.rfind(b"\n", 0, max(start - 1, 0)) + 1, start):
            line = self._data[place : self._end(place)]
            if line.startswith(begin):
                yield line[len(begin) :].partition(b"\t")[0].decode("utf-8", "surrogatepass")

    def _bisect(self, wanted: bytes) -> int:
        """Where the first line begins whose key is not below the one that is wanted."""
        low, high = 0, len(self._data)
        while low < high:
            start = self._data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._end(start)
            if self._data[start : self._data.find(b"\t", start, end)] < wanted:
                low = end + 1
            else:
                high = start
        return low

    def _end(self, start: int) -> int:
        end = self._data.find(b"\n", start)
        return len(self._data) if end < 0 else end
