"""What somebody wrote into a known license, and what no rule could read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licensecheck.identify.identify import identify_text
from licensecheck.model.license import LicenseReading, MatchKind
from licensecheck.model.subject import Document
from licensecheck.model.term import Evidence, Term

COPYRIGHT_LINE = ("copyright", "©", "(c)")
"""How a line begins that names an owner and asks for nothing."""
ADDED_WORDS = 4
"""An added passage of fewer words is a name or a heading."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_NARROW = re.compile(r"\b(?:only|solely|exclusively|until|except|limited to)\b", re.IGNORECASE)


def unread_additions(reading: LicenseReading, document: Document) -> tuple[Evidence, ...]:
    """The passages that a known license does not have and that were not understood.

    In an unknown text nothing can be told apart so.
    """
    if reading.identity.match is not MatchKind.MODIFIED:
        return ()
    spans = identify_text(document.text).extra
    passages = [e for e in reading.unread if any(_meet(e, span) for span in spans)]
    understood = [e for term in reading.terms for e in term.evidence if not _narrows_grant(term, e)]
    for span in spans:
        if not any(_meet(e, span) for e in (*passages, *understood)):
            passages.extend(_sentence_like(document, *span))
    return tuple(e for e in passages if not e.quote.casefold().startswith(COPYRIGHT_LINE))


def _meet(evidence: Evidence, span: tuple[int, int]) -> bool:
    return evidence.start < span[1] and span[0] < evidence.end


def _narrows_grant(term: Term, evidence: Evidence) -> bool:
    """True for a grant for some purpose only: the right was understood, and the purpose was not."""
    return term.kind == "copyright-grant" and _NARROW.search(evidence.quote) is not None


def _sentence_like(document: Document, start: int, end: int) -> Iterator[Evidence]:
    """The added passage itself, where it is more than a name, a number or a heading."""
    quote = document.text[start:end].strip()
    if len(_WORD.findall(quote)) >= ADDED_WORDS:
        begin = document.text.index(quote, start)
        line = document.text.count("\n", 0, begin) + 1
        yield Evidence(path=document.path, quote=quote, start=begin, end=begin + len(quote), line=line)
