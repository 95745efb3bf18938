"""Measures `identify` on the seven forms of license texts, beside ScanCode and askalono where they are installed.

    python -m benchmarks.identify SCANCODE_DIR AI_TEXTS_DIR [--sample 300] [--neighbours] [--minutes 10]

SCANCODE_DIR holds ScanCode's `licensedcode/data/licenses`, AI_TEXTS_DIR plain texts of known records. The figures go to
`benchmarks/results/identify.json` and `.md`. Texts are read, changed in memory, and never written.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.forms import FORMS, Form
from licensecheck.identify.blanks import MARK
from licensecheck.identify.identify import identify_text
from licensecheck.identify.names import Names
from licensecheck.identify.sources import read_sources
from licensecheck.load.paths import licenses_root

RESULTS = Path(__file__).parent / "results"
Tool = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A known text and the ids by which an answer counts as right."""

    ids: frozenset[str]
    text: str


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a tool got right of one form."""

    texts: int = 0
    first: int = 0
    named: int = 0
    seconds: float = 0.0
    shown: int = 0
    tight: int = 0
    inserted: int = 0

    def row(self) -> dict[str, float | int]:
        """The shares, in per cent."""
        row: dict[str, float | int] = {
            "n": self.texts,
            "first": _share(self.first, self.texts),
            "named": _share(self.named, self.texts),
            "texts_per_second": round(self.texts / self.seconds, 1) if self.seconds else 0,
        }
        if self.inserted:
            row |= {"clause_shown": _share(self.shown, self.inserted), "tight": _share(self.tight, self.inserted)}
        return row


@dataclass(slots=True, kw_only=True)
class Budget:
    """How long a neighbour may take for one form."""

    seconds: float
    started: float = field(default_factory=time.monotonic)

    def is_spent(self) -> bool:
        """True when the time is over."""
        return time.monotonic() - self.started > self.seconds


def main() -> None:
    """Measure and write the results."""
    options = _options()
    names = Names(licenses_root())
    sets = {
        "SPDX": _sample(_spdx_texts(options.scancode, names), options.sample),
        "AI": list(_texts(options.ai, names)),
    }
    tools: dict[str, Tool] = {"licensecheck": _licensecheck}
    if options.neighbours:
        tools |= _neighbours()
    results = {
        tool: {name: _measure(run, texts, minutes=options.minutes) for name, texts in sets.items()}
        for tool, run in tools.items()
    }
    data = {
        "python": sys.version.split()[0],
        "cold_start_seconds": _cold_start(options.ai),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "results": results,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "identify.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    table = _table(data)
    (RESULTS / "identify.md").write_text(table, encoding="utf-8")
    print(table)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("scancode", type=Path)
    parser.add_argument("ai", type=Path)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--neighbours", action="store_true")
    parser.add_argument("--minutes", type=float, default=10, help="for each neighbour and form")
    return parser.parse_args()


def _texts(folder: Path, names: Names) -> Iterator[Text]:
    for source in read_sources([folder], names=names):
        text = source.title + source.body
        if len(text.split()) >= 30:
            label = source.label
            ids = frozenset({label.id, label.spdx, label.scancode} - {""})
            yield Text(ids=ids, text=text.replace(MARK, "<name>"))


def _spdx_texts(folder: Path, names: Names) -> list[Text]:
    return [text for text in _texts(folder, names) if any(not name.islower() for name in text.ids)]


def _sample(texts: list[Text], number: int) -> list[Text]:
    return random.Random(7).sample(texts, min(number, len(texts)))


def _licensecheck(text: str) -> list[str]:
    return [name for match in identify_text(text).matches for name in (match.id, *match.ids.values())]


def _measure(run: Tool, texts: list[Text], *, minutes: float) -> dict[str, dict[str, float | int]]:
    rng = random.Random(11)
    rows = {}
    for name, make in FORMS.items():
        budget = Budget(seconds=minutes * 60)
        tally = Tally()
        for text in texts:
            if budget.is_spent():
                break
            form = make(text.text, rng)
            _count(tally, _timed(run, form.text, tally), text, None)
            if form.inserted and run is _licensecheck:
                _count_extra(tally, form)
        rows[name] = tally.row()
    rows["two in one"] = _measure_pairs(run, texts, rng, Budget(seconds=minutes * 60))
    return rows


def _measure_pairs(run: Tool, texts: list[Text], rng: random.Random, budget: Budget) -> dict[str, float | int]:
    tally = Tally()
    for text in texts:
        if budget.is_spent():
            break
        other = rng.choice(texts)
        _count(tally, _timed(run, f"{text.text}\n\n{other.text}", tally), text, other)
    return tally.row()


def _timed(run: Tool, text: str, tally: Tally) -> list[str]:
    started = time.process_time() if run is _licensecheck else time.monotonic()
    answer = run(text)
    tally.seconds += (time.process_time() if run is _licensecheck else time.monotonic()) - started
    return answer


def _count(tally: Tally, answer: list[str], text: Text, other: Text | None) -> None:
    """One text counted; of two in one file both must be named."""
    tally.texts += 1
    tally.first += bool(answer) and answer[0] in (text.ids | other.ids if other else text.ids)
    tally.named += all(part.ids.intersection(answer) for part in (text, other) if part is not None)


def _count_extra(tally: Tally, form: Form) -> None:
    """Whether the clause was shown: 95 % of its words, and at most ten others."""
    assert form.inserted
    low, high = form.inserted
    spans = identify_text(form.text).extra
    inside = outside = total = 0
    for word in re.finditer(r"\w+", form.text):
        shown = any(start <= word.start() and word.end() <= end for start, end in spans)
        if low <= word.start() < high:
            total += 1
            inside += shown
        else:
            outside += shown
    tally.inserted += 1
    tally.shown += inside >= 0.95 * total
    tally.tight += inside >= 0.95 * total and outside <= 10


def _neighbours() -> dict[str, Tool]:
    """The neighbours that are installed here."""
    tools: dict[str, Tool] = {}
    if shutil.which("askalono"):
        tools["askalono"] = _askalono
    try:
        from licensedcode.cache import get_index
    except ImportError:
        return tools
    index = get_index()

    def scancode(text: str) -> list[str]:
        matches = sorted(index.match(query_string=text), key=lambda match: -match.matched_length)
        return [key for match in matches for key in match.rule.license_keys()]

    return tools | {"ScanCode": scancode}


def _askalono(text: str) -> list[str]:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        call = ["askalono", "--format", "json", "id", file.name]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout).get("result", {}).get("license") if done.stdout else None
    return [found["name"]] if found else []


def _cold_start(folder: Path) -> float:
    """Seconds for one file with a fresh interpreter; the middle of seven."""
    path = next(iter(sorted(folder.glob("*.txt"))))
    times = []
    for _ in range(7):
        started = time.monotonic()
        subprocess.run([sys.executable, "-m", "licensecheck", "identify", str(path)], capture_output=True, check=True)
        times.append(time.monotonic() - started)
    return round(sorted(times)[3], 3)


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _table(data: dict[str, object]) -> str:
    """The figures as Markdown: of each form the share in which the license was named first, and named at all."""
    lines = [
        "# Identifying license texts",
        "",
        f"Python {data['python']}, one core. Cold start {data['cold_start_seconds']} s, {data['peak_memory_mb']} MB.",
        "In %: named first, named at all; of two in one file both. `clause shown`: 95 % of the words of an inserted",
        "clause; `tight`: and at most ten words more.",
        "",
        "| tool | texts | form | n | first | named | clause shown | tight | texts/s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    results = data["results"]
    assert isinstance(results, dict)
    for tool, sets in results.items():
        for name, forms in sets.items():
            for form, row in forms.items():
                cells = [row["n"], row["first"], row["named"], row.get("clause_shown", ""), row.get("tight", "")]
                cells.append(row["texts_per_second"])
                lines.append(f"| {tool} | {name} | {form} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
