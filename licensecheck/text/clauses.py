"""The clause tree: numbered sections, headings, items and definitions, each item with the words that lead into it."""

from __future__ import annotations

from dataclasses import replace

from licensecheck.lazy import re
from licensecheck.text.clause_tree import Clause, ClauseTree, Sentence, roman_value, split_blocks, split_sentences
from licensecheck.text.hidden import find_hidden, fold_hidden
from licensecheck.text.markup import mask_markup
from licensecheck.text.nesting import SENTENCE_END, nest_blocks

# Items that are numbered within a sentence: "you shall (i) … (ii) …".


_INLINE = re.compile(
    r"(?<![\w.\-])[(（]([ivxlc]{1,5}|[a-zA-Z]|\d{1,2})[)）](?=\s*\S)|(?<=[\s:;,])(\d{1,2}|[ivx]{1,4}|[a-h])\)(?=\s)"
)


def split_inline(clause: Clause, masked: str) -> list[Clause]:
    """The clause, or its lead-in and items where they are numbered within a sentence: "shall not (i) … (ii) …"."""
    marks = _inline_marks(clause, masked)
    if not marks:
        return [clause]
    first = marks[0].start()
    spans = split_sentences(masked, clause.start, first)
    lead = spans[-1] if spans and not SENTENCE_END.search(masked[spans[-1][0] : spans[-1][1]]) else None
    head = Clause(
        start=clause.start,
        end=first,
        label=clause.label,
        parent=clause.parent,
        heading=clause.heading,
        heading_span=clause.heading_span,
        defines=clause.defines,
        defines_span=clause.defines_span,
        lead=lead,
        is_item=clause.is_item,
    )
    head.children = clause.children
    for child in clause.children:
        child.parent = head
    pieces = [head]
    ends = [m.start() for m in marks[1:]] + [clause.end]
    parent = head
    for mark, end in zip(marks, ends, strict=True):
        label = mark[1] or mark[2]
        pieces.append(Clause(start=mark.end(), end=end, label=label, parent=parent, is_item=True, is_inline=True))
        anew = _leads_anew(masked, mark.end(), end) if end < clause.end else None
        if anew:
            parent = replace(head, start=anew[0], end=end, lead=anew, children=[])
    if clause.lead:
        pieces[-1].lead = clause.lead if clause.lead[0] >= pieces[-1].start else None
        head.lead = head.lead or clause.lead
    return pieces


def _leads_anew(masked: str, start: int, end: int) -> tuple[int, int] | None:
    """The sentence at the end of an item that leads into the items after it: "(b) copy it. You may not: (c) …"."""
    spans = split_sentences(masked, start, end)
    return spans[-1] if len(spans) > 1 and masked[start:end].rstrip().endswith((":", "：")) else None


def _inline_marks(clause: Clause, masked: str) -> list[re.Match[str]]:
    """The marks (i), (ii), … or (a), (b), … of the outermost enumeration within a clause, in unbroken order."""
    found = [m for m in _INLINE.finditer(masked, clause.start, clause.end) if not _is_reference(masked, m)]
    best: list[re.Match[str]] = []
    for kind in ("letter", "roman", "digit"):
        chain: list[re.Match[str]] = []
        for mark in found:
            value = _mark_value(mark[1] or mark[2], kind)
            if value == len(chain) + 1:
                chain.append(mark)
        if len(chain) >= 2 and (not best or chain[0].start() < best[0].start()):
            best = chain
    return best


def _mark_value(mark: str, kind: str) -> int | None:
    mark = mark.lower()
    if kind == "digit":
        return int(mark) if mark.isdigit() else None
    if mark.isdigit():
        return None
    if kind == "roman":
        return roman_value(mark)
    return ord(mark) - ord("a") + 1 if len(mark) == 1 else None


_REFERENCE = re.compile(
    r"(?:section|clause|paragraph|article|subsection|item|exhibit|第)s?\s*[\d.]*\s*"
    r"(?:(?:\([a-z\d]+\)\s*)+(?:(?:and|or|to|,)\s*)?)?$|[\d.]$|\d\s?$",
    re.IGNORECASE,
)


def _is_reference(masked: str, mark: re.Match[str]) -> bool:
    """True for "Section 1(a) and (b)" and the like, which name a clause and do not begin one."""
    return bool(_REFERENCE.search(masked, max(0, mark.start() - 24), mark.start()))


# The clause tree: numbered sections, headings, items and definitions, each item with the words that lead into it.


def parse_clauses(text: str) -> ClauseTree:
    """The clause tree of a license or policy text, whatever its layout."""
    hidden = find_hidden(text)
    masked = mask_markup(fold_hidden(text, hidden))
    root = Clause(start=0, end=len(text), label=None, parent=None, is_heading=True)
    clauses = nest_blocks(split_blocks(masked, text), masked, root)
    sentences: list[Sentence] = []
    everything: list[Clause] = []
    for clause in clauses:
        pieces = split_inline(clause, masked)
        everything.extend(pieces)
        for piece in pieces:
            sentences.extend(
                Sentence(start=a, end=b, clause=piece) for a, b in split_sentences(masked, piece.start, piece.end)
            )
    sentences.sort(key=lambda s: (s.start, -s.end))
    return ClauseTree(
        text=text,
        masked=masked,
        root=root,
        clauses=tuple(everything),
        sentences=tuple(sentences),
        hidden=tuple(hidden),
    )
