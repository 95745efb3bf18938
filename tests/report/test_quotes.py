"""Which passage is quoted: operative clauses first, items with their lead-in, nothing that reads as its opposite."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.api import Checker
from licensecheck.domain.licenses import Disposition, Evidence, LedgerLine
from licensecheck.reading.operative_clause import lead_in_of, operative_first
from licensecheck.report.text import render
from licensecheck.report.view import Row, make_rows
from licensecheck.text.markup import cut_words


def passages(*quotes: str) -> tuple[Evidence, ...]:
    """Passages one after the other, each in a section of its own."""
    found, at = [], 0
    for number, quote in enumerate(quotes, start=1):
        passage = Evidence(path="LICENSE", quote=quote, start=at, end=at + len(quote), line=number, section=str(number))
        found.append(passage)
        at += len(quote) + 1
    return tuple(found)


@pytest.mark.parametrize(
    ("kind", "quotes", "first"),
    [
        ("no-hosting", ("“Hosting Use” means to run the work for others.", "You may not host the work for others."), 1),
        ("copyright-grant", ("Nothing herein grants you more.", "We grant you a license to use the work."), 1),
        ("copyright-grant", ("This notice stays in all copies.", "Permission to use is hereby granted to all"), 1),
        ("warranty-disclaimer", ("Warranty of Origin and Disclaimer.", "The work is given without any warranty."), 1),
        ("noncommercial", ("However, a test of a week is free.", "The work is for non-commercial use only."), 1),
        ("no-distribution", ("You may not share copies.", "You may not sell copies."), 0),
    ],
)  # fmt: skip
def test_the_passage_that_tells_most_comes_first(kind: str, quotes: tuple[str, str], first: int) -> None:
    assert operative_first(passages(*quotes), kind=kind)[0].quote == quotes[first]


def ledger(*quotes: str, force: str = "ban") -> list[LedgerLine]:
    return [LedgerLine(evidence=one, disposition=Disposition.TERM, force=force) for one in passages(*quotes)]


def test_an_item_is_quoted_with_what_leads_into_it() -> None:
    lines = ledger("You may not use the work:", "to gamble;", "to spy;")
    assert lead_in_of(lines[2].evidence, lines) == "You may not use the work:"


@pytest.mark.parametrize(
    "quotes",
    [
        ("You may not use the work:", "to gamble;", "The seat of the licensor is in Oslo.", "to spy;"),
        ("You may not use the work:", "You may not spy."),
    ],
)
def test_a_sentence_in_between_or_a_whole_one_has_no_lead_in(quotes: tuple[str, ...]) -> None:
    lines = ledger(*quotes)
    assert lead_in_of(lines[-1].evidence, lines) is None


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [("alpha beta gamma", 12, "alpha beta …"), ("alpha beta", 10, "alpha beta"), ("alphabeta gamma", 9, "alphabeta …")],
)
def test_nothing_is_cut_inside_a_word(text: str, length: int, cut: str) -> None:
    assert cut_words(text, length) == cut


def rows_of(text: str, folder: Path) -> dict[str, Row]:
    """The rows of a report on a license text, by label."""
    (folder / "LICENSE").write_text(text, encoding="utf-8")
    return {row.label: row for row in make_rows(Checker().check([str(folder / "LICENSE")]).targets[0])}


def test_a_permission_is_not_quoted_for_a_ban(tmp_path: Path) -> None:
    text = (
        "1. You may use the model for non-commercial purposes only. You may not use the model for commercial gain.\n\n"
        "2. You may use outputs for any purpose, commercial purposes among them, except where they are excluded.\n"
    )
    row = rows_of(text, tmp_path)["Commercial use"]
    assert row.evidence
    assert not any("outputs" in passage.quote for passage in row.evidence)


def test_a_ban_that_names_examples_is_quoted_before_them(tmp_path: Path) -> None:
    text = (
        "You may not use the model to:\n\n1. Facilitate crimes and other unlawful activity, such as:\n\n"
        "a. the sale of stolen goods;\n\nb. Guns and illegal weapons\n"
    )
    rows = rows_of(text, tmp_path)
    assert "Facilitate crimes" in rows["Prohibited use (illegal activity)"].quote
    assert "Guns and illegal weapons" in rows["Prohibited use (weapons)"].quote


def test_what_is_only_encouraged_is_quoted_with_the_words_that_say_so(tmp_path: Path) -> None:
    text = (
        "1. You may distribute the model, provided that:\n\na. You give each recipient a copy of this license;\n\n"
        "b. You are encouraged to: (i) write about it; and (ii) display “Made with Heron” on your website; and\n\n"
        "c. You keep all notices.\n"
    )
    assert rows_of(text, tmp_path)["Credit line"].quote.startswith("You are encouraged to: […] ")


def test_a_prescribed_notice_is_quoted_to_its_end(tmp_path: Path) -> None:
    text = (
        "1. Every copy must carry a “Notice” text file with this notice: “Heron is licensed under the Heron License, "
        "Copyright © 2026 Zorp. All Rights Reserved. Heron is a mark of Zorp.”\n\n2. The law of Norway applies.\n"
    )
    assert rows_of(text, tmp_path)["Notice file"].quote.endswith("Heron is a mark of Zorp.”")


def test_a_credit_line_is_to_stand_where_the_clause_says(tmp_path: Path) -> None:
    text = "You must prominently display “Made with Heron” on the user interface of your product.\n"
    assert rows_of(text, tmp_path)["Credit line"].remedy == "Show “Made with Heron” in the user interface."


LICENSE = """\
Heron License

1. Grant. We grant you a license to use, copy, modify and distribute the model.

2. Uses. You may not use the model to:
a. gamble or run lotteries;
b. spy on persons;

3. Except as stated in 1, nothing in this license grants you any other right.
"""


def test_the_report_quotes_the_ban_with_its_lead_in(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text(LICENSE, encoding="utf-8")
    report = Checker().check([str(tmp_path)])
    rows = {row.category or row.kind: row for row in make_rows(report.targets[0])}
    assert rows["copyright-grant"].section == "1"
    banned = [row.quote for row in rows.values() if row.kind == "prohibited-use"]
    assert banned
    assert all(quote.startswith("You may not use the model to: […] ") for quote in banned)


@pytest.mark.parametrize("name", ["apache-2.0", "llama-4", "gemma", "creativeml-openrail-m", "flux-1-dev-nc-1.1.1"])
def test_the_short_form_fits_on_a_screen(name: str) -> None:
    assert len(render(Checker().check([name])).splitlines()) <= 40


def line(quote: str, start: int, lead_in: str) -> LedgerLine:
    """A line of the ledger for an item below words that lead into it."""
    passage = Evidence(path="LICENSE", quote=quote, start=start, end=start + len(quote), line=1, section="1")
    return LedgerLine(evidence=passage, disposition=Disposition.TERM, force="ban", lead_in=lead_in)


@pytest.mark.parametrize(
    ("quote", "led"),
    [
        ("Fail to tell end users of known dangers", True),
        ("Generating spam, or helping others who are generating it", True),
        ("You must give every recipient a copy of this text", False),
        ("The restrictions above are part of every agreement that you make", False),
        ("If you sell access, name us on the page where it is sold", False),
    ],
)
def test_an_item_is_quoted_with_the_words_that_bar_it_and_a_sentence_alone(quote: str, *, led: bool) -> None:
    lead = "You will not use the work, or let others use it, to:"
    found = line(quote, 40, lead)
    assert lead_in_of(found.evidence, [found]) == (lead if led else None)
