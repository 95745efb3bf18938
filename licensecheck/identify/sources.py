"""Reads the texts that the index is built from: SPDX's, ScanCode's, plain texts of known records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from licensecheck.identify.blanks import mark_blanks
from licensecheck.identify.labels import Label
from licensecheck.identify.names import Names, own_label
from licensecheck.identify.spdx import OLD_GNU_NAME, read_spdx
from licensecheck.identify.titles import drop_copyright_lines, split_title
from licensecheck.load.yamlfile import parse_yaml
from licensecheck.text.decode import read_text

_NOT_A_TEXT = ("is_deprecated", "is_generic", "is_unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A license text to index: `body` has its blanks marked; `title` holds lines that a copy may lack."""

    origin: str
    label: Label
    body: str
    title: str = ""


def read_sources(folders: list[Path], *, names: Names) -> Iterator[Source]:
    """The texts below the folders, in the order of their paths; a plain text that no record knows is passed over."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".LICENSE":
                yield from _scancode(path, names=names)
            elif path.suffix == ".xml":
                yield from _spdx(path, names=names)
            elif path.suffix == ".json":
                yield from _published(path, names=names)
            elif path.suffix in (".txt", ".md"):
                yield from _plain(path, names=names)


def _scancode(path: Path, *, names: Names) -> Iterator[Source]:
    front, text = _front_matter(read_text(path).text, path=str(path))
    if any(front.get(flag) for flag in _NOT_A_TEXT):
        return
    key, spdx = str(front["key"]), str(front.get("spdx_license_key") or "")
    spdx = "" if spdx.startswith("LicenseRef") else spdx
    label = names.name_scancode(key, spdx=spdx, name=str(front["name"]))
    label = replace(label, spdx=spdx or label.spdx, scancode=key)
    yield _from_plain(text, origin=f"scancode:{key}", label=label)


def _spdx(path: Path, *, names: Names) -> Iterator[Source]:
    entry = read_spdx(path)
    if entry is None:
        return
    label = names.find(entry.id) or own_label(spdx=entry.id, name=entry.name)
    for body in entry.bodies:
        yield Source(origin=f"spdx:{entry.id}", label=replace(label, spdx=entry.id), body=body, title=entry.title)
    for header in entry.headers:
        notice = replace(label, spdx=entry.id, name=f"{label.name} (notice)")
        yield Source(origin=f"spdx:{entry.id}#notice", label=notice, body=header)


def _published(path: Path, *, names: Names) -> Iterator[Source]:
    """A text as SPDX publishes it: one JSON object a license, in a file that bears its id."""
    data = json.loads(read_text(path).text)
    if OLD_GNU_NAME.match(path.stem) or "licenseText" not in data:
        return
    label = names.find(path.stem) or own_label(spdx=path.stem, name=str(data["name"]))
    yield _from_plain(data["licenseText"], origin=f"published:{path.stem}", label=replace(label, spdx=path.stem))


def _plain(path: Path, *, names: Names) -> Iterator[Source]:
    source = read_text(path)
    label = names.find_file(source.sha256) or names.find(path.stem)
    if label is not None:
        yield _from_plain(source.text, origin=f"text:{path.stem}", label=label)


def _from_plain(text: str, *, origin: str, label: Label) -> Source:
    title, body = split_title(drop_copyright_lines(mark_blanks(text)), name=f"{label.name} {label.id} {label.spdx}")
    return Source(origin=origin, label=label, body=body, title=title)


def _front_matter(text: str, *, path: str) -> tuple[dict[str, Any], str]:
    """The YAML between the first two lines of hyphens, and what follows."""
    head, _, body = text.removeprefix("---\n").partition("\n---")
    front: dict[str, Any] = parse_yaml(head, path=path)
    return front, body
