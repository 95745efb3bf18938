"""Write the tables of docs/accuracy.md from the scorers beside the checkout.

    python benchmarks/accuracy.py

Needs ../shared (gold annotations and scorers). The text around the tables stands in docs/accuracy.md and is kept.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PAGE = ROOT / "docs" / "accuracy.md"
TOOL = Path(sys.executable).parent / "licensecheck"


def run(scorer: str, *arguments: str) -> str:
    """What a scorer prints."""
    command = [sys.executable, str(SHARED / "eval" / scorer), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def term_table(printed: str) -> str:
    """The scorer's table per kind as Markdown, with precision and recall."""
    rows = ["| kind | gold | right | wrong | missed | precision | recall | F1 |", "| --- |" + " ---: |" * 7]
    for line in printed.splitlines():
        found = re.match(r"([a-z-]+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+([\d.]+)$", line)
        if found:
            kind, gold, right, wrong, missed, f1 = found.groups()
            precision = int(right) / max(1, int(right) + int(wrong))
            recall = int(right) / max(1, int(gold))
            rows.append(f"| {kind} | {gold} | {right} | {wrong} | {missed} | {precision:.2f} | {recall:.2f} | {f1} |")
    return "\n".join(rows)


def replace_part(page: str, name: str, text: str) -> str:
    """The page with what stands between two marks replaced."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = page.partition(start)
    return f"{before}{start}\n{text}\n{end}{rest.partition(end)[2]}"


def main() -> int:
    """Run the scorers and write the page."""
    if not SHARED.is_dir():
        print("needs ../shared with the gold annotations and scorers", file=sys.stderr)
        return 2
    gold = SHARED / "gold"
    terms = run("score.py", "run", str(gold / "terms"), str(gold / "texts"), "--", str(TOOL), "extract", "-f", "json")
    scenarios = run("scenarios.py", str(gold / "scenarios.yaml"), str(gold / "texts"), "--", str(TOOL), "check")
    cards = run("cards.py", str(gold / "cards.yaml"), str(SHARED / "corpus" / "cards"), "--", str(TOOL), "check")
    page = PAGE.read_text(encoding="utf-8")
    last = [printed.strip().splitlines()[-1] for printed in (terms, scenarios, cards)]
    page = replace_part(page, "figures", "```text\n" + "\n".join(last) + "\n```")
    page = replace_part(page, "terms", term_table(terms))
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    print("\n".join(last))
    return 0


if __name__ == "__main__":
    sys.exit(main())
