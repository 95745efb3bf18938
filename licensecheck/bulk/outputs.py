"""The output of a bulk run: a folder with a Parquet file a part, and a note of what was checked against what.

A part is written beside its place and renamed when it is whole: whatever stops a run, a part is there or it is not.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from licensecheck.bulk.inputs import Part
from licensecheck.bulk.kernel import LISTS, OWN, Result, Row
from licensecheck.errors import ReportError, UsageError
from licensecheck.text.io import write_whole

RUN = "run.json"
"""The note: input, profiles, selection, versions. A folder with another one is not written into."""
UNFINISHED = ".unfinished"
_PLAIN = ("id", "license_class", "openness", "read", "error")
ORDER = (
    *("id", "declared_license", "concluded_license", "license_class", "openness", "thresholds", "territory"),
    *("noncommercial", "gated", "base_models", "base_licenses", "conflicts", "issues", "questions"),
    *("downloads", "read", "error"),
)


class Output:
    """The folder of a run."""

    def __init__(self, folder: Path, profiles: Sequence[str]) -> None:
        self.folder = folder
        self._profiles = tuple(profiles)

    def begin(self, run: dict[str, Any]) -> None:
        """Make the folder, or take up one that the same run has begun; what was left half written is removed."""
        text = json.dumps(run, indent=1, sort_keys=True) + "\n"
        note = self.folder / RUN
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if note.is_file():
                if note.read_text(encoding="utf-8") != text:
                    raise UsageError(f"{self.folder}: holds another run (see {RUN}); name another folder with -o")
            elif any(self.folder.iterdir()):
                raise UsageError(f"{self.folder}: is not empty and holds no run; name another folder with -o")
            for left in self.folder.glob(f"*{UNFINISHED}"):
                left.unlink()
            write_whole(text, note)
        except OSError as fault:
            raise ReportError(f"{self.folder}: cannot be written to ({fault.strerror or fault})") from None

    def path(self, part: Part) -> Path:
        """Where the rows of a part stand."""
        return self.folder / f"part-{part.name}.parquet"

    def has(self, part: Part) -> bool:
        """True where a part is done."""
        return self.path(part).is_file()

    def write(self, part: Part, results: Iterable[list[Row]]) -> int:
        """Write the rows of a part, given in batches; how many there were."""
        from pyarrow.parquet import ParquetWriter

        schema = self.schema()
        path = self.path(part)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
        rows = 0
        try:
            with ParquetWriter(unfinished, schema, compression="zstd") as writer:
                for batch in results:
                    rows += len(batch)
                    writer.write_batch(_columns(batch, schema))
            os.replace(unfinished, path)
        except OSError as fault:
            unfinished.unlink(missing_ok=True)
            raise ReportError(f"{path}: cannot be written ({fault.strerror or fault})") from None
        return rows

    def schema(self) -> Any:
        """The columns of a row and their types."""
        import pyarrow as pa

        texts, types = (
            pa.list_(pa.string()),
            {"noncommercial": pa.bool_(), "gated": pa.bool_(), "downloads": pa.int64()},
        )
        types |= dict.fromkeys(LISTS, texts) | dict.fromkeys(_PLAIN, pa.string())
        fields = [pa.field(name, types[name]) for name in ORDER]
        for profile in self._profiles:
            fields += [
                pa.field(f"{profile}_verdict", pa.string()),
                pa.field(f"{profile}_license_verdict", pa.string()),
                pa.field(f"{profile}_reasons", texts),
            ]
        return pa.schema(fields)


def _columns(rows: list[Row], schema: Any) -> Any:
    """The rows as columns; what several share is turned into values once."""
    import pyarrow as pa

    places: dict[int, int] = {}
    different: list[Result] = []
    takes: list[int] = []
    for row in rows:
        place = places.get(id(row.shared))
        if place is None:
            place = places[id(row.shared)] = len(different)
            different.append(row.shared)
        takes.append(place)
    shared = pa.RecordBatch.from_pylist(different, schema=pa.schema([f for f in schema if f.name not in OWN]))
    if len(different) < len(rows):
        shared = shared.take(pa.array(takes, pa.int32()))
    own = {name: pa.array([getattr(row, name) for row in rows], schema.field(name).type) for name in OWN}
    columns = [own[name] if name in own else shared.column(name) for name in schema.names]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def read_parts(folder: Path, columns: Sequence[str] | None = None) -> Iterator[Any]:
    """The rows of a run, a table a part, in the order of the parts; UsageError where the folder holds none."""
    from pyarrow.parquet import read_table

    files = sorted(folder.glob("part-*.parquet"))
    if not files:
        raise UsageError(f"{folder}: holds no rows of a bulk run")
    yield from (read_table(file, columns=list(columns) if columns else None) for file in files)
