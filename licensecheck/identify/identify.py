"""Which known licenses a text consists of, and what in it no license explains."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from licensecheck.catalog.records import find_by_sha256
from licensecheck.domain.licenses import Identity, MatchKind, WordChange
from licensecheck.identify.extras import TITLE_WORDS, copyright_length
from licensecheck.identify.index import Index, load_index
from licensecheck.identify.passages import Gap, Match, find_passages, open_runs, passage_matches, span_of
from licensecheck.identify.restore import Restorer
from licensecheck.identify.words import MARK, Words, is_fill, mark_blanks, split_words
from licensecheck.text.io import SourceText
from licensecheck.text.tokens import with_one_spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """The matches in the order of the file, whether they explain all of it to the letter, and the spans they do not."""

    matches: tuple[Match, ...] = ()
    exact: bool = False
    extra: tuple[tuple[int, int], ...] = ()
    added: tuple[tuple[int, int], ...] = ()
    """The same word for word: words of a license that stand between words of its own are left out."""
    declared: tuple[str, ...] = ()
    """The expressions that lines of the text itself declare (`SPDX-License-Identifier: MIT`); no license text."""


DECLARED = re.compile(r"^[^\w\n]*SPDX-License-Identifier:[ \t]*([\w.+()-]+(?: [\w.+()-]+)*)", re.MULTILINE)
"""The tag of SPDX 3.0.1, annex E, with its expression; comment marks may stand before it."""


Vocabulary = Callable[[], Iterable[str]]
"""Gives the words by which those that a copy lacks are named again."""
_UNEXPLAINED = re.compile(rb"\0+")


def identify_text(text: str, *, index: Index | None = None, vocabulary: Vocabulary | None = None) -> Identification:
    """The licenses that a text consists of, and what none of them explains; no match for a text that is no license.

    With a vocabulary the words that a copy lacks are named.
    """
    index = index or load_index()
    words = split_words(text)
    passages, explained = find_passages(words, index)
    declared = tuple(dict.fromkeys(found[1] for found in DECLARED.finditer(text)))
    if not passages:
        return Identification(declared=declared)
    runs = open_runs(words, passages, explained, index)
    done = bytes(explained)
    restorer = _make_restorer(words, index, vocabulary) if vocabulary else None
    matches = [
        match
        for passage in passages
        for match in passage_matches(passage, passages, words, done, index, restorer=restorer)
    ]
    whole = not runs and all(any(candidate.exact for candidate in passage.candidates) for passage in passages)
    return Identification(
        matches=tuple(matches),
        exact=whole,
        extra=tuple(span_of(words, *run) for run in runs),
        added=tuple(span_of(words, *found.span()) for found in _UNEXPLAINED.finditer(done)),
        declared=declared,
    )


def identify_source(source: SourceText) -> Identification:
    """The same of a file; one whose very bytes a record names needs no fingerprint."""
    found = identify_text(source.text)
    record = None if found.exact else find_by_sha256(source.sha256)
    if record is None:
        return found
    match = Match(
        id=record.id,
        name=record.name,
        version=record.version,
        ids={scheme: names[0] for scheme, names in record.ids.items() if names},
        coverage=1.0,
        missing=0.0,
        start=0,
        end=len(source.text),
        exact=True,
    )
    return Identification(matches=(match,), exact=True, declared=found.declared)


def _make_restorer(words: Words, index: Index, vocabulary: Vocabulary) -> Callable[[], Restorer]:
    @cache
    def make() -> Restorer:
        return Restorer(words, index, vocabulary())

    return make


# What license a whole text is, in the few words that its reading carries.


_SHARE = 0.5
"""A license that makes up less of a file is something the file contains, not what it is."""


def identity_of(text: str, *, index: Index | None = None, vocabulary: Vocabulary | None = None) -> Identity:
    """The license that a text is, to the letter or modified; `unknown` where none makes up most of it."""
    found = identify_text(text, index=index, vocabulary=vocabulary)
    if not found.matches:
        return Identity(match=MatchKind.UNKNOWN)
    main = max(found.matches, key=_length)
    coverage = _coverage(found, total=len(text.strip()))
    if coverage < _SHARE or main.end - main.start < _SHARE * sum(_length(match) for match in _first_of_each(found)):
        return Identity(match=MatchKind.UNKNOWN, coverage=round(coverage, 4))
    exact = found.exact or _adds_blanks(found, text)
    return Identity(
        match=MatchKind.EXACT if exact else MatchKind.MODIFIED,
        id=main.id,
        name=main.name,
        version=main.version,
        coverage=round(coverage, 4),
        ids=main.ids,
        changes=() if exact else _changes(found),
        wording=() if exact else tuple(_wording(found, text)),
        title="" if exact else _own_title(text, found),
    )


_LABEL = 3
"""The most words that tell what a blank is for: "Developed by: <name>"."""
_CLOSES = 2
"""Characters after a passage that may close its last blank."""


def _adds_blanks(found: Identification, text: str) -> bool:
    """True for a form of a known license that differs by lines of blanks alone, which nobody has filled in."""
    known = all(match.exact and not match.gaps for match in found.matches)
    return known and bool(found.extra) and all(_is_blank(text[start : end + _CLOSES]) for start, end in found.extra)


def _is_blank(passage: str) -> bool:
    marked = mark_blanks(passage)
    words = split_words(marked.replace(MARK, " ")).words
    return MARK in marked and len(words) <= _LABEL and is_fill(list(words))


def _changes(found: Identification) -> tuple[tuple[int, int], ...]:
    """Where the text has words that no license explains, and where words of the licenses are missing."""
    gaps = {(gap.at, gap.at) for match in _first_of_each(found) for gap in match.gaps}
    return tuple(sorted({*found.extra, *gaps}))


_TITLED = frozenset(("license", "licence", "agreement", "terms", "policy", "covenant", "permit"))
"""A line at the head of a text is its name where it has one of these words."""
_UNTELLING_WORDS = """
modified custom edited amended revised adapted based on our a an software model models materials weights ai use new old
acceptable community
"""
_UNTELLING = frozenset(_UNTELLING_WORDS.split())
"""Words by which the name of a text does not differ from that of the license that it changes."""
_NO_TITLE = frozenset(("may", "must", "shall", "will", "you", "your", "if", "is", "are", "please", "see", "refer"))
"""Words of sentences, which no title has."""
_LONGEST_TITLE = 14


def title_of(text: str) -> str:
    """The first line of a text that holds words, where it names a license; else empty."""
    line = next((line for line in text.splitlines() if _WORD.search(line)), "").strip(" \t#*_=-|>\ufeff")
    words = split_words(line).words
    named = len(words) <= _LONGEST_TITLE and not _TITLED.isdisjoint(words) and _NO_TITLE.isdisjoint(words)
    return line if named and not line.endswith((".", ":", ";", ",")) and copyright_length(line) == 0 else ""


def _own_title(text: str, found: Identification) -> str:
    """The name that a changed copy gives itself, where it has words that the names of the known license do not have."""
    title = title_of(text)
    names = " ".join(f"{m.id} {m.name} {m.version or ''} {' '.join(m.ids.values())}" for m in found.matches)
    known = TITLE_WORDS | _UNTELLING | frozenset(split_words(names).words)
    glued = "".join(split_words(names).words)
    told = [word for word in split_words(title).words if word not in known and not _is_date(word)]
    return title if any(word not in glued for word in told) else ""


def _is_date(word: str) -> bool:
    return word.isdigit() and len(word) != 1


def _wording(found: Identification, text: str) -> Iterator[WordChange]:
    """Each change with the words that came and went, in the order of the text; a gap belongs to what took its place."""
    gaps = sorted({gap.at: gap for match in _first_of_each(found) for gap in match.gaps}.values(), key=_place)
    taken: set[int] = set()
    changes = []
    matches = _first_of_each(found)
    added = found.added
    if not added and not gaps:
        # Two licenses that are equally near explain each other's changes: those against the first are told.
        added = tuple(sorted({span for match in matches for span in match.foreign}))
    for start, end in added:
        gap = next((g for g in gaps if g.at <= start and not _WORD.search(text, g.at, start)), None)
        if gap is not None:
            taken.add(gap.at)
        changes.append(_change(start, end, text, gap))
    changes += [_change(gap.at, gap.at, text, gap) for gap in gaps if gap.at not in taken and not _is_there(gap, text)]
    yield from sorted(changes, key=_start)


_WORD = re.compile(r"\w")
_NEAR = 200
"""Characters behind a gap in which its words are looked for in another spelling."""


def _is_there(gap: Gap, text: str) -> bool:
    """True where the missing words follow in another spelling, on a line that was taken for a title."""
    removed = list(gap.removed or ())
    following = split_words(text[gap.at : gap.at + _NEAR]).words[: len(removed)]
    return bool(removed) and with_one_spelling(following) == with_one_spelling(removed)


def _change(start: int, end: int, text: str, gap: Gap | None) -> WordChange:
    removed = " ".join(gap.removed) if gap and gap.removed else ""
    return WordChange(start=start, end=end, added=text[start:end], removed=removed, missing=gap.words if gap else 0)


def _place(gap: Gap) -> int:
    return gap.at


def _start(change: WordChange) -> tuple[int, int]:
    return change.start, change.end


def _coverage(found: Identification, *, total: int) -> float:
    """The share of a text that licenses explain."""
    return max(0.0, 1 - sum(end - start for start, end in found.extra) / total)


def _first_of_each(found: Identification) -> list[Match]:
    """The matches without the alternatives for a passage."""
    return list({(match.start, match.end): match for match in reversed(found.matches)}.values())


def _length(match: Match) -> int:
    return match.end - match.start
