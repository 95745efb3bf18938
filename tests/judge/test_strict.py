"""`--strict`: nothing modified, unread or unknown is approved."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.api import Checker
from licensecheck.catalog.profile_files import load_profile
from licensecheck.domain.findings import Report
from licensecheck.judge.strict import STRICT_KINDS

OWN = """Heron Weights License

Permission is granted, free of charge, to use, copy, modify, distribute and sell the weights for any purpose.
"""


def kinds(report: Report) -> set[str]:
    return {finding.kind for target in report.targets for finding in target.findings} & set(STRICT_KINDS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "LICENSE").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_a_text_that_nobody_knows_is_asked_for(folder: Path) -> None:
    report = Checker().check([str(folder)], strict=True)
    assert kinds(report) == {"unidentified-license"}
    assert report.verdict.value == "needs-review"


def test_without_the_option_nothing_is_added(folder: Path) -> None:
    assert kinds(Checker().check([str(folder)])) == set()


def test_a_known_license_passes() -> None:
    assert kinds(Checker().check(["mit"], strict=True)) == set()


def test_an_approval_of_the_text_clears_it(folder: Path) -> None:
    import hashlib

    digest = hashlib.sha256(OWN.encode()).hexdigest()
    approval = f"{{license: 'sha256:{digest}', kind: unidentified-license, reason: read, by: Ada}}"
    profile = folder / "licensecheck.yaml"
    profile.write_text(f"version: 1\napprovals: [{approval}]\n")
    report = Checker().check([str(folder / "LICENSE")], profile=load_profile(profile), strict=True)
    held = [f.status.value for t in report.targets for f in t.findings if f.kind == "unidentified-license"]
    assert held == ["waived"]
