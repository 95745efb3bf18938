"""The licenses that a card declares, and whether the prose, the name field or the gate name another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from licensecheck.model.license import LicenseClass
from licensecheck.model.subject import Card
from licensecheck.sources.known import NO_NAMES
from licensecheck.sources.license_names import LicenseName, license_named, same_license
from licensecheck.sources.namings import Named, Naming


def declared_licenses(card: Card) -> tuple[LicenseName, ...]:
    """The licenses of the metadata that have a name: the ids, or the name beside `other`."""
    ids = tuple(license_named(name) for name in card.licenses if not names_none(name))
    if ids or card.license_name is None or names_none(card.license_name):
        return ids
    return (license_named(card.license_name),)


def names_none(name: str) -> bool:
    """True for the values of `license` that say only that there is some license."""
    return name.strip().lower() in NO_NAMES


def find_other_name(card: Card) -> LicenseName | None:
    """The license of the name field, where it is another than the id beside it."""
    ids = [license_named(name) for name in card.licenses if not names_none(name)]
    if not ids or card.license_name is None or names_none(card.license_name):
        return None
    named = license_named(card.license_name)
    return None if any(same_license(named, declared) for declared in ids) else named


def find_other_license(declared: Sequence[LicenseName], namings: Iterable[Naming]) -> Naming | None:
    """The first place where the prose names for the model a license that the metadata does not declare.

    Where any sentence agrees with the metadata none is given: cards list the licenses of sibling models too.
    """
    for_model = [naming for naming in namings if naming.subject is Named.MODEL]
    if not declared or any(same_license(naming.license, one) for naming in for_model for one in declared):
        return None
    for naming in for_model:
        if all(_contradicts(naming, one) for one in declared):
            return naming
    return None


def _contradicts(naming: Naming, declared: LicenseName) -> bool:
    if naming.license.record is not None and declared.record is not None:
        return True
    if naming.license.record is None:
        return declared.is_standard or _is_noncommercial_standard(declared)
    return naming.label and naming.license.is_standard


def _is_noncommercial_standard(name: LicenseName) -> bool:
    record = name.record
    return record is not None and record.license_class is LicenseClass.NONCOMMERCIAL and "spdx" in record.ids
