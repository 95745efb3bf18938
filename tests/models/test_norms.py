"""What binds in the words of a card, and what only looks as if it did."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.models.claims import own_name_pattern
from licensecheck.models.norms import find_norms
from licensecheck.models.prose import read_sentences
from licensecheck.reading.sentence_reader import judge_sentence

SENTENCES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "norms.yaml").read_text(encoding="utf-8"))
OWN = re.compile(own_name_pattern("acme/Heron-9"), re.I)


def norms(body: str) -> list[Any]:
    return list(find_norms(read_sentences(body, first_line=1), own=OWN))


@pytest.mark.parametrize("sentence", SENTENCES["binds"])
def test_a_restriction_in_any_words_is_found(sentence: str) -> None:
    assert norms(f"# Heron 9\n\nA model.\n\n## License\n\n{sentence}\n")


@pytest.mark.parametrize("sentence", SENTENCES["quiet"])
def test_what_restricts_nothing_stays_quiet(sentence: str) -> None:
    assert not norms(f"# Heron 9\n\nA model.\n\n## License\n\n{sentence}\n")


@pytest.mark.parametrize("sentence", SENTENCES["aside"])
def test_advice_and_telling_stay_quiet_outside_of_the_license_section(sentence: str) -> None:
    assert not norms(f"# Heron 9\n\n{sentence}\n")


@pytest.mark.parametrize("sentence", SENTENCES["binds"][26:])
def test_what_the_ledger_asks_about_is_found_without_a_heading_on_rights(sentence: str) -> None:
    assert norms(f"# Heron 9\n\n{sentence}\n")


def test_an_item_is_read_with_what_leads_into_its_list() -> None:
    assert norms("# Heron 9\n\nYou are not allowed to:\n\n- sell it\n")
    assert not norms("# Heron 9\n\nYou are free to:\n\n- sell it\n")


def test_a_cell_that_says_no_is_read_with_its_row() -> None:
    assert norms("# Heron 9\n\n| Use | |\n| --- | --- |\n| Commercial use | ❌ |\n")
    assert not norms("# Heron 9\n\n| Use | |\n| --- | --- |\n| Commercial use | ✅ |\n")


def test_advice_on_technique_is_no_restriction_outside_of_the_license_section() -> None:
    assert not norms("# Heron 9\n\n## How to use\n\nDo not use the model with a batch larger than 8.\n")


@pytest.mark.parametrize("heading", ["Forbidden", "Not allowed", "Permitted use"])
def test_a_heading_bars_what_stands_below_it(heading: str) -> None:
    assert norms(f"# Heron 9\n\nA model.\n\n### {heading}\n\n- sorting of clouds\n- games\n")


def test_a_heading_that_permits_everything_bars_nothing() -> None:
    assert not norms("# Heron 9\n\n### Permitted use\n\nAnything, trade included.\n")


def test_a_row_that_gives_another_model_its_license_is_not_about_this_one() -> None:
    table = "# Heron 9\n\n| Model | License |\n| --- | --- |\n| Heron 9 | MIT |\n| Osprey 3 | research only |\n"
    assert not norms(table)
    assert norms(table.replace("Heron 9 | MIT", "Heron 9 | research only"))


def test_the_sort_of_a_note_is_no_part_of_its_first_sentence() -> None:
    assert norms("# Heron 9\n\n> [!WARNING]\n> By fetching it you promise not to use the weights for surveillance.\n")


def test_what_the_ledger_explains_is_not_asked() -> None:
    assert judge_sentence("You may use, modify and sell the model.").explained
    assert not judge_sentence("Operators shall send us a list of their clients each month.").explained


def test_a_row_that_is_crossed_out_in_a_table_of_what_is_allowed_bars() -> None:
    table = "# Heron 9\n\n| | allowed |\n| --- | --- |\n| hobby | ✔ |\n| work | ✘ |\n"
    assert norms(table)
    assert not norms(table.replace("✘", "✔"))
    assert not norms(table.replace("allowed", "supported"))
