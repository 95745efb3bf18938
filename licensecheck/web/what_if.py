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
class Limit:
    """A size at which a license asks for another one; `at` is its place on the scale, in percent."""

    license: str
    clause: str
    value: float
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipPoints:
    """The limits on one size, and where the profile stands between them; `figure` is None where it states none.

    The scale is logarithmic, from 1 to ten times the largest number on it; `top` is the exponent of its end.
    """

    metric: str
    field: str
    currency: str
    figure: float | None
    limits: tuple[Limit, ...]
    top: float

    @property
    def here(self) -> float | None:
        """Where the profile stands, in percent of the scale."""
        return None if self.figure is None else _place(self.figure, self.top)


def flip_points(report: api.Report) -> tuple[FlipPoints, ...]:
    """The size thresholds of a report, those on one size in one currency together."""
    found: dict[tuple[str, str], dict[tuple[str, float], str]] = {}
    for finding in report.targets[0].findings:
        value = finding.attributes.get("value")
        metric = str(finding.attributes.get("metric") or "")
        if finding.kind == "scale-threshold" and isinstance(value, (int, float)) and metric in FIELDS:
            size = (metric, str(finding.attributes.get("currency") or ""))
            clause = next((each.section for each in finding.evidence if each.section), None)
            told = clause or (finding.basis or "").removeprefix(finding.license or "").strip()
            found.setdefault(size, {}).setdefault((finding.license or "", float(value)), told)
    return tuple(_flips(report, metric, currency, limits) for (metric, currency), limits in found.items())


def _flips(report: api.Report, metric: str, currency: str, limits: Mapping[tuple[str, float], str]) -> FlipPoints:
    field = FIELDS[metric]
    stated = getattr(report.profile.organization, field, None) or getattr(report.profile.deployment, field, None)
    last = stated[-1] if stated else None
    figure = last.value if isinstance(last, Observation) else last.amount if isinstance(last, Money) else None
    top = math.log10(max(figure or 1, *(value for _, value in limits), 10) * 10)
    return FlipPoints(
        metric=metric.replace("-", " "),
        field=f"organization.{field}",
        currency=currency,
        figure=figure,
        limits=tuple(
            Limit(license=license_name, clause=clause, value=value, at=_place(value, top))
            for (license_name, value), clause in sorted(limits.items(), key=lambda each: each[0][1])
        ),
        top=top,
    )


def _place(value: float, top: float) -> float:
    return round(100 * math.log10(max(value, 1)) / top, 2)


def suppose_sizes(checker: api.Checker, shown: Shown, typed: Mapping[str, str]) -> api.Supposed | None:
    """The check under the sizes that were typed or chosen; None where none was. UsageError for what is no number."""
    changes = []
    for size in flip_points(shown.report):
        text = typed.get(size.field, "").strip().replace(",", "")
        if not text:
            continue
        if not text.replace(".", "", 1).isdigit() or len(text) > _MAX_DIGITS:
            raise UsageError(f"{size.metric}: a number is expected, written 12000000")
        number = f"{float(text):.0f}"
        money = f"{{amount: {number}, currency: {size.currency}}}"
        changes.append(f"{size.field}={money if size.currency else number}")
    if not changes:
        return None
    return checker.what_if([shown.target.place], changes, profile=shown.facts.profile, today=shown.report.date)


_MAX_DIGITS = 20
