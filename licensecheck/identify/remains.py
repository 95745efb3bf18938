"""What is left of a text when the words of all licenses, and those that do not count, are taken away."""

from __future__ import annotations

import re

from licensecheck.identify.index import Index
from licensecheck.identify.leftovers import ignored_words
from licensecheck.identify.passages import Passage
from licensecheck.identify.words import Words

_UNEXPLAINED = re.compile(rb"\0+")
_UNEXPLAINED_JOINED = re.compile(rb"\0+(?:\x01{1,2}\0+)*")
_TITLED = 8
"""Of so many licenses that explain a passage equally well the titles are known."""


def open_runs(words: Words, passages: list[Passage], explained: bytearray, index: Index) -> list[tuple[int, int]]:
    """The runs of words that nothing explains and that count; runs with next to nothing in between are one.

    Words that do not count are marked as explained.
    """
    titles = frozenset[bytes]().union(
        *(index.title_words(candidate.text) for passage in passages for candidate in passage.candidates[:_TITLED])
    )
    starts = {passage.start for passage in passages}
    for found in list(_UNEXPLAINED.finditer(bytes(explained))):
        start, end = found.span()
        for first, after in ignored_words(words, start, end, titles=titles, before_match=end in starts):
            explained[first:after] = b"\1" * (after - first)
    return [found.span() for found in _UNEXPLAINED_JOINED.finditer(explained)]
