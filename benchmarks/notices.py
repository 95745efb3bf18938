"""How often real notices in words of their own are held up: the rules of ScanCode that name no license of their own.

    python -m benchmarks.notices DATA HALF EXPRESSION... [--tool TOOL] [-v]

DATA is `licensedcode/data` of scancode-toolkit (pip install --no-deps --target DIR scancode-toolkit==32.5.0). Its
rules are texts that people met in real files; those under "other-permissive" and "public-domain" free the work in some
hundred different ways, those under "proprietary-license" restrict it. None of them is a license of the catalog. HALF is
dev (looked at while rules are written) or held (run for its figure alone): the first hex digit of a text's sha256 is
even or odd. The profile is that of `../shared/eval/categories.py`, a deployment that needs every right.

Of a free text "approved" or "conditional" is expected, as far as it gives the rights; many of these notices permit
copying and say nothing of changes, so the share that is held up does not reach 0. Of a restricted one neither is.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

PROFILE = Path(__file__).resolve().parent.parent.parent / "shared" / "eval" / "categories_profile.yaml"
WORDS = (25, 600)
"""How many words a notice has that is taken."""
BATCH = 60
"""Texts in one call of the tool."""


def main() -> int:
    """Print for each expression how many of its notices came to which verdict; with -v the reasons of those held up."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notices", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="licensedcode/data of an installed scancode-toolkit")
    parser.add_argument("half", choices=("dev", "held"))
    parser.add_argument("expressions", nargs="+", help="license expressions of rules, for example other-permissive")
    parser.add_argument("--tool", default="licensecheck", help="the command to run")
    parser.add_argument("-v", "--verbose", action="store_true", help="print each notice that is held up, and why")
    options = parser.parse_args()
    if not (options.data / "rules").is_dir():
        print(f"notices: {options.data} holds no folder rules: give licensedcode/data", file=sys.stderr)
        return 2
    for expression in options.expressions:
        notices = dict(read_notices(options.data / "rules", expression, options.half))
        verdicts = dict(check(options.tool, notices))
        counted = collections.Counter(verdict for verdict, _ in verdicts.values())
        told = ", ".join(f"{verdict} {number}" for verdict, number in sorted(counted.items()))
        print(f"{expression} {options.half}: {len(notices)} notices: {told}")
        for name, (verdict, kinds) in sorted(verdicts.items()) if options.verbose else ():
            if verdict in ("needs-review", "denied"):
                print(f"    {name:40} {verdict:13} {' '.join(kinds)}")
    return 0


def read_notices(rules: Path, expression: str, half: str) -> Iterator[tuple[str, str]]:
    """The names and texts of one half of the English notices under an expression."""
    for path in sorted(rules.glob("*.RULE")):
        parts = re.split(r"(?m)^---[ \t]*\n", path.read_text(encoding="utf-8", errors="replace"), maxsplit=2)
        if len(parts) < 3 or f"license_expression: {expression}\n" not in parts[1]:
            continue
        told = yaml.safe_load(parts[1])
        if not (told.get("is_license_text") or told.get("is_license_notice")) or told.get("language", "en") != "en":
            continue
        text = parts[2].lstrip("\n").replace("{{", "").replace("}}", "")
        if not WORDS[0] <= len(text.split()) <= WORDS[1]:
            continue
        even = int(hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[0], 16) % 2 == 0
        if even == (half == "dev"):
            yield path.stem, text


def check(tool: str, notices: dict[str, str]) -> Iterator[tuple[str, tuple[str, list[str]]]]:
    """By name the verdict on each notice, and the kinds of the findings that hold it up."""
    names = list(notices)
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            paths = [Path(folder) / f"{name}.txt" for name in batch]
            for path in paths:
                path.write_text(notices[path.stem], encoding="utf-8")
            call = [tool, "check", *map(str, paths), "-p", str(PROFILE), "-f", "json", "--fail-on", "never"]
            done = subprocess.run(call, capture_output=True, text=True, check=False)
            if not done.stdout.startswith("{"):
                sys.exit(f"notices: {tool} answers: {done.stderr.strip()[-300:]}")
            for name, target in zip(batch, json.loads(done.stdout)["targets"], strict=True):
                asked = {f["kind"] for f in target["findings"] if f["status"] in ("violation", "review")}
                yield name, (target["verdict"], sorted(asked))


if __name__ == "__main__":
    raise SystemExit(main())
