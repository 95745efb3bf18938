"""What identification costs, what it says of prose, and how it does with texts that its index does not hold."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.forms import FORMS
from benchmarks.measure import cpu_seconds, process_cost
from licensecheck.catalog.built_data import licenses_root
from licensecheck.identify.identify import identify_text
from licensecheck.identify.index import INDEX, Index
from licensecheck.identify.index_build import build_index

_EDITED = ("noise", "clause", "cut")
_SIZE, _RUNS, _STARTS = 8_000, 8, 25
_NEAR_SIZE = range(6_500, 9_500)
_PROSE = frozenset((".md", ".py", ".rst", ".txt"))
_SHORTEST = 300
_NOTICE = re.compile(
    r"permission\s+(?:is|to)\W|redistribution\s+and\s+use|licensed\s+under|under\s+the\s+terms|subject\s+to\s+the\s+terms"
    r"|public\s+licen[sc]e|provided\s+['\"`]*as[ -]is|licen[sc]e\s+agreement|creative\s*commons|terms\s+of\s+use"
    r"|copyright|is\s+permitted|rights\s+grant",
    re.IGNORECASE,
)
"""Words of a license or of a notice that names one: a file with them is not counted as prose."""


def measure_speed(texts: Sequence[str]) -> dict[str, int]:
    """Texts of 8 kB a second, once loaded, by form; the least processor time that each text took in some runs."""
    rng = random.Random(3)
    made = {name: [form for text in texts if _is_near(form := make(text, rng).text)] for name, make in FORMS.items()}
    speeds = {name: _speed(forms) for name, forms in made.items()}
    return {**speeds, "all edited": _speed([text for name in _EDITED for text in made[name]])}


def _is_near(text: str) -> bool:
    return len(text.encode()) in _NEAR_SIZE


def _speed(texts: list[str]) -> int:
    seconds = sum(cpu_seconds(partial(identify_text, text), runs=_RUNS) for text in texts)
    return round(sum(len(text.encode()) for text in texts) / _SIZE / seconds) if texts else 0


def measure_start(path: Path) -> dict[str, float]:
    """Seconds and megabytes of `licensecheck identify FILE`, and of an interpreter that does nothing.

    To be called first: a new process is said to have taken what this one had when it was made.
    """
    bare = process_cost([sys.executable, "-c", "pass"], runs=_STARTS)
    cost = process_cost([str(Path(sys.executable).parent / "licensecheck"), "identify", str(path)], runs=_STARTS)
    return {
        "interpreter_s": round(bare.wall, 3),
        "identify_s": round(cost.wall, 3),
        "identify_cpu_s": round(cost.cpu, 3),
        "peak_mb": round(cost.peak_mb),
    }


def measure_prose(folders: Sequence[Path], *, sample: int) -> dict[str, int]:
    """How many files without the words of a license or notice there are, and how many were named as a license."""
    texts = list(_prose(folders, sample))
    return {"files": len(texts), "named": sum(bool(identify_text(text).matches) for text in texts)}


def _prose(folders: Sequence[Path], sample: int) -> Iterator[str]:
    rng = random.Random(5)
    for folder in folders:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in _PROSE and path.is_file())
        rng.shuffle(paths)
        for path in paths[:sample]:
            text = path.read_text(encoding="utf-8", errors="replace")
            if len(text) >= _SHORTEST and not _NOTICE.search(text):
                yield text


def index_of(folders: Sequence[Path]) -> Index:
    """An index of the texts below the folders only."""
    return Index(memoryview(build_index(list(folders), records=licenses_root())[INDEX]))
