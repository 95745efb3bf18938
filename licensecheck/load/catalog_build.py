"""Build the catalog's index: the YAML records, ledgers and model lists become JSON files that open in milliseconds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError
from licensecheck.load.models import MODELS
from licensecheck.load.models_build import build_models
from licensecheck.load.record_files import ledger_paths, load_checked, load_record_data, record_paths
from licensecheck.load.records import INDEX, RECORDS, name_key
from licensecheck.place import Place
from licensecheck.text.write import write_whole

HANDS_ON = "hands-on.yaml"
"""The file beside the records that lists the kinds of terms which reach those who get a derivative."""


def build_catalog(root: Path) -> dict[str, str]:
    """The text of each built file by its name, from the YAML files below `root`."""
    records = [load_record_data(path) | {"_path": str(path)} for path in record_paths(root)]
    by_id = _by_id(records)
    kinds = frozenset(load_checked(root / HANDS_ON, schema="hands-on")["kinds"])
    for record in records:
        record.setdefault("hands_on", _hands_on(record, kinds))
    families = [_family(load_checked(path, schema="family"), path=path, by_id=by_id) for path in ledger_paths(root)]
    ordered = sorted([*records, *families], key=_id)
    ledgers = {record["family"]: line for line, record in enumerate(ordered) if "versions" in record}
    index = {"names": _names(ordered), "sha256": _hashes(ordered), "families": ledgers}
    lines = [_line({key: value for key, value in record.items() if key != "_path"}) for record in ordered]
    return {
        INDEX: _line(index) + "\n",
        RECORDS: "\n".join(lines) + "\n",
        MODELS: _line(build_models(root, known=_known(ordered))) + "\n",
    }


def write_catalog(root: Path) -> list[str]:
    """Build and write the files that changed; their names."""
    changed = []
    for name, text in build_catalog(root).items():
        path = root / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            write_whole(text, path)
            changed.append(name)
    return changed


def _by_id(records: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    by_id: dict[str, dict[str, Any]] = {}
    for record in records:
        path = Path(record["_path"])
        if path.stem != record["id"] or path.parent.name != record["family"]:
            expected = f"{record['family']}/{record['id']}.yaml"
            raise DataError(f"must be {expected}, as its family and id say", Place(path=str(path)))
        if record["id"] in by_id:
            taken = by_id[record["id"]]["_path"]
            raise DataError(f"the id {record['id']} is taken by {taken}", Place(path=str(path)))
        by_id[record["id"]] = record
    for record in records:
        for policy in record.get("incorporates", ()):
            if not by_id.get(policy, {}).get("policy"):
                raise DataError(f"incorporates: {policy} is no record of a policy", Place(path=record["_path"]))
    return by_id


def _family(ledger: dict[str, Any], *, path: Path, by_id: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The record of a family: what all its versions have in common, and the terms that any of them has."""
    for version in ledger["versions"]:
        if version["id"] not in by_id:
            raise DataError(f"versions: no record has the id {version['id']}", Place(path=str(path)))
    members = [by_id[version["id"]] for version in ledger["versions"]]
    versions = [{"id": v["id"], "date": m.get("date"), **v} for v, m in zip(ledger["versions"], members, strict=True)]
    head = {key: value for key, value in ledger.items() if key != "versions"}
    return head | {
        "family": path.parent.name,
        "class": _agreed(members, "class"),
        "osi_approved": _agreed(members, "osi_approved"),
        "fsf_free": _agreed(members, "fsf_free"),
        "versions": versions,
        "terms": _joint_terms(members),
        "hands_on": sorted({kind for member in members for kind in member["hands_on"]}),
        "_path": str(path),
    }


def _agreed(members: list[dict[str, Any]], key: str) -> Any:
    values = {member.get(key) for member in members}
    return values.pop() if len(values) == 1 else None


def _joint_terms(members: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """The terms of all versions without repeats and clause numbers; None while the text of one of them is unread."""
    joint: dict[str, dict[str, Any]] = {}
    for member in members:
        if member["terms"] is None:
            return None
        for term in member["terms"]:
            bare = {key: value for key, value in term.items() if key != "clause"}
            joint.setdefault(_line(bare), bare)
    return list(joint.values())


def _hands_on(record: dict[str, Any], kinds: frozenset[str]) -> list[str]:
    return sorted({term["kind"] for term in record["terms"] or ()} & kinds)


def _names(ordered: list[dict[str, Any]]) -> dict[str, int]:
    """Every name's line; a name that two records claim is a fault of the data."""
    names: dict[str, int] = {}
    for line, record in enumerate(ordered):
        for name in _names_of(record):
            taken = names.setdefault(name_key(name), line)
            if taken != line:
                other = ordered[taken]["id"]
                raise DataError(f"the name {name} already belongs to {other}", Place(path=record["_path"]))
    return dict(sorted(names.items()))


def _names_of(record: dict[str, Any]) -> list[str]:
    return [record["id"], *(name for names in record.get("ids", {}).values() for name in names)]


def _hashes(ordered: list[dict[str, Any]]) -> dict[str, int]:
    hashes: dict[str, int] = {}
    for line, record in enumerate(ordered):
        for digest in record.get("sha256", ()):
            if hashes.setdefault(digest, line) != line:
                raise DataError(f"the text {digest} belongs to another record too", Place(path=record["_path"]))
    return dict(sorted(hashes.items()))


def _known(ordered: list[dict[str, Any]]) -> dict[str, bool]:
    return {record["id"]: "versions" in record for record in ordered}


def _id(record: dict[str, Any]) -> str:
    text: str = record["id"]
    return text


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
