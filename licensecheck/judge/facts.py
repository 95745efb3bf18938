"""Facts of a profile that do not fit together: each clash is told, and what clashes counts as not stated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.yaml_files import hint
from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.licenses import Evidence
from licensecheck.domain.profile import Profile
from licensecheck.frozen import dataclass, replace
from licensecheck.judge.licensees import sort_of
from licensecheck.judge.sizes import number, pick

KIND = "contradictory-facts"
SELLING = ("hosted-api", "product")
"""Channels by which a company serves customers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Fields of the profile that cannot all be right, and how to ask for the one that decides."""

    fields: tuple[str, ...]
    message: str
    question: str


def find_clashes(profile: Profile) -> tuple[Clash, ...]:
    """The contradictions in a profile, in a fixed order."""
    return tuple(clash for check in CHECKS for clash in check(profile))


def without_clashes(profile: Profile, clashes: tuple[Clash, ...]) -> Profile:
    """The profile with all clashing fields left out, so that what depends on them is asked."""
    for path in sorted({path for clash in clashes for path in clash.fields}):
        section, _, field = path.partition(".")
        part = replace(getattr(profile, section), **{field: None})
        profile = replace(profile, **{section: part})
    return profile


def clash_findings(clashes: tuple[Clash, ...], profile: Profile) -> Iterator[Finding]:
    """A finding for review for each contradiction, with the lines of the profile that state the fields."""
    for clash in clashes:
        yield Finding(
            kind=KIND,
            status=Status.REVIEW,
            message=clash.message,
            attributes={"fields": clash.fields},
            question=clash.question,
            question_fact=clash.fields[0],
            remedy="Correct the profile; what contradicts itself counts as not stated.",
            evidence=tuple(_lines(clash.fields, profile)),
            rule=KIND,
        )


def _lines(fields: Iterable[str], profile: Profile) -> Iterator[Evidence]:
    """Where the file of the profile states each field: the line of its key, after that of its section."""
    if not profile.text or not profile.path:
        return
    lines = profile.text.splitlines(keepends=True)
    words = [line.partition("#")[0].replace(":", " ").replace(".", " ").replace("{", " ").split() for line in lines]
    for section, _, name in (field.partition(".") for field in fields):
        begun = next((number for number, said in enumerate(words) if section in said[:1]), None)
        here = (
            (number for number in range(begun, len(lines)) if name in words[number]) if begun is not None else iter(())
        )
        number = next(here, None)
        if number is not None:
            start = sum(map(len, lines[:number])) + lines[number].index(name)
            quote = lines[number][lines[number].index(name) :].rstrip()
            yield Evidence(path=profile.path, quote=quote, start=start, end=start + len(quote), line=number + 1)


# The contradictions that are looked for.


def _product_above_group(profile: Profile) -> Iterator[Clash]:
    whole = pick(profile.organization.monthly_active_users, day=None)
    alone = pick(profile.deployment.monthly_active_users, day=None)
    if whole is not None and alone is not None and alone.value > whole.value:
        yield Clash(
            fields=("organization.monthly_active_users", "deployment.monthly_active_users"),
            message=f"The product has {number(alone.value)} monthly users, its whole group {number(whole.value)}.",
            question="How many monthly active users have the product and the organization with all affiliates?",
        )


def _daily_above_monthly(profile: Profile) -> Iterator[Clash]:
    monthly = pick(profile.organization.monthly_active_users, day=None)
    daily = pick(profile.organization.daily_active_users, day=None)
    if monthly is not None and daily is not None and daily.value > monthly.value:
        yield Clash(
            fields=("organization.monthly_active_users", "organization.daily_active_users"),
            message=f"{number(daily.value)} users a day are more than {number(monthly.value)} a month.",
            question="How many daily and how many monthly active users has the organization?",
        )


def _monthly_above_yearly(profile: Profile) -> Iterator[Clash]:
    yearly = pick(profile.organization.annual_revenue, day=None)
    monthly = pick(profile.organization.monthly_revenue, day=None)
    if yearly is None or monthly is None or (yearly.currency, yearly.as_of) != (monthly.currency, monthly.as_of):
        return
    if monthly.amount > yearly.amount:
        yield Clash(
            fields=("organization.annual_revenue", "organization.monthly_revenue"),
            message=f"A month's revenue of {number(monthly.amount)} exceeds a year's of {number(yearly.amount)}.",
            question="What is the revenue of the organization in a year and in a month?",
        )


def _product_earns_more(profile: Profile) -> Iterator[Clash]:
    """A product's revenue above that of its whole group, in the same currency and counted on the same day."""
    for field in ("annual_revenue", "monthly_revenue"):
        whole = pick(getattr(profile.organization, field), day=None)
        alone = pick(getattr(profile.deployment, field), day=None)
        if whole is None or alone is None or (whole.currency, whole.as_of) != (alone.currency, alone.as_of):
            continue
        if alone.amount > whole.amount:
            yield Clash(
                fields=(f"organization.{field}", f"deployment.{field}"),
                message=f"The product earns {number(alone.amount)} {alone.currency}, its group {number(whole.amount)}.",
                question=f"What is the {field.replace('_', ' ')} of the product, and of the organization?",
            )


def _released_but_not_made(profile: Profile) -> Iterator[Clash]:
    made = profile.derivatives
    if made.trained_model_released and made.modifies_model is False and made.trains_other_models is False:
        yield Clash(
            fields=("derivatives.modifies_model", "derivatives.trained_model_released"),
            message="A trained model is released, and yet none is said to be changed or trained.",
            question="Is the model changed, or another trained with it, and is the result released?",
        )


def _purpose_against_channels(profile: Profile) -> Iterator[Clash]:
    """Research or private use by a company that serves customers with the model."""
    deployment, organization = profile.deployment, profile.organization
    selling = [channel for channel in SELLING if channel in (deployment.channels or ())]
    if deployment.purpose not in ("research", "personal") or not selling:
        return
    sorts = sort_of(organization.name) if organization.name else frozenset()
    revenue = pick(organization.annual_revenue, day=None)
    earns = "commercial" in sorts or (revenue is not None and revenue.amount > 0)
    if earns and not sorts & {"academic", "public"}:
        yield Clash(
            fields=("deployment.purpose",),
            message=f"The purpose is {deployment.purpose}, and yet a company offers it as {' and '.join(selling)}.",
            question="For what purpose is the model deployed: commercial, internal, research or personal?",
        )


def _no_country(profile: Profile) -> Iterator[Clash]:
    """Codes that no country has: what they mean is not known."""
    countries = load_data("places.yaml")["countries"]
    regions = {"worldwide", *load_data("regions.yaml")["regions"]}
    stated = {
        "organization.domicile": (profile.organization.domicile,),
        "deployment.regions": profile.deployment.regions,
    }
    for field, codes in stated.items():
        unknown = [code for code in codes or () if code and code[:2] not in countries and code not in regions]
        if unknown:
            yield Clash(
                fields=(field,),
                message=f"{', '.join(unknown)} is the code of no country{hint(unknown[0], countries)}.",
                question=f"Which country is meant by {', '.join(unknown)}?",
            )


CHECKS: tuple[Callable[[Profile], Iterator[Clash]], ...] = (
    _no_country,
    _product_above_group,
    _daily_above_monthly,
    _monthly_above_yearly,
    _product_earns_more,
    _released_but_not_made,
    _purpose_against_channels,
)
