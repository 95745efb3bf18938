"""`licensecheck bom` writes valid bills of material with the same bytes each time."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_python_model import v3_0_1

from licensecheck.cli.main import run


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model folder whose card declares a license."""
    folder = tmp_path / "wren-1"
    folder.mkdir()
    (folder / "README.md").write_text("---\nlicense: apache-2.0\ndatasets: [wader/pond]\n---\n# Wren 1\n")
    return folder


def test_the_cyclonedx_bill_of_a_folder_is_valid(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bom", str(model)]) == 0

    shown = capsys.readouterr().out
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(shown) is None
    declared = json.loads(shown)["components"][0]["licenses"][0]["license"]
    assert declared == {"id": "Apache-2.0", "acknowledgement": "declared"}


def test_the_spdx_document_of_a_folder_can_be_read(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bom", str(model), "--format", "spdx"]) == 0

    found = v3_0_1.SHACLObjectSet()
    v3_0_1.JSONLDDeserializer().read(io.BytesIO(capsys.readouterr().out.encode()), found)
    assert [data.name for data in found.foreach_type(v3_0_1.dataset_DatasetPackage)] == ["wader/pond"]


@pytest.mark.parametrize("form", ["cyclonedx", "spdx"])
def test_the_same_folder_gives_the_same_bytes(model: Path, tmp_path: Path, form: str) -> None:
    outs = [tmp_path / "a.json", tmp_path / "b.json"]
    for out in outs:
        run(["bom", str(model), "-f", form, "-o", str(out)])

    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_a_day_that_is_none_ends_with_2(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bom", str(model), "--date", "soon"]) == 2
    assert "'soon' is not a day" in capsys.readouterr().err
