"""No expression backtracks without end: hostile texts for each, timed at growing lengths."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
import time

import expressions
import pytest

SIZES = (6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48, 64, 128, 256, 512)
"""How often an attack repeats what it repeats; small steps, since what is exponential gets out of hand within one."""
SCREENED = 64
"""An attack that is still cheap at this size is not followed up: even a cube would cost more than `CHEAP`."""
CHEAP = 0.0003
PATIENCE = 0.6
"""Seconds spent on one expression; what takes the cube shows among the first texts."""
DEAR = 0.03
"""Seconds from which on growth is measured and not noise."""
CUBE = 2.7
"""The exponent of growth that none may reach; searching a text from each of its letters alone gives a square."""

Watched = list[tuple[str, int, str]]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """All expressions that the package makes when it is imported and used, in a process that did neither before."""
    work = tmp_path_factory.mktemp("watched")
    out = work / "seen.json"
    subprocess.run([sys.executable, expressions.__file__, str(work), str(out)], check=True, capture_output=True)
    return [tuple(entry) for entry in json.loads(out.read_text())]


def test_every_expression_is_tried(watched: Watched) -> None:
    seen = {site for _, _, site in watched}
    made = [site for site, fixed in expressions.sites().items() if fixed is None]
    assert [
        site for site in made if site not in seen and not site.startswith((expressions.BUILT, *expressions.UNTRIED))
    ] == []


def test_none_takes_the_cube_of_the_length(watched: Watched) -> None:
    known = {(pattern, flags) for pattern, flags, _ in watched}
    fixed = {(pattern, 0) for pattern in expressions.sites().values() if pattern is not None}
    worst = {
        pattern: found for pattern, flags in sorted(known | fixed) if (found := attack_that_stalls(pattern, flags))
    }
    assert worst == {}


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:[\w-]*[\s-]+){1,8}c", r"(a|a)*b", r"\d*\d*\d*x"])
def test_one_that_does_is_found(pattern: str) -> None:
    assert attack_that_stalls(pattern, 0)


def attack_that_stalls(pattern: str, flags: int) -> expressions.Attack | None:
    """A text on which the expression takes at least the cube of the length, or None."""
    compiled = re.compile(pattern, flags)
    begun = time.thread_time()
    for attack in expressions.attacks(pattern, flags):
        if time.thread_time() - begun > PATIENCE:
            return None
        if growth(compiled, attack) >= CUBE:
            return attack
    return None


def growth(compiled: re.Pattern[str], attack: expressions.Attack) -> float:
    """The exponent by which the cost grows with the length where it grows dear, else 0."""
    for size in SIZES:
        spent = cost(compiled, attack, size)
        if spent >= DEAR:
            whole, part = (min(cost(compiled, attack, n) for _ in range(3)) for n in (size, size // 4))
            if whole >= DEAR:
                return math.log(whole / max(part, 1e-7), size / (size // 4))
        if size >= SCREENED and spent < CHEAP:
            return 0.0
    return 0.0


def cost(compiled: re.Pattern[str], attack: expressions.Attack, size: int) -> float:
    """Seconds of one search."""
    before, unit, end = attack
    text = before + unit * size + end
    begun = time.thread_time()
    compiled.search(text)
    return time.thread_time() - begun
