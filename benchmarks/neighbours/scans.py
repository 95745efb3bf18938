"""How many models that a repository loads each tool finds, and the time that the processors take for it.

    python benchmarks/neighbours/scans.py GOLD.tsv CHECKOUTS [--airom PROGRAM] [--lcc PROGRAM]

GOLD.tsv has a row a reference (repo, path, line, model_id, role), CHECKOUTS a work tree a repository, as owner/name.
A model counts by line where the tool names it within two lines of its row, and anywhere where it names it at all in
that repository. The tools are those of the machine; one that is not named is left out. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Found = tuple[str, int, str]
"""Path, line and name; a tool that gives no place gives an empty path."""


def ours(folder: Path) -> Iterator[Found]:
    """What `licensecheck scan` says is loaded."""
    data = _json([sys.executable, "-m", "licensecheck", "scan", str(folder), "--format", "json"])
    for each in data.get("references", ()):
        if each["role"] == "load":
            yield each["path"], each["line"], each["model"]


def airom(program: str) -> Callable[[Path], Iterator[Found]]:
    """What airom names, of whatever kind."""

    def run(folder: Path) -> Iterator[Found]:
        for each in _json([program, "fs", str(folder), "-o", "json"]).get("components", ()):
            for place in (each.get("evidence") or {}).get("occurrences", ()):
                yield place["location"]["path"], place["location"].get("line", 0), each["name"]

    return run


def license_compliance_checker(program: str) -> Callable[[Path], Iterator[Found]]:
    """What license-compliance-checker names; it gives the file at best."""

    def run(folder: Path) -> Iterator[Found]:
        with tempfile.TemporaryDirectory() as kept:
            out = Path(kept) / "out.json"
            command = [
                program,
                "scan",
                str(folder),
                "--offline",
                "--recursive",
                "--format",
                "json",
                "--output",
                str(out),
            ]
            subprocess.run(command, capture_output=True, check=False, cwd=kept)
            data = json.loads(out.read_text("utf-8")) if out.exists() else {}
        yield from (("", 0, name) for name in _names(data))

    return run


def _names(data: Any) -> Iterator[str]:
    """Every value of a key `name` in a report, with its `namespace`, wherever it stands."""
    if isinstance(data, dict):
        if isinstance(data.get("name"), str):
            yield f"{data['namespace']}/{data['name']}" if data.get("namespace") else data["name"]
        for value in data.values():
            yield from _names(value)
    elif isinstance(data, list):
        for value in data:
            yield from _names(value)


def _json(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        data: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {}
    return data


def _work() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _is(name: str, wanted: str) -> bool:
    return name.lower() == wanted.lower() or name.lower().endswith("/" + wanted.lower())


def main() -> None:
    """Print a row a tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("--airom")
    parser.add_argument("--lcc")
    options = parser.parse_args()
    tools: dict[str, Callable[[Path], Iterator[Found]]] = {"licensecheck": ours}
    if options.airom:
        tools["airom"] = airom(options.airom)
    if options.lcc:
        tools["license-compliance-checker"] = license_compliance_checker(options.lcc)
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with options.gold.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["role"] == "load" and (options.checkouts / row["repo"]).is_dir():
                rows[row["repo"]].append(row)
    loads = sum(len(each) for each in rows.values())
    print(f"| tool | of {loads} loads, by line | anywhere in the repository | processor seconds |")
    print("| --- | --- | --- | --- |")
    for name, tool in tools.items():
        by_line = anywhere = 0
        start = _work()
        for repo, wanted in rows.items():
            found = list(tool(options.checkouts / repo))
            for row in wanted:
                same = [each for each in found if _is(each[2], row["model_id"])]
                anywhere += bool(same)
                by_line += any(p.endswith(row["path"]) and abs(n - int(row["line"])) <= 2 for p, n, _ in same)
        print(f"| {name} | {by_line / loads:.2f} | {anywhere / loads:.2f} | {_work() - start:.1f} |")


if __name__ == "__main__":
    main()
