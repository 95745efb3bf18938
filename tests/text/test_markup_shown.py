"""What is safe to show is passed through unread, and what is not is found whatever stands around it."""

from __future__ import annotations

import pytest

from licensecheck.text.markup import UNSAFE, plain, without_orders

SAMPLES = (
    "plain words",
    "two\nlines\tand a tab",
    "a\u00a0gap that is none",
    "語 and é",
    "\x1b[31mred",
    "turned \u202e around",
    "##vso[task.complete]",
    "## heading",
    "a#\u200b#[x]",
    "\ud800 alone",
    "",
)


@pytest.mark.parametrize("text", SAMPLES)
def test_what_is_passed_through_holds_nothing_unsafe(text: str) -> None:
    assert (plain(text) == text) == (UNSAFE.search(text) is None)


def test_orders_are_found_at_the_beginning_of_any_line() -> None:
    assert without_orders("a::b\n  ::error::x") == "a::b\n  \\x3a:error::x"
    assert without_orders("a: b") == "a: b"
