"""How open a release is: components of OSAID and MOF from card and folder, criteria of the OSD, the headline."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.api import Checker
from licensecheck.domain.findings import Criterion, Openness
from licensecheck.domain.licenses import Evidence, Term
from licensecheck.judge.openness import failed_criteria
from tests.judge.building import make_reading

CARD = "---\nlicense: {license}\n---\n# Heron\n\n{prose}\n"


def openness(folder: Path, prose: str = "", *, license_id: str = "apache-2.0", files: tuple[str, ...] = ()) -> Openness:
    """The openness of a folder with this card and these files."""
    folder.mkdir(exist_ok=True)
    (folder / "README.md").write_text(CARD.format(license=license_id, prose=prose), encoding="utf-8")
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n", encoding="utf-8")
    return Checker().check([str(folder)]).targets[0].openness


def part(openness: Openness, title: str) -> Criterion:
    return next(found for found in openness.mof if found.title == title)


CLASS_III = ("modeling_heron.py", "technical-report.pdf", "eval_results.json", "data_card.md")
CLASS_II = ("train.py", "inference.py", "eval/run.py", "eval_data/prompts.jsonl")
CLASS_I = ("train_data/part.jsonl", "preprocess/clean.py", "checkpoints/step-1000/model.safetensors", "paper.pdf")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ((), None),
        (CLASS_III, "III"),
        (CLASS_III[1:], None),
        ((*CLASS_III, *CLASS_II), "II"),
        ((*CLASS_III, *CLASS_II, *CLASS_I), "I"),
        ((*CLASS_II, *CLASS_I), None),
    ],
)
def test_a_class_is_earned_by_what_the_folder_holds(tmp_path: Path, files: tuple[str, ...], expected: str) -> None:
    assert openness(tmp_path / "heron", files=files).mof_class == expected


def test_a_restricted_license_earns_no_class(tmp_path: Path) -> None:
    files = (*CLASS_III, *CLASS_II, *CLASS_I)
    assert openness(tmp_path / "heron", license_id="cc-by-nc-4.0", files=files).mof_class is None


def test_a_paper_stands_in_for_the_report(tmp_path: Path) -> None:
    files = (*(name for name in CLASS_III if "report" not in name), "heron-paper.pdf")
    assert openness(tmp_path / "heron", files=files).mof_class == "III"


@pytest.mark.parametrize(
    ("prose", "title", "status", "found"),
    [
        ("Training code: https://example.org/heron", "training code", "not-known", True),
        ("The code and the model are released under Apache 2.0. [Training code](https://example.org/heron).",
         "training code", "met", True),
        ("We will release the training code at https://example.org soon.", "training code", "not-known", False),
        ("The training data is proprietary and cannot be shared.", "training datasets", "not-met", False),
        ("It was trained on the Reed data set.", "training datasets", "not-known", False),
        ("Read [our paper](https://example.org/p.pdf).", "research paper", "not-known", True),
        ("It builds on [attention](https://example.org/attention).", "research paper", "not-known", False),
        ("## Results\n\n| Task | Score |\n|---|---|\n| Reeds | 41.2 | 43.9 |\n", "evaluation results", "met", True),
    ],
)  # fmt: skip
def test_parts_of_a_card(tmp_path: Path, prose: str, title: str, status: str, found: bool) -> None:
    judged = part(openness(tmp_path / "heron", prose), title)
    assert (judged.status, judged.found) == (status, found)


def test_what_is_not_found_says_where_was_looked(tmp_path: Path) -> None:
    judged = part(openness(tmp_path / "heron", files=("model.py",)), "evaluation data")
    assert judged.message == "Not found in the card and the names of 2 files."


def test_without_card_and_folder_nothing_was_looked_into() -> None:
    found = Checker().check(["apache-2.0"]).targets[0].openness
    assert part(found, "training code").message == "Neither card nor folder is at hand."


def test_a_named_data_set_is_no_data_information(tmp_path: Path) -> None:
    found = openness(tmp_path / "heron", "It was trained on the FooPile2 dataset.")
    assert next(c.status for c in found.osaid if c.id == "data-information") == "not-known"
    assert "Open Source AI only if shown: data information" in found.headline


def test_the_words_of_the_card_against_its_license_reach_the_headline(tmp_path: Path) -> None:
    found = openness(tmp_path / "heron", "This model is released for research purposes only.")
    assert "but the card says “This model is released for research purposes only." in found.headline
    assert len(found.contrary) == 1


def stated(kind: str, section: str, **attributes: str) -> Term:
    passage = Evidence(path="LICENSE", quote="words", start=0, end=5, line=1, section=section)
    return Term(kind=kind, attributes=attributes, evidence=(passage,))


@pytest.mark.parametrize(
    ("term", "failed"),
    [
        (stated("excluded-users", "3"), ["osd-5"]),
        (stated("territory-restriction", "3", scope="all"), ["osd-5"]),
        (stated("territory-restriction", "3", scope="multimodal"), ["osd-5", "osd-10"]),
        (stated("prohibited-use", "3", category="gambling"), ["osd-6"]),
        (stated("no-hosting", "3"), ["osd-6"]),
        (stated("noncommercial", "3"), ["osd-1", "osd-6"]),
        (stated("scale-threshold", "3", consequence="separate-license"), ["osd-5", "osd-7"]),
        (stated("retain-notices", "3"), []),
    ],
)
def test_each_criterion_is_failed_by_its_clauses(term: Term, failed: list[str]) -> None:
    assert [criterion.id for criterion in failed_criteria((make_reading(term),))] == failed


def test_a_criterion_names_every_clause_that_fails_it() -> None:
    terms = (stated("prohibited-use", "2.a", category="gambling"), stated("no-hosting", "4"))
    assert failed_criteria((make_reading(*terms),))[0].basis == f"{make_reading().label} 2.a, 4"


def test_an_open_license_that_fails_the_definition_is_not_called_open_source() -> None:
    found = Checker().check(["moonshotai/Kimi-K2-Instruct"]).targets[0].openness
    assert "not open source: it fails criterion 5 of the Open Source Definition" in found.headline
    assert next(c.status for c in found.osaid if c.id == "parameters") == "not-met"
