"""What an expression needs: no text that it fits is passed over, and few others are looked into."""

from __future__ import annotations

import re

import pytest

from licensecheck.text.literals import Prefilter, fold, needed_literals


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"commercial|licen[cs]e", {"commercial", "license", "licence"}),
        (r"\b(?:fees?|royalt\w+)\b|评测", {" fee ", " fees ", " royalt", "评测"}),
        (r"non-?commercial", {"non commercial", "noncommercial"}),
        (r"(?<![\w])(?:only|sole(?:ly)?)(?![\w])", {" only ", " sole ", " solely "}),
        (r"(?:in|to) \w+ production", {" production"}),
    ],
)
def test_literals_of_an_expression(pattern: str, literals: set[str]) -> None:
    assert needed_literals(pattern) == literals


@pytest.mark.parametrize("pattern", [r"\w+", r"a?", r"\S+@\S+", r"."])
def test_an_expression_that_needs_nothing_is_always_tried(pattern: str) -> None:
    assert needed_literals(pattern) is None
    assert Prefilter({"it": pattern}).able("anything") == 1


TEXTS = (
    "you may not sell it",
    "not for (commercial) use!",
    "a fee — of two euros",
    "❌commercial",
    "x | no | y",
    "non-commercial, please",
    "商用禁止",
    "it isn't allowed",
)
PATTERNS = (
    r"\bnot\b",
    r"\bcommercial(?:ly)? use\b|non-?\s?commercial",
    r"\bfees? (?:of|\W+of)",
    r"❌|✗",
    r"(?<=[|:] )no(?= ?\|)",
    r"n.t allowed",
    r"商[用业]",
    r"(?<!\w)(?:may|can)(?: not|n.t)",
    r"^\W*x\b",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_fits_is_never_passed_over(pattern: str, text: str) -> None:
    if re.search(pattern, text):
        assert Prefilter({"it": pattern}).able(text)


def test_a_text_is_folded_to_words() -> None:
    assert fold("“no”, sell-it ✗now") == " no sell it ✗ now "
