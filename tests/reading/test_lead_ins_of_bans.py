"""The lead-in of a list of bans says nothing by itself, unless it holds another act or condition."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.api import Checker
from licensecheck.domain.licenses import Disposition

ITEMS = "\n\n1. Break the law, or plan or promote a crime\n2. Harass, bully or threaten people\n"


def unread(lead_in: str, folder: Path) -> list[str]:
    (folder / "LICENSE").write_text(f"# Zorp Policy\n\n{lead_in}{ITEMS}", encoding="utf-8")
    readings = Checker().check([str(folder)], today="2026-12-01").targets[0].readings
    lines = (line for reading in readings for line in reading.ledger)
    return [line.evidence.quote for line in lines if line.disposition is Disposition.UNREAD]


@pytest.mark.parametrize(
    "lead_in",
    [
        "You agree not to use Zorp, or let others use it, to:",
        "You will not use Zorp 2 or its outputs in any way to:",
        "No one may use Zorp for any of the following purposes:",
    ],
)
def test_a_lead_in_that_bars_uses_is_settled_by_its_items(lead_in: str, tmp_path: Path) -> None:
    assert unread(lead_in, tmp_path) == []


@pytest.mark.parametrize(
    "lead_in",
    [
        "You may not sell Zorp or use it to:",
        "Members of the club may use Zorp to:",
        "You agree to delete Zorp within a year and not to use it to:",
    ],
)
def test_a_lead_in_with_another_act_or_condition_asks(lead_in: str, tmp_path: Path) -> None:
    assert unread(lead_in, tmp_path) == [lead_in]
