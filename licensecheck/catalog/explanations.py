"""What the ids in a report mean: kinds of term, rules, licenses, card issues, findings, statuses and verdicts."""

from __future__ import annotations

from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.check_rules import load_checks
from licensecheck.catalog.detect_rules import load_detect_rules
from licensecheck.catalog.records import find_record, known_names
from licensecheck.catalog.yaml_files import hint
from licensecheck.domain.licenses import Record
from licensecheck.domain.rules import CheckRule, DetectRule
from licensecheck.errors import UsageError
from licensecheck.frozen import dataclass
from licensecheck.text.markup import counted

TABLE = "explanations.yaml"
"""The explanations of what is neither a kind of term, nor a rule, nor a license."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What an id means (`meaning`), why it matters, and what to do; `related` are ids that say more."""

    id: str
    sort: str
    title: str
    meaning: str
    why: str = ""
    remedy: str = ""
    related: tuple[str, ...] = ()


def find_explanation(name: str) -> Explanation:
    """The explanation of an id; UsageError with the nearest ids where there is none."""
    key = name.strip()
    for explain in (_entry, _term, _check, _detect, _category, _license):
        found = explain(key)
        if found is not None:
            return found
    raise UsageError(f"nothing is called '{name}'{hint(key, explained_ids())}")


def explained_ids() -> tuple[str, ...]:
    """Every id that can be explained, licenses included."""
    tables = (_entries(), _terms(), _checks(), _detects(), _categories())
    return tuple(dict.fromkeys([*(key for table in tables for key in table), *sorted(known_names())]))


@per_catalog
def _entries() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = load_data(TABLE)["explanations"]
    return data


@per_catalog
def _terms() -> dict[str, dict[str, Any]]:
    terms: dict[str, dict[str, Any]] = load_data("terms.yaml")["terms"]
    return terms


@per_catalog
def _categories() -> dict[str, Any]:
    return dict.fromkeys(load_data("terms.yaml")["prohibited_use_categories"])


@per_catalog
def _checks() -> dict[str, CheckRule]:
    return {rule.id: rule for rule in load_checks()}


@per_catalog
def _detects() -> dict[str, DetectRule]:
    return {rule.id: rule for rule in load_detect_rules()}


def _entry(name: str) -> Explanation | None:
    data = _entries().get(name)
    if data is None:
        return None
    return Explanation(
        id=name,
        sort=data["sort"],
        title=data["title"],
        meaning=_line(data["means"]),
        why=_line(data.get("why", "")),
        remedy=_line(data.get("do", "")),
        related=tuple(data.get("related", ())),
    )


def _term(name: str) -> Explanation | None:
    spec = _terms().get(name)
    if spec is None:
        return None
    checks = [rule for rule in _checks().values() if name in rule.terms]
    rules = [rule.id for rule in _detects().values() if rule.yields.name == name]
    return Explanation(
        id=name,
        sort=f"kind of term ({spec['group']})",
        title=name.replace("-", " ").capitalize(),
        meaning=" ".join([_line(spec["says"]), _line(str(spec.get("note", "")))]).strip(),
        why=next((_line(rule.why) for rule in checks if rule.why), ""),
        remedy=next((_line(rule.fix) for rule in checks if rule.fix), ""),
        related=(*(rule.id for rule in checks), *rules),
    )


def _check(name: str) -> Explanation | None:
    rule = _checks().get(name)
    if rule is None:
        return None
    return Explanation(
        id=name,
        sort=f"check rule (yields {rule.yields.value})",
        title=rule.title,
        meaning=_line(rule.message),
        why=_line(rule.why),
        remedy=_line(rule.fix or ""),
        related=tuple(rule.terms),
    )


def _detect(name: str) -> Explanation | None:
    rule = _detects().get(name)
    if rule is None:
        return None
    category = rule.set.get("category")
    return Explanation(
        id=name,
        sort="detection rule",
        title=rule.title,
        meaning=f"Finds the {rule.yields.sort} {rule.yields.name}" + (f" ({category})." if category else "."),
        why=_line(rule.why),
        related=(rule.yields.name, *rule.basis),
    )


def _category(name: str) -> Explanation | None:
    if name not in _categories():
        return None
    return Explanation(
        id=name,
        sort="category of prohibited use",
        title=name.replace("-", " ").capitalize(),
        meaning=f"What licenses and use policies ban under the heading {name.replace('-', ' ')}.",
        remedy="Compare the declared uses with the quoted clause; record an approval where a person has decided.",
        related=("prohibited-use",),
    )


def _license(name: str) -> Explanation | None:
    record: Record | None = find_record(name)
    if record is None:
        return None
    kinds = tuple(dict.fromkeys(term.kind for term in record.terms or ()))
    shown = record.license_class.value if record.license_class else "not known"
    read = "" if record.terms is not None else " Its text has not been read here: its terms are unknown."
    return Explanation(
        id=record.id,
        sort="license",
        title=record.name,
        meaning=f"Class: {shown}. {counted(len(kinds), 'kind')} of term.{read}",
        remedy=f"`licensecheck catalog show {record.id}` lists its terms with their clauses.",
        related=kinds,
    )


def _line(text: str) -> str:
    return " ".join(text.split())
