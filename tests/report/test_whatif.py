"""What a supposition changes, in words."""

from __future__ import annotations

import pytest

from licensecheck.domain.findings import Change, Changes, Finding, Status, Verdict
from licensecheck.domain.rules import Asking
from licensecheck.judge.what_if import as_yaml
from licensecheck.report.what_if_text import render_changes


def shown(*changes: Change, after: Verdict = Verdict.DENIED) -> str:
    told = Changes(before=Verdict.APPROVED, after=after, changes=changes)
    return render_changes(told, ["organization.users=9"], form="text")


def change(target: str) -> Change:
    met = Finding(kind="scale-threshold", status=Status.MET, message="Within the limit.")
    broken = Finding(kind="scale-threshold", status=Status.VIOLATION, message="Beyond the limit.")
    return Change(target=target, before=met, after=broken)


def test_a_change_is_told_by_label_and_in_plain_words() -> None:
    text = shown(change("heron"))
    assert "  The verdict changes from approved to denied.\n" in text
    assert "  - Size threshold: met, then violation. Beyond the limit.\n" in text


def test_the_target_is_named_where_several_change() -> None:
    assert "  - reed: Size threshold" in shown(change("heron"), change("reed"))


def test_no_change_is_said() -> None:
    text = shown(after=Verdict.APPROVED)
    assert text == "Supposing organization.users=9:\n  The verdict stays: approved.\n  No finding changes.\n"


@pytest.mark.parametrize(
    ("type_", "typed", "yaml"),
    [
        ("country", "South Korea", "'KR'"),
        ("country", "fr", "'fr'"),
        ("countries", "Germany, US, European Union", "['DE', 'US', 'EU']"),
        ("number", "12,000,000 on 2025-03-31", "[{as_of: 2025-03-31, value: 12000000}]"),
        ("money", "4000000 EUR as of 2026-06-30", "[{as_of: 2026-06-30, amount: 4000000, currency: EUR}]"),
        ("number", "12_000", "12000"),
    ],
)
def test_an_answer_is_read_as_people_type_it(type_: str, typed: str, yaml: str) -> None:
    assert as_yaml(Asking(fact="f", text="?", type=type_), typed) == yaml
