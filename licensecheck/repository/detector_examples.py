"""Running the examples of the detectors under `rules/scan`: a file of a repository, and the models it names."""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import rules_root
from licensecheck.catalog.yaml_files import load_yaml
from licensecheck.domain.rules import Trial
from licensecheck.repository.syntax.slot import syntax_of
from licensecheck.repository.walk import scan_text

NO_DETECTORS = frozenset(("values", "coverage"))
"""Files of the folder that hold tables."""


def detector_files() -> list[Path]:
    """The files of all detectors, in a fixed order."""
    return sorted(path for path in (rules_root() / "scan").glob("*.yaml") if path.stem not in NO_DETECTORS)


def try_detectors(names: Container[str]) -> Trial:
    """The trial of the detectors of these names, or of all where none is named."""
    files = [path for path in detector_files() if not names or path.stem in names]
    examples = [(path.stem, each) for path in files for each in load_yaml(path, name=path.name).get("examples", ())]
    faults = ((name, example, try_detector(example)) for name, example in examples)
    return Trial(
        rules=len(files),
        examples=len(examples),
        faults=tuple(f"{name}: {example['name']}: {fault}" for name, example, fault in faults if fault),
    )


def try_detector(example: Mapping[str, Any]) -> str | None:
    """What is wrong with an example of a detector; None where the scan finds what it expects, and no more."""
    syntax = syntax_of(example["file"])
    if syntax is None:
        return f"no reader knows files as {example['file']}"
    seen = scan_text(example["text"], example["file"], syntax)
    found = sorted(f"{each.line} {each.role.value} {each.model}" for each in seen)
    return None if found == sorted(example["expect"]) else f"gives {found}, expected {sorted(example['expect'])}"
