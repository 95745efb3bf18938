"""Figures as ratios within one run, beside another tree of this project: python -m benchmarks.ratios --old TREE.

Each side runs in processes of its own, in turn, so that a busy machine slows both; of each the least processor time
counts. The tree is one that was unpacked beside this one, with its data built.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import process_cost

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TURNS = 5
_EXTRACT = """
import sys, time
from pathlib import Path
from benchmarks.extraction import WORDS, joined_texts, read
text = " ".join(joined_texts(Path(sys.argv[1])).split(" ")[:WORDS])
read(text)
times = []
for _ in range(10):
    begun = time.process_time(); read(text); times.append(time.process_time() - begun)
print(min(times))
"""
_CARDS = """
import sys, time
from pathlib import Path
try:
    from licensecheck.domain.profile import Profile
except ImportError:
    from licensecheck.model.profile import Profile
from licensecheck.checking import check_targets
cards = sorted(map(str, (Path(sys.argv[1]) / "corpus" / "cards").glob("*.md")))[::4]
def run():
    for card in cards: check_targets((card,), Profile(), today="2026-01-01")
run()
times = []
for _ in range(2):
    begun = time.process_time(); run(); times.append(time.process_time() - begun)
print(min(times) / len(cards))
"""
_IDENTIFY = """
import sys, time
from pathlib import Path
from licensecheck.identify.identify import identify_text
text = next((Path(sys.argv[1]) / "corpus" / "licenses").glob("apache-2.0*.txt")).read_text("utf-8", "replace")
begun = time.process_time(); identify_text((text * (1_000_000 // len(text) + 1))[:1_000_000])
print(time.process_time() - begun)
"""


def seconds(code: str, tree: Path, shared: Path) -> float:
    """What a script prints that runs with the code of a tree."""
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    command = [sys.executable, "-c", code, str(shared)]
    return float(subprocess.run(command, env=environment, cwd=tree, check=True, capture_output=True, text=True).stdout)


def beside(code: str, old: Path, shared: Path, *, turns: int = TURNS) -> dict[str, float]:
    """Milliseconds of both trees and their ratio, each the least of some turns."""
    pairs = [(seconds(code, ROOT, shared), seconds(code, old, shared)) for _ in range(turns)]
    new, before = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    return {"ms": round(new * 1000, 1), "old_ms": round(before * 1000, 1), "ratio": round(new / before, 2)}


def main() -> None:
    """Measure, and print a JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--model", default="meta-llama/Llama-4-Scout-17B-16E-Instruct")
    given = parser.parse_args()
    print(json.dumps({"load": round(os.getloadavg()[0], 1)}), flush=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled once, not at each start
    os.environ["PYTHONPATH"] = str(ROOT)
    base = process_cost([sys.executable, "-c", "import click"], runs=15)
    check = process_cost([sys.executable, "-m", "licensecheck", "check", given.model, "--fail-on", "never"], runs=15)
    _print("check of an id against the import of click", {"ms": check.cpu * 1000, "old_ms": base.cpu * 1000})
    _print("extract, warm, 3,000 words, with the ledger", beside(_EXTRACT, given.old, given.shared))
    _print("a card with prose, checked", beside(_CARDS, given.old, given.shared, turns=2))
    _print("identify 1 MB of a repeated license", {"ms": seconds(_IDENTIFY, ROOT, given.shared) * 1000})


def _print(what: str, cost: dict[str, float]) -> None:
    if "old_ms" in cost:
        cost["ratio"] = cost["ms"] / cost["old_ms"]
    print(json.dumps({"what": what, **{name: round(value, 2) for name, value in cost.items()}}), flush=True)


if __name__ == "__main__":
    main()
