"""The fields of a profile, and what each may hold."""

from __future__ import annotations

from typing import Any

from licensecheck.load.profile_measures import (
    read_amounts,
    read_country,
    read_counts,
    read_day,
    read_number,
    read_region,
)
from licensecheck.load.profile_values import (
    Path,
    Problem,
    Reader,
    field_name,
    list_of,
    read_fields,
    read_flag,
    read_flag_or_path,
    read_text,
    read_version,
    section_of,
    some_of,
)
from licensecheck.load.profile_words import approvable_kinds, one_of, term_kinds, use_categories, word_of
from licensecheck.model.license import LicenseClass

PURPOSES = ("commercial", "internal", "research", "personal")
CHANNELS = ("hosted-api", "product", "weights", "on-device", "internal")
MODALITIES = ("text", "image", "audio", "video")


def _approval(value: Any, where: Path, problems: list[Problem]) -> dict[str, Any]:
    values = read_fields(value, APPROVAL, where, problems)
    missing = [name for name in ("license", "kind") if not isinstance(value, dict) or name not in value]
    if missing and isinstance(value, dict):
        problems.append(Problem(where, f"{field_name(where)}: {' and '.join(missing)} missing"))
    return values


def _other(value: Any, where: Path, problems: list[Problem]) -> None:
    """A section of the same file that is for another command."""


APPROVAL: dict[str, Reader] = {
    "license": read_text,
    "kind": word_of(approvable_kinds, "a kind of rules/terms.yaml"),
    "category": word_of(use_categories, "a category of rules/terms.yaml"),
    "reason": read_text,
    "by": read_text,
    "expires": read_day,
}
ORGANIZATION: dict[str, Reader] = {
    "name": read_text,
    "domicile": read_country,
    "monthly_active_users": read_counts,
    "daily_active_users": read_counts,
    "users": read_counts,
    "annual_revenue": read_amounts,
    "monthly_revenue": read_amounts,
    "total_funding": read_amounts,
    "employees": read_counts,
    "growth_per_month": read_number,
}
DEPLOYMENT: dict[str, Reader] = {
    "product": read_text,
    "purpose": one_of(PURPOSES),
    "channels": some_of(one_of(CHANNELS)),
    "regions": some_of(read_region),
    "modalities": some_of(one_of(MODALITIES)),
    "uses": some_of(read_text),
    "monthly_active_users": read_counts,
    "monthly_revenue": read_amounts,
    "annual_revenue": read_amounts,
    "decided": list_of(word_of(use_categories, "a category of rules/terms.yaml")),
}
DERIVATIVES: dict[str, Reader] = {
    "modifies_model": read_flag,
    "trains_other_models": read_flag,
    "trained_model_released": read_flag,
    "model_name": read_text,
    "license": read_text,
}
MATERIALS: dict[str, Reader] = {
    "license_copy": read_flag_or_path,
    "notice_file": read_flag_or_path,
    "credit_lines": list_of(read_text),
    "change_notice": read_flag_or_path,
    "downstream_terms": read_flag_or_path,
    "source_offered": read_flag_or_path,
    "ai_disclosure": read_flag_or_path,
    "registered": list_of(read_text),
    "use_latest_version": read_flag,
    "notices_kept": read_flag_or_path,
    "risks_disclosed": read_flag_or_path,
}
POLICY: dict[str, Reader] = {
    "allow_classes": list_of(one_of(tuple(each.value for each in LicenseClass))),
    "deny_licenses": list_of(read_text),
    "review_kinds": list_of(word_of(term_kinds, "a kind of rules/terms.yaml")),
}


PARTS: dict[str, Reader] = {
    "scan": _other,
    "version": read_version,
    "organization": section_of(ORGANIZATION),
    "deployment": section_of(DEPLOYMENT),
    "derivatives": section_of(DERIVATIVES),
    "materials": section_of(MATERIALS),
    "approvals": list_of(_approval),
    "policy": section_of(POLICY),
}
"""Every section of a profile and how its fields are read."""
