"""Bases that names and recipes show, and names that are no bases."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.domain.subject import Subject
from licensecheck.models.target import load_subject


def subject(folder: Path, card: str) -> Subject:
    folder.mkdir(exist_ok=True)
    (folder / "README.md").write_text(card, encoding="utf-8")
    return load_subject(str(folder))


def bases(folder: Path, body: str, block: str = "license: apache-2.0") -> set[str]:
    return {ancestor.model for ancestor in subject(folder, f"---\n{block}\n---\n{body}").lineage if ancestor.depth == 1}


def doubts(folder: Path, body: str, block: str = "license: apache-2.0") -> set[str]:
    card = subject(folder, f"---\n{block}\n---\n{body}").card
    assert card is not None
    return {doubt.kind for doubt in card.doubts}


@pytest.mark.parametrize(
    "title", ["Heron-Meta-Llama-3-8B-Instruct", "heron-stable-diffusion-3.5-large", "Heron FLUX.1-dev"]
)
def test_a_name_that_points_to_another_license_is_asked(tmp_path: Path, title: str) -> None:
    assert "unknown-base" in doubts(tmp_path / "m", f"# {title}\n\nA model.\n")


def test_a_name_that_bears_the_license_it_points_to_is_not_asked(tmp_path: Path) -> None:
    assert "unknown-base" not in doubts(tmp_path / "m", "# Llama-3-Heron-8B\n\nA model.\n", "license: llama3")


def test_a_model_that_was_trained_from_scratch_is_not_asked(tmp_path: Path) -> None:
    assert not doubts(tmp_path / "m", "# Llama-3-Heron\n\nTrained from scratch on open texts.\n")


def test_a_copy_under_another_license_is_made_from_the_listed_model(tmp_path: Path) -> None:
    found = bases(tmp_path / "Meta-Llama-3.1-8B-Instruct", "# Meta-Llama-3.1-8B-Instruct\n\nA copy.\n", "license: mit")
    assert found == {"meta-llama/Meta-Llama-3.1-8B-Instruct"}


def test_merged_models_in_a_list_are_bases(tmp_path: Path) -> None:
    body = "# Heron\n\n### Models Merged\n\n* [x](https://huggingface.co/meta-llama/Meta-Llama-3-8B)\n"
    assert bases(tmp_path / "m", body) == {"meta-llama/Meta-Llama-3-8B"}


def test_a_recipe_names_bases_and_paths_are_none(tmp_path: Path) -> None:
    body = (
        "# Heron\n\n```yaml\nmodels:\n  - model: google/gemma-2-9b-it\n  - model: /home/a/b\nmerge_method: slerp\n```\n"
    )
    assert bases(tmp_path / "m", body) == {"google/gemma-2-9b-it"}


def test_a_sentence_on_the_model_itself_counts_under_any_heading(tmp_path: Path) -> None:
    body = "# Heron\n\n## Usage\n\nThis checkpoint is a fine-tune of Llama 2 7B; see its prompt template.\n"
    assert bases(tmp_path / "m", body)


@pytest.mark.parametrize(
    "sentence",
    [
        "Trained with a new optimizer, Heron K2 reads code.",
        "We quantized it with llama-imatrix.",
        "Use it with stable-diffusion-xl-refiner-1.0.",
    ],
)
def test_tools_and_own_names_are_no_bases(tmp_path: Path, sentence: str) -> None:
    assert not bases(tmp_path / "m", f"# Heron K2\n\n{sentence}\n")


@pytest.mark.parametrize(
    "line",
    [
        "For models built with Foo, also see [FOO3_LICENSE](https://huggingface.co/meta-llama/Llama-2-7b/blob/main/LICENSE).",
        "| base | 74 M | 1 GB | [x](https://huggingface.co/google/gemma-2-9b) | fast |",
        "Trained on tasks with Llama-2-7b-hf as a teacher.",
    ],
)
def test_licenses_tables_and_teachers_are_no_bases(tmp_path: Path, line: str) -> None:
    assert not bases(tmp_path / "m", f"# Heron\n\n{line}\n")


@pytest.mark.parametrize(
    ("title", "prose", "license_id"),
    [
        ("Llama-3.3-Heron-49B", "Under the Llama 3.3 license. Built with Llama.", "llama-3.3"),
        ("Llama-3.3-Heron-49B", "Built with Llama.", "llama"),
        ("Heron-49B", "Under the Llama 3.3 license. Built with Llama.", "llama"),
    ],
)
def test_version_that_name_and_prose_state_is_the_one_in_play(
    tmp_path: Path, title: str, prose: str, license_id: str
) -> None:
    made = subject(tmp_path / "m", f"---\nlicense: other\nlicense_name: heron-1\n---\n# {title}\n\n{prose}\n")
    assert {ancestor.license for ancestor in made.lineage if ancestor.model == "Llama"} <= {license_id}
