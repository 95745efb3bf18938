"""Ordinary purposes: known work on known things, and the examples of each trade."""

from __future__ import annotations

import pytest

from licensecheck.catalog.check_rules import load_purposes
from licensecheck.judge.check_examples import try_purposes
from licensecheck.judge.purposes import is_ordinary
from licensecheck.reading.use_phrases import tokens


def test_examples_of_the_trades_show_what_they_say() -> None:
    assert try_purposes(()).faults == ()


def test_vocabulary_holds_more_than_a_thousand_words_of_work() -> None:
    assert len(load_purposes().work) > 1000


@pytest.mark.parametrize("use", ["translation of manuals", "irrigation planning in vineyards", "summaries of zorps"])
def test_known_work_is_ordinary(use: str) -> None:
    assert is_ordinary(tokens(use))


@pytest.mark.parametrize("use", ["zorps and gronks", "making a garden", "wood and stone", "zorping of invoices"])
def test_what_is_no_known_work_is_not_ordinary(use: str) -> None:
    assert not is_ordinary(tokens(use))
