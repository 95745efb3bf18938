"""Which passage of several tells a term: the operative clause, and what leads into an item of a list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from licensecheck.catalog.phrasing import load_phrasing
from licensecheck.domain.licenses import Evidence, LedgerLine, Term
from licensecheck.lazy import re

_TITLE = 5
"""A passage of up to so many words may be the title of a clause."""
_OPENING = 120
"""Characters within which a passage that denies what its term says does so."""
_ITEMS, _NEAR = 60, 6_000
"""How many items, and how many characters, before an item its lead-in may stand."""


_DEFINES = re.compile(
    r"^\W{0,8}(?:the term )?[\w \-/()]{1,60}[”\"’']?\s{1,8}(?:means?|shall mean|refers? to|includes?|is defined as)\b",
    re.I,
)
"""How a definition begins."""
_GRANTS = re.compile(
    r"\b(?:(?:hereby |licensor |we |shall )?grants?|(?:is|are) (?:hereby )?(?:granted|permitted|authori[sz]ed|licensed)"
    r"|you (?:may|can|are (?:free|entitled|allowed))|permits?)\b|授予|許諾|허락",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:nothing|no (?:other |express |implied )?(?:rights?|licen[cs]e)|not|nor|except as|without limiting)\b", re.I
)
_PERMITS = re.compile(
    r"\W*(?:you|licensees?|recipients?|users?) (?:may|can|are (?:free|permitted) to)\b(?! (?:not|only)\b)", re.I
)
_BOUNDS = re.compile(r"\b(?:only|solely|exclusively|provided|so long as|as long as|but not|unless)\b", re.I)
"""What makes a permission a limit."""
_QUALIFIES = re.compile(r"\W*(?:for clarity|however|notwithstanding|except|unless|for the avoidance of doubt)\b", re.I)
"""How a sentence begins that qualifies another."""
_VERB = re.compile(
    r"\b(?:is|are|be|was|were|has|have|shall|may|must|will|can|cannot|not|no|agrees?|grants?|applies|apply|ends?|terminates?)\b",
    re.I,
)
_OWN_FORCE = re.compile(
    r"\b(?:you|licensees?|users?|recipients?|we|licensor)\b.{0,40}?\b(?:shall|must|may|will|agree)\b|不得|禁止|必须|必須"
    r"|^\W*(?:(?!\b(?:that|which|who|where|if|unless|as)\b).){3,90}?\b(?:is|are|shall|must|may|will|does|has)\b"
    r"|^\W*(?:your use\b.{3,300}?\bmust\b|as between\b|if you\b)",
    re.I,
)
"""A sentence that bars, owes or permits by itself: a subject with its verb and no other clause before it."""
_MARKER = re.compile(r"^\(?[A-Za-z0-9]{1,4}[.)]\s+")
_OPENING_WORDS = 60
"""Characters within which an item of a list has its own subject and verb, where it has them."""
_ITEM_END = (";", ",", "; and", "; or", ", and", ", or")


def operative_first(evidence: tuple[Evidence, ...], *, kind: str = "") -> tuple[Evidence, ...]:
    """The passages in the order in which they tell the term: operative clauses, definitions, what stands before them.

    A passage that reads as the opposite of its term comes last, before it titles and lead-ins, before these what ends
    a notice that the text prescribes. Of two alike, numbered
    clauses come before what stands outside them, whole sentences before parts, else the first in the text.
    """
    saying = load_phrasing().kinds.get(kind)
    group = saying.group if saying else ""
    return tuple(sorted(evidence, key=lambda passage: _weakness(passage, group=group)))


def without_opposites(evidence: tuple[Evidence, ...], *, kind: str) -> tuple[Evidence, ...]:
    """The passages without those that read as the opposite of the term, where others are left."""
    saying = load_phrasing().kinds.get(kind)
    told = tuple(each for each in evidence if not _reads_otherwise(each.quote.strip(), saying.group if saying else ""))
    return told or evidence


def _reads_otherwise(quote: str, group: str) -> bool:
    """True for a grant that grants nothing or denies something, and a limit that permits something."""
    if group == "grant":
        return not _GRANTS.search(quote) or _DENIES.search(quote[:_OPENING]) is not None
    return group == "limit" and _PERMITS.match(quote) is not None and _BOUNDS.search(quote) is None


def _weakness(evidence: Evidence, *, group: str) -> tuple[bool, ...]:
    quote = evidence.quote.strip()
    grants = group == "grant"
    title = is_title(quote) and not is_list_item(quote) and not _is_wide(quote)
    qualifies = _QUALIFIES.match(quote) is not None
    leads_in = quote.endswith((":", "："))
    defines = _DEFINES.search(quote) is not None
    cited = quote.endswith("”") and quote.count("”") > quote.count("“")
    whole = (quote.endswith((".", "。")) or grants) and not quote[:1].islower() and not title
    return (
        _reads_otherwise(quote, group),
        leads_in and not grants,
        title,
        cited,
        defines,
        qualifies,
        evidence.section is None,
        not whole,
    )


def clause_of(term: Term) -> str | None:
    """The clause of the passage that tells a term most, else its line; the clause of a record for a term of one."""
    if not term.evidence:
        return term.clause
    first = operative_first(term.evidence, kind=term.kind)[0]
    return first.section or f"line {first.line}"


def is_title(quote: str) -> bool:
    """True for a few words without a verb of duty or state, as titles of clauses are."""
    count = len(quote.split())
    return count <= _TITLE or (count <= 2 * _TITLE and _VERB.search(quote) is None)


def is_list_item(quote: str) -> bool:
    """True for a part of a list, which says little without the words that lead into it."""
    text = quote.strip()
    return text[:1].islower() or text.endswith(_ITEM_END)


def _is_wide(quote: str) -> bool:
    """True for writing without spaces between words."""
    return any(letter > "\u2e80" for letter in quote)


def lead_in_of(evidence: Evidence, lines: Sequence[LedgerLine]) -> str | None:
    """The words that lead into the list of which the passage is an item; `lines` is the ledger of its text."""
    if _stands_alone(evidence.quote):
        return None
    before = bisect_left(lines, evidence.start, key=_start)
    own = lines[before] if before < len(lines) else None
    if own is not None and own.lead_in and own.evidence.start == evidence.start:
        return own.lead_in
    if not is_list_item(evidence.quote):
        return None
    for line in reversed(lines[max(0, before - _ITEMS) : before]):
        quote = line.evidence.quote.strip()
        if quote.endswith((":", "：")) or (line.force != "heading" and _is_open(quote)):
            return quote
        if line.force == "heading" or not is_list_item(quote) or evidence.start - line.evidence.start > _NEAR:
            return None
    return None


def _stands_alone(quote: str) -> bool:
    """True for a sentence with words of its own that bar, owe or permit."""
    words = " ".join(quote.split())
    told = _GRANTS.search(words) or _OWN_FORCE.search(words)
    return told is not None and (told.start() < _OPENING_WORDS or not is_list_item(_MARKER.sub("", words)))


def _is_open(quote: str) -> bool:
    """True for words that do not end a sentence, and are no item of a list themselves."""
    return not is_list_item(quote) and quote[-1:].isalpha() and len(quote.split()) > _TITLE


def _start(line: LedgerLine) -> int:
    return line.evidence.start
