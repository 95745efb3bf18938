"""The scan: every reference to a model in the files of a repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from licensecheck.errors import SourceError, TextError
from licensecheck.model.reference import Reference
from licensecheck.scan.decide import decide, strongest
from licensecheck.scan.detector_files import load_detectors
from licensecheck.scan.detectors import Detectors
from licensecheck.scan.files import MAX_BYTES
from licensecheck.scan.ignores import MARK, Ignore, find_ignores
from licensecheck.scan.patterns import pattern_claims
from licensecheck.scan.prefilter import may_name_models
from licensecheck.scan.read import read
from licensecheck.scan.slot import Origin
from licensecheck.scan.syntax import syntax_of
from licensecheck.scan.yamlish import without_schemas
from licensecheck.text.decode import decode
from licensecheck.text.regular import open_regular


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a scan found, how many files it read, and those that it could not read, with the reason."""

    references: tuple[Reference, ...]
    files: int
    skipped: tuple[tuple[str, str], ...] = ()
    ignores: tuple[Ignore, ...] = ()


def scan_files(
    root: Path, paths: Iterable[str], *, detectors: Detectors | None = None, tick: Callable[[], None] | None = None
) -> Scan:
    """Scan these files, given relative to `root`; `tick` is called after each."""
    detectors = detectors or load_detectors()
    references: list[Reference] = []
    skipped: list[tuple[str, str]] = []
    ignores: list[Ignore] = []
    count = 0
    for path in paths:
        syntax = syntax_of(path)
        if syntax:
            count += 1
            reason = _scan_file(root, path, syntax, detectors, references, ignores)
            if reason:
                skipped.append((path, reason))
        if tick:
            tick()
    return Scan(references=tuple(references), files=count, skipped=tuple(skipped), ignores=tuple(ignores))


def _scan_file(
    root: Path, path: str, syntax: str, detectors: Detectors, references: list[Reference], ignores: list[Ignore]
) -> str | None:
    """Add the references and ignores of a file; or why it was not read."""
    place = os.path.join(root, path)
    if not os.path.isfile(place):
        return None
    try:
        with open_regular(Path(place)) as file:
            data = file.read(MAX_BYTES + 1)
    except SourceError as error:
        return error.message
    if len(data) > MAX_BYTES:
        return f"larger than {MAX_BYTES // 1_000_000} MB"
    marked = MARK in data
    if not marked and not may_name_models(data, syntax, detectors.marks, detectors.may_be_model):
        return None
    try:
        text = decode(data, path=path).text
    except TextError as error:
        return error.message
    try:
        references.extend(scan_text(text, path, syntax, detectors=detectors))
    except RecursionError:
        return "nested too deeply to be taken apart"
    if marked:
        ignores.extend(find_ignores(text, path))
    return None


def scan_text(text: str, path: str, syntax: str, *, detectors: Detectors | None = None) -> tuple[Reference, ...]:
    """The references in one text."""
    detectors = detectors or load_detectors()
    text = text.removeprefix("\ufeff")
    if syntax == "yaml":
        text = without_schemas(text)
    claims = list(decide(read(text, syntax, Origin()), detectors, path, text.lower()))
    claims.extend(pattern_claims(text, detectors, path, syntax))
    return strongest(claims)
