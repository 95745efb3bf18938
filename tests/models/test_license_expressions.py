"""The licenses that a value of a field means: spellings, choices and expressions."""

from __future__ import annotations

import pytest

from licensecheck.models.license_names import licenses_of_value


def ids(value: str) -> list[str | None]:
    return [name.record.id if name.record else None for name in licenses_of_value(value)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("MIT OR Apache-2.0", ["mit"]),
        ("mit/apache-2.0", ["mit"]),
        ("Apache-2.0 AND CC-BY-NC-4.0", ["apache-2.0", "cc-by-nc-4.0"]),
        ("MIT OR CC-BY-NC-4.0 AND Apache-2.0", ["mit"]),
        ("CC-BY-NC-4.0 AND (MIT OR Apache-2.0)", ["cc-by-nc-4.0", "mit"]),
        ("GPL-2.0-only WITH Classpath-exception-2.0", ["gpl-2.0"]),
        ("cc-by-nc", ["cc-by-nc-4.0"]),
        ("Apache 2", ["apache-2.0"]),
    ],
)
def test_a_choice_takes_the_freest_and_a_sum_takes_all(value: str, expected: list[str]) -> None:
    assert ids(value) == expected


@pytest.mark.parametrize("value", ["MIT OR foo", "foo-license"])
def test_an_expression_with_an_unknown_side_stays_one_unknown_name(value: str) -> None:
    assert ids(value) == [None]
