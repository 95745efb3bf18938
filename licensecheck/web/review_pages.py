"""The pages of a review: the report, live, and what is decided on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from licensecheck import api
from licensecheck.domain.findings import Question
from licensecheck.errors import UsageError
from licensecheck.report.html import chapter_of
from licensecheck.report.view import Row
from licensecheck.web.call import DIGITS, Call, check_others, download, typed_of
from licensecheck.web.differences import read_difference
from licensecheck.web.forms import Field, fact_fields
from licensecheck.web.register import EXPORTS, Shown, key_of
from licensecheck.web.what_if import flip_points, suppose_sizes

DONE = {
    "assigned": "Assigned.",
    "signed": "Signed. The exports below stay as they are.",
    "seen": "Taken off the list of what changed.",
}
"""What a page says after a form was sent."""


def review_page(call: Call) -> Response:
    """The report, live: each finding with its clause, and where to answer, assign, approve and sign."""
    register, params = call.server.register, call.request.query_params
    shown = register.show(call.number("review"))
    since = params.get("since", "")
    did = register.since(shown.review.id, int(since)) if since.isdigit() and len(since) < DIGITS else None
    return call.show(
        "review.html.j2",
        **_review_values(shown),
        did=did,
        done=DONE.get(params.get("done", ""), ""),
        changed=read_difference(shown.review.changed),
        others=register.others(shown),
    )


def _review_values(shown: Shown) -> dict[str, Any]:
    (view,) = api.views(shown.report)
    rows = list(view.rows)
    fields, askings = fact_fields(shown.facts.profile), api.askings()

    def asked(question: Question, decides: str) -> Asked:
        found = zip(rows, view.findings, strict=True)
        return Asked(
            text=question.text,
            decides=decides,
            passage=view.passages.get(question.text, ""),
            field=fields.get(_field_of(question.fact, askings)),
            rows=tuple(row for row, finding in found if finding.question == question.text),
        )

    return {
        "shown": shown,
        "view": view,
        "keys": {row.key: key_of(finding) for row, finding in zip(rows, view.findings, strict=True)},
        "asked": [asked(*each) for each in view.pending],
        "duties": [asked(*each) for each in view.settling],
        "exports": list(EXPORTS),
        "flips": flip_points(shown.report),
        "chapter": chapter_of(shown.report.targets[0], key="1"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a review: the field that answers it, if any, and the findings that hang on it."""

    text: str
    decides: str
    passage: str
    field: Field | None
    rows: tuple[Row, ...]


def _field_of(fact: str, askings: Mapping[str, Any]) -> str:
    name = fact.partition("@")[0]
    asking = askings.get(name)
    return str(asking.field) if asking and asking.field else name


def answer(call: Call) -> Response:
    """Answer a question; the verdict changes at once, and the page says what changed it."""
    register, review = call.server.register, call.number("review")
    before = register.show(review)
    register.answer(
        call.user,
        before.product.id,
        call.text("field"),
        typed_of(call.form),
        expected=call.number("version"),
        log=call.server.access,
    )
    return _back_to(call, before)


def approve(call: Call) -> Response:
    """Record an approval of a finding."""
    register, review = call.server.register, call.number("review")
    before = register.show(review)
    register.approve(
        call.user,
        review,
        call.text("finding"),
        reason=call.text("reason"),
        expires=call.text("expires"),
        expected=call.number("version"),
        log=call.server.access,
    )
    return _back_to(call, before)


def _back_to(call: Call, before: Shown) -> Response:
    """To the page of the review, which tells what the change of the facts did."""
    review = before.review.id
    call.server.register.show(review)
    call.server.register.shown_at_once(review)
    check_others(call, before.product.id)
    return RedirectResponse(f"/reviews/{review}?since={before.facts.number}", 303)


def assign(call: Call) -> Response:
    """Say who does a duty until when."""
    review = call.number("review")
    call.server.register.assign(
        call.user, review, call.text("finding"), call.text("owner"), call.text("due"), call.server.access
    )
    return RedirectResponse(f"/reviews/{review}?done=assigned", 303)


def sign(call: Call) -> Response:
    """Freeze the review."""
    review = call.number("review")
    call.server.register.sign(
        call.user, review, call.text("role"), expected=call.number("version"), log=call.server.access
    )
    return RedirectResponse(f"/reviews/{review}?done=signed", 303)


def reopen(call: Call) -> Response:
    """A new review beside a signed one."""
    review = call.server.register.reopen(call.user, call.number("review"), call.server.access)
    return RedirectResponse(f"/reviews/{review}", 303)


def seen(call: Call) -> Response:
    """Take a review off the list of what changed."""
    call.server.register.seen(call.user, call.number("review"), call.server.access)
    return RedirectResponse("/changes", 303)


def compare(call: Call) -> Response:
    """Two reviews side by side."""
    other = call.request.query_params.get("other", "")
    if not other.isdigit() or len(other) >= DIGITS:
        raise UsageError("choose the review to put beside this one")
    first, second, difference = call.server.register.compare_reviews(int(other), call.number("review"))
    return call.show("beside.html.j2", first=first, second=second, difference=difference)


def export(call: Call) -> Response:
    """The review as a file."""
    form = str(call.request.path_params["form"])
    review = call.number("review")
    return download(call.server.register.export(review, form), f"review-{review}.{form}", EXPORTS.get(form, ""))


def what_if(call: Call) -> Response:
    """What another size would change, as a part of the page, or as a page where no script runs."""
    shown = call.server.register.show(call.number("review"))
    found = suppose_sizes(call.server.register.checker, shown, _typed_sizes(call.request))
    page = "what_if.html.j2" if call.request.headers.get("hx-request") else "what_if_page.html.j2"
    return call.show(page, found=found, shown=shown)


def _typed_sizes(request: Request) -> dict[str, str]:
    return {name: value for name, value in request.query_params.multi_items() if value.strip()}
