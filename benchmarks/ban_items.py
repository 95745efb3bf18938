"""How many items of lists of bans get the categories that they name: sets in our own words.

    python -m benchmarks.ban_items [SET ...] [-v]

Each set below benchmarks/adversarial/bans/ is a file of JSON lines: `lead` (what leads into the list; empty for a
sentence that stands alone), `text` and `expect` (categories of the vocabulary; none where nothing is banned, or
something without a category). `first_sight` in sets.yaml tells what each came to before anything was mended on it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from licensecheck import Checker

HERE = Path(__file__).resolve().parent / "adversarial" / "bans"


def main() -> int:
    """Print for each set how many categories were found; with -v every item that got others than those it names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ban_items", description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", help="names of sets; without any all of them")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every miss")
    options = parser.parse_args()
    first = yaml.safe_load((HERE / "sets.yaml").read_text(encoding="utf-8"))
    for name in options.sets or sorted(path.stem for path in HERE.glob("*.jsonl")):
        path = HERE / f"{name}.jsonl"
        if not path.is_file():
            print(f"ban_items: no set {name!r} below {HERE}", file=sys.stderr)
            return 2
        rows = list(score(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()))
        print(f"{name}: {summary(rows)}; at first sight {first.get(name, {}).get('first_sight', 'not noted')}")
        for row in rows if options.verbose else ():
            if row["found"] != set(row["expect"]):
                print(f"  expected {sorted(row['expect'])}, found {sorted(row['found'])}: {row['text']!r}")
    return 0


def score(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each row with the categories found in it: a policy of this one item is written and read."""
    checker = Checker()
    with tempfile.TemporaryDirectory() as folder:
        for number, row in enumerate(rows):
            path = Path(folder) / f"policy-{number}.txt"
            body = f"{row['lead']}\n\n- {row['text']}\n" if row["lead"] else f"{row['text']}\n"
            path.write_text(f"ZORP MODEL USE POLICY\n\n{body}", encoding="utf-8")
            terms = checker.extract(path, identify=False).terms
            found = {str(term.attributes["category"]) for term in terms if term.kind == "prohibited-use"} - {"other"}
            yield {**row, "found": found}


def summary(rows: list[dict[str, Any]]) -> str:
    """The figures of a set in words."""
    named = [row for row in rows if row["expect"]]
    free = [row for row in rows if not row["expect"]]
    right = sum(len(row["found"] & set(row["expect"])) for row in named)
    wrong = sum(len(row["found"] - set(row["expect"])) for row in named)
    alone = sum(not row["found"] for row in free)
    wanted = sum(len(row["expect"]) for row in named)
    return f"{right} of {wanted} categories, {wrong} wrong; left alone {alone} of {len(free)}"


if __name__ == "__main__":
    sys.exit(main())
