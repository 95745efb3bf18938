"""One whole report in every format."""

from __future__ import annotations

import re
from json import dumps, loads

import pytest
from heron import make_report, make_trio
from syrupy.assertion import SnapshotAssertion

from licensecheck.report import html, json, markdown, sarif, text
from licensecheck.report.bom import cyclonedx, spdx
from licensecheck.report.compare import html as compare_html
from licensecheck.report.compare import json as compare_json
from licensecheck.report.compare import sheet
from licensecheck.report.compare import text as compare_text
from licensecheck.report.compare.matrix import build_matrix
from licensecheck.report.materials import make_materials

REPORT = make_report()
MATRIX = build_matrix(make_trio(), judged=True)


def body_of(page: str) -> str:
    """The page without its style sheet."""
    return re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def without_help(log: str) -> str:
    """The log without the texts of the check rules, which change with the rules."""
    data = loads(log)
    for rule in data["runs"][0]["tool"]["driver"]["rules"]:
        del rule["help"], rule["fullDescription"]
    return dumps(data, indent=2)


SHOWN = {
    "text": text.render(REPORT),
    "html": body_of(html.render(REPORT)),
    "markdown": markdown.render(REPORT),
    "json": json.render(REPORT),
    "sarif": without_help(sarif.render(REPORT)),
    "cyclonedx": cyclonedx.render(REPORT),
    "spdx": spdx.render(REPORT),
    "compare text": compare_text.render(MATRIX),
    "compare html": body_of(compare_html.render(MATRIX, made="licensecheck 0.0.0")),
    "compare csv": sheet.render_csv(MATRIX),
    "compare json": compare_json.render(MATRIX),
    "materials": "\n".join(
        f"--- {material.name}\n{material.content}" for material in make_materials(REPORT.targets[0])
    ),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_report_looks_as_before(name: str, snapshot: SnapshotAssertion) -> None:
    assert SHOWN[name] == snapshot
