"""Every license expression that a bill of material prints can be read by the library that reads SPDX expressions."""

from __future__ import annotations

import importlib.util

import pytest

from licensecheck.catalog.records import all_records
from licensecheck.report.bom import name_license


@pytest.mark.skipif(importlib.util.find_spec("license_expression") is None, reason="needs license-expression")
def test_every_expression_that_is_printed_can_be_parsed() -> None:
    from license_expression import get_spdx_licensing

    licensing = get_spdx_licensing()
    for record in all_records():
        expression = name_license(record.id).expression
        assert licensing.parse(expression).render() == expression


def test_every_reference_of_our_own_is_made_of_the_letters_that_spdx_allows() -> None:
    for record in all_records():
        expression = name_license(record.id).expression
        assert expression.replace("-", "").replace(".", "").replace("+", "").isalnum()
