"""Which passage comes first in a report, and what its file is called."""

from __future__ import annotations

from dataclasses import replace

import pytest
from heron import TARGET, make_report

from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.licenses import Evidence
from licensecheck.reading.operative_clause import operative_first
from licensecheck.report.sentences import clause_words, file_names
from licensecheck.report.text import render
from licensecheck.report.view import make_rows

LEAD = "You agree not to use the heron to do any of the following:"
TITLE = "No nests."
ITEM = "building nests on roofs,"
WHOLE = "You may not build nests on the roofs of others."


def passages(*quotes: str, path: str = "deep/down/LICENSE") -> tuple[Evidence, ...]:
    return tuple(
        Evidence(path=path, quote=quote, start=100 * line, end=100 * line + len(quote), line=line, section=section)
        for line, (quote, section) in enumerate(zip(quotes, (None, "3.2", "3.3", "3.4"), strict=False), start=1)
    )


def test_a_whole_sentence_comes_before_titles_and_parts_and_a_lead_in_last() -> None:
    assert [each.quote for each in operative_first(passages(LEAD, TITLE, ITEM, WHOLE))] == [WHOLE, ITEM, TITLE, LEAD]


def test_a_clause_comes_before_a_preamble() -> None:
    preamble = "By using the heron you accept this Roof License."
    assert [each.quote for each in operative_first(passages(preamble, ITEM))] == [ITEM, preamble]


def test_equal_passages_stay_in_the_order_of_the_text() -> None:
    assert operative_first(passages(LEAD, ITEM, TITLE))[:2] == passages(LEAD, ITEM, TITLE)[1:]


def test_a_row_shows_section_and_line_of_the_same_passage() -> None:
    finding = Finding(
        kind="no-hosting", status=Status.VIOLATION, message="", license="heron", evidence=passages(ITEM, WHOLE)
    )
    (row,) = make_rows(replace(TARGET, findings=(finding,), readings=()))
    assert row.source == "heron 3.2, LICENSE:2; also line 1"
    assert row.sections == "line 1, 3.2"


def test_files_of_one_name_keep_their_paths() -> None:
    findings = tuple(
        Finding(kind="no-hosting", status=Status.MET, message="", evidence=passages(WHOLE, path=path))
        for path in ("a/LICENSE", "b/LICENSE", "b/POLICY")
    )
    target = replace(TARGET, findings=findings, readings=())
    assert file_names(target) == {"a/LICENSE": "a/LICENSE", "b/LICENSE": "b/LICENSE", "b/POLICY": "POLICY"}


def test_the_report_names_the_findings_that_give_the_verdict() -> None:
    assert "The license does not permit this deployment: Prohibited use (surveillance and biometrics)." in render(
        make_report(TARGET)
    )


@pytest.mark.parametrize(
    ("section", "words"),
    [("3.a", "§ 3.a"), ("Section III.4", "Section III.4"), ("Annex B", "Annex B"), (None, "line 7")],
)
def test_a_section_that_names_itself_gets_no_sign(section: str | None, words: str) -> None:
    assert clause_words(Evidence(path="LICENSE", quote="q", start=0, end=1, line=7, section=section)) == words


@pytest.mark.parametrize(("kind", "word"), [("no-hosting", "If it applies"), ("unread-license", "To do")])
def test_a_gap_of_the_check_is_due_whatever_applies(kind: str, word: str) -> None:
    finding = Finding(kind=kind, status=Status.REVIEW, message="", remedy="Read it.")
    (row,) = make_rows(replace(TARGET, findings=(finding,)))
    assert row.remedy_word == word
