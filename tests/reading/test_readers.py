"""Readers of attributes: amounts, dates, names, addresses, places."""

from __future__ import annotations

import pytest

from licensecheck.reading.attributes import find_places, find_quoted, find_urls
from licensecheck.reading.numbers import find_amounts, find_dates


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("700 million users", 700_000_000, None),
        ("one million (1,000,000) users", 1_000_000, None),
        ("US$10,000,000 a year", 10_000_000, "USD"),
        ("RMB 1 billion", 1_000_000_000, "CNY"),
        ("20 million US dollars", 20_000_000, "USD"),
        ("seven hundred and fifty thousand people", 750_000, None),
        ("3亿月活跃用户", 300_000_000, None),
        ("一亿月活跃用户", 100_000_000, None),
        ("人民币三千五百万元", 35_000_000, "CNY"),
        ("超过百万用户", 1_000_000, None),
        ("十二万五千人", 125_000, None),
        ("5천만 명", 50_000_000, None),
        ("€2.5 million", 2_500_000, "EUR"),
        ("$5M", 5_000_000, "USD"),
        ("1 000 000 users", 1_000_000, None),
    ],
)
def test_amounts_are_read_as_they_are_written(text: str, value: float, currency: str | None) -> None:
    first = find_amounts(text)[0]
    assert (first.value, first.currency) == (value, currency)


def test_a_figure_that_repeats_the_words_counts_once() -> None:
    assert len(find_amounts("one million (1,000,000) users")) == 1


def test_characters_of_names_and_ordinals_are_no_amounts() -> None:
    assert find_amounts("通义千问与百度的第一条") == []


@pytest.mark.parametrize(
    "text",
    ["April 5, 2025", "5 April 2025", "5th of April, 2025", "2025-04-05", "2025/4/5", "2025年4月5日", "Apr. 5 2025"],
)
def test_dates_in_all_their_forms(text: str) -> None:
    assert find_dates(f"effective {text} or so")[0][0] == "2025-04-05"


def test_a_date_that_does_not_exist_is_none() -> None:
    assert find_dates("February 30, 2025") == []


@pytest.mark.parametrize(
    "text",
    ["show “Made by Foo” here", 'show "Made by\nFoo" here', "show «Made by Foo» here", "show 'Made by Foo' here"],
)
def test_quoted_names_in_any_marks(text: str) -> None:
    assert [name for name, _, _ in find_quoted(text, 0, len(text))] == ["Made by Foo"]


def test_an_apostrophe_opens_no_quotation() -> None:
    text = "the licensor's name and the users' rights"
    assert find_quoted(text, 0, len(text)) == []


def test_an_address_loses_its_full_stop() -> None:
    text = "see https://example.org/policy. Then go on."
    assert find_urls(text, 0, len(text))[0][0] == "https://example.org/policy"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the laws of the State of California", "US-CA"),
        ("the laws of the People's Republic of China", "CN"),
        ("the Hong Kong Special Administrative Region", "HK"),
        ("the Republic of Korea", "KR"),
        ("the European Union", "EU"),
        ("England and Wales", "GB"),
        ("中华人民共和国法律", "CN"),
    ],
)
def test_places_have_their_codes(text: str, code: str) -> None:
    assert find_places(text, 0, len(text))[0].code == code


def test_the_pronoun_us_is_no_country() -> None:
    text = "you shall pay us at once"
    assert find_places(text, 0, len(text)) == []
