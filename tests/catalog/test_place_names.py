"""What a place is called."""

from __future__ import annotations

import pytest

from licensecheck.catalog.phrasing import place_name


@pytest.mark.parametrize(
    ("code", "name"), [("DE", "Germany"), ("us-de", "Delaware"), ("EU", "European Union"), ("worldwide", "worldwide")]
)
def test_a_code_is_called_by_its_name(code: str, name: str) -> None:
    assert place_name(code) == name
