"""Calls of the command line in this process, held to what a user may see of a hostile input."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from licensecheck.cli.main import run

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must never reach a terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a call left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def refused(self) -> bool:
        """Whether the call was refused."""
        return self.status == 2


Call = Callable[..., Outcome]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Run a command in an empty folder; whatever it was given, it is refused in one line or gives a clean report."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))

    def call(*arguments: str) -> Outcome:
        status = run(list(arguments))
        out, err = capfd.readouterr()
        outcome = Outcome(status=status, out=out, err=err)
        _hold(outcome)
        return outcome

    return call


def _hold(outcome: Outcome) -> None:
    assert "internal fault" not in outcome.err
    assert "Traceback" not in outcome.err
    assert not UNSAFE.search(outcome.out + outcome.err)
    if outcome.refused:
        assert outcome.out == ""
        assert len(outcome.err.splitlines()) == 1
    else:
        assert outcome.status in (0, 1)
        assert outcome.out
