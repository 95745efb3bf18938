"""The detectors that ship with the project, from the files of `rules/scan`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import translate
from functools import lru_cache
from pathlib import Path
from typing import Any

from licensecheck.load.paths import rules_root
from licensecheck.load.yamlfile import parse_yaml
from licensecheck.model.reference import ReferenceRole
from licensecheck.scan.detectors import Anchor, Detectors, TextPattern
from licensecheck.scan.slot import Kind
from licensecheck.scan.values import Vocabulary
from licensecheck.text.decode import read_text

_EXAMPLES = re.compile(r"^examples:", re.M)
_KINDS = {"keys": Kind.KEY, "calls": Kind.CALL, "commands": Kind.COMMAND, "texts": Kind.TEXT}


@lru_cache(maxsize=1)
def load_detectors() -> Detectors:
    """The detectors that ship with the project."""
    folder = rules_root() / "scan"
    data = {path.stem: _load(path) for path in sorted(folder.glob("*.yaml"))}
    values = data.pop("values")
    anchors = tuple(anchor for name, each in data.items() for anchor in _anchors(name, each))
    patterns = tuple(
        TextPattern(
            detector=name,
            contains=tuple(entry["contains"]),
            pattern=re.compile(entry["pattern"]),
            role=ReferenceRole(entry["role"]),
        )
        for name, each in data.items()
        for entry in each.get("patterns", ())
    )
    requests, endpoints = frozenset(values["requests"]), frozenset(values["endpoints"])
    return Detectors(Vocabulary.of(values), anchors, patterns, requests, endpoints)


def _load(path: Path) -> Any:
    """The data of a detector file without its examples, which only the tests read."""
    text = read_text(path).text
    cut = _EXAMPLES.search(text)
    return parse_yaml(text[: cut.start()] if cut else text, path=str(path))


def _anchors(name: str, data: Mapping[str, Any]) -> Iterator[Anchor]:
    for key, kind in _KINDS.items():
        for entry in data.get(key, ()):
            yield _anchor(name, kind, entry)


def _anchor(detector: str, kind: Kind, entry: Mapping[str, Any]) -> Anchor:
    role = entry.get("role", "load")
    files = entry.get("files")
    return Anchor(
        detector=detector,
        kind=kind,
        names=tuple(entry["names"]),
        role=None if role == "none" else ReferenceRole(role),
        accept=frozenset(entry.get("accept", ())),
        under=frozenset(entry.get("under", ())),
        not_under=frozenset(entry.get("not_under", ())),
        beside=tuple(entry.get("beside", ())),
        not_beside=tuple(entry.get("not_beside", ())),
        at=tuple(entry.get("at", ())),
        value=re.compile(entry["value"]) if "value" in entry else None,
        in_files_with=tuple(entry.get("in_files_with", ())),
        family_only=bool(entry.get("family_only", False)),
        files=re.compile("|".join(translate(each) for each in files), re.IGNORECASE) if files else None,
    )
