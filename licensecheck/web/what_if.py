"""What would change with other sizes: the points at which licenses flip, and a check under supposed facts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from licensecheck import api
from licensecheck.domain.profile import Money, Observation
from licensecheck.errors import UsageError

if TYPE_CHECKING:
    from licensecheck.web.register import Shown

FIELDS = {
    "monthly-active-users": "monthly_active_users",
    "daily-active-users": "daily_active_users",
    "users": "users",
    "annual-revenue": "annual_revenue",
    "monthly-revenue": "monthly_revenue",
    "total-funding": "total_funding",
    "employees": "employees",
}
"""The profile's field for each metric of a size threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipPoint:
    """A size at which a license asks for another one, and where the profile stands.

    `at` and `here` are places on a scale of 0 to 100 percent, logarithmic; `here` is None where no figure is stated.
    """

    license: str
    metric: str
    field: str
    value: float
    currency: str
    figure: float | None
    at: float
    here: float | None
    clause: str


def flip_points(report: api.Report) -> tuple[FlipPoint, ...]:
    """The size thresholds of a report, each once."""
    found: dict[tuple[str, str, float], FlipPoint] = {}
    for finding in report.targets[0].findings:
        value = finding.attributes.get("value")
        metric = str(finding.attributes.get("metric") or "")
        if finding.kind == "scale-threshold" and isinstance(value, (int, float)) and metric in FIELDS:
            point = _point(report, finding, metric, float(value))
            found.setdefault((point.license, metric, point.value), point)
    return tuple(found.values())


def _point(report: api.Report, finding: api.Finding, metric: str, value: float) -> FlipPoint:
    field = FIELDS[metric]
    stated = getattr(report.profile.organization, field, None) or getattr(report.profile.deployment, field, None)
    last = stated[-1] if stated else None
    figure = last.value if isinstance(last, Observation) else last.amount if isinstance(last, Money) else None
    top = math.log10(max(value, figure or 1, 10) * 10)
    return FlipPoint(
        license=finding.license or "",
        metric=metric.replace("-", " "),
        field=f"organization.{field}",
        value=value,
        currency=str(finding.attributes.get("currency") or ""),
        figure=figure,
        at=100 * math.log10(max(value, 1)) / top,
        here=100 * math.log10(max(figure, 1)) / top if figure is not None else None,
        clause=next((each.section for each in finding.evidence if each.section), "") or "",
    )


def suppose_sizes(checker: api.Checker, shown: Shown, typed: Mapping[str, str]) -> api.Supposed | None:
    """The check under the sizes that were typed or chosen; None where none was."""
    allowed = {point.field: point for point in flip_points(shown.report)}
    changes = []
    for name, point in allowed.items():
        text = typed.get(name, "").strip()
        if not text:
            continue
        if not text.replace(".", "", 1).isdigit() or len(text) > 20:
            raise UsageError(f"{name}: a number is expected")
        number = f"{float(text):.0f}"
        changes.append(
            f"{name}={{amount: {number}, currency: {point.currency}}}" if point.currency else f"{name}={number}"
        )
    if not changes:
        return None
    today = shown.report.date
    return checker.what_if([shown.target.place], changes, profile=shown.facts.profile, today=today)
