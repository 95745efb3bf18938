"""Which known licenses a text consists of, and what in it no license explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from licensecheck.domain.licenses import Evidence, Identity, LicenseClass, LicenseReading, MatchKind, Term
from licensecheck.domain.subject import Document
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
    )


def _coverage(found: Identification, *, total: int) -> float:
    """The share of a text that licenses explain."""
    return max(0.0, 1 - sum(end - start for start, end in found.extra) / total)


def _first_of_each(found: Identification) -> list[Match]:
    """The matches without the alternatives for a passage."""
    return list({(match.start, match.end): match for match in reversed(found.matches)}.values())


def _length(match: Match) -> int:
    return match.end - match.start


# What somebody wrote into a known license, and what no rule could read.


SEEMS_FREE = (LicenseClass.OPEN, None)
"""The classes of a text in which no limit on uses or users was read."""
COPYRIGHT_LINE = ("copyright", "©", "(c)")
"""How a line begins that names an owner and asks for nothing."""
ADDED_WORDS = 4
"""An added passage of fewer words is a name or a heading."""
SENTENCE_WORDS = 8
"""A passage of fewer words without any small word is a title or a list of names."""
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W\d_\u3040-\u30ff\u4e00-\u9fff]{2,}")
_BINDING = re.compile(
    r"\b(?:must|shall|may not|can ?not|(?:will|do|are|is|does) not (?:use|permit|allow|grant|includ|licen)\w*"
    r"|only|exclusively|solely (?!responsible)|until|except|unless|limited to|prohibit\w*|forbid\w*|restrict\w*"
    r"|requir\w*|obtain|permission|consent|not (?:permitted|allowed)|exclud\w*|void|forfeit\w*"
    r"|appl(?:y|ies|ied)|fees?|pay|commercial\w*)\b"
    r"|不得|禁止|必须|应当|仅|须",
    re.IGNORECASE,
)
"""Words by which a passage asks, forbids or limits; one without them names, defines or explains."""
_READABLE = re.compile(r"\b(?:the|of|and|to|is|are|in|for|by|this)\b|[\u4e00-\u9fff]", re.IGNORECASE)
"""What shows that a passage is in a language whose words are known here."""
_NARROW = re.compile(r"\b(?:only|solely|exclusively|until|except|limited to)\b", re.IGNORECASE)


def unread_additions(reading: LicenseReading, document: Document) -> tuple[Evidence, ...]:
    """The passages that a known license does not have and that were not understood.

    In an unknown text nothing can be told apart so.
    """
    if reading.identity.match is not MatchKind.MODIFIED:
        return ()
    spans = identify_text(document.text).extra
    seems_free = reading.license_class in SEEMS_FREE
    passages = [e for e in reading.unread if _says_more(e, spans, document.text)]
    understood = [e for term in reading.terms for e in term.evidence if not _is_grant(term, e, seems_free=seems_free)]
    for span in spans:
        if not any(_meet(e, span) for e in (*passages, *understood)):
            passages.extend(_sentence_like(document, *span))
    return tuple(e for e in passages if _may_bind(e.quote, seems_free=seems_free))


def _may_bind(quote: str, *, seems_free: bool) -> bool:
    """True unless the passage names an owner.

    A text that limits uses anyway is the sibling of the known license more often than its edited copy: what names,
    defines or explains in a language that is read is its own and binds nobody.
    """
    if quote.casefold().startswith(COPYRIGHT_LINE):
        return False
    if seems_free:
        return True
    is_foreign = _READABLE.search(quote) is None and len(_WORD.findall(quote)) >= SENTENCE_WORDS
    return is_foreign or _BINDING.search(quote) is not None


def _says_more(evidence: Evidence, spans: Iterable[tuple[int, int]], text: str) -> bool:
    """True for a sentence of which a part that binds, or more than a name, is not the license's."""
    added = " ".join(text[max(evidence.start, start) : min(evidence.end, end)] for start, end in spans)
    return _BINDING.search(added) is not None or len(_WORD.findall(added)) >= ADDED_WORDS


def _meet(evidence: Evidence, span: tuple[int, int]) -> bool:
    return evidence.start < span[1] and span[0] < evidence.end


def _is_grant(term: Term, evidence: Evidence, *, seems_free: bool) -> bool:
    """True for a grant that explains nothing that was added.

    Under a grant that leads in to its conditions every added item reads as part of it, and a grant for some purpose
    only was understood without the purpose.
    """
    return term.kind == "copyright-grant" and (seems_free or _NARROW.search(evidence.quote) is not None)


def _sentence_like(document: Document, start: int, end: int) -> Iterator[Evidence]:
    """The added passage itself, where it is more than a name, a number or a heading."""
    quote = document.text[start:end].strip()
    if len(_WORD.findall(quote)) >= ADDED_WORDS:
        begin = document.text.index(quote, start)
        yield document.passage(begin, begin + len(quote))
