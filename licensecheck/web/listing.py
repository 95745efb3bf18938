"""Questions to the register: which reviews, in which order, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import defer

from licensecheck.domain.licenses import LicenseClass
from licensecheck.web.tables import Product, ProfileVersion, Review, Signature, Target

PAGE = 50
_WORST_FIRST = case({"denied": 0, "needs-review": 1, "conditional": 2, "approved": 3}, value=Review.verdict, else_=4)
SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "updated": ("last change", (Review.updated.desc(),)),
    "model": ("model", (func.lower(Target.name),)),
    "product": ("product", (func.lower(Product.name), func.lower(Target.name))),
    "owner": ("owner", (func.lower(Product.owner), func.lower(Target.name))),
    "verdict": ("verdict, worst first", (_WORST_FIRST, func.lower(Target.name))),
    "class": ("license class", (Review.license_class, Review.license)),
    "expiry": ("next expiry", (Review.next_expiry == "", Review.next_expiry)),
    "duties": ("open duties", (Review.open_duties.desc(),)),
}
"""How the register can be sorted: in words, and by what."""
SORT_WORDS = {name: words for name, (words, _) in SORTS.items()}
CLASSES = tuple(each.value for each in LicenseClass)
LIGHT = (defer(Review.report, raiseload=True),)
"""Lists do without the reports, which are long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the register; `signature` is None where nobody has signed the review."""

    review: Review
    target: Target
    product: Product
    signature: Signature | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What the register is asked for."""

    text: str = ""
    verdict: str = ""
    license_class: str = ""
    state: str = ""
    sort: str = "updated"
    page: int = 1


def lines_of(query: Query) -> Any:
    _, order = SORTS.get(query.sort, SORTS["updated"])
    wanted = reviews_of(select(Review, Target, Product, Signature), query)
    return wanted.outerjoin(Signature, Signature.review_id == Review.id).order_by(*order, Review.id)


def listed_of(row: Any) -> Listed:
    return Listed(review=row[0], target=row[1], product=row[2], signature=row[3])


def reviews_of(wanted: Any, query: Query, *, light: bool = True) -> Any:
    """The reviews that a query asks for, without their reports."""
    wanted = (
        wanted.select_from(Review)
        .join(Target, Review.target_id == Target.id)
        .join(Product, Target.product_id == Product.id)
        .where(Review.listed.is_(True))
    )
    wanted = wanted.options(*LIGHT) if light else wanted
    if query.text:
        names = (Target.name, Product.name, Review.license, Product.owner)
        wanted = wanted.where(or_(*(func.lower(name).contains(query.text.lower(), autoescape=True) for name in names)))
    if query.verdict:
        wanted = wanted.where(Review.verdict == query.verdict)
    if query.license_class:
        wanted = wanted.where(Review.license_class == query.license_class)
    if query.state:
        wanted = wanted.where(Review.state == query.state)
    return wanted


def unsettled_of(wanted: Any) -> Any:
    newest = select(func.max(ProfileVersion.number)).where(ProfileVersion.product_id == Target.product_id)
    return reviews_of(wanted, Query(), light=False).where(
        Review.state == "open", Review.checked_with != 0, Review.checked_with < newest.scalar_subquery()
    )
