"""Find license records by any of their names or by the hash of a text, from the built index alone.

The YAML records are not opened here: `licensecheck catalog build` has put them into two files of lines,
of which a run reads those that it needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.catalog.built_data import INDEX, RECORDS, licenses_root, load_vocabulary, name_key, name_keys
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.freshness import check_fresh
from licensecheck.catalog.overlays import overlay_records
from licensecheck.catalog.seals import file_seal, unsealed
from licensecheck.catalog.sorted_lines import SortedLines
from licensecheck.domain.licenses import (
    Entity,
    Grant,
    Languages,
    LicenseClass,
    ReadFrom,
    Record,
    ReviewedBy,
    Term,
    Value,
    Version,
)
from licensecheck.errors import DataError, Place

# License records as plain data and back: one shape for the YAML files and the built index.


def record_from(data: Mapping[str, Any]) -> Record:
    """The record that data of the record schema describes."""
    terms = data.get("terms")
    read = data.get("read")
    license_class = data.get("class")
    return Record(
        id=data["id"],
        name=data["name"],
        family=data["family"],
        license_class=LicenseClass(license_class) if license_class else None,
        version=data.get("version"),
        date=data.get("date"),
        steward=data.get("steward"),
        licensor=data.get("licensor"),
        entities=tuple(Entity(**entity) for entity in data.get("entities", ())),
        effective=data.get("effective"),
        languages=_languages(data.get("languages")),
        url=data.get("url"),
        ids={scheme: tuple(names) for scheme, names in data.get("ids", {}).items()},
        osi_approved=data.get("osi_approved"),
        fsf_free=data.get("fsf_free"),
        policy=data.get("policy", False),
        incorporates=tuple(data.get("incorporates", ())),
        sha256=tuple(data.get("sha256", ())),
        read=ReadFrom(**read) if read else None,
        reviewed=ReviewedBy(**data["reviewed"]) if "reviewed" in data else None,
        unread=data.get("unread"),
        terms=None if terms is None else tuple(term_from(term) for term in terms),
        grants=tuple(_grant(grant) for grant in data.get("grants", ())),
        facts=frozenset(data.get("facts", ())),
        hands_on=tuple(data.get("hands_on", ())),
        versions=tuple(Version(**version) for version in data.get("versions", ())),
        note=data.get("note"),
    )


def _languages(data: Mapping[str, Any] | None) -> Languages | None:
    return None if data is None else Languages(text=tuple(data["text"]), prevails=data.get("prevails"))


def _grant(data: Mapping[str, Any]) -> Grant:
    return Grant(rights=tuple(data["rights"]), limits=tuple(data.get("limits", ())), clause=data.get("clause"))


def term_from(data: Mapping[str, Any]) -> Term:
    """The term that one entry of a record's `terms` describes."""
    return Term(
        kind=data["kind"],
        attributes={name: _value(value) for name, value in data.get("attributes", {}).items()},
        triggers=tuple(data.get("triggers", ())),
        provisos=tuple(data.get("provisos", ())),
        details={name: _value(value) for name, value in data.get("details", {}).items()},
        clause=data.get("clause"),
    )


def term_data(term: Term) -> dict[str, Any]:
    """A term as an entry of a record's `terms`; what it does not have is left out."""
    data: dict[str, Any] = {"kind": term.kind}
    if term.attributes:
        data["attributes"] = {name: _plain(value) for name, value in sorted(term.attributes.items())}
    if term.clause is not None:
        data["clause"] = term.clause
    if term.triggers:
        data["triggers"] = list(term.triggers)
    if term.provisos:
        data["provisos"] = list(term.provisos)
    if term.details:
        data["details"] = {name: _plain(value) for name, value in sorted(term.details.items())}
    return data


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


# Find license records by any of their names or by the hash of a text, from the built index alone.


def find_record(name: str) -> Record | None:
    """The record that bears this name: its own id or an SPDX, Hugging Face, ScanCode or other id, whatever the case.

    A name that stands for several versions (`gemma`, `cc`) gives the record of the family, with `versions` filled.
    """
    names = built_index()
    added = overlay_records()
    for key in name_keys(name):
        if key in added.by_name:
            return record_from(added.by_name[key])
        place = names.find("name", key)
        if place is not None:
            return _in_force(_record(*place))
    return None


def _in_force(record: Record) -> Record | None:
    """The record, unless an overlay has retired it."""
    return None if record.id in overlay_records().retired else record


def known_names() -> frozenset[str]:
    """All names by which records are found, in the form of `name_key`."""
    return frozenset(built_index().keys("name")) | frozenset(overlay_records().by_name)


def is_license_name(name: str) -> bool:
    """True for a name of a license that the catalog or the SPDX list has, and for one of a family of licenses."""
    if find_record(name) is not None or find_family(name_key(name)) is not None:
        return True
    listed = {known.casefold() for known in load_vocabulary("spdx")["ids"]}
    return name_key(name) in listed or any(record.family == name_key(name) for record in all_records())


def find_by_sha256(digest: str) -> Record | None:
    """The record of the text whose file has this SHA-256."""
    key = digest.lower().removeprefix("sha256:")
    added = overlay_records().by_sha256.get(key)
    if added is not None:
        return record_from(added)
    place = built_index().find("sha256", key)
    return None if place is None else _in_force(_record(*place))


def find_family(family: str) -> Record | None:
    """The ledger of a family, by the name of its folder."""
    added = overlay_records().by_family.get(family)
    if added is not None:
        return record_from(added)
    place = built_index().find("family", family)
    return None if place is None else _in_force(_record(*place))


def all_records() -> Iterator[Record]:
    """Every record, families included, ordered by id; those of overlays last."""
    start = 0
    for line in _text().splitlines(keepends=True):
        record = _in_force(_record(start, start + len(line)))
        start += len(line)
        if record is not None:
            yield record
    yield from (record_from(data) for data in overlay_records().ordered)


@per_catalog
def built_index() -> SortedLines:
    """Where each record stands, by name, hash and family; and the tables of the model catalog."""
    try:
        index = SortedLines(licenses_root() / INDEX)
    except (OSError, ValueError) as fault:
        raise _unreadable(INDEX, fault) from None
    check_fresh(licenses_root(), index.find("models", "sources"))
    return index


def check_seal(name: str, data: bytes | memoryview, *, part: str = "") -> None:
    """DataError where a file below `licenses/`, or a part of it, is another than when the index was built."""
    seals = built_index().find("seal", name) or {}
    if seals.get(part) != file_seal(data):
        message = (
            "was changed after the index was built: install the package again, or run `licensecheck catalog build`"
        )
        raise DataError(message, Place(path=f"licenses/{name}"))


@per_catalog
def _text() -> bytes:
    try:
        return (licenses_root() / RECORDS).read_bytes()
    except OSError as fault:
        raise _unreadable(RECORDS, fault) from None


@per_catalog
def _record(start: int, end: int) -> Record:
    """The record whose line stands between two places in the file."""
    try:
        with (licenses_root() / RECORDS).open("rb") as file:
            file.seek(start)
            line = file.read(end - start)
        return record_from(json.loads(unsealed(line, name=f"licenses/{RECORDS}")))
    except (OSError, ValueError) as fault:
        raise _unreadable(RECORDS, fault) from None


def _unreadable(name: str, fault: Exception) -> DataError:
    return DataError(f"cannot be read ({fault}); run `licensecheck catalog build`", Place(path=f"licenses/{name}"))
