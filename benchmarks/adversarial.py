"""How many sentences that limit are caught, and how many harmless ones are left alone: sets in our own words.

    python -m benchmarks.adversarial [SET ...] [-v]

Each set below benchmarks/adversarial/ is a file of JSON lines: `where` (clause: a sentence put into each base text;
text: a license of its own; card: a passage of a model card), `expect` (limits or harmless) and `text`. Caught means
that the deployment of profile.yaml is denied or needs a review where the base alone goes ahead. The sets were written
before the rules met them, and `first_sight` in sets.yaml tells how many were caught then; rules were mended since,
so that later figures say what has been forgotten, not what a new text meets.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from licensecheck import Checker

HERE = Path(__file__).resolve().parent / "adversarial"
DATE = "2026-12-01"
_ORDER = {"approved": 0, "conditional": 1, "needs-review": 2, "denied": 3}


def main() -> int:
    """Print for each set what was caught and what was left alone; with -v every miss."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.adversarial", description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", help="names of sets; without any all of them")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every miss")
    options = parser.parse_args()
    names = options.sets or sorted(path.stem for path in HERE.glob("*.jsonl"))
    first = yaml.safe_load((HERE / "sets.yaml").read_text(encoding="utf-8"))
    for name in names:
        path = HERE / f"{name}.jsonl"
        if not path.is_file():
            print(f"adversarial: no set {name!r} below {HERE}", file=sys.stderr)
            return 2
        rows = list(score([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]))
        print(f"{name}: {summary(rows)}; at first sight {first.get(name, {}).get('first_sight', 'not noted')}")
        for row in rows if options.verbose else ():
            if not row["right"]:
                print(f"  {row['expect']:8} {row['verdict']:12} {row['text'][:150]!r}")
    return 0


def _bases(bases: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    yield from ((text, False) for text in bases["texts"].values())
    yield bases["card"], True


def summary(rows: list[dict[str, Any]]) -> str:
    """The two shares of a set in words."""
    parts = []
    for expect, word in (("limits", "caught"), ("harmless", "left alone")):
        some = [row for row in rows if row["expect"] == expect]
        if some:
            right = sum(row["right"] for row in some)
            parts.append(f"{word} {right} of {len(some)} ({100 * right / len(some):.1f} %)")
    return ", ".join(parts)


def score(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each row, once for each base of its place, with the verdict and whether it is right."""
    bases = yaml.safe_load((HERE / "bases.yaml").read_text(encoding="utf-8"))
    frames = {
        "clause": list(bases["texts"].values()),
        "text": ["{clause}"],
        "card": [bases["card"]],
    }
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(Path(folder))
        alone = {frame: judge.verdict(frame.replace("{clause}", ""), card=card) for frame, card in _bases(bases)}
        held_up = [frame.splitlines()[0] for frame, verdict in alone.items() if _ORDER[verdict] > 1]
        if held_up:
            raise SystemExit(f"adversarial: held up without any sentence put in: {', '.join(held_up)}")
        for row in rows:
            for frame in frames[row["where"]]:
                verdict = judge.verdict(frame.replace("{clause}", row["text"]), card=row["where"] == "card")
                caught = _ORDER[verdict] > max(1, _ORDER[alone.get(frame, "approved")])
                yield {**row, "verdict": verdict, "right": caught == (row["expect"] == "limits")}


class Judge:
    """The verdict on a text or a card for the deployment of profile.yaml."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._checker = Checker()
        self._number = 0

    def verdict(self, text: str, *, card: bool) -> str:
        """The verdict on a file of its own, in a folder of its own."""
        self._number += 1
        folder = self._folder / f"skylark-{self._number}"
        folder.mkdir()
        path = folder / ("README.md" if card else "LICENSE")
        path.write_text(text, encoding="utf-8")
        report = self._checker.check([str(folder if card else path)], profile=str(HERE / "profile.yaml"), today=DATE)
        return report.verdict.value


if __name__ == "__main__":
    sys.exit(main())
