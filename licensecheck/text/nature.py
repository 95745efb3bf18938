"""What a block is: a heading, a definition, or a text that leads into a list."""

from __future__ import annotations

import re

from licensecheck.text.blocks import Block
from licensecheck.text.clause import Clause
from licensecheck.text.sentences import split_sentences

_DEFINES = re.compile(
    r"^[ \t]*(?:the term[s]?[ \t]+)?[\"“'‘«「]([^\"”'’»」\n]{1,80})[\"”'’»」]"
    r"|^[ \t]*([A-Z][\w/\- ]{1,50}?)[ \t]+(?:means|shall mean|refers to|is defined as|has the meaning)\b"
)
_MEANS = re.compile(
    r"\b(?:means?|shall mean|refers? to|includes?|is defined|has the meaning|shall have the)\b|是指|指|包括|뜻|의미"
)
_OPEN_END = re.compile(
    r"[:：—–,;]\s*(?:and|or)?\s*$|\b(?:to|that|shall|must|may|not|for|will|the following|以下|下列)\s*$", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.!?。！？][\"”’')\]]*\s*$")
_RUN_IN = re.compile(r"([A-Z\"“][^.:;。：\n]{1,80})[.:。：—–](?=\s|$)")
_RUN_IN_HAN = re.compile(r"([\u4e00-\u9fff]{2,12})[。：]")


def make_clause(block: Block, body: str, parent: Clause, at: int, blocks: list[Block], masked: str) -> Clause:
    label = block.label
    text = label.text if label and label.text else None
    clause = Clause(start=block.start, end=block.end, label=text, parent=parent, is_item=label is not None)
    if (label and label.style == "heading") or is_heading(body, at, blocks, masked):
        clause.is_heading = True
        clause.heading, clause.heading_span = " ".join(body.split()), (block.start, block.end)
    elif found := _run_in_heading(body):
        clause.heading, clause.heading_span = " ".join(found[1].split()), (block.start, block.start + found.end(1))
    name = _DEFINES.match(body)
    if name and _MEANS.search(body[name.end() - 12 : name.end() + 80]):
        clause.defines = name[1] or name[2]
        clause.defines_span = (block.start, block.start + name.end())
    return clause


def is_heading(body: str, at: int, blocks: list[Block], masked: str) -> bool:
    """True for a short block without an end mark that something follows."""
    words = body.split()
    if not words or len(words) > 12 or len(body) > 110 or SENTENCE_END.search(body) or at + 1 >= len(blocks):
        return False
    if body.rstrip()[-1] in ",;:：；，。" or not body[:1].isalpha() or body[:1].islower():
        return False
    if body.isupper():
        return True
    if "\u3400" <= body[:1] <= "\u9fff":
        return len(body) <= 20
    capital = sum(w[:1].isupper() for w in words if len(w) > 3)
    return capital >= 0.5 * sum(len(w) > 3 for w in words) and len(words) <= 10


def _run_in_heading(body: str) -> re.Match[str] | None:
    """The heading that stands in the same paragraph as the text: "Redistribution. You may …"."""
    found = _RUN_IN.match(body) or _RUN_IN_HAN.match(body)
    if not found:
        return None
    words = [w for w in found[1].split() if len(w) > 3]
    capital = sum(w[:1].isupper() for w in words)
    return found if len(found[1].split()) <= 9 and (not words or capital >= 0.5 * len(words)) else None


def opens_list(body: str) -> bool:
    return bool(_OPEN_END.search(body.rstrip()[-24:]))


def last_sentence(masked: str, clause: Clause) -> tuple[int, int]:
    spans = split_sentences(masked, clause.start, clause.end)
    return spans[-1] if spans else (clause.start, clause.end)
