"""Which license a text is, in seven forms: how often it is named right, and at what speed."""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.forms import FORMS
from benchmarks.neighbours import environment, license_texts

SPDX_TEXTS = 300
"""How many SPDX licenses are named; every n-th of all."""
NEIGHBOUR_TEXTS = 30
NEIGHBOUR_SECONDS = 90.0
RESTRICTED = ("use-restricted", "noncommercial", "proprietary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A text in one form, and for each license in it the names that are right: its ScanCode key and its SPDX id."""

    form: str
    text: str
    names: tuple[frozenset[str], ...]


def measure_naming() -> dict[str, object]:
    """Shares named right per form, for licensecheck and ScanCode, on the same texts of the same run."""
    tools = environment("scancode")
    if tools is None:
        return {"skipped": "scancode-toolkit 32.5 and its texts could not be installed"}
    texts = license_texts(tools)
    spdx = _every([key for key, (_, name) in texts.items() if name], SPDX_TEXTS)
    restricted = [key for key in texts if _is_restricted(key)]
    few = _every(spdx, NEIGHBOUR_TEXTS)
    tasks = list(_tasks(spdx, texts))
    small = list(_tasks(few, texts))
    verbatim = [Task(form="restricted", text=texts[key][0], names=(frozenset((key,)),)) for key in restricted]
    own, cpu, size = _named_here([*tasks, *verbatim])
    theirs = _named_by_scancode([*verbatim[::3], *small], tools)
    return {
        "licensecheck": {
            "rates": own,
            "texts_per_second": round((len(tasks) + len(verbatim)) / cpu),
            "mb_per_second": round(size / cpu / 1e6, 2),
        },
        "licensecheck_same_texts": {"rates": _named_here(small)[0]},
        "scancode": theirs,
    }


def _every(keys: list[str], count: int) -> list[str]:
    return keys[:: max(1, len(keys) // count)][:count]


def _is_restricted(key: str) -> bool:
    from licensecheck.catalog.records import find_record

    record = find_record(key)
    return bool(record and record.license_class and record.license_class.value in RESTRICTED)


def _tasks(keys: list[str], texts: dict[str, tuple[str, str]]) -> Iterator[Task]:
    """Every text in every form, always made the same way; the seventh form is two texts in one file."""
    for number, key in enumerate(keys):
        rng = random.Random(key)
        names = frozenset((key, texts[key][1]))
        for form, change in FORMS.items():
            yield Task(form=form, text=change(texts[key][0], rng).text, names=(names,))
        other = keys[(number * 7 + 3) % len(keys)]
        both = f"{texts[key][0]}\n\n{'-' * 40}\n\n{texts[other][0]}"
        yield Task(form="two in one", text=both, names=(names, frozenset((other, texts[other][1]))))


def _named_here(tasks: list[Task]) -> tuple[dict[str, dict[str, float]], float, int]:
    """The rates of licensecheck, its processor time and the bytes it read."""
    from licensecheck.identify.identify import identify_text

    identify_text("warm")
    begun = time.process_time()
    found = [identify_text(task.text) for task in tasks]
    cpu = time.process_time() - begun
    named = [{name for match in each.matches for name in (match.id, *match.ids.values())} for each in found]
    return _rates(zip(tasks, named, strict=True)), cpu, sum(len(task.text.encode()) for task in tasks)


def _named_by_scancode(tasks: list[Task], tools: Path) -> dict[str, object]:
    """The rates of ScanCode on as many of the texts as it reads in the time it is given."""
    worker = Path(__file__).parent / "neighbours" / "scancode_worker.py"
    lines = "".join(json.dumps({"number": number, "text": task.text}) + "\n" for number, task in enumerate(tasks))
    command = [str(tools / "python"), str(worker), str(NEIGHBOUR_SECONDS)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if not answers:
        return {"skipped": "scancode-toolkit 32.5 gave no answer"}
    pairs = [(tasks[answer["number"]], set(answer["keys"])) for answer in answers]
    cpu = sum(answer["cpu"] for answer in answers)
    size = sum(len(task.text.encode()) for task, _ in pairs)
    return {
        "rates": _rates(pairs),
        "texts_per_second": round(len(answers) / cpu, 1),
        "mb_per_second": round(size / cpu / 1e6, 2),
    }


def _rates(pairs: Iterable[tuple[Task, set[str]]]) -> dict[str, dict[str, float]]:
    """Per form: how many texts there were, and the share of which every license was named."""
    counts: dict[str, list[int]] = {}
    for task, named in pairs:
        tally = counts.setdefault(task.form, [0, 0])
        tally[0] += 1
        tally[1] += all(names & named for names in task.names)
    return {form: {"texts": n, "right": round(right / n, 4)} for form, (n, right) in counts.items()}
