"""The class of a license: from its fingerprint where it is an OSI license word for word, else from its terms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from licensecheck.load.paths import rules_root
from licensecheck.load.records import find_record
from licensecheck.load.yamlfile import load_yaml
from licensecheck.model.license import Identity, LicenseClass, MatchKind
from licensecheck.model.term import Term


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_yaml(rules_root() / "classes.yaml", name="rules/classes.yaml")
    return data


def classify(terms: Collection[Term], facts: Collection[str], identity: Identity) -> LicenseClass | None:
    """The class of a text with these terms; None where it states nothing that tells."""
    if identity.match is MatchKind.EXACT and identity.id:
        record = find_record(identity.id)
        if record and record.osi_approved:
            return LicenseClass.OSI_APPROVED
    data = _data()
    harmless = data["harmless_categories"]
    kinds = {term.kind for term in terms if term.attributes.get("category") not in harmless}
    for entry in data["classes"]:
        if any(_holds(condition, kinds, facts) for condition in entry["when"]):
            return LicenseClass(entry["class"])
    return None


def _holds(condition: Mapping[str, list[str]], kinds: Collection[str], facts: Collection[str]) -> bool:
    return (
        ("terms" not in condition or any(kind in kinds for kind in condition["terms"]))
        and ("facts" not in condition or any(fact in facts for fact in condition["facts"]))
        and not any(fact in facts for fact in condition.get("lacks", ()))
    )
