"""Where words begin and end, against spaCy's blank English tokenizer, on the real license texts beside the checkout."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from licensecheck.text.clauses import parse_clauses
from licensecheck.text.formats import read_any_text
from licensecheck.text.tokens import split_words

_JOINED = re.compile(r"[./@:_~&=|<>+*#$%^,;()\[\]{}…‘’“”\"'`-]|[a-zA-Z][0-9]|[0-9][a-zA-Z]|[^\x00-\x7f]")
"""What spaCy keeps in one token and a license rule reads as words: addresses, and/or, (a)(i), 4B, other scripts."""
_SPLIT = re.compile(r"(?i)^non\W?|['’`]|^cannot$|[0-9]")
"""What spaCy parts and a license rule reads as one word: non-commercial, the negated and possessive forms, amounts."""


def test_words_have_spacys_boundaries_but_where_rules_need_others(shared: Path) -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    odd: list[str] = []
    total = 0
    for path in sorted((shared / "corpus" / "licenses").glob("*.txt"))[::5]:
        text = parse_clauses(read_any_text(path).text).masked
        words, doc = split_words(text), nlp(text)
        starts = {token.idx: token for token in doc}
        within = {at: token for token in doc for at in range(token.idx, token.idx + len(token))}
        ends = {token.idx + len(token) for token in doc}
        for start, end in zip(words.starts, words.ends, strict=True):
            total += 1
            if start in starts and end in ends:
                continue
            token, last = within[start], within[end - 1]
            if not _SPLIT.search(text[start:end]) and not _JOINED.search(token.text) and not _JOINED.search(last.text):
                odd.append(text[start:end])
    assert total > 10_000
    assert odd == []
