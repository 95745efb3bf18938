"""The ledger: each sentence comes to something, and one that may bind and that nothing explains asks."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from licensecheck.catalog import reviewed
from licensecheck.catalog.reviewed import Reviewed
from licensecheck.domain.licenses import Disposition, Identity, LedgerLine, MatchKind, WordChange
from licensecheck.domain.subject import Document, Role
from licensecheck.reading import ledger
from licensecheck.reading.license_text import read_license

GRANT = "You may use, copy, modify and distribute the model for any purpose."


def lines(text: str, *, identity: Identity | None = None) -> tuple[LedgerLine, ...]:
    document = Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="ab" * 32)
    return read_license(document, identity=identity).ledger


def last(text: str) -> LedgerLine:
    return lines(f"{GRANT}\n\n{text}\n")[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Trawler owners are not among those whom this permission reaches.",
        "Each copy of the weights costs three crates of herring.",
        "The permission lasts until the ice melts.",
        "Derivatives are shown to the harbour master before they sail.",
        "The model may be used so long as the lamp burns.",
        "Whatever is trained on the weights is property of the harbour.",
    ],
)
def test_sentence_that_limits_in_words_of_its_own_asks(text: str) -> None:
    assert (last(text).disposition, bool(last(text).asks)) == (Disposition.UNREAD, True)


@pytest.mark.parametrize(
    "text",
    [
        "The mail address of the harbour office is quay@example.org.",
        "Should one clause be void, the remaining clauses stay in force.",
        "We thank the keepers of the lighthouse.",
        "The text was written in 2021 by two sailors.",
        "You need not tell anybody about your changes.",
        "Inference needs at least 24 GB of memory.",
    ],
)
def test_boilerplate_asks_nothing(text: str) -> None:
    assert last(text).asks == ()


def test_permission_with_a_limit_behind_it_is_not_explained_by_the_permission() -> None:
    assert lines("You may use and modify the model, but you are not permitted to hand it to sailors.")[0].asks


def test_second_half_of_a_sentence_is_read_for_itself() -> None:
    assert last("You need not register; the weights stay on one ship.").asks


def test_every_sentence_has_one_line() -> None:
    assert [line.evidence.quote for line in lines("One may sail. Two may row.")] == ["One may sail.", "Two may row."]


def changed(text: str, added: str, *, removed: str = "", missing: int = 0) -> LedgerLine:
    """The line of a copy of a known license that has these words of its own and lacks those."""
    start = text.index(added)
    span = (start, start + len(added))
    change = WordChange(start=span[0], end=span[1], added=added, removed=removed, missing=missing)
    copy = Identity(match=MatchKind.MODIFIED, id="zorp", changes=(span,), wording=(change,))
    return lines(text, identity=copy)[0]


@pytest.mark.parametrize(
    ("text", "added", "removed"),
    [
        ("You may use the model in daylight.", "daylight", ""),
        ("You may use the model.", "may", "shall"),
        ("Licensee owns the outputs.", "Licensee", "you"),
        ("Firms with more than 30 boats write first.", "30", "3000"),
        ("You may use and sell the model.", "and", "or"),
        ("Copyright rules apply with regard to labels.", "with", "without"),
    ],
)
def test_changed_word_in_a_copy_of_a_known_license_asks(text: str, added: str, removed: str) -> None:
    assert "change" in changed(text, added, removed=removed, missing=bool(removed)).asks


@pytest.mark.parametrize(
    "text",
    [
        "You may copy the model without changes.",
        "You must see to it that everyone who gets a copy without changes gets the notice.",
    ],
)
def test_choice_that_is_lost_asks(text: str) -> None:
    at = text.index("without")
    change = WordChange(start=at, end=at, removed="with or", missing=2)
    copy = Identity(match=MatchKind.MODIFIED, id="zorp", changes=((at, at),), wording=(change,))
    assert "change" in lines(text, identity=copy)[0].asks


def test_definition_with_other_words_asks() -> None:
    assert "change" in changed('"You" shall mean a public school.', "public school", removed="company", missing=1).asks


def test_right_that_is_gone_asks() -> None:
    assert "change" in changed("You may use and copy the model.", "copy", removed="sell", missing=1).asks


@pytest.mark.parametrize(
    ("text", "added", "removed"),
    [
        ("The model comes as is without expressed or implied warranty.", "expressed", "express"),
        ("You must keep the copyright notice and the acknowledgments.", "acknowledgments", "disclaimer"),
        ("You may use, copy and also publish the model for any purpose.", "also publish", ""),
    ],
)
def test_change_in_a_sentence_that_is_understood_asks_nothing(text: str, added: str, removed: str) -> None:
    assert changed(text, added, removed=removed, missing=bool(removed)).asks == ()


def test_sentence_that_shares_few_words_with_the_license_is_no_copy_of_its() -> None:
    text = "The tables may be read aloud by everybody in the harbour."
    assert changed(text, "read aloud by everybody in the harbour", removed="sold", missing=1).wording == ""


def test_change_is_shown_with_the_words_that_came_and_went() -> None:
    line = changed("You may tell the gardeners.", "may", removed="must", missing=1)
    assert line.wording == "… You [-must-] {+may+} tell the gardeners."


@pytest.mark.parametrize(
    ("text", "added", "removed"),
    [
        ("You may use the model of Harbour.", "Harbour", "quarry"),
        ("This licence is kept.", "licence", "license"),
        ("The model of 2029 is free to use.", "2029", "2024"),
        ("Copyright 2029 may Harbour", "may", "shall"),
    ],
)
def test_changed_name_spelling_or_year_asks_nothing(text: str, added: str, removed: str) -> None:
    assert "change" not in changed(text, added, removed=removed, missing=1).asks


@pytest.mark.parametrize(
    "text", ["Com\u200bmer\u200bcial use is forbidden.", "C o m m e r c i a l use.", "&#67;&#111;&#109;&#109;on use."]
)
def test_hidden_letters_ask(text: str) -> None:
    assert "hidden" in last(text).asks


def test_hidden_word_is_read_as_it_is_seen() -> None:
    document = Document(path="L", role=Role.LICENSE, text="Com\u200bmercial use is not permitted.", sha256="ab" * 32)
    assert {term.kind for term in read_license(document).terms} == {"noncommercial"}


def test_reviewed_sentence_is_settled_and_an_open_one_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The permission lasts until the ice melts."
    digest = last(text).hash
    for mark, asked in ((reviewed.SETTLED, False), (reviewed.OPEN, True)):
        known = Reviewed(marks={digest: mark}, texts=frozenset())
        monkeypatch.setattr(ledger, "load_reviewed", lambda known=known: known)
        assert bool(last(text).asks) is asked


def test_a_sentence_marked_open_asks_whatever_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    line = last("The lakes of the north are blue.")
    assert line.asks == ()
    known = Reviewed(marks={line.hash: reviewed.OPEN}, texts=frozenset())
    monkeypatch.setattr(ledger, "load_reviewed", lambda: known)
    assert last("The lakes of the north are blue.").asks


@pytest.mark.parametrize("name", ["chai-1-community-2024-09-11", "esm3-community-2024-07-23"])
def test_a_ban_that_no_category_names_asks_in_a_known_text(shared: Path, name: str) -> None:
    text = (shared / "corpus" / "licenses" / f"{name}.txt").read_text(encoding="utf-8")
    document = Document(path="L", role=Role.LICENSE, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    asked = [" ".join(line.evidence.quote.split()) for line in read_license(document).ledger if line.asks]
    assert any("discovery" in quote for quote in asked)


def test_limit_of_an_earlier_version_is_no_term() -> None:
    document = Document(
        path="L", role=Role.LICENSE, text="The earlier version was for non-commercial use only.", sha256="ab" * 32
    )
    assert read_license(document).terms == ()


def test_an_item_knows_the_words_that_bar_it() -> None:
    text = "You will not use the work to:\n\n1. Break laws, as by:\n\n   a. Selling drugs\n\n2. Deceive others\n\nEnd."
    leads = {line.evidence.quote: line.lead_in for line in lines(text)}
    assert leads["Deceive others"] == leads["Selling drugs"] == "You will not use the work to:"
    assert leads["End."] == ""


def test_short_item_of_a_ban_asks_where_no_term_tells_it() -> None:
    assert [line.asks for line in lines("It is forbidden to: (1) paint it; (2) bury it.\n")[1:]] == [("ban",), ("ban",)]
