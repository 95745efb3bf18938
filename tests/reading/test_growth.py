"""No input makes the reading of a text cost more than its length: hostile repetitions, timed at two lengths."""

from __future__ import annotations

import time

import pytest

from licensecheck.domain.subject import Document, Role
from licensecheck.reading.license_text import read_license

SEEDS = (
    "(",
    "<",
    "[",
    "*",
    "_",
    '"',
    "“",
    "<p",
    "<!--",
    "<script>",
    "](",
    "- ",
    "1.",
    "(i)",
    "\\",
    "&",
    "#",
    "A. ",
    "a-",
    "non-",
    "You may not ",
    "may not use the model to train other models ",
    "\n\n- x\n",
    "\n1. a:\n",
    "100 million ",
    "US$ ",
    "https://",
    "a@b.com/",
    "2025-",
    "Section 1(a)",
    "   \n",
    "\t",
    "不得",
    "[a](b",
    "1.1.1.1.",
    "users over 1,000 ",
)
SHORT, LONG = 8_000, 32_000
QUADRATIC = 16
"""What four times the length would cost if the cost grew with its square."""


def cost(text: str) -> float:
    """Seconds of processor time for one reading; the better of two."""
    document = Document(path="x", role=Role.LICENSE, text=text, sha256="0" * 64)
    times = []
    for _ in range(2):
        begun = time.process_time()
        read_license(document)
        times.append(time.process_time() - begun)
    return min(times)


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Load the rules before anything is timed."""
    cost("You may use it.")


@pytest.mark.parametrize("seed", SEEDS, ids=repr)
def test_cost_grows_with_length_and_not_with_its_square(seed: str) -> None:
    short = cost(seed * (SHORT // len(seed)))
    long = cost(seed * (LONG // len(seed)))
    assert long < max(short, 0.02) * QUADRATIC * 0.75
