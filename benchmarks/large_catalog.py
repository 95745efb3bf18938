"""What a catalog many times as large costs a check by id: python -m benchmarks.large_catalog [--times 10].

A copy of the package gets an index and records of so many times the lines: each line again under another key, which
sorts all over the file. Both copies answer the same question in processes of their own, in turn; of each the least
processor time counts, and of the instructions those that `valgrind --tool=cachegrind` counts, where it is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import process_cost
from licensecheck.catalog.built_data import PACKED
from licensecheck.catalog.seals import sealed, unsealed

ROOT = Path(__file__).resolve().parent.parent
_KEPT = ("models", "seal", "pattern", "family")
"""Tables that do not grow with the number of models and licenses."""


def lay_out(folder: Path, *, times: int) -> Path:
    """A copy of package, rules and licenses as a wheel holds them, with so many times the models and records."""
    package = folder / "licensecheck"
    shutil.copytree(ROOT / "licensecheck", package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("rules", "licenses"):
        shutil.copytree(ROOT / name, package / PACKED / name)
    licenses = package / PACKED / "licenses"
    index = licenses / "index.tsv"
    lines: dict[bytes, bytes] = {}
    for line in index.read_bytes().splitlines(keepends=True):
        key, _, rest = unsealed(line, name="index").partition(b"\t")
        lines[key] = rest
        table, _, name = key.partition(b" ")
        if table.decode() not in _KEPT:
            for number in range(1, times):
                lines[table + b" " + _other(name, number)] = rest
    index.write_text("".join(sealed(f"{key.decode()}\t{rest.decode()}") for key, rest in sorted(lines.items())))
    records = licenses / "records.jsonl"
    records.write_bytes(records.read_bytes() * times)
    return folder


def _other(name: bytes, number: int) -> bytes:
    """Another key like this one, elsewhere in the order."""
    return name[number % max(len(name), 1) :] + b"-%d-" % number + name[:number]


def instructions(command: list[str], environment: dict[str, str]) -> int | None:
    """How many instructions a command takes, or None where nothing counts them."""
    if shutil.which("valgrind") is None:
        return None
    counted = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", *command]
    run = subprocess.run(counted, env=environment, capture_output=True, text=True, check=False, cwd="/")
    found = re.search(r"I\s+refs:\s+([\d,]+)", run.stderr)
    return int(found[1].replace(",", "")) if found else None


def main() -> None:
    """Measure, and print a JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--model", default="meta-llama/Llama-4-Scout-17B-16E-Instruct")
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled once, not at each start
    command = [sys.executable, "-m", "licensecheck", "check", given.model, "--fail-on", "never"]
    with tempfile.TemporaryDirectory() as name:
        trees = [lay_out(Path(name) / str(times), times=times) for times in (1, given.times)]
        costs: list[list[float]] = [[], []]
        for turn in range(given.runs):
            for tree, found in zip(trees, costs, strict=True):
                os.environ["PYTHONPATH"] = str(tree)
                cost = process_cost(command, cwd=Path("/"), runs=1).cpu
                if turn:
                    found.append(cost)
        small, large = map(min, costs)
        counts = [instructions(command, {**os.environ, "PYTHONPATH": str(tree)}) for tree in trees]
    row: dict[str, object] = {"times": given.times, "ms": round(small * 1000, 1), "large_ms": round(large * 1000, 1)}
    row["ratio"] = round(large / small, 3)
    if counts[0] and counts[1]:
        row["instructions_ratio"] = round(counts[1] / counts[0], 3)
    print(json.dumps(row))


if __name__ == "__main__":
    main()
