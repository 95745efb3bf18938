"""Many matches that share one wide section: each sentence adds its own cost and not that of all others."""

from __future__ import annotations

import time

import pytest

from licensecheck.domain.subject import Document, Role
from licensecheck.reading.license_text import read_license

SENTENCES = (
    "Upon termination You must destroy all copies of the Model within 30 days.",
    "You may not use the Model if You have more than 700 million monthly active users.",
    'You must display "Built with Heron" on a page of the product.',
    "This Agreement is governed by the laws of the State of California.",
    "You may not use the Model for military purposes, or in France.",
    "We may terminate this Agreement if You breach it and do not cure within 30 days.",
)
SHORT, LONG = 200, 800


def cost(sentence: str, times: int) -> float:
    """Seconds of processor time for one reading of a section that says the same again and again; the better of two."""
    text = "1. Terms\n\n" + f"{sentence}\n" * times
    seconds = []
    for _ in range(2):
        begun = time.process_time()
        read_license(Document(path="x", role=Role.LICENSE, text=text, sha256="0" * 64))
        seconds.append(time.process_time() - begun)
    return min(seconds)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.split()[3])
def test_four_times_the_sentences_cost_no_ten_times(sentence: str) -> None:
    cost("You may use it.", 1)
    assert cost(sentence, LONG) < 10 * max(cost(sentence, SHORT), 0.05)
