from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.checking import check_targets
from licensecheck.domain.findings import Verdict
from licensecheck.domain.profile import Deployment, Derivatives, Profile

INTERNAL = Profile(
    deployment=Deployment(purpose="internal", channels=("internal",)), derivatives=Derivatives(modifies_model=False)
)


def verdict(folder: Path, card: str) -> tuple[Verdict, set[str]]:
    folder.mkdir()
    (folder / "README.md").write_text(card)
    report = check_targets([str(folder)], INTERNAL)
    return report.verdict, {finding.kind for finding in report.targets[0].findings}


def test_plain_card_is_approved(tmp_path: Path) -> None:
    assert verdict(tmp_path / "m", "---\nlicense: mit\n---\n# Foo\n")[0] is Verdict.APPROVED


@pytest.mark.parametrize(
    ("prose", "kind"),
    [
        ("This model is for research use only.\n", "extra-restriction"),
        ("The model is distributed under the Foo Community License.\n", "prose-conflict"),
    ],
)
def test_what_the_card_adds_is_never_approved_unseen(tmp_path: Path, prose: str, kind: str) -> None:
    found, kinds = verdict(tmp_path / "m", f"---\nlicense: mit\n---\n# Foo\n\n{prose}")
    assert found is Verdict.NEEDS_REVIEW
    assert kind in kinds


def test_two_licenses_without_a_word_are_for_review(tmp_path: Path) -> None:
    found, kinds = verdict(tmp_path / "m", "---\nlicense: [mit, gemma]\n---\n# Foo\n")
    assert found is Verdict.NEEDS_REVIEW
    assert "several-licenses" in kinds


def test_unknown_license_beside_a_known_one_is_for_review(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "Kitfile").write_text("model:\n  license: foo-terms\n")
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# Foo\n")
    report = check_targets([str(folder)], INTERNAL)
    assert report.verdict is Verdict.NEEDS_REVIEW
