"""What changes if a fact of the profile were different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licensecheck.errors import UsageError
from licensecheck.load.profile import change_profile
from licensecheck.model.changes import Change, Changes
from licensecheck.model.finding import Finding
from licensecheck.model.profile import Profile
from licensecheck.model.report import Report, TargetReport


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


def _key(finding: Finding) -> tuple[str, str, str, str, int]:
    attributes = finding.attributes
    start = finding.evidence[0].start if finding.evidence else 0
    kind = (finding.license or "", finding.kind, str(attributes.get("category")), str(attributes.get("metric")))
    return (*kind, start)
