"""From targets to a report: which texts and records are read, and what is handed on."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from licensecheck.api import Checker
from licensecheck.catalog.records import all_records
from licensecheck.checking import check_targets, gather_readings
from licensecheck.domain.findings import Status, Verdict
from licensecheck.domain.licenses import LicenseClass
from licensecheck.domain.profile import Deployment, Profile
from licensecheck.domain.subject import Ancestor, Subject
from licensecheck.judge.evaluate import evaluate
from licensecheck.models.target import load_subject

INHOUSE = Profile(deployment=Deployment(purpose="internal", channels=("internal",), uses=("travel tips",)))


def test_declared_license_is_read_from_its_record() -> None:
    (reading,) = gather_readings(Subject(target="mit", declared=("mit",), record_ids=("mit",)))
    assert (reading.source, reading.label) == ("record", "mit")


def test_policy_comes_with_the_record_that_incorporates_it() -> None:
    readings = gather_readings(load_subject("meta-llama/Llama-4-Scout-17B-16E-Instruct"))
    assert [reading.role for reading in readings] == ["license", "policy"]


def test_base_hands_its_terms_on() -> None:
    base = Ancestor(model="meta-llama/Llama-2-7b", license="llama-2", known=True)
    subject = Subject(target="t", declared=("mit",), record_ids=("mit",), lineage=(base,))
    own, handed_on = gather_readings(subject)
    assert (own.inherited_from, handed_on.inherited_from) == (None, "meta-llama/Llama-2-7b")
    assert "copyright-grant" not in {term.kind for term in handed_on.terms}


def test_license_that_a_base_shares_is_read_once() -> None:
    base = Ancestor(model="someone/base", license="mit", known=True)
    subject = Subject(target="t", declared=("mit",), record_ids=("mit",), lineage=(base,))
    assert len(gather_readings(subject)) == 1


@pytest.mark.parametrize("known", [True, False])
def test_base_under_a_license_that_nobody_knows_is_for_review(known: bool) -> None:
    base = Ancestor(model="someone/base", license="heron-1.0", licenses=("mit", "heron-1.0"), known=known)
    subject = Subject(target="t", declared=("mit",), record_ids=("mit",), lineage=(base,))
    target = evaluate(subject, gather_readings(subject), INHOUSE)
    doubts = [f for f in target.findings if f.status is Status.REVIEW]
    assert [f.kind for f in doubts] == ["unknown-base"]
    assert "heron-1.0" in doubts[0].message


def test_base_under_the_unknown_license_of_the_target_itself_is_no_doubt_more() -> None:
    base = Ancestor(model="someone/base", license="heron-1.0", known=True)
    subject = Subject(target="t", declared=("heron-1.0",), lineage=(base,))
    target = evaluate(subject, gather_readings(subject), INHOUSE)
    assert [f.kind for f in target.findings if f.status is Status.REVIEW] == ["unknown-license"]


def test_changed_copy_of_the_license_of_a_base_takes_nothing_away(shared: Path, tmp_path: Path) -> None:
    text = (shared / "gold" / "texts" / "cc-by-nc-4.0.txt").read_text(encoding="utf-8")
    (tmp_path / "LICENSE").write_text(re.sub("(?i)non-?commercial", "any", text), encoding="utf-8")
    base = Ancestor(model="someone/base", license="cc-by-nc-4.0", known=True)
    own, handed_on = gather_readings(replace(load_subject(str(tmp_path)), lineage=(base,)))
    assert "noncommercial" not in {term.kind for term in own.terms}
    assert [(term.kind, handed_on.inherited_from) for term in handed_on.terms] == [("noncommercial", "someone/base")]


def test_changed_copy_of_the_license_that_a_card_declares_takes_nothing_away(shared: Path, tmp_path: Path) -> None:
    text = (shared / "gold" / "texts" / "cc-by-nc-4.0.txt").read_text(encoding="utf-8")
    (tmp_path / "LICENSE").write_text(re.sub("(?i)non-?commercial", "any", text), encoding="utf-8")
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# Heron\n", encoding="utf-8")
    commercial = Profile(deployment=Deployment(purpose="commercial", channels=("hosted-api",), uses=("travel tips",)))
    target = check_targets([str(tmp_path)], commercial).targets[0]
    assert [f.kind for f in target.findings if f.status is Status.VIOLATION] == ["noncommercial"]


def test_whole_copy_with_a_line_more_is_read_by_itself(shared: Path, tmp_path: Path) -> None:
    text = (shared / "gold" / "texts" / "cc-by-nc-4.0.txt").read_text(encoding="utf-8")
    (tmp_path / "LICENSE").write_text(f"{text}\n\nThe heron nests by the pond.\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# Heron\n", encoding="utf-8")
    assert [reading.source for reading in gather_readings(load_subject(str(tmp_path)))] == ["text"]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("heron-community", ["unknown-license"]),
        ("mit-heron", ["unknown-license"]),
        ("The MIT License (MIT)", []),
        ("MIT-license v0", []),
    ],
)
def test_open_text_beside_the_name_of_another_license_is_for_review(
    name: str, kinds: list[str], shared: Path, tmp_path: Path
) -> None:
    (tmp_path / "LICENSE").write_bytes((shared / "gold" / "texts" / "mit.txt").read_bytes())
    (tmp_path / "README.md").write_text(f"---\nlicense: other\nlicense_name: {name}\n---\n# Heron\n", encoding="utf-8")
    target = check_targets([str(tmp_path)], INHOUSE).targets[0]
    assert [f.kind for f in target.findings if f.status is Status.REVIEW] == kinds


def test_license_whose_terms_nobody_has_read_is_for_review() -> None:
    record = next(r for r in all_records() if r.terms is None and not r.policy)
    report = check_targets([record.id], INHOUSE)
    assert [f.kind for f in report.targets[0].findings] == ["unread-license"]
    assert report.verdict is Verdict.NEEDS_REVIEW


def test_model_that_nobody_knows_is_for_review() -> None:
    report = check_targets(["nobody/never-seen-model"], INHOUSE)
    (finding,) = report.targets[0].findings
    assert (report.verdict, finding.kind, finding.status) == (
        Verdict.NEEDS_REVIEW,
        "unknown-license",
        Status.REVIEW,
    )


def test_worst_target_gives_the_verdict() -> None:
    commercial = Profile(deployment=Deployment(purpose="commercial", channels=("hosted-api",), uses=("travel tips",)))
    report = check_targets(["mit", "cc-by-nc-4.0"], commercial)
    assert [target.verdict for target in report.targets] == [Verdict.APPROVED, Verdict.DENIED]
    assert report.verdict is Verdict.DENIED


@pytest.mark.parametrize("model", ["Llama-4-Scout-17B-16E-Instruct", "Llama-2-7b"])
def test_record_gives_the_verdict_of_the_text(shared: Path, model: str) -> None:
    folder = shared / "corpus" / "models" / model
    by_text = check_targets([str(folder)], INHOUSE).targets[0]
    by_record = check_targets([f"meta-llama/{model}"], INHOUSE).targets[0]
    assert by_text.verdict is by_record.verdict


def test_clause_written_into_a_license_is_found(shared: Path, tmp_path: Path) -> None:
    text = (shared / "gold" / "texts" / "mit.txt").read_text(encoding="utf-8")
    clause = "Nobody whose birthday falls on a Tuesday shall touch the Software between dusk and dawn."
    (tmp_path / "LICENSE").write_text(f"{text}\n\n{clause}\n", encoding="utf-8")
    target = check_targets([str(tmp_path)], INHOUSE).targets[0]
    added = [f for f in target.findings if f.kind == "unread-clause"]
    assert [f.evidence[0].quote for f in added] == [clause]


@pytest.mark.parametrize(
    "clause",
    ["This permission ended in May 2025.", "You may use the Software only for evaluation in a laboratory."],
)
def test_short_clause_or_narrowed_grant_is_never_passed_over(shared: Path, tmp_path: Path, clause: str) -> None:
    text = (shared / "gold" / "texts" / "mit.txt").read_text(encoding="utf-8")
    (tmp_path / "LICENSE").write_text(f"{text}\n\n{clause}\n", encoding="utf-8")
    assert check_targets([str(tmp_path)], INHOUSE).targets[0].verdict is Verdict.NEEDS_REVIEW


def test_copies_of_one_text_are_read_once(shared: Path, tmp_path: Path) -> None:
    text = (shared / "gold" / "texts" / "mit.txt").read_bytes()
    for name in ("LICENSE", "LICENSE.md"):
        (tmp_path / name).write_bytes(text)
    assert len(gather_readings(load_subject(str(tmp_path)))) == 1


def test_a_gate_that_only_leads_to_the_license_is_no_license_of_its_own(tmp_path: Path) -> None:
    gate = "extra_gated_prompt: You are required to review and agree to the license below.\n"
    card = f"---\nlicense: gemma\n{gate}---\n# Heron\n"
    (tmp_path / "README.md").write_text(card, encoding="utf-8")
    report = Checker().check([str(tmp_path)]).targets[0]
    assert report.openness.license_class is LicenseClass.USE_RESTRICTED
    assert "unread-license" not in {finding.kind for finding in report.findings}
