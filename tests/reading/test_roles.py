"""The licensee by the name that a text gives it."""

from __future__ import annotations

import pytest

from licensecheck.reading.indexed_text import words_by_role
from licensecheck.text.tokens import split_words


def spoken(text: str) -> list[str]:
    return words_by_role(split_words(text), text)


@pytest.mark.parametrize(
    "opening",
    [
        'These terms bind the firm that accepts them ("you" or "Company").',
        "These terms bind whoever accepts them (“Company,” or “you”).",
        '"Company" means you and those you work for.',
        'These terms bind the legal entity that downloads the files ("Company").',
    ],
)
def test_a_name_given_to_the_licensee_is_read_as_the_licensee(opening: str) -> None:
    assert spoken(f"{opening} Company shall pay.")[-3:] == ["licensee", "shall", "pay"]


def test_a_name_given_to_the_licensor_stays() -> None:
    assert "company" in spoken(
        "Acme Ltd. (“Company”, “we”) licenses the entity named above (“Company”). Company may stop."
    )


def test_a_small_letter_is_no_name() -> None:
    assert spoken('You ("you" or "Company") are a company.')[-1] == "company"
