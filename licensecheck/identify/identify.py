"""Which known licenses a text consists of, and what in it no license explains."""

from __future__ import annotations

from dataclasses import dataclass

from licensecheck.identify.index import Index, load_index
from licensecheck.identify.matches import Match, passage_matches, span_of
from licensecheck.identify.passages import find_passages
from licensecheck.identify.remains import open_runs
from licensecheck.identify.words import split_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """The matches in the order of the file, whether they explain all of it to the letter, and the spans they do not."""

    matches: tuple[Match, ...] = ()
    exact: bool = False
    extra: tuple[tuple[int, int], ...] = ()


def identify_text(text: str, *, index: Index | None = None) -> Identification:
    """The licenses that a text consists of, and what none of them explains; no match for a text that is no license."""
    index = index or load_index()
    words = split_words(text)
    passages, explained = find_passages(words, index)
    if not passages:
        return Identification()
    runs = open_runs(words, passages, explained, index)
    done = bytes(explained)
    matches = [match for passage in passages for match in passage_matches(passage, passages, words, done, index)]
    whole = not runs and all(any(candidate.exact for candidate in passage.candidates) for passage in passages)
    return Identification(matches=tuple(matches), exact=whole, extra=tuple(span_of(words, *run) for run in runs))
