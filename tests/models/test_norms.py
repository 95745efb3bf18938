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


def test_an_item_is_read_with_what_leads_into_its_list() -> None:
    assert norms("# Heron 9\n\nYou are not allowed to:\n\n- sell it\n")
    assert not norms("# Heron 9\n\nYou are free to:\n\n- sell it\n")


def test_a_cell_that_says_no_is_read_with_its_row() -> None:
    assert norms("# Heron 9\n\n| Use | |\n| --- | --- |\n| Commercial use | ❌ |\n")
    assert not norms("# Heron 9\n\n| Use | |\n| --- | --- |\n| Commercial use | ✅ |\n")


def test_advice_on_technique_is_no_restriction_outside_of_the_license_section() -> None:
    assert not norms("# Heron 9\n\n## How to use\n\nDo not use the model with a batch larger than 8.\n")
