"""Statements that could limit by what they are about, though no word of theirs limits."""

from __future__ import annotations

import pytest

from licensecheck.domain.subject import Document, Role
from licensecheck.reading.clause_frames import load_frame_words
from licensecheck.reading.license_text import read_license
from licensecheck.reading.open_shape import is_agent

TEXT = """Lantern Terms

You may use, run, copy, modify, host, distribute and sell the model for any purpose.

{clause}

The model comes without any warranty.
"""


def asks(clause: str) -> bool:
    text = TEXT.format(clause=clause)
    reading = read_license(Document(path="LICENSE", sha256="0" * 64, text=text, role=Role.LICENSE))
    return any(line.asks for line in reading.ledger if line.evidence.quote == clause)


@pytest.mark.parametrize(
    "clause",
    [
        "All of this holds at high tide.",
        "The above concerns harbours on the west coast.",
        "Everything above belongs to sailors.",
        "The license covers a rowing boat.",
        "The freedom given here is the freedom to fish.",
        "Nothing here reaches past the breakwater.",
        "Beyond the lighthouse these freedoms do not exist.",
        "Only rowing at dawn is in view here.",
        "Only the red edition is covered by the above.",
        "Harbour masters and pilots are not addressed by this grant.",
        "Winners of a regatta do not receive the above.",
        "Ferrymen obtain their own terms.",
        "Members of the yacht club enjoy these rights.",
        "Use by passengers takes place at the harbour.",
        "Zorp reserves lighthouse services for itself.",
        "The trial phase comprises nine tides.",
        'The term "use" means running the model for private amusement.',
        "No trawling.",
    ],
)
def test_statement_about_the_rights_or_some_persons_asks(clause: str) -> None:
    assert asks(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "These rights are perpetual and worldwide.",
        "All of the above lasts for ever.",
        "The license covers every copy of the model.",
        "Nothing here limits liability for intent.",
        "Florists may use the model too.",
        "Sailors named the model.",
        "A postcard from your harbour would be lovely.",
        "The tokenizer has a table of knots.",
    ],
)
def test_statement_that_leaves_the_rights_whole_asks_nothing(clause: str) -> None:
    assert not asks(clause)


def test_plural_nouns_for_what_persons_do_are_told_from_other_nouns() -> None:
    words = load_frame_words()
    assert is_agent("florists", words)
    assert is_agent("broadcasters", words)
    assert not is_agent("tensors", words)
    assert not is_agent("committees", words)
