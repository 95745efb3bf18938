"""The places in which repositories name models: each sample of `places.yaml` and of the detectors' own examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.repository.detector_examples import detector_files, try_detector
from licensecheck.repository.syntax.slot import syntax_of
from licensecheck.repository.walk import scan_text

PLACES = yaml.safe_load((Path(__file__).parent / "places.yaml").read_text("utf-8"))
DETECTORS = detector_files()


def found(file: str, text: str) -> list[str]:
    """What the scan says of a text, as samples write it."""
    syntax = syntax_of(file)
    assert syntax is not None
    lines = []
    for each in scan_text(text, file, syntax):
        pinned = f"@{each.revision}" if each.revision else ""
        lines.append(f"{each.line} {each.role.value} {each.model}{pinned}")
    return sorted(lines)


@pytest.mark.parametrize("sample", PLACES, ids=[sample["place"] for sample in PLACES])
def test_place_gives_its_references_and_no_other(sample: dict[str, Any]) -> None:
    assert found(sample["file"], sample["text"]) == sorted(sample["expect"])


def _examples() -> list[Any]:
    return [
        pytest.param(example, id=f"{path.stem}: {example['name']}")
        for path in DETECTORS
        for example in yaml.safe_load(path.read_text("utf-8")).get("examples", ())
    ]


@pytest.mark.parametrize("example", _examples())
def test_example_of_a_detector_holds(example: dict[str, Any]) -> None:
    assert try_detector(example) is None


@pytest.mark.parametrize("path", DETECTORS, ids=[path.stem for path in DETECTORS])
def test_detector_has_an_example_and_bears_the_name_of_its_file(path: Path) -> None:
    data = yaml.safe_load(path.read_text("utf-8"))
    assert data["examples"]
    assert data["id"] == path.stem
