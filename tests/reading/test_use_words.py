"""Items of a list of bans in everyday words, which no rule knows."""

from __future__ import annotations

import pytest

from licensecheck.domain.subject import Document, Role
from licensecheck.reading.license_text import read_license
from licensecheck.reading.use_words import categories_named


def uses(text: str) -> dict[str, str]:
    """The categories banned in a text, each with the rule that says so."""
    reading = read_license(Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="0" * 64))
    return {str(t.attributes["category"]): t.rule for t in reading.terms if t.kind == "prohibited-use"}


@pytest.mark.parametrize(
    ("item", "category", "rule"),
    [
        ("Sarin", "weapons", "weapons-banned"),
        ("Click farms", "spam", "spam-banned"),
        ("Burglary", "illegal-activity", "illegal-activity-banned"),
    ],
)
def test_an_item_in_everyday_words_gets_the_category_they_belong_to(item: str, category: str, rule: str) -> None:
    assert uses(f"You may not use the Model for:\n\n- {item}\n- Zorp\n") == {category: rule}


@pytest.mark.parametrize(
    "text",
    [
        "You may use the Model for:\n\n- Burglary\n",
        "The film shows a burglary.\n",
        "You may not use the Model for:\n\n- Burglar alarms\n",
        "You may not use our trademarks or logos for:\n\n- Burglary\n",
    ],
    ids=["a permission", "no list", "a harmless sense", "a list about marks"],
)
def test_elsewhere_such_words_ban_nothing(text: str) -> None:
    assert uses(text) == {}


def test_only_the_categories_asked_for_are_looked_up() -> None:
    assert categories_named("burglary and click farms", among=("spam",)) == ("spam",)
