"""Which known licenses a text consists of, and what in it no license explains."""

from __future__ import annotations

import re
from dataclasses import dataclass

from licensecheck.domain.licenses import Identity, MatchKind
from licensecheck.identify.index import Index, load_index
from licensecheck.identify.passages import Match, find_passages, open_runs, passage_matches, span_of
from licensecheck.identify.words import split_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """The matches in the order of the file, whether they explain all of it to the letter, and the spans they do not."""

    matches: tuple[Match, ...] = ()
    exact: bool = False
    extra: tuple[tuple[int, int], ...] = ()
    declared: tuple[str, ...] = ()
    """The expressions that lines of the text itself declare (`SPDX-License-Identifier: MIT`); no license text."""


DECLARED = re.compile(r"^[^\w\n]*SPDX-License-Identifier:[ \t]*([\w.+()-]+(?: [\w.+()-]+)*)", re.MULTILINE)
"""The tag of SPDX 3.0.1, annex E, with its expression; comment marks may stand before it."""


def identify_text(text: str, *, index: Index | None = None) -> Identification:
    """The licenses that a text consists of, and what none of them explains; no match for a text that is no license."""
    index = index or load_index()
    words = split_words(text)
    passages, explained = find_passages(words, index)
    declared = tuple(dict.fromkeys(found[1] for found in DECLARED.finditer(text)))
    if not passages:
        return Identification(declared=declared)
    runs = open_runs(words, passages, explained, index)
    done = bytes(explained)
    matches = [match for passage in passages for match in passage_matches(passage, passages, words, done, index)]
    whole = not runs and all(any(candidate.exact for candidate in passage.candidates) for passage in passages)
    return Identification(
        matches=tuple(matches), exact=whole, extra=tuple(span_of(words, *run) for run in runs), declared=declared
    )


# What license a whole text is, in the few words that its reading carries.


_SHARE = 0.5
"""A license that makes up less of a file is something the file contains, not what it is."""


def identity_of(text: str, *, index: Index | None = None) -> Identity:
    """The license that a text is, to the letter or modified; `unknown` where none makes up most of it."""
    found = identify_text(text, index=index)
    if not found.matches:
        return Identity(match=MatchKind.UNKNOWN)
    main = max(found.matches, key=_length)
    coverage = _coverage(found, total=len(text.strip()))
    if coverage < _SHARE or main.end - main.start < _SHARE * sum(_length(match) for match in _first_of_each(found)):
        return Identity(match=MatchKind.UNKNOWN, coverage=round(coverage, 4))
    return Identity(
        match=MatchKind.EXACT if found.exact else MatchKind.MODIFIED,
        id=main.id,
        name=main.name,
        version=main.version,
        coverage=round(coverage, 4),
        ids=main.ids,
        changes=() if found.exact else _changes(found),
    )


def _changes(found: Identification) -> tuple[tuple[int, int], ...]:
    """Where the text has words that no license explains, and where words of the licenses are missing."""
    gaps = {(gap.at, gap.at) for match in _first_of_each(found) for gap in match.gaps}
    return tuple(sorted({*found.extra, *gaps}))


def _coverage(found: Identification, *, total: int) -> float:
    """The share of a text that licenses explain."""
    return max(0.0, 1 - sum(end - start for start, end in found.extra) / total)


def _first_of_each(found: Identification) -> list[Match]:
    """The matches without the alternatives for a passage."""
    return list({(match.start, match.end): match for match in reversed(found.matches)}.values())


def _length(match: Match) -> int:
    return match.end - match.start
