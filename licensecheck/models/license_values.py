"""The licenses that the value of a license key means: a name, a title, an address, several joined by a comma."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.records import all_records, find_record
from licensecheck.lazy import re
from licensecheck.models.license_names import NO_NAMES, known_license, known_model, license_named
from licensecheck.models.weights import model_id

_ADDRESS = re.compile(r"^(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/\S*$", re.I)
_PARENTHESIS = re.compile(r"\(([^()]{2,60})\)\s*$")
_BETWEEN = re.compile(r"\s*[,;]\s*")
_DASHED_VERSION = re.compile(r"-(\d)-(\d)(?=$|-)")
_SHORT = 40
"""The longest part of a list of ids; what is longer is a sentence with commas."""


def names_in(value: str) -> tuple[str, ...]:
    """The license names in a value, ids of records where they are known; the value itself where it is not known.

    Converters join a list of licenses by a comma into one value: each part is a license of its own.
    """
    whole = _known(value)
    if whole is not None:
        return (whole,)
    parts = [part for part in _BETWEEN.split(value.strip(" []")) if part]
    if len(parts) > 1 and all(len(part) <= _SHORT for part in parts):
        known = [_known(part) for part in parts]
        if any(known):
            return tuple(name or part for name, part in zip(known, parts, strict=True))
    return (value.strip(),)


def is_known(name: str) -> bool:
    """True for a name that a record knows."""
    return find_record(name) is not None


def says_nothing(name: str) -> bool:
    """True for a value that only says that there is some license, or none."""
    return name.strip().lower() in NO_NAMES


def _known(value: str) -> str | None:
    """The license that a value names as a whole; None where it is not known."""
    name = value.strip().strip("'\"")
    if known_license(name) is not None:
        return name
    titled = load_vocabulary("metadata")["titles"].get(" ".join(name.lower().split()))
    if titled is not None and find_record(titled) is not None:
        return str(titled)
    if _ADDRESS.match(name):
        return next((found for found in _of_address(name) if find_record(found) is not None), None)
    inner = _PARENTHESIS.search(name)
    if inner is not None and known_license(inner[1]) is not None:
        return inner[1]
    record = license_named(name).record if "," not in name else None
    return record.id if record is not None else None


def _of_address(address: str) -> Iterator[str]:
    """The licenses that an address can mean: by its form, by the address of a record, by the model it lies with."""
    low = address.lower()
    for pattern, license_name in _forms():
        found = pattern.search(low)
        if found is not None:
            name = found.expand(license_name)
            yield name
            yield _DASHED_VERSION.sub(r"-\1.\2", name)
    record = _addresses().get(_bare(address))
    if record is not None:
        yield record
    model = model_id(address)
    entry = known_model(model) if model else None
    if entry is not None and entry.certain:
        yield from entry.licenses


@per_catalog
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(e["find"]), e["license"]) for e in load_vocabulary("metadata")["addresses"])


@per_catalog
def _addresses() -> dict[str, str]:
    """The records by the address of their text."""
    return {_bare(record.url): record.id for record in all_records() if record.url}


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/(?:legalcode(?:\.\w+)?)?/?$", "", address.strip().lower())
