"""Lead-ins of lists that run on within a paragraph: "You agree not to use it: To harm; For gain."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from licensecheck.text.clause import Clause, ClauseTree, Sentence
from licensecheck.text.words import split_words

Span = tuple[int, int]
MIN_COLON_WORDS = 4
"""A shorter sentence before a colon is a heading and leads into nothing."""
_ANEW = re.compile(
    r"\W*(?:you|your|we|our|us|the|this|these|those|that|it|its|if|note|please|however|notwithstanding|subject|except|"
    r"nothing|no|each|all|where|when|upon|such|unless|licens\w+|users?|to the|"
    r"in (?:no|the|such|case|addition|order|consideration)|"
    r"for (?:clarity|the avoidance|example|purposes|more information)|by (?:using|accessing|downloading|clicking)|"
    r"any (?:breach|violation|such)|as (?:between|used|is))\b",
    re.IGNORECASE,
)
"""How a sentence begins that is no further item of a list run on within a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColonLead:
    """A sentence that ends in a colon and leads into a paragraph: its words, and that paragraph once it is met."""

    span: Span
    begins: int
    clause: Clause | None


def colon_lead(tree: ClauseTree, sentence: Sentence, own: Span, lead: ColonLead | None) -> ColonLead | None:
    """The lead-in that holds for what follows a sentence; None where the run-on list has ended."""
    said = tree.masked[sentence.start : sentence.end].rstrip()
    if said.endswith((":", "：")) and own[1] - own[0] >= MIN_COLON_WORDS:
        return ColonLead(span=own, begins=own[0], clause=None)
    if said.endswith(";") and ":" in said:
        words = len(split_words(said[: said.index(":")]))
        return ColonLead(span=(own[0], own[0] + words), begins=own[0], clause=sentence.clause) if words else None
    if lead is None or sentence.clause.is_heading:
        return None
    follows = lead.clause is None and not sentence.clause.label
    goes_on = lead.clause is sentence.clause and not _ANEW.match(said) and not said.isupper()
    return ColonLead(span=lead.span, begins=lead.begins, clause=sentence.clause) if follows or goes_on else None
