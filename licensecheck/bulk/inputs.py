"""The input of a bulk run: files of rows, cut into parts that are checked one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from licensecheck.bulk.schemas import SCHEMAS, Raw, Schema, components, schema_of
from licensecheck.errors import SourceError, UsageError
from licensecheck.frozen import dataclass

LINES = (".jsonl", ".ndjson")
BATCH = 500
"""How many rows of a file are held at once: a card may have megabytes."""
PART = 8_000_000
"""Bytes of JSON Lines in one part."""
MAX_LINE = 64_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row group of a Parquet file, or the lines of a text file that begin between two places; `rows` where known."""

    name: str
    path: str
    begin: int
    end: int
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What is to be checked: parts in their order, all of one schema."""

    schema: Schema
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int | None:
        """How many rows there are; None where a file does not tell."""
        counts = [part.rows for part in self.parts]
        return None if None in counts else sum(count or 0 for count in counts)


def open_input(path: Path) -> Input:
    """The input at a path, a file or a folder of files; UsageError where it is none, SourceError where it is broken."""
    if not path.exists():
        raise SourceError(f"{path}: there is no such file or folder")
    files = sorted(each for each in path.rglob("*") if _is_list(each)) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"{path}: holds no Parquet and no JSON Lines file")
    schema = _schema(files[0])
    for other in files[1:]:
        if _schema(other) is not schema:
            raise UsageError(f"{other}: has another schema than {files[0].name}; check them one by one")
    return Input(schema=schema, parts=tuple(part for n, file in enumerate(files) for part in _parts(n, file)))


def _is_list(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "_")) and path.suffix.lower() in (".parquet", *LINES)


def _schema(path: Path) -> Schema:
    if path.suffix.lower() == ".parquet":
        return schema_of(_parquet(path).schema_arrow.names, path=str(path))
    if path.suffix.lower() == ".json":
        return schema_of(_bom(path).keys(), path=str(path))
    if path.suffix.lower() not in LINES:
        raise UsageError(f"{path}: neither Parquet nor JSON Lines (.jsonl), nor a CycloneDX file (.json)")
    columns: set[str] = set()
    for number, line in enumerate(_lines(path, 0, PART)):
        try:
            row = json.loads(line)
        except ValueError:
            continue
        columns |= row.keys() if isinstance(row, dict) else set()
        if number >= 100:
            break
    return schema_of(columns, path=str(path))


def _parts(number: int, path: Path) -> Iterator[Part]:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        meta = _parquet(path).metadata
        for group in range(meta.num_row_groups):
            rows = meta.row_group(group).num_rows
            yield Part(name=f"{number:05}-{group:05}", path=str(path), begin=group, end=group + 1, rows=rows)
    elif suffix == ".json":
        rows = sum(1 for _ in components(_bom(path)))
        yield Part(name=f"{number:05}-00000", path=str(path), begin=0, end=0, rows=rows)
    else:
        size = path.stat().st_size
        for n, begin in enumerate(range(0, size, PART)):
            yield Part(name=f"{number:05}-{n:05}", path=str(path), begin=begin, end=min(begin + PART, size))


def read_part(part: Part, schema: Schema) -> Iterator[Raw | str]:
    """The rows of a part in their order; lines are given as they are."""
    path = Path(part.path)
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        file = _parquet(path)
        columns = [name for name in schema.reads if name in file.schema_arrow.names]
        for batch in file.iter_batches(batch_size=BATCH, row_groups=[part.begin], columns=columns):
            yield from batch.to_pylist()
    elif suffix == ".json":
        yield from components(_bom(path))
    else:
        yield from (line for line in _lines(path, part.begin, part.end) if line.strip())


def _lines(path: Path, begin: int, end: int) -> Iterator[str]:
    """The lines that begin from one place on and before another; of an endless line the head."""
    with path.open("rb") as file:
        if begin:
            file.seek(begin - 1)
            file.readline()
        while file.tell() < end:
            line = file.readline(MAX_LINE)
            if not line:
                return
            if len(line) == MAX_LINE:
                while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
            yield line.decode("utf-8", "replace")


def _parquet(path: Path) -> Any:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except (ArrowException, OSError) as fault:
        raise SourceError(f"{path}: no Parquet file that can be read ({fault})") from None


def _bom(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as fault:
        raise SourceError(f"{path}: no JSON that can be read ({fault})") from None
    if not isinstance(data, dict):
        raise UsageError(f"{path}: holds no CycloneDX document")
    return data


def schema_named(name: str) -> Schema:
    """The schema with this id."""
    return next(schema for schema in SCHEMAS if schema.id == name)
