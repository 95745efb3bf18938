"""Measure licensecheck beside its neighbours, and write benchmarks/results/, the plots and docs/benchmarks.md.

    python -m benchmarks --date 2026-11-20

The date is handed in, since nothing here reads the clock. Needs a network on the first run, to install the neighbours
below benchmarks/.work, and the real texts in ../shared for two of the parts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.cards import measure_cards
from benchmarks.extraction import measure_extraction
from benchmarks.machine import describe_machine
from benchmarks.naming import measure_naming
from benchmarks.neighbours import environment
from benchmarks.page import page_parts, replace_parts
from benchmarks.starting import measure_starting
from licensecheck import __version__

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / "benchmarks" / "results" / "latest.json"
PAGE = ROOT / "docs" / "benchmarks.md"
ABSENT = {"skipped": "needs the real texts in ../shared"}


def main() -> int:
    """Run all parts, or only write the page and the plots again."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("--date", help="the day of the run, as the page shall say it")
    parser.add_argument("--page-only", action="store_true", help="write plots and page from the last results")
    options = parser.parse_args()
    if not options.page_only:
        if options.date is None:
            parser.error("--date is needed: the day of the run")
        text = json.dumps(measure(options.date), indent=2, ensure_ascii=False) + "\n"
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(text, encoding="utf-8", newline="\n")
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    page = replace_parts(PAGE.read_text(encoding="utf-8"), page_parts(results))
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    return draw()


def measure(date: str) -> dict[str, Any]:
    """The figures of every part."""
    machine = describe_machine()
    at_hand = (SHARED / "corpus").is_dir()
    parts = {
        "starting": measure_starting,
        "extract": lambda: measure_extraction(SHARED) if at_hand else ABSENT,
        "cards": lambda: measure_cards(SHARED) if at_hand else ABSENT,
        "naming": measure_naming,
    }
    results: dict[str, Any] = {"date": date, "version": __version__, "machine": machine}
    for name, part in parts.items():
        print(f"measuring: {name}", file=sys.stderr)
        results[name] = part()
    return results


def draw() -> int:
    """Draw the plots in an environment that has matplotlib."""
    tools = environment("plots")
    if tools is None:
        print("the plots are not drawn: matplotlib could not be installed", file=sys.stderr)
        return 1
    script = ROOT / "benchmarks" / "plots.py"
    return subprocess.run([str(tools / "python"), str(script), str(RESULTS), str(PAGE.parent)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
