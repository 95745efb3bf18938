"""What bulk checks cost: python -m benchmarks.bulk [--rows 200000] [--prose 2000], beside DuckDB with the same kernel.

Rows come from `benchmarks.bulk_rows`. CPU seconds are those of all processes of a run, memory is that of the largest
process; both kernels see the same rows and the same three profiles. DuckDB calls the kernel row by row, as a function.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROFILES = sorted(str(path) for path in (ROOT / "examples" / "profiles").glob("*.yaml"))
_DUCKDB = """
import json, sys, duckdb
from licensecheck.bulk.inputs import open_input
from licensecheck.bulk.kernel import Kernel, load_profiles
from pathlib import Path
source, out = sys.argv[1:3]
kernel = Kernel(open_input(Path(source)).schema, load_profiles(sys.argv[3:]), today=None)
def check(id, data, downloads):
    return json.dumps(next(kernel.check([{"id": id, "cardData": data, "downloads": downloads}])))
base = duckdb.connect()
base.execute("SET threads = 2")
base.create_function("check_row", check, ["VARCHAR", "VARCHAR", "BIGINT"], "VARCHAR")
base.execute(f"COPY (SELECT check_row(id, cardData, downloads) AS row FROM '{source}') TO '{out}' (FORMAT parquet)")
"""


def measured(command: list[str]) -> dict[str, float]:
    """Wall and CPU seconds of a command with its children, and the largest process in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall_s": round(time.monotonic() - begun, 2), "cpu_s": round(cpu, 2), "peak_mb": after.ru_maxrss // 1024}


def main() -> None:
    """Measure, and print a JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--prose", type=int, default=2_000)
    parser.add_argument("--before", type=int, nargs="*", default=[2_000, 20_000, 200_000], help="smaller runs first")
    given = parser.parse_args()
    profiles = [each for path in PROFILES for each in ("-p", path)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = [*(size for size in given.before if size < given.rows), given.rows]
        for size in sizes:
            source = folder / f"m{size}.parquet"
            subprocess.run([sys.executable, "-m", "benchmarks.bulk_rows", str(source), str(size)], check=True)
            command = [sys.executable, "-m", "licensecheck", "bulk", str(source), "-o", str(folder / f"o{size}")]
            _print("metadata, local engine, 2 processes", size, measured([*command, "--workers", "2", *profiles]))
        code = [sys.executable, "-c", _DUCKDB, str(source), str(folder / "duck.parquet"), *PROFILES]
        _print("metadata, DuckDB calling the kernel", given.rows, measured(code))
        for what, more in (("prose", []), ("prose, each card once", ["--once"])):
            source = folder / "prose.parquet"
            count = min(given.prose, 320) if more else given.prose
            made = [sys.executable, "-m", "benchmarks.bulk_rows", str(source), str(count), "--prose", *more]
            subprocess.run(made, check=True)
            command = [sys.executable, "-m", "licensecheck", "bulk", str(source), "-o", str(folder / f"o-{len(more)}")]
            _print(f"{what}, local engine, 2 processes", count, measured([*command, "--workers", "2", *profiles]))


def _print(what: str, rows: int, cost: dict[str, float]) -> None:
    rates = {"rows_per_s": round(rows / cost["wall_s"]), "rows_per_cpu_s": round(rows / cost["cpu_s"])}
    print(json.dumps({"what": what, "rows": rows, **rates, **cost}), flush=True)


if __name__ == "__main__":
    main()
