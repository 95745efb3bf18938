"""What a signature needs: who licenses, the facts in words, limits of rights, and the passage that tells most."""

from __future__ import annotations

from pathlib import Path

import pytest

import licensecheck.report.memo as memo
import licensecheck.report.text as terminal
from licensecheck.api import check
from licensecheck.catalog.profile_files import load_profile
from licensecheck.domain.findings import Report, RightRow
from licensecheck.domain.licenses import Evidence
from licensecheck.identify.extras import find_holders
from licensecheck.report.reviewed import facts_by_section, text_lines, words_of_limits
from licensecheck.report.view import view_target

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICY = """# Zorp Use Policy

You agree not to use Zorp to:

1. Plan, promote or commit any crime, including drug dealing, fraud or the stalking of persons
2. Run scams or commit other fraud, by phone or mail, against persons who are of great age
"""


def checked(folder: Path) -> Report:
    return check([str(folder)], profile=EXAMPLES / "acme.yaml", today="2026-12-01")


@pytest.fixture(scope="module")
def heron() -> Report:
    return checked(EXAMPLES / "heron-9")


@pytest.mark.parametrize(
    ("line", "holders"),
    [
        ("Copyright (c) 2024 Zorp Labs, Inc. All rights reserved.", ("Zorp Labs, Inc.",)),
        ("# Copyright 2021-2024 by Zorp and contributors", ("Zorp and contributors",)),
        ("Copyright [yyyy] [name of copyright owner]", ()),
        ("the copyright of 2024 Zorp stays with it", ()),
    ],
)
def test_a_dated_copyright_line_names_the_holder(line: str, holders: tuple[str, ...]) -> None:
    assert find_holders(f"Zorp License\n\n{line}\n") == holders


def test_who_publishes_a_text_is_not_called_its_licensor(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: apache-2.0\n---\n# Zorp\n", encoding="utf-8")
    told = [line.licensor for line in text_lines(checked(tmp_path).targets[0])]
    assert told == ["published by Apache Software Foundation"]


def test_a_text_of_no_known_license_is_called_by_its_own_title(heron: Report) -> None:
    told = [(line.title, line.match) for line in text_lines(heron.targets[0])]
    assert told[0] == ("HERON 9 COMMUNITY LICENSE", "not a known license")


def test_the_lead_in_of_a_list_of_bans_is_not_asked_about(heron: Report) -> None:
    assert not any(finding.kind == "unread-clause" for finding in heron.targets[0].findings)


def test_facts_name_places_and_categories() -> None:
    told = dict(facts_by_section(load_profile(EXAMPLES / "acme.yaml")))
    assert "domicile: Germany" in told["Organization"]
    assert "decided: illegal activity, harm to children" in told["Deployment"]


@pytest.mark.parametrize(
    ("limits", "status", "words"),
    [
        (("noncommercial", "only"), "limited", "for non-commercial purposes"),
        (("only",), "limited", "for some purposes only"),
        (("noncommercial",), "refused", "Commercial use"),
    ],
)
def test_limits_are_told_in_words(limits: tuple[str, ...], status: str, words: str) -> None:
    assert words_of_limits(RightRow(right="run", says="run it", status=status, license="l", limited_by=limits)) == words


def test_a_ban_quotes_the_passage_that_bans_it_and_little_else(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text(POLICY, encoding="utf-8")
    rows = view_target(checked(tmp_path).targets[0]).rows
    fraud = next(row for row in rows if row.category == "fraud")
    assert fraud.quote.startswith("You agree not to use Zorp to: […] Run scams")


def test_a_report_in_short_fits_on_a_screen(heron: Report) -> None:
    assert len(terminal.render(heron).splitlines()) <= 40


def test_a_size_limit_says_what_follows_when_the_company_grows(heron: Report) -> None:
    growth = "Above 500,000,000 monthly active users, measured on 2025-03-02, a separate license is needed."
    assert any(line.startswith(growth) for line in view_target(heron.targets[0]).growth)
    assert "What changes if the company grows" in memo.render(heron)


def test_a_contradiction_quotes_the_profile(tmp_path: Path) -> None:
    profile = tmp_path / "licensecheck.yaml"
    profile.write_text("version: 1\ndeployment:\n  purpose: internal\n  regions: [ZZ]\n", encoding="utf-8")
    report = check(["mit"], profile=profile, today="2026-12-01")
    clash = next(finding for finding in report.targets[0].findings if finding.kind == "contradictory-facts")
    text = profile.read_text(encoding="utf-8")
    found = clash.evidence[0]
    assert (found.quote, found.line, text[found.start : found.end]) == ("regions: [ZZ]", 4, "regions: [ZZ]")
    assert isinstance(found, Evidence)
