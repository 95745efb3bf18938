"""The JSON of `extract`, `check` and `scan` over many files, and what differs between two such runs.

    python -m benchmarks.answers write BEFORE --texts FOLDER --cards FOLDER --models FOLDER --trees FOLDER
    python -m benchmarks.answers compare BEFORE AFTER

`write` asks the checkout that Python imports, one process a kind of question, and keeps a line for each file in
`extract.jsonl`, `check.jsonl` and `scan.jsonl`: its name and the report. `compare` tells which files are answered
otherwise and in which fields; words of messages are counted apart, since they may be mended without an answer that
changes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROFILE = Path(__file__).resolve().parent.parent / "examples" / "acme.yaml"
TODAY = "2026-12-01"
WORDS = frozenset(("message", "question", "why", "fix", "text", "title", "headline", "remedy", "sentence", "note"))
"""Fields that hold words for people: what they say may be put better without another answer."""
KINDS = ("extract", "check", "scan")


def write(out: Path, given: argparse.Namespace) -> None:
    """Ask all questions of the checkout at hand."""
    import licensecheck
    from licensecheck.api import Checker, SourceSettings, load_profile, render
    from licensecheck.report.extraction import render_json

    out.mkdir(parents=True, exist_ok=True)
    checker, profile = Checker(settings=SourceSettings()), load_profile(PROFILE)
    texts = [path for folder in given.texts for path in _files(folder)]
    targets = [*texts, *(path for folder in given.cards for path in _files(folder))]
    targets += [path for folder in given.models for path in sorted(folder.iterdir()) if path.is_dir()]
    print(f"{licensecheck.__file__}: {len(texts)} texts, {len(targets)} targets", file=sys.stderr)

    def extracted(path: Path) -> str:
        return render_json(checker.extract(path))

    def checked(path: Path) -> str:
        return str(render(checker.check([str(path)], profile=profile, today=TODAY), "json"))

    def scanned(path: Path) -> str:
        from licensecheck.report.scan_results import render_review_json
        from licensecheck.repository.run import Request

        return render_review_json(checker.scan(Request(paths=(str(path),), profile=str(PROFILE), today=TODAY)).review)

    trees = [path for folder in given.trees for path in sorted(folder.iterdir()) if path.is_dir()]
    asked = dict(zip(KINDS, ((extracted, texts), (checked, targets), (scanned, trees)), strict=True))
    for kind, (ask, paths) in asked.items():
        lines = []
        for path in paths:
            try:
                answer: Any = json.loads(ask(path))
            except licensecheck.api.LicenseCheckError as fault:
                answer = {"refused": str(fault)}
            lines.append(json.dumps([path.name, answer], ensure_ascii=False, sort_keys=True))
        (out / f"{kind}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def compare(before: Path, after: Path) -> int:
    """Print what differs; the number of files that are answered otherwise, words left out."""
    changed = 0
    for kind in KINDS:
        old, new = (_read(folder / f"{kind}.jsonl") for folder in (before, after))
        fields: Counter[str] = Counter()
        words: Counter[str] = Counter()
        differing = []
        for name in sorted({*old, *new}):
            found = {path: path.rsplit(".", 1)[-1] in WORDS for path in _differences(old.get(name), new.get(name))}
            words.update(path for path, spoken in found.items() if spoken)
            fields.update(path for path, spoken in found.items() if not spoken)
            if not all(found.values()):
                differing.append(name)
        changed += len(differing)
        print(f"{kind}: {len(old)} files before, {len(new)} after; {len(differing)} answered otherwise")
        for name in differing:
            print(f"  {name}")
        for heading, counts in (("fields", fields), ("words", words)):
            for path, count in sorted(counts.items()):
                print(f"  {heading}: {path} in {count}")
    return changed


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as lines:
        return dict(json.loads(line) for line in lines)


def _differences(old: Any, new: Any, at: str = "") -> Iterator[str]:
    """The fields that differ, each once; places in lists are left out of their names."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key), new.get(key), f"{at}.{key}" if at else key)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from _differences(one, other, at)
    elif old != new:
        yield at or "all"


def main() -> None:
    """Write answers, or compare two sets of them; exit 1 where a file is answered otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write", help="Ask the checkout that Python imports.")
    writing.add_argument("out", type=Path)
    for name in ("texts", "cards", "models", "trees"):
        writing.add_argument(f"--{name}", type=Path, action="append", default=[], help=f"A folder of {name}.")
    comparing = commands.add_parser("compare", help="Tell what differs between two sets of answers.")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    given = parser.parse_args()
    if given.command == "write":
        write(given.out, given)
    else:
        sys.exit(1 if compare(given.before, given.after) else 0)


if __name__ == "__main__":
    main()
