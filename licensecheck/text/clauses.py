"""The clause tree: numbered sections, headings, items and definitions, each item with the words that lead into it."""

from __future__ import annotations

from licensecheck.text.blocks import split_blocks
from licensecheck.text.clause import Clause, ClauseTree, Sentence
from licensecheck.text.inline import split_inline
from licensecheck.text.mask import mask_markup
from licensecheck.text.nest import nest_blocks
from licensecheck.text.sentences import split_sentences


def parse_clauses(text: str) -> ClauseTree:
    """The clause tree of a license or policy text, whatever its layout."""
    masked = mask_markup(text)
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
    return ClauseTree(text=text, masked=masked, root=root, clauses=tuple(everything), sentences=tuple(sentences))
