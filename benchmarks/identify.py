"""Measures `identify` on the seven forms of license texts, beside ScanCode and askalono where they are installed.

    python -m benchmarks.identify SCANCODE_DIR AI_TEXTS_DIR [--sample 300] [--neighbours] [--minutes 10]
        [--other DIR ...] [--prose DIR ...]

SCANCODE_DIR holds ScanCode's `licensedcode/data/licenses`, AI_TEXTS_DIR plain texts of known records. `--other` names
folders to build an index from that has none of ScanCode's texts; `--prose` names folders of files that are no license.
The figures go to `benchmarks/results/identify.json` and `.md`. Texts are read, changed in memory, and never written.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.edits import measure_edits
from benchmarks.forms import FORMS, Form
from benchmarks.identify_page import render_results
from benchmarks.limits import index_of, measure_prose, measure_speed, measure_start
from benchmarks.machine import describe_machine
from licensecheck.catalog.built_data import licenses_root
from licensecheck.identify.identify import identify_text
from licensecheck.identify.index import INDEX
from licensecheck.identify.index_build import Names, read_sources
from licensecheck.identify.words import MARK

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
    start = measure_start(next(iter(sorted(options.ai.glob("*.txt")))))
    names = Names(licenses_root())
    spdx = _spdx_texts(options.scancode, names)
    sets = {
        "SPDX": _sample(spdx, options.sample),
        "AI": list(_texts(options.ai, names)),
    }
    tools: dict[str, Tool] = {"licensecheck": _licensecheck}
    if options.neighbours:
        tools |= _neighbours()
    results = {
        tool: {name: _measure(run, texts, minutes=options.minutes) for name, texts in sets.items()}
        for tool, run in tools.items()
    }
    plain = [text.text for texts in sets.values() for text in texts]
    data = {
        "machine": describe_machine(),
        "index_bytes": (licenses_root() / INDEX).stat().st_size,
        "start": start,
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "texts_of_8_kb_per_second": measure_speed(plain),
        "edits": measure_edits(plain),
        "prose": measure_prose(options.prose, sample=options.sample),
        "other_source": _measure_other_source(spdx, options.other),
        "results": results,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "identify.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    table = render_results(data)
    (RESULTS / "identify.md").write_text(table, encoding="utf-8")
    print(table)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("scancode", type=Path)
    parser.add_argument("ai", type=Path)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--neighbours", action="store_true")
    parser.add_argument("--other", type=Path, nargs="*", default=[])
    parser.add_argument("--prose", type=Path, nargs="*", default=[])
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


def _measure_other_source(texts: list[Text], folders: list[Path]) -> dict[str, float | int]:
    """The texts as they are, against an index of the same licenses from other sources."""
    if not folders:
        return {}
    index, tally = index_of(folders), Tally()
    for text in texts:
        matches = identify_text(text.text, index=index).matches
        _count(tally, [name for match in matches for name in (match.id, *match.ids.values())], text, None)
    return tally.row()


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


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


if __name__ == "__main__":
    main()
