"""The lock of the commit hook and the bill of materials of the tool itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements" / "hook.txt").read_text(encoding="utf-8")
PINS = {name.lower(): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.M)}


def test_every_dependency_is_pinned() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, re.S | re.M)
    assert listed is not None
    names = re.findall(r'"([\w.-]+)', listed[1])
    assert names
    assert [name for name in names if name.lower().replace("_", "-") not in PINS] == []


def test_every_pin_has_hashes() -> None:
    blocks = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.M)[1:]
    assert [block.partition("\n")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    bom = json.loads((ROOT / "requirements" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert {part["name"].lower(): part["version"] for part in bom["components"]} == PINS


def test_the_bill_of_materials_is_valid() -> None:
    validation = pytest.importorskip("cyclonedx.validation.json", reason="the extra for JSON Schema is not installed")
    schema = pytest.importorskip("cyclonedx.schema")
    text = (ROOT / "requirements" / "sbom.cdx.json").read_text(encoding="utf-8")
    assert validation.JsonStrictValidator(schema.SchemaVersion.V1_6).validate_str(text) is None
