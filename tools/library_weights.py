"""Hold the table of libraries against the packages: `python tools/library_weights.py [--only NAME] [--keep FOLDER]`.

Outside CI: it fetches each package that `licenses/libraries/` lists, at the version that was read, with the ordinary
clients (`pip download --no-deps`, `npm pack`), into a temporary folder, and looks in its files, without importing them,
for every call, program, default and name that the table gives. What a package does not have is told, one line each;
the exit status is 1 where something is. Packages of Debian are passed over.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packages import fetch, files

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "licenses" / "libraries"


def main() -> int:
    """Check the libraries that are asked for; 1 where a row is not borne out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", default=[], help="a library of the table")
    parser.add_argument("--keep", type=Path, help="keep the packages in this folder, and take them from there")
    options = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        for path in sorted(TABLE.glob("*.yaml")):
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            if data["ecosystem"] == "debian" or (options.only and data["library"] not in options.only):
                continue
            for line in check(data, folder):
                bad += 1
                print(f"{data['library']} {data['version']}: {line}", flush=True)
    print(f"{bad} rows are not borne out by their package")
    return 1 if bad else 0


def check(data: dict[str, Any], folder: Path) -> Iterator[str]:
    """What the table says of a library and its package does not have."""
    archive = fetch(data["ecosystem"], data["packages"][0], data["version"], folder)
    if archive is None:
        yield "the package could not be fetched"
        return
    text = "\n".join(f"{name}\n{held}" for name, held in files(archive)).lower()
    globs = {name for row in data["weights"] for name in row["names"]}
    for load in data["loads"]:
        for call in load.get("calls", ()):
            word = re.split(r"[.()]", call.strip("*.()"))[-1].strip("*")
            if len(word) > 2 and word.lower() not in text:
                yield f"call {call}"
        for program in load.get("commands", ()):
            if program.split(".")[0].lower() not in text:
                yield f"program {program}"
        for name in defaults(load.get("default")):
            models = [row["model"] for row in data["weights"] if name in row["names"] and "model" in row]
            if not any(part(each) in text for each in (name, *models)):
                yield f"default {name}"
    absent = [name for name in sorted(globs) if "*" not in name and part(name) not in text]
    if len(absent) > len(globs) // 2:
        yield f"names {', '.join(absent[:8])}"


def part(name: str) -> str:
    """What must stand in the package: the name without its owner and suffix, in lower case."""
    return re.sub(r"\.(?:pth?|onnx|gguf)$", "", name.rpartition("/")[2].lower())


def defaults(data: Any) -> Iterator[str]:
    """The names of weights in a `default`."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for each in data:
            yield from defaults(each["weights"] if isinstance(each, dict) else each)


if __name__ == "__main__":
    sys.exit(main())
