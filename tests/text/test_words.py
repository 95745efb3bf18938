"""Words, stems and blocks of markup."""

from __future__ import annotations

import pytest

from licensecheck.text.markup import mask_markup
from licensecheck.text.tokens import split_words, stem


@pytest.mark.parametrize(
    "written",
    ["non-commercial", "non commercial", "noncommercial", "Non-\ncommercial", "Non-\n    Commercial", "NON–COMMERCIAL"],
)
def test_noncommercial_is_one_word_however_it_is_written(written: str) -> None:
    assert split_words(written).lower == ["noncommercial"]


def test_none_and_nonetheless_are_no_negated_words() -> None:
    assert split_words("none nonetheless").lower == ["none", "nonetheless"]


def test_chinese_counts_a_character_a_word() -> None:
    assert split_words("不得使用 it").lower == ["不", "得", "使", "用", "it"]


def test_offsets_lead_back_to_the_text() -> None:
    text = "The *Model* is AS-IS."
    words = split_words(text)
    assert [text[a:b].lower() for a, b in zip(words.starts, words.ends, strict=True)] == [
        "the",
        "model",
        "is",
        "as",
        "is",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("licence", "license"), ("organisation", "organization"), ("modified", "modify"), ("recognised", "recognized")],
)
def test_spellings_and_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_link_keeps_its_label_and_the_length_of_the_text() -> None:
    text = "see [the policy](https://example.org/p) now"
    masked = mask_markup(text)
    assert len(masked) == len(text)
    assert masked.split() == ["see", "the", "policy", "now"]


def test_script_is_no_text() -> None:
    assert "alert" not in mask_markup("<html><script>alert(1)</script><p>You may use it.</p></html>")


def test_page_headers_are_blanked_where_they_recur() -> None:
    page = "Words of the license go on\nAcme License Page {} of 9\nover the page.\n"
    masked = mask_markup("".join(page.format(n) for n in range(1, 5)))
    assert "Page" not in masked
    assert "over the page" in masked


def test_comment_marks_of_a_block_within_a_text_are_no_bullets() -> None:
    text = "The following holds.\n\n/*****\n * You may copy,\n * modify and\n * share it.\n *****/\n\nGoodbye to you.\n"
    assert "*" not in mask_markup(text)


def test_bullets_stay_bullets() -> None:
    text = "You may:\n\n* copy it\n* modify it\n* share it\n\nGoodbye to you, and thanks.\n"
    assert mask_markup(text).count("* ") == 3
