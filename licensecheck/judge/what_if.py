"""What changes if a fact of the profile were different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from licensecheck.catalog.check_rules import load_knowledge
from licensecheck.catalog.phrasing import place_code
from licensecheck.catalog.profile_files import change_profile
from licensecheck.domain.findings import Change, Changes, Finding, Report, TargetReport
from licensecheck.domain.profile import Profile
from licensecheck.domain.rules import Asking
from licensecheck.errors import UsageError
from licensecheck.lazy import re


def suppose(profile: Profile, changes: Iterable[str]) -> Profile:
    """The profile with fields set as in `organization.monthly_active_users=800000000`; UsageError for another form."""
    for change in changes:
        path, equals, value = change.partition("=")
        if not equals or "." not in path:
            raise UsageError(f"--what-if: '{change}' is not of the form section.field=value")
        profile = change_profile(profile, path.strip(), value)
    return profile


def compare_reports(before: Report, after: Report) -> Changes:
    """What differs between two reports on the same targets."""
    changes = [c for old, new in zip(before.targets, after.targets, strict=True) for c in _changes(old, new)]
    return Changes(before=before.verdict, after=after.verdict, changes=tuple(changes))


def _changes(before: TargetReport, after: TargetReport) -> Iterator[Change]:
    old = {_key(finding): finding for finding in before.findings}
    new = {_key(finding): finding for finding in after.findings}
    for key in dict.fromkeys((*new, *old)):
        one, other = old.get(key), new.get(key)
        if one is None or other is None or one.status is not other.status:
            yield Change(target=after.target, before=one, after=other)


def _key(finding: Finding) -> tuple[str, str, str, int]:
    start = finding.evidence[0].start if finding.evidence else 0
    return finding.license or "", finding.kind, finding.about, start


# Which facts to ask a person for, in which order, so that a profile answers what its targets need.


FIRST = (
    "deployment.purpose",
    "deployment.channels",
    "organization.domicile",
    "deployment.regions",
    "deployment.modalities",
    "deployment.uses",
    "derivatives.modifies_model",
    "derivatives.trains_other_models",
)
"""What is asked where no target is named, or before anything else can be told."""


def open_askings(report: Report | None, profile: Profile, *, skipped: Iterable[str] = ()) -> tuple[Asking, ...]:
    """Every fact that is still to be asked for, what decides most first; without a report the usual ones."""
    passed = frozenset(skipped)
    asked = list(FIRST) if report is None else [_field(q.fact) for t in report.targets for q in t.questions]
    wanted = dict.fromkeys([*(fact for fact in FIRST if fact in asked), *asked])
    askings = (load_knowledge().questions.get(fact) for fact in wanted)
    return tuple(
        asking
        for asking in askings
        if asking and asking.field and asking.field not in passed and not is_stated(profile, asking.field)
    )


def every_asking(profile: Profile) -> tuple[Asking, ...]:
    """Every fact that a profile can hold and does not, the usual ones first."""
    known = load_knowledge().questions
    ordered = dict.fromkeys([*FIRST, *known])
    askings = (known[fact] for fact in ordered if fact in known)
    return tuple(each for each in askings if each.field and "." in each.field and not is_stated(profile, each.field))


def _field(fact: str) -> str:
    """The fact of a question without the day on which a text measures it."""
    return fact.partition("@")[0]


def is_stated(profile: Profile, field: str) -> bool:
    """True where the profile holds a value for the field."""
    section, _, name = field.partition(".")
    return getattr(getattr(profile, section), name) is not None


_DATED = re.compile(r"([^{\[].{0,80}?)\s{1,4}(?:on|at|as of|@)\s{0,4}(\d{4}-\d\d-\d\d)", re.IGNORECASE)
"""A figure with the day on which it was counted: "12000000 on 2025-03-31"."""


def as_yaml(asking: Asking, answer: str) -> str:
    """What a person typed, as the YAML that the profile reader takes; lists may be typed with commas alone."""
    text = answer.strip()
    if asking.type == "country":
        return _quoted(place_code(text))
    if asking.type in ("list", "countries") and not text.startswith("["):
        said = place_code if asking.type == "countries" else str
        return "[" + ", ".join(_quoted(said(item.strip())) for item in text.split(",") if item.strip()) + "]"
    dated = _DATED.fullmatch(text) if asking.type in ("number", "money") else None
    if dated:
        told = as_yaml(asking, dated[1]).strip("{}")
        return f"[{{as_of: {dated[2]}, {told if asking.type == 'money' else f'value: {told}'}}}]"
    if asking.type == "boolean":
        return {"y": "true", "yes": "true", "n": "false", "no": "false"}.get(text.casefold(), text)
    if asking.type == "money" and not text.startswith("{"):
        return _money(text.split())
    if asking.type == "number":
        return text.replace(",", "").replace("_", "").replace("'", "")
    return _quoted(text)


def _quoted(text: str) -> str:
    return "'" + text.strip().replace("'", "''") + "'"


def _money(words: Sequence[str]) -> str:
    """`45000000 EUR` or `EUR 45,000,000` as an amount with its currency."""
    currency = next((word for word in words if word.isalpha()), "")
    amount = next((word for word in words if not word.isalpha()), "").replace(",", "")
    return f"{{amount: {amount or 'missing'}, currency: {currency or 'missing'}}}"
