"""One whole report in every format."""

from __future__ import annotations

import re
from json import dumps, loads

import pytest
from heron import make_report, make_trio
from syrupy.assertion import SnapshotAssertion

from licensecheck.report import bom as cyclonedx
from licensecheck.report import bom as spdx
from licensecheck.report import compare_formats as compare_html
from licensecheck.report import compare_formats as compare_json
from licensecheck.report import compare_formats as compare_text
from licensecheck.report import compare_sheet as sheet
from licensecheck.report import html, json, markdown, sarif, text
from licensecheck.report.compare_matrix import build_matrix
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
    "cyclonedx": cyclonedx.render_cyclonedx(REPORT),
    "spdx": spdx.render_spdx(REPORT),
    "compare text": compare_text.render_text(MATRIX),
    "compare html": body_of(compare_html.render_html(MATRIX, made="licensecheck 0.0.0")),
    "compare csv": sheet.render_csv(MATRIX),
    "compare json": compare_json.render_json(MATRIX),
    "materials": "\n".join(
        f"--- {material.name}\n{material.content}" for material in make_materials(REPORT.targets[0])
    ),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_report_looks_as_before(name: str, snapshot: SnapshotAssertion) -> None:
    assert SHOWN[name] == snapshot
