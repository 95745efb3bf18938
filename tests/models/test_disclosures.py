from __future__ import annotations

from collections.abc import Callable

import pytest

from licensecheck.models.card_analysis import CardAnalysis

Examine = Callable[..., CardAnalysis]
HEAD = "---\nlicense: mit\n---\n"


def status(examined: CardAnalysis, topic: str) -> str | None:
    return next((found.status for found in examined.disclosures if found.topic == topic), None)


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("It was trained on a context length of 8K tokens. It supports a context length of 128K.", "contradictory"),
        ("It was trained with a sequence length of 8192 tokens. The context length is 8K.", "disclosed"),
        ("The model supports a context length of 32,768 tokens.", "not-disclosed"),
        ("The model is small.", None),
    ],
)
def test_context_length(examine: Examine, prose: str, expected: str | None) -> None:
    assert status(examine(HEAD + prose), "context-length") == expected


def test_context_length_of_a_table(examine: Examine) -> None:
    table = "<table><tr><th>Context length</th></tr>\n<tr><td>10M</td></tr></table>\n"
    assert status(examine(HEAD + table), "context-length") == "not-disclosed"


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("The leaderboard results were reached by an experimental chat version of the model.", "contradictory"),
        ("All reported evaluations were conducted on bf16 weights.", "disclosed"),
        ("The model writes poems.", "not-disclosed"),
    ],
)
def test_evaluated_version(examine: Examine, prose: str, expected: str) -> None:
    assert status(examine(HEAD + prose), "evaluated-version") == expected


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("The model was trained on the FooPile2 dataset.", "disclosed"),
        ("It was trained on a mix of publicly available data.", "not-disclosed"),
        ("It paints.", "not-disclosed"),
    ],
)
def test_training_data(examine: Examine, prose: str, expected: str) -> None:
    assert status(examine(HEAD + prose), "training-data") == expected


def test_names_of_data_sets_disclose_no_training_data(examine: Examine) -> None:
    assert status(examine("---\ndatasets: [org/data]\n---\n"), "training-data") == "not-disclosed"


def test_hardware_and_method(examine: Examine) -> None:
    examined = examine(HEAD + "Inference requires one GPU with 24 GB of VRAM. We report 5-shot accuracy on MMLU tasks.")
    assert status(examined, "hardware") == "disclosed"
    assert status(examined, "evaluation-method") == "disclosed"


def test_a_disclosure_quotes_the_card(examine: Examine) -> None:
    prose = "All reported evaluations were conducted on bf16 weights."
    found = [entry for entry in examine(HEAD + prose).disclosures if entry.topic == "evaluated-version"]
    assert found[0].quotes == (prose,)
