"""Stemmers in several threads, as a server and a database that calls back have them."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from licensecheck.text.tokens import stemmer_of

WORDS = [
    f"{a}{b}{c}"
    for a in ("commercial", "restrict", "permit", "hop")
    for b in ("iz", "at", "")
    for c in ("ings", "ed", "ation")
]


@pytest.fixture
def _switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_switching_often")
def test_threads_do_not_take_each_others_words() -> None:
    stemmer_of.cache_clear()
    alone = stemmer_of("german")
    expected = {word: alone(word) for word in WORDS}
    for _ in range(20):
        stemmer_of.cache_clear()
        shared = stemmer_of("german")
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(shared, WORDS * 4))
        assert found == [expected[word] for word in WORDS * 4]
