"""What known texts are called: the names of the license records, or a text's own where no record knows it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from licensecheck.identify.labels import Label
from licensecheck.load.record_files import record_paths
from licensecheck.load.yamlfile import load_yaml

_GNU_CHOICE = re.compile(r"-(?:only|or-later)$")


class Names:
    """The records by each of their names and by the hashes of the files that hold their texts."""

    def __init__(self, root: Path) -> None:
        self._by_name: dict[str, dict[str, Any]] = {}
        self._by_hash: dict[str, dict[str, Any]] = {}
        for path in record_paths(root):
            record = load_yaml(path)
            names = [record["id"], *(name for listed in record.get("ids", {}).values() for name in listed)]
            self._by_name.update((name.lower(), record) for name in names)
            self._by_hash.update((digest, record) for digest in record.get("sha256", ()))

    def find(self, *names: str) -> Label | None:
        """The label of the first name that a record bears."""
        found = next((self._by_name[name.lower()] for name in names if name.lower() in self._by_name), None)
        return None if found is None else _label(found)

    def name_scancode(self, key: str, *, spdx: str, name: str) -> Label:
        """The label of what ScanCode calls so; a record that has another ScanCode id only sounds alike."""
        record = self._by_name.get(key.lower())
        if record is not None and not _sounds_alike(record, key):
            return _label(record)
        own = self.find(spdx) or own_label(spdx=spdx, scancode=key, name=name)
        return replace(own, id=f"scancode-{key}") if own.id == key and record is not None else own

    def find_file(self, sha256: str) -> Label | None:
        """The label of the record that names the file with this hash."""
        found = self._by_hash.get(sha256)
        return None if found is None else _label(found)


def own_label(*, spdx: str = "", scancode: str = "", name: str) -> Label:
    """The label of a text that no record knows."""
    own = _GNU_CHOICE.sub("", spdx).lower() if spdx else scancode
    return Label(id=own, name=name, spdx=spdx, scancode=scancode)


def _sounds_alike(record: dict[str, Any], key: str) -> bool:
    ids = record.get("ids", {})
    others = (record["id"], *(name.lower() for name in ids.get("spdx", ())))
    return key.lower() in others and key not in ids.get("scancode", (key,))


def _label(record: dict[str, Any]) -> Label:
    ids = record.get("ids", {})
    return Label(
        id=record["id"],
        name=record["name"],
        version=record.get("version") or record.get("date") or "",
        spdx=_first(ids, "spdx"),
        hf=_first(ids, "hf"),
        scancode=_first(ids, "scancode"),
    )


def _first(ids: dict[str, list[str]], scheme: str) -> str:
    names = ids.get(scheme) or [""]
    return names[0]
