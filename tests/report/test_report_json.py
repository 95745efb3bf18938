"""The JSON report keeps its published schema."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from heron import make_report, make_trio

import licensecheck
from licensecheck.report.json import render

SCHEMA: dict[str, Any] = json.loads(
    (Path(licensecheck.__file__).parent / "catalog" / "schemas" / "report.schema.json").read_text(encoding="utf-8")
)
REPORT: dict[str, Any] = json.loads(render(make_report(*make_trio())))


def test_the_report_keeps_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(REPORT, SCHEMA)


@pytest.mark.parametrize("field", ["verdict", "openness", "findings", "licenses"])
def test_the_schema_misses_a_field_that_is_taken_away(field: str) -> None:
    broken = copy.deepcopy(REPORT)
    del broken["targets"][0][field]

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_the_schema_knows_the_statuses() -> None:
    broken = copy.deepcopy(REPORT)
    broken["targets"][0]["findings"][0]["status"] = "fine"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)
